"""Revenue cost: pay, consumables, reporting, maintenance, estate and bought tests by year.

Costs are built at base-year prices, with the growth and efficiency of their own line, and inflated
by the index of pay or of non-pay.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import at, by_member, inflate, lagged, minimum, per_year, quantity, total
from casebuilder.algebra.shapes import apart
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import equipment, financed, leases, private_finance, procurement
from casebuilder.model.patients import activity, freed, reporting
from casebuilder.model.running import contracts, longer_hours, transition
from casebuilder.model.service import capacity, hospital_staff, staff_years, workforce
from casebuilder.model.setting import bought_contract, cost_lines, digital, estate, pay, programme, timeline

consumables_price = Input(
    "Consumables a test", "GBP_real / test", ("test",), "Contrast, gel, tubes and the like."
)
transport_price = Input(
    "Transport of samples a test", "GBP_real / test", ("test",),
    "Couriers of blood and other samples that the centre pays for.", optional=0,
)
running_rate = Input(
    "Estate running cost", "GBP_real / m2 / year", (),
    "Hard and soft facilities management, building energy and insurance; lifecycle is capital.",
)
rates_rate = Input(
    "Business rates", "GBP_real / m2 / year", (), "A transfer, left out of the economic case."
)
energy_price = Input("Electricity price", "GBP_real / kwh", (), "For scanners and other units.")
overheads_share = Input(
    "Overheads, share of direct cost", "share", (),
    "Management, IT, finance and governance that grow with the service.",
)
vat_on_non_pay = Input(
    "VAT not recovered, by line of running cost", "share", ("cost_line",),
    "Of the line's cost before VAT: nothing on rates, on what is exempt and on what contracted-out services "
    "rules give back. Left out of the economic case.",
    high=0.2,
)
vat_on_rent = Input(
    "VAT not recovered on rent", "share", (), "Exempt unless the landlord has opted to tax.", high=0.2
)
extended_hours_cost = Input(
    "Cost of an extended-hours test", "GBP_real / test", ("test",),
    "Overtime, insourcing, consumables and reporting of a test on existing hospital kit in the "
    "evening or at the weekend; wear of the kit stands apart.",
)
hired_unit_price = Input(
    "Price of a hired unit a day", "GBP_real / day / room", ("test",),
    "Mobile or relocatable unit with its crew for a day on site.",
)
bought_test_price = Input(
    "Price of a bought test", "GBP_real / test", ("test",),
    "At national cost, with its report; the price charged is a share of it.",
)
price_to_cost = Input(
    "Price of a test, share of national cost", "share", (),
    "What a payer pays against what the test costs on average in the National Cost Collection.",
    high=1.2,
)
international_hire_cost = Input(
    "Cost of an international hire", "GBP_real / wte", (),
    "Agent, visa, registration and relocation, beyond what a hire at home costs.",
)
upskilling_cost = Input(
    "Cost of a post moved to another role", "GBP_real / wte", (),
    "Tuition, supervision and backfill while away.",
)
relief_premium = Input(
    "Premium of relief over a bought test", "share", (),
    "Outsourcing, insourcing and evening lists are bought at short notice, a little at a time.",
    high=2,
)
counts_staff = Input(
    "Role counts in cost a test", "flag", ("staff",),
    "0 for roles that serve only the tests left out of cost a test.", high=1, whole=True,
)
counts_test = Input(
    "Test counts in cost a test", "flag", ("test",), "0 for phlebotomy, walk-in bloods.", high=1, whole=True,
)

own_pay = Line(
    "Own staff, base-year prices", "GBP_real / year", ("site", "year"),
    programme.open_year
    * total(
        workforce.wte_required * staff_years.in_post_share_year * pay.employer_cost_financial, over="staff"
    )
    * at(cost_lines.factor, cost_line="pay"),
    "Posts that are filled by own staff, at base-year pay; with the growth and efficiency of the line.",
)
agency_pay = Line(
    "Agency staff, base-year prices", "GBP_real / year", ("site", "year"),
    programme.open_year
    * total(workforce.wte_required * staff_years.agency_share_year * pay.agency_cost, over="staff")
    * at(cost_lines.factor, cost_line="agency"),
    "Posts filled by agency; posts that stay empty cost nothing and lower capacity.",
)
pay_real = Line(
    "Pay at base-year prices", "GBP_real / year", ("year",),
    total(own_pay + agency_pay + transition.pay_year * at(cost_lines.factor, cost_line="pay"), over="site"),
    "Own and agency staff of all sites, with pay before opening and in double running.",
)
pay_cost = Line(
    "Pay", "GBP_nominal / year", ("site", "year"),
    inflate(
        own_pay + agency_pay + transition.pay_year * at(cost_lines.factor, cost_line="pay"),
        timeline.pay_index,
    ),
    "Own and agency staff, and the pay of opening; in cash, by the pay index.",
)
consumables = Line(
    "Consumables, base-year prices", "GBP_real / year", ("site", "year"),
    total(activity.cdc_tests_year * consumables_price, over="test")
    * at(cost_lines.factor, cost_line="consumables"),
    "By test done.",
)
outside_reporting = Line(
    "Outside reporting, base-year prices", "GBP_real / year", ("site", "year"),
    total(activity.cdc_tests_year * reporting.outside_cost, over="test")
    * at(cost_lines.factor, cost_line="reporting"),
    "By test done.",
)
transport = Line(
    "Transport of samples, base-year prices", "GBP_real / year", ("site", "year"),
    total(activity.cdc_tests_year * transport_price, over="test")
    * at(cost_lines.factor, cost_line="transport"),
    "By test done.",
)
maintenance_full = Line(
    "Maintenance in a full year", "GBP_real / year", ("site",),
    total(
        equipment.units_needed
        * procurement.price_paid
        * equipment.maintenance_rate
        * procurement.maintenance_factor * financed.maintenance_margin,
        over="equipment",
    ),
    "Share of the price paid, less what standard kit saves on the route taken.",
)
maintenance = Line(
    "Maintenance, base-year prices", "GBP_real / year", ("site", "year"),
    maintenance_full * lagged(equipment.is_open, 1) * at(cost_lines.factor, cost_line="maintenance"),
    "From the year after the opening year, which is under warranty.",
)
energy_full = Line(
    "Energy of units in a full year", "GBP_real / year", ("site",),
    total(equipment.units_needed * equipment.energy_use, over="equipment") * energy_price,
    "Scanners and other units, beside the building.",
)
rates = Line(
    "Business rates of the site", "GBP_real / year", ("site", "year"),
    estate.gross_internal_area * rates_rate * programme.open_year * at(cost_lines.factor, cost_line="rates"),
    "While the site is open.",
)
estate_running = Line(
    "Estate running", "GBP_real / year", ("site", "year"),
    estate.gross_internal_area * running_rate * at(cost_lines.factor, cost_line="premises")
    * programme.open_year,
    "While the site is open.",
)
premises = Line(
    "Premises and energy", "GBP_real / year", ("site", "year"),
    estate_running + energy_full * at(cost_lines.factor, cost_line="energy") * programme.open_year,
    "Running cost and energy of units, while the site is open; rent is in the chapter of leases.",
)
hired_units_full = Line(
    "Hired units in a week on site", "GBP_real / week", ("site",),
    total(estate.hired_rooms_used * hired_unit_price, over="test") * estate.hired_days_per_week,
    "Units × days a week × price a day.",
)
hired_units = Line(
    "Hired units, base-year prices", "GBP_real / year", ("site", "year"),
    hired_units_full * capacity.hired_weeks_year * at(cost_lines.factor, cost_line="hired_units"),
    "For the weeks on site; after the months as in their last year.",
)
direct_cost = Line(
    "Direct cost", "GBP_real / year", ("site", "year"),
    own_pay + agency_pay + consumables + outside_reporting + transport + maintenance + premises + rates
    + hired_units + leases.payment_real,
    "With rent: what overheads are a share of.",
)
overheads = Line(
    "Overheads, base-year prices", "GBP_real / year", ("site", "year"),
    direct_cost * overheads_share * at(cost_lines.factor, cost_line="overheads"),
    "Share of direct cost, whose growth and efficiency it follows beside its own.",
)
overheads_on_rates = Line(
    "Overheads on business rates, base-year prices", "GBP_real / year", ("year",),
    total(rates, over="site") * overheads_share * at(cost_lines.factor, cost_line="overheads"),
    "A share of a transfer: left out of the economic case with it.",
)
opening = Line(
    "Opening, beside pay, by year", "GBP_real / year", ("site", "year"),
    transition.non_pay_cost * equipment.opened * at(cost_lines.factor, cost_line="transition"),
    "Recruitment, training and commissioning, in the year the site opens.",
)
# What each line costs a site: a cost is written here once, and the network, hosts and benchmark read it.
by_line = by_member(
    cost_line={
        "pay": own_pay, "agency": agency_pay, "consumables": consumables, "reporting": outside_reporting,
        "transport": transport, "maintenance": maintenance, "rates": rates, "hired_units": hired_units,
        "overheads": overheads, "transition": opening,
    },
)
non_pay_real = Line(
    "Non-pay at base-year prices", "GBP_real / year", ("site", "year"),
    consumables + outside_reporting + transport + maintenance + premises + rates + hired_units + overheads
    + opening,
    "Before VAT.",
)
non_pay_vat = Line(
    "VAT not recovered on non-pay, base-year prices", "GBP_real / year", ("site", "year"),
    consumables * at(vat_on_non_pay, cost_line="consumables")
    + outside_reporting * at(vat_on_non_pay, cost_line="reporting")
    + transport * at(vat_on_non_pay, cost_line="transport")
    + maintenance * at(vat_on_non_pay, cost_line="maintenance")
    + estate_running * at(vat_on_non_pay, cost_line="premises")
    + (premises - estate_running) * at(vat_on_non_pay, cost_line="energy")
    + rates * at(vat_on_non_pay, cost_line="rates")
    + hired_units * at(vat_on_non_pay, cost_line="hired_units")
    + overheads * at(vat_on_non_pay, cost_line="overheads")
    + opening * at(vat_on_non_pay, cost_line="transition"),
    "Each line at its own share; what belongs to no centre bears none.",
)
non_pay_cost = Line(
    "Non-pay", "GBP_nominal / year", ("site", "year"),
    inflate(non_pay_real + non_pay_vat, timeline.non_pay_index),
    "In cash, by the non-pay index, with the VAT that is not recovered.",
)
rent_cost = Line(
    "Rent with VAT", "GBP_nominal / year", ("site", "year"),
    leases.payment * (1 + vat_on_rent),
    "In cash. Income and expenditure bears depreciation and interest of the lease, and the VAT on rent.",
)
revenue_cost = Line(
    "Revenue cost", "GBP_nominal / year", ("site", "year"),
    pay_cost + non_pay_cost + rent_cost + private_finance.charges_of_site,
    "In cash, rent and charges of financed equipment and buildings included; before depreciation and "
    "dividend.",
)
extended_hours_real = Line(
    "Extended hours at hospitals, base-year prices", "GBP_real / year", ("year",),
    total(activity.extended_hours_tests_year * extended_hours_cost, over="test")
    * at(cost_lines.factor, cost_line="pay"),
    "Tests beyond baseline hours, at their own cost.",
)
bought_tests_real = Line(
    "Bought tests, base-year prices", "GBP_real / year", ("year",),
    total(
        (contracts.paid_tests + capacity.bought_tests * contracts.ended_months) * bought_test_price,
        over="test",
    )
    * price_to_cost
    * bought_contract.price_factor * at(cost_lines.factor, cost_line="bought_tests"),
    "At the price a test of the contract in force, for tests done or guaranteed.",
)
relief_price = Line(
    "Price of a test of relief", "GBP_real / test", ("test",),
    bought_test_price * price_to_cost * (1 + relief_premium),
    "A bought test, with the premium.",
)
relief_real = Line(
    "Relief of hospitals' lists, base-year prices", "GBP_real / year", ("year",),
    total(
        (activity.relief_bought_year - freed.relief_taken_over_year) * relief_price
        * at(cost_lines.factor, cost_line="bought_tests")
        + freed.relief_taken_over_year
        * (consumables_price * at(cost_lines.factor, cost_line="consumables")
           + reporting.outside_cost * at(cost_lines.factor, cost_line="reporting")),
        over="test",
    ),
    "Outsourced and insourced tests and evening lists, with their reports; what freed staff take over costs "
    "consumables and reports.",
)
relief_change_real = Line(
    "Relief of hospitals' lists, against the baseline, base-year prices", "GBP_real / year", ("year",),
    apart(relief_real, at(relief_real, option=BASELINE), at(relief_real, option=BASELINE) / 1_000_000),
    "Below nothing where the option saves hospitals some of it; a millionth of it is none.",
)
# In cash of the year, for the lines that show it
relief_change = inflate(relief_change_real, timeline.non_pay_index)
international_year = Line(
    "International hires in the year", "wte / year", ("staff", "year"),
    per_year(workforce.international_joiners),
    "The sum of the months; none after them.",
)
upskilled_wte = Line(
    "WTE moved to other roles", "wte", ("site",),
    total(workforce.posts_of_rooms * workforce.posts_moved_out * workforce.wte_per_post, over="staff"),
    "All roles given up.",
)
development_real = Line(
    "Recruitment abroad and new roles, base-year prices", "GBP_real / year", ("year",),
    (total(international_year, over="staff") * international_hire_cost
     + total(upskilled_wte * equipment.opened, over="site") * upskilling_cost)
    * at(cost_lines.factor, cost_line="development"),
    "Hires abroad in the months; new roles when a site opens. Other hiring is in the cost of opening.",
)
displaced_saving_real = Line(
    "Hospital consumables and reports not needed, base-year prices", "GBP_real / year", ("year",),
    total(freed.own_undone_year * consumables_price, over="test")
    * at(cost_lines.factor, cost_line="consumables")
    + total(freed.own_undone_year * reporting.outside_cost, over="test")
    * at(cost_lines.factor, cost_line="reporting"),
    "Of tests that hospitals do less in their own hours; relief that is not bought has its own price.",
)
staff_away = minimum(hospital_staff.short_year, hospital_staff.members_wte)
released_wte = Line(
    "Hospital posts that pay nobody while staff are at centres", "wte", ("staff", "year"),
    apart(
        staff_away, at(staff_away, option=BASELINE), quantity(0.0001, "wte")
    ),
    "Lent, or left and not yet replaced, against the baseline; no more than the hospitals' tests need.",
)
released_pay_real = Line(
    "Hospital pay of staff who are at centres, base-year prices", "GBP_real / year", ("year",),
    total(released_wte * pay.employer_cost_financial, over="staff") * at(cost_lines.factor, cost_line="pay"),
    "The centre pays them; the hospital does not, until the post is filled again.",
)
reporting_change_real = Line(
    "Outside reporting at hospitals, against the baseline, base-year prices", "GBP_real / year", ("year",),
    reporting.hospital_change * at(cost_lines.factor, cost_line="reporting"),
    "Of the tests that hospitals do, as more or fewer reports are sent out, of reports that no reporter has "
    "time for, and of hours that reporters give from home, paid whether or not there is one to write.",
)
digital_real = Line(
    "Digital systems, base-year prices", "GBP_real / year", ("year",),
    digital.running_year * at(cost_lines.factor, cost_line="digital"),
    "Running cost, with the growth and efficiency of the line.",
)
# What each line costs all sites and the network.
all_by_line = by_member(
    cost_line={
        "premises": total(estate.gross_internal_area * programme.open_year, over="site")
        * running_rate * at(cost_lines.factor, cost_line="premises"),
        "energy": total(energy_full * programme.open_year, over="site")
        * at(cost_lines.factor, cost_line="energy"),
        "bought_tests": bought_tests_real, "digital": digital_real, "development": development_real,
    },
    others=total(by_line, over="site"),
)
network_real = Line(
    "Bought tests, digital and development, less hospital cost saved", "GBP_real / year", ("year",),
    bought_tests_real + contracts.terms_real + longer_hours.wear_real + procurement.competition_cost_year
    + digital_real + development_real + reporting_change_real + relief_change_real - displaced_saving_real,
    "Non-pay cost that belongs to no centre.",
)
network_cost = Line(
    "Extended hours, bought tests and competitions", "GBP_nominal / year", ("year",),
    inflate(extended_hours_real - released_pay_real, timeline.pay_index)
    + inflate(network_real, timeline.non_pay_index),
    "Cost that belongs to no centre, less hospital pay of staff who are at centres; extended hours are "
    "mostly pay; bought tests are exempt of VAT.",
)
revenue_cost_total = Line(
    "Revenue cost of the option", "GBP_nominal / year", ("year",),
    total(revenue_cost, over="site") + network_cost,
    "All sites and the network, before depreciation and dividend.",
)
option_tests = Line(
    "Tests the option delivers", "tests / year", ("test", "year"),
    total(activity.cdc_tests_year, over="site") + activity.bought_tests_year
    + activity.extended_hours_tests_year,
    "At centres, bought, and in extended hours on hospital kit.",
)
left_out_pay = Line(
    "Pay of roles left out of cost a test", "GBP_real / year", ("staff", "year"),
    staff_years.required_year * staff_years.in_post_share_year
    * pay.employer_cost_financial * (1 - counts_staff) * at(cost_lines.factor, cost_line="pay"),
    "Roles that serve only walk-in bloods.",
)
left_out_consumables = Line(
    "Consumables of tests left out of cost a test", "GBP_real / year", ("year",),
    total(option_tests * consumables_price * (1 - counts_test), over="test")
    * at(cost_lines.factor, cost_line="consumables"),
    "Walk-in bloods.",
)
counted_cost = Line(
    "Revenue cost that counts in cost a test", "GBP_nominal / year", ("year",),
    revenue_cost_total
    - inflate(total(left_out_pay, over="staff") - released_pay_real, timeline.pay_index)
    - inflate(
        left_out_consumables * (1 + at(vat_on_non_pay, cost_line="consumables")) + relief_change_real,
        timeline.non_pay_index,
    ),
    "Without the staff and consumables of phlebotomy, and without what hospitals save on relief and on pay "
    "of staff who left for centres; shared premises stay in.",
)
