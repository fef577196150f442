"""Cost by line: running cost of the network in cash, and efficiency planned beside efficiency priced.

The lines add up to the revenue cost of the option, which a check holds.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    absolute,
    at,
    by_member,
    difference,
    inflate,
    power,
    previous,
    total,
    where,
)
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.accounts import finance
from casebuilder.model.capital import equipment_leases, leases, private_finance, procurement
from casebuilder.model.results import checks
from casebuilder.model.running import contracts, income, longer_hours, revenue, transition
from casebuilder.model.setting import cost_lines, timeline

cost = Line(
    "Running cost of the line", "GBP_nominal / year", ("cost_line", "year"),
    inflate(revenue.all_by_line, cost_lines.index),
    "All sites and the network, before VAT.",
)

# What has no line of its own
opening_pay = Line(
    "Pay before opening and in double running", "GBP_nominal / year", ("year",),
    inflate(
        total(transition.pay_year, over="site") * at(cost_lines.factor, cost_line="pay"),
        timeline.pay_index,
    ),
    "Of sites that recruit before they open, and of those that open.",
)
extended_hours = Line(
    "Extended hours at hospitals", "GBP_nominal / year", ("year",),
    inflate(revenue.extended_hours_real, timeline.pay_index),
    "Mostly pay.",
)
vat = Line(
    "VAT not recovered on running cost", "GBP_nominal / year", ("year",),
    inflate(total(revenue.non_pay_vat, over="site"), timeline.non_pay_index)
    + total(leases.payment, over="site") * revenue.vat_on_rent
    + total(equipment_leases.expensed, over="site")
    + total(private_finance.expensed, over="private_contract"),
    "On non-pay and rent of the centres, each line at its own share; with charges of financed equipment "
    "that are expensed, and the VAT on all of them.",
)
competitions = Line(
    "Competitions", "GBP_nominal / year", ("year",),
    inflate(procurement.competition_cost_year, timeline.non_pay_index),
    "Of procurement.",
)
hospital_reporting = Line(
    "Outside reporting at hospitals, against the baseline", "GBP_nominal / year", ("year",),
    inflate(revenue.reporting_change_real, timeline.non_pay_index),
    "Below nothing, where fewer reports are sent out.",
)
hospital_relief = Line(
    "Relief of hospitals' lists, against the baseline", "GBP_nominal / year", ("year",),
    revenue.relief_change,
    "Below nothing, where hospitals buy less of it.",
)
contract_terms = Line(
    "Tenders and exit of bought tests", "GBP_nominal / year", ("year",),
    inflate(contracts.terms_real, timeline.non_pay_index),
    "For each contract; exit when bought tests end.",
)
hospital_wear = Line(
    "Wear of hospital kit in longer hours", "GBP_nominal / year", ("year",),
    inflate(longer_hours.wear_real, timeline.non_pay_index),
    "In the year of use.",
)
hospital_saved = Line(
    "Hospital consumables and reports not needed", "GBP_nominal / year", ("year",),
    inflate(revenue.displaced_saving_real, timeline.non_pay_index),
    "Of tests that hospitals do less in their own hours.",
)
hospital_pay = Line(
    "Hospital pay of staff who are at centres", "GBP_nominal / year", ("year",),
    inflate(revenue.released_pay_real, timeline.pay_index),
    "The centres pay them.",
)

staff_lines = Line(
    "Staff, all lines", "GBP_nominal / year", ("year",),
    at(cost, cost_line="pay") + at(cost, cost_line="agency") + opening_pay + extended_hours,
    "With extended hours at hospitals.",
)
centre_lines = Line(
    "Non-pay of the centres, all lines", "GBP_nominal / year", ("year",),
    total(by_member(cost_line=cost_lines.STAFF | cost_lines.NETWORK, others=cost), over="cost_line") + vat,
    "All lines that are neither staff nor beside the centres; with the VAT on rent.",
)
network_lines = Line(
    "Beside the centres, all lines", "GBP_nominal / year", ("year",),
    at(cost, cost_line="bought_tests") + at(cost, cost_line="digital") + competitions
    + contract_terms + hospital_wear
    + at(cost, cost_line="development") + hospital_reporting + hospital_relief - hospital_saved
    - hospital_pay,
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
    (at(cost, cost_line="pay") + opening_pay + extended_hours) * at(saved_share, cost_line="pay")
    + at(cost * saved_share, cost_line="agency"),
    "Against what the lines would cost without it.",
)
supplies_efficiency = Line(
    "Supplies and services saved by efficiency so far", "GBP_nominal / year", ("year",),
    total(
        by_member(cost_line=cost_lines.STAFF | cost_lines.PREMISES | cost_lines.NETWORK,
                  others=cost * saved_share),
        over="cost_line",
    ),
    "Against what the lines would cost without it, before VAT.",
)
premises_efficiency = Line(
    "Premises and overheads saved by efficiency so far", "GBP_nominal / year", ("year",),
    at(cost * saved_share, cost_line="premises") + at(cost * saved_share, cost_line="energy")
    + at(cost * saved_share, cost_line="rates") + at(cost * saved_share, cost_line="overheads")
    + at(cost * saved_share, cost_line="transition"),
    "By the line's own efficiency; overheads fall with direct cost as well, which is not counted here.",
)
network_efficiency = Line(
    "Bought tests, digital and development saved by efficiency so far", "GBP_nominal / year", ("year",),
    at(cost * saved_share, cost_line="bought_tests") + at(cost * saved_share, cost_line="digital")
    + at(cost * saved_share, cost_line="development"),
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
