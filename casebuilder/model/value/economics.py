"""Economic case: real resource cost and benefits, discounted and compared with the baseline.

Left out: VAT, business rates, levy, income between NHS bodies, dividend and depreciation.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    cumulative,
    difference,
    discount,
    first_period,
    largest,
    maximum,
    minimum,
    quantity,
    ratio,
    smallest,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import (
    capital,
    equipment,
    equipment_leases,
    financed,
    leases,
    private_finance,
    renewal,
)
from casebuilder.model.patients import activity, freed, health, lists, reporting
from casebuilder.model.running import revenue, transition
from casebuilder.model.service import hospital_staff, staff_years
from casebuilder.model.setting import cost_lines, estate, programme, risks, timeline
from casebuilder.model.setting import pay as post_cost
from casebuilder.model.value import benefits

contingency_kept = Input(
    "Planning contingency kept in the economic case", "flag", (),
    "1 while risks are not quantified one by one; 0 once a risk register replaces it.",
    high=1, whole=True,
)
running_cost_bias = Input(
    "Optimism bias on running cost", "share", (),
    "Added in the economic case only.",
    high=1,
)
opportunity_rent = Input(
    "Opportunity cost of owned space", "GBP_real / m2 / year", ("site",),
    "What space that a member owns would fetch in its best other use; 0 where rent is paid.",
)
option_life = Input(
    "Life of the option", "years", (),
    "Years over which its cost is made a level sum a year; no longer than the appraisal counts.",
    low=1, high=100,
)
building_life = Input(
    "Life of buildings for residual value", "years", (),
    "From spend to the end of use.",
    low=5, high=100,
)

scheme_capital = Line(
    "Scheme capital", "GBP_real / year", ("year",),
    total(capital.spend_real, over="site") + capital.beside_sites,
    "Before VAT, with optimism bias and the real growth of construction prices.",
)
contingency_removed = Line(
    "Planning contingency removed", "GBP_real / year", ("year",),
    total(capital.contingency_spend, over="site") * (1 - contingency_kept),
    "Where risks are quantified, the contingency, and the bias on it, would count them twice.",
)
capital_cost = Line(
    "Capital", "GBP_real / year", ("year",),
    scheme_capital - contingency_removed + renewal.replacement_real
    + total(renewal.lifecycle_real, over="site") * timeline.real_construction_index,
    "Scheme, replacement of equipment and lifecycle of buildings, at base-year prices.",
)
lost_tests_year = Line(
    "Tests lost", "tests / year", ("test", "year"),
    maximum(
        -health.tested_instead * quantity(1, "test / patient"),
        minimum(freed.capacity_left_year, activity.removed_year) * (1 - lists.has_list),
        0,
    ),
    "Asked for and not done: more than at baseline, or, of a test without a list, what those who left for "
    "centres would have done. Requests that are avoided are not lost.",
)
idle_released_wte = Line(
    "Staff at centres who had time to spare at hospitals", "wte", ("staff", "year"),
    minimum(
        total(
            maximum(freed.capacity_left_year - lost_tests_year, 0) * hospital_staff.hours_a_test, over="test"
        )
        / freed.hours_a_wte,
        maximum(revenue.released_wte, 0),
    ),
    "Of those who left, the time that no lost test would have taken.",
)
pay_adjustment = Line(
    "Full pension less levy, and time to spare", "GBP_real / year", ("year",),
    (total(
        staff_years.required_year * staff_years.in_post_share_year * post_cost.pension_less_levy, over="staff"
     )
     + transition.pension_year
     - total(revenue.released_wte * post_cost.pension_less_levy, over="staff")
     + total(
         idle_released_wte * post_cost.cost_less_levy, over="staff"
     )
     * benefits.freed_time_optimism)
    * at(cost_lines.factor, cost_line="pay"),
    "For posts filled by own staff and the pay of opening, less hospital posts that pay nobody meanwhile; "
    "who had time to spare saves no more than freed time is worth.",
)
pay = Line(
    "Pay at full cost", "GBP_real / year", ("year",),
    (revenue.pay_real - revenue.released_pay_real + pay_adjustment) * timeline.real_pay_index,
    "Of centres, less hospital pay of those who left for them, who are paid once. Real pay growth stays in.",
)
non_pay = Line(
    "Non-pay, base-year prices", "GBP_real / year", ("year",),
    (total(revenue.non_pay_real - revenue.rates, over="site") - revenue.overheads_on_rates
     + revenue.network_real - revenue.relief_change_real)
    * timeline.real_non_pay_index,
    "Without VAT, business rates and the overheads on them; relief has a line of its own.",
)
relief = Line(
    "Relief of hospitals' lists", "GBP_real / year", ("year",),
    revenue.relief_real * timeline.real_non_pay_index,
    "In every option, the baseline too: what business as usual buys when lists grow.",
)
agency_test = Line(
    "Agency staff for a hospital test", "GBP_real / test", ("test",),
    total(
        hospital_staff.hours_a_test * post_cost.agency_cost
        / freed.hours_a_wte,
        over="staff",
    ),
    "Hours of each role at the cost of an agency post.",
)
price_of_lost_test = Line(
    "Price of a test lost", "GBP_real / test", ("test", "year"),
    maximum(
        revenue.relief_price * timeline.real_non_pay_index,
        agency_test * timeline.real_pay_index
        + (revenue.consumables_price + reporting.outside_cost) * timeline.real_non_pay_index,
    ),
    "What it takes to have it done by others: relief, or agency staff with consumables and reports.",
)
lost_tests = Line(
    "Cost of tests lost", "GBP_real / year", ("year",),
    total(lost_tests_year * price_of_lost_test, over="test"),
    "Tests lost at their price.",
)
rent = Line(
    "Rent, base-year prices", "GBP_real / year", ("year",),
    total(leases.payment_real, over="site"),
    "The payments themselves: not the right of use, its depreciation and interest.",
)
exit_cost = Line(
    "Cost of leaving leased buildings", "GBP_real", (),
    total(estate.gross_internal_area * leases.dilapidations_rate, over="site"),
    "Dilapidations, counted in the last year of the appraisal.",
)
extended_hours = Line(
    "Extended hours", "GBP_real / year", ("year",),
    revenue.extended_hours_real * timeline.real_pay_index,
    "Mostly pay.",
)
owned_space = Line(
    "Opportunity cost of owned space", "GBP_real / year", ("year",),
    total(estate.gross_internal_area * opportunity_rent * programme.open_year, over="site"),
    "Owned space at its best other use.",
)
# What optimism bias on running cost is added to.
biased = pay + non_pay + rent + extended_hours + lost_tests
running_cost = Line(
    "Running cost", "GBP_real / year", ("year",),
    biased * (1 + running_cost_bias) + owned_space
    + benefits.treatment + relief + equipment_leases.charges_real + private_finance.charges_real,
    "With optimism bias on running cost but not on relief; with the treatment that health benefits rest "
    "on, tests lost, and what leased equipment and managed services charge in place of a price.",
)
last_year = Line(
    "Last year of the appraisal", "number", (),
    largest(YEAR_NUMBER, over="year"),
    "The number of the last year.",
)
years_left = Line(
    "Years from spend to the end of the appraisal", "number", ("year",),
    last_year - YEAR_NUMBER + 1,
    "The year of spend counts as one.",
)
is_last_year = Line(
    "Last year", "flag", ("year",),
    1 - above(last_year, YEAR_NUMBER),
    "1 in the last year of the appraisal.",
)
buildings_unexpired = Line(
    "Buildings' life unexpired", "share", ("year",),
    maximum(1 - years_left * quantity(1, "year") / building_life, 0),
    "Share of the life left at the end, by year of spend.",
)
equipment_unexpired = Line(
    "Equipment's life unexpired", "share", ("equipment", "year"),
    maximum(1 - years_left / equipment.life_in_periods, 0),
    "Share of the life left at the end, by year of purchase.",
)
buildings_value = Line(
    "Works sub-total at base-year prices", "GBP_real / year", ("year",),
    total(
        capital.phasing * capital.sub_total * (1 - private_finance.never_handed_over), over="site"
    )
    * timeline.real_construction_index,
    "What is left of fees, contingency and enabling works at the end is taken as nothing; so is a private "
    "partner's building that is not handed over by then.",
)
equipment_value = Line(
    "Equipment bought, by class", "GBP_real / year", ("equipment", "year"),
    total(equipment.units_needed * equipment.is_new, over="site") * financed.price_bought,
    "First units and replacements, bought outright.",
)
residual_value = Line(
    "Residual value", "GBP_real", (),
    total(buildings_value * buildings_unexpired, over="year")
    + total(equipment_value * equipment_unexpired, over=("equipment", "year")),
    "Straight-line value of the life that is left when the appraisal ends.",
)
terminal = Line(
    "Exit cost less residual value", "GBP_real / year", ("year",),
    (exit_cost - residual_value) * is_last_year * quantity(1, "1 / year"),
    "In the last year.",
)
cost = Line(
    "Economic cost", "GBP_real / year", ("year",),
    capital_cost + running_cost + risks.cost + terminal,
    "Capital and running cost and expected risks; in the last year also exit cost, less residual value.",
)
present_cost = Line(
    "Economic cost, discounted", "GBP_real / year", ("year",),
    discount(cost, timeline.discount_factor),
    "At the standard rate.",
)
net_present_cost = Line(
    "Net present cost", "GBP_real", (),
    total(present_cost, over="year"),
    "Sum of discounted cost.",
)
other_benefits = Line(
    "Benefits other than health", "GBP_real / year", ("year",),
    benefits.cash_releasing_real + benefits.non_cash_releasing + benefits.societal,
    "Discounted at the standard rate.",
)
present_other_benefits = Line(
    "Benefits other than health, discounted", "GBP_real / year", ("year",),
    discount(other_benefits, timeline.discount_factor),
    "At the standard rate.",
)
present_health = Line(
    "Health benefits of the year, discounted", "GBP_real / year", ("year",),
    discount(benefits.health, timeline.discount_factor_health),
    "At the health rate.",
)
present_value_benefits = Line(
    "Present value of benefits", "GBP_real", (),
    total(present_other_benefits, over="year") + total(present_health, over="year"),
    "Two rates, added once each is at present value.",
)
incremental_cost = Line(
    "Incremental cost", "GBP_real", (),
    net_present_cost - at(net_present_cost, option=BASELINE),
    "Against the baseline.",
)
incremental_benefits = Line(
    "Incremental benefits", "GBP_real", (),
    present_value_benefits - at(present_value_benefits, option=BASELINE),
    "Against the baseline.",
)
npsv = Line(
    "Net present social value", "GBP_real", (),
    incremental_benefits - incremental_cost,
    "Benefits less cost, both against the baseline.",
)
cost_above_zero = Line(
    "Incremental cost, where above nothing", "GBP_real", (),
    maximum(incremental_cost, 0),
    "A ratio to a saving would mean nothing, so it is left empty.",
)
bcr = Line(
    "Benefit-cost ratio", "factor", (),
    ratio(incremental_benefits, cost_above_zero),
    "Cash-releasing benefits count as benefits; empty where the option costs no more than the "
    "baseline.",
)
present_cash_released = Line(
    "Cash-releasing benefits of the year, discounted", "GBP_real / year", ("year",),
    discount(benefits.cash_releasing_real, timeline.discount_factor),
    "At the standard rate.",
)
cash_released = Line(
    "Present value of cash released", "GBP_real", (),
    total(present_cash_released, over="year"),
    "What moves from benefit to saving in the second ratio.",
)
incremental_cash_released = Line(
    "Incremental cash released", "GBP_real", (),
    cash_released - at(cash_released, option=BASELINE),
    "Against the baseline.",
)
bcr_cash_as_saving = Line(
    "Benefit-cost ratio, cash released taken off cost", "factor", (),
    ratio(
        incremental_benefits - incremental_cash_released,
        maximum(incremental_cost - incremental_cash_released, 0),
    ),
    "The other view of the same benefits; empty where nothing is left of the cost.",
)
in_life = Line(
    "Year lies in the option's life", "flag", ("year",),
    above(option_life / quantity(1, "year") + 1, YEAR_NUMBER - 1),
    "Options of unequal lives are compared by their cost a year.",
)
annuity_weight = Line(
    "Discount factor of the years after the first", "1 / year", ("year",),
    timeline.discount_factor * above(YEAR_NUMBER, 1) * in_life * quantity(1, "1 / year"),
    "The base year is year 0, so an annuity runs from year 1 to the end of the option's life.",
)
annuity_factor = Line(
    "Annuity factor", "factor", (),
    total(annuity_weight, over="year"),
    "Sum of the discount factors from year 1 to the last year.",
)
equivalent_annual_cost = Line(
    "Equivalent annual cost", "GBP_real / year", (),
    total(present_cost * in_life, over="year") / annuity_factor / quantity(1, "year"),
    "Discounted cost of the option's life as a level sum a year.",
)
net_benefit = Line(
    "Net benefit of the year", "GBP_real / year", ("year",),
    difference(other_benefits, at(other_benefits, option=BASELINE))
    + difference(benefits.health, at(benefits.health, option=BASELINE))
    - difference(cost, at(cost, option=BASELINE)),
    "Against the baseline, not discounted.",
)
cumulative_net_benefit = Line(
    "Net benefit so far", "GBP_real", ("year",),
    cumulative(net_benefit),
    "Against the baseline, not discounted.",
)
spending = Line(
    "Year number where there is cost", "number", ("year",),
    where(above(cost, at(cost, option=BASELINE)), YEAR_NUMBER, last_year),
    "The last year stands where there is none.",
)
first_spend = Line(
    "First year of spend", "number", (),
    smallest(spending, over="year"),
    "The first year in which the option costs more than the baseline.",
)
paid_back = Line(
    "Paid back", "flag", ("year",),
    above(cumulative_net_benefit, 0) * above(YEAR_NUMBER, first_spend),
    "1 where net benefits so far exceed nothing, after the first spend.",
)
payback = Line(
    "Payback", "years", (),
    first_period(paid_back, first_spend),
    "Years from the first spend until net benefits have covered it; empty where they never do.",
)
