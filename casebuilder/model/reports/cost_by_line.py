"""Cost by line: running cost of the network in cash, and efficiency planned beside efficiency priced.

The lines add up to the revenue cost of the option, which a check holds.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    absolute,
    at,
    difference,
    inflate,
    power,
    previous,
    total,
    where,
)
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.accounts import finance
from casebuilder.model.capital import equipment, leases, procurement
from casebuilder.model.results import checks
from casebuilder.model.running import income, revenue, transition
from casebuilder.model.setting import cost_lines, estate, programme, timeline

# Staff
own_staff = Line(
    "Own staff", "GBP_nominal / year", ("year",),
    inflate(total(revenue.own_pay, over="site"), timeline.pay_index),
    "All sites.",
)
agency_staff = Line(
    "Agency staff", "GBP_nominal / year", ("year",),
    inflate(total(revenue.agency_pay, over="site"), timeline.pay_index),
    "All sites.",
)
opening_pay = Line(
    "Pay before opening and in double running", "GBP_nominal / year", ("year",),
    inflate(
        total(transition.pay_cost * equipment.opened, over="site") * at(cost_lines.factor, cost_line="pay"),
        timeline.pay_index,
    ),
    "Of the sites that open in the year.",
)
extended_hours = Line(
    "Extended hours at hospitals", "GBP_nominal / year", ("year",),
    inflate(revenue.extended_hours_real, timeline.pay_index),
    "Mostly pay.",
)

# Non-pay of the centres, before VAT
consumables = Line(
    "Consumables", "GBP_nominal / year", ("year",),
    inflate(total(revenue.consumables, over="site"), timeline.non_pay_index),
    "Contrast is among them.",
)
reporting = Line(
    "Outside reporting", "GBP_nominal / year", ("year",),
    inflate(total(revenue.outside_reporting, over="site"), timeline.non_pay_index),
    "Of the centres' tests.",
)
transport = Line(
    "Transport of samples", "GBP_nominal / year", ("year",),
    inflate(total(revenue.transport, over="site"), timeline.non_pay_index),
    "Couriers that the centres pay for.",
)
maintenance = Line(
    "Maintenance", "GBP_nominal / year", ("year",),
    inflate(total(revenue.maintenance, over="site"), timeline.non_pay_index),
    "Of equipment, after its warranty.",
)
estate_running = Line(
    "Estate running", "GBP_nominal / year", ("year",),
    inflate(
        total(estate.gross_internal_area * programme.open_year, over="site")
        * revenue.running_rate * at(cost_lines.factor, cost_line="premises"),
        timeline.non_pay_index,
    ),
    "Facilities management, with the energy of the building.",
)
energy = Line(
    "Energy of units", "GBP_nominal / year", ("year",),
    inflate(
        total(revenue.energy_full * programme.open_year, over="site")
        * at(cost_lines.factor, cost_line="energy"),
        timeline.non_pay_index,
    ),
    "Scanners and other units.",
)
rates = Line(
    "Business rates", "GBP_nominal / year", ("year",),
    inflate(total(revenue.rates, over="site"), timeline.non_pay_index),
    "A transfer, but paid.",
)
hired_units = Line(
    "Hired units", "GBP_nominal / year", ("year",),
    inflate(total(revenue.hired_units, over="site"), timeline.non_pay_index),
    "With their crew.",
)
overheads = Line(
    "Overheads", "GBP_nominal / year", ("year",),
    inflate(total(revenue.overheads, over="site"), timeline.non_pay_index),
    "Share of direct cost.",
)
opening = Line(
    "Recruitment, training and commissioning", "GBP_nominal / year", ("year",),
    inflate(total(revenue.opening, over="site"), timeline.non_pay_index),
    "Of the sites that open in the year.",
)
vat = Line(
    "VAT not recovered on running cost", "GBP_nominal / year", ("year",),
    (inflate(total(revenue.non_pay_real, over="site"), timeline.non_pay_index)
     + total(leases.payment, over="site"))
    * revenue.vat_on_non_pay,
    "On non-pay and rent of the centres.",
)

# What belongs to no centre
bought_tests = Line(
    "Bought tests", "GBP_nominal / year", ("year",),
    inflate(revenue.bought_tests_real, timeline.non_pay_index),
    "Exempt of VAT.",
)
digital_systems = Line(
    "Digital systems", "GBP_nominal / year", ("year",),
    inflate(revenue.digital_real, timeline.non_pay_index),
    "Running cost.",
)
competitions = Line(
    "Competitions", "GBP_nominal / year", ("year",),
    inflate(procurement.competition_cost_year, timeline.non_pay_index),
    "Of procurement.",
)
development = Line(
    "Recruitment abroad and new roles", "GBP_nominal / year", ("year",),
    inflate(revenue.development_real, timeline.non_pay_index),
    "Beyond the cost of opening.",
)
hospital_reporting = Line(
    "Outside reporting at hospitals, against the baseline", "GBP_nominal / year", ("year",),
    inflate(revenue.reporting_change_real, timeline.non_pay_index),
    "Below nothing, where fewer reports are sent out.",
)
hospital_saved = Line(
    "Hospital consumables and reports not needed", "GBP_nominal / year", ("year",),
    inflate(revenue.displaced_saving_real, timeline.non_pay_index),
    "Of displaced tests.",
)

staff_lines = Line(
    "Staff, all lines", "GBP_nominal / year", ("year",),
    own_staff + agency_staff + opening_pay + extended_hours,
    "With extended hours at hospitals.",
)
centre_lines = Line(
    "Non-pay of the centres, all lines", "GBP_nominal / year", ("year",),
    consumables + reporting + transport + maintenance + estate_running + energy + rates + hired_units
    + overheads + opening + vat,
    "With the VAT on rent.",
)
network_lines = Line(
    "Beside the centres, all lines", "GBP_nominal / year", ("year",),
    bought_tests + digital_systems + competitions + development + hospital_reporting - hospital_saved,
    "Without extended hours.",
)
gap = Line(
    "Lines less the revenue cost", "GBP_nominal / year", ("year",),
    difference(staff_lines + centre_lines + network_lines + finance.rent, revenue.revenue_cost_total),
    "Nothing: every pound of running cost has a line.",
)
lines_make_up_running_cost = Check(
    "Lines make up the running cost",
    above(absolute(gap), checks.yearly_money),
    ("year",),
    "Staff, non-pay of the centres, the network's lines and rent.",
)


# Efficiency planned beside efficiency priced
saved_share = Line(
    "Saved by the line's own efficiency so far, share of its cost", "number", ("cost_line", "year"),
    power(1 - cost_lines.efficiency, -timeline.years_from_base) - 1,
    "What the line would cost more without it.",
)
staff_efficiency = Line(
    "Staff cost saved by efficiency so far", "GBP_nominal / year", ("year",),
    (own_staff + opening_pay + extended_hours) * at(saved_share, cost_line="pay")
    + agency_staff * at(saved_share, cost_line="agency"),
    "Against what the lines would cost without it.",
)
supplies_efficiency = Line(
    "Supplies and services saved by efficiency so far", "GBP_nominal / year", ("year",),
    consumables * at(saved_share, cost_line="consumables")
    + reporting * at(saved_share, cost_line="reporting")
    + transport * at(saved_share, cost_line="transport")
    + maintenance * at(saved_share, cost_line="maintenance")
    + hired_units * at(saved_share, cost_line="hired_units"),
    "Against what the lines would cost without it, before VAT.",
)
premises_efficiency = Line(
    "Premises and overheads saved by efficiency so far", "GBP_nominal / year", ("year",),
    estate_running * at(saved_share, cost_line="premises")
    + energy * at(saved_share, cost_line="energy")
    + rates * at(saved_share, cost_line="rates")
    + overheads * at(saved_share, cost_line="overheads")
    + opening * at(saved_share, cost_line="transition"),
    "By the line's own efficiency; overheads fall with direct cost as well, which is not counted here.",
)
network_efficiency = Line(
    "Bought tests, digital and development saved by efficiency so far", "GBP_nominal / year", ("year",),
    bought_tests * at(saved_share, cost_line="bought_tests")
    + digital_systems * at(saved_share, cost_line="digital")
    + development * at(saved_share, cost_line="development"),
    "Against what the lines would cost without it.",
)
efficiency_planned = Line(
    "Efficiency that the lines plan", "GBP_nominal / year", ("year",),
    staff_efficiency + supplies_efficiency + premises_efficiency + network_efficiency,
    "Of the year, all since the base year.",
)
price_efficiency_factor = Line(
    "Efficiency taken off prices so far", "index", ("year",),
    basis="The efficiency factor of the Payment Scheme, all years since the base year.",
    opening=1,
)
price_efficiency_factor.define(
    where(
        above(timeline.years_from_base, 0),
        previous(price_efficiency_factor) * (1 - timeline.income_efficiency),
        1,
    )
)
efficiency_priced = Line(
    "Efficiency that prices take", "GBP_nominal / year", ("year",),
    (income.centre_value + inflate(income.hospital_value_real, timeline.income_index))
    * (1 / price_efficiency_factor - 1),
    "What the option's tests would earn more at prices without the efficiency factor, before any cap.",
)
efficiency_wedge = Line(
    "Efficiency priced and not planned", "GBP_nominal / year", ("year",),
    efficiency_priced - efficiency_planned,
    "Each year prices fall behind cost by what the lines do not find.",
)
