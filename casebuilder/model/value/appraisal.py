"""Appraisal: the economic case in the rows of DHSC's Comprehensive Investment Appraisal (CIA) model.

The rows are the same lines in another order: a check holds that they add up to economics. Base-year
prices, not discounted.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import above, absolute, at, difference, maximum, quantity, total
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.capital import capital, equipment_leases, private_finance, renewal
from casebuilder.model.running import revenue
from casebuilder.model.setting import risks, timeline
from casebuilder.model.value import benefits, economics

# Costs
bias = Line(
    "Optimism bias on capital, in pounds", "GBP_real / year", ("year",),
    total(capital.phasing * capital.optimism_bias, over="site")
    * (1 + at(capital.follows_construction, capital_line="bias") * (timeline.real_construction_index - 1))
    - total(capital.phasing * capital.contingency_bias, over="site")
    * (1 + at(capital.follows_construction, capital_line="bias") * (timeline.real_construction_index - 1))
    * (1 - economics.contingency_kept),
    "Phased as the capital is, at the prices it follows; without that on a contingency that is left out.",
)
initial_capital = Line(
    "Initial capital, before optimism bias", "GBP_real / year", ("year",),
    difference(economics.scheme_capital, economics.contingency_removed + bias),
    "Without VAT, and without the contingency that counted risks replace.",
)
lifecycle = Line(
    "Lifecycle", "GBP_real / year", ("year",),
    renewal.replacement_real + total(renewal.lifecycle_real, over="site") * timeline.real_construction_index,
    "Replacement of equipment and lifecycle of buildings.",
)
transitional = Line(
    "Transitional", "GBP_real / year", ("year",),
    total(revenue.opening, over="site") * timeline.real_non_pay_index,
    "Recruitment, training and commissioning of opening; its pay is among pay.",
)
building_running = Line(
    "Building running cost", "GBP_real / year", ("year",),
    total(revenue.premises, over="site") * timeline.real_non_pay_index + economics.rent,
    "Facilities management, energy and rent.",
)
non_clinical = Line(
    "Non-clinical", "GBP_real / year", ("year",),
    (total(revenue.overheads + revenue.transport, over="site") - revenue.overheads_on_rates)
    * timeline.real_non_pay_index,
    "Overheads, without those on business rates, and transport.",
)
clinical = Line(
    "Clinical", "GBP_real / year", ("year",),
    difference(
        economics.pay + economics.extended_hours + economics.non_pay + economics.relief + economics.rent
        + equipment_leases.charges_real + private_finance.charges_real,
        transitional + non_clinical + building_running,
    ),
    "Pay at full cost, consumables, reporting, maintenance, charges of financed equipment, hired units, "
    "bought tests, digital systems and relief of hospitals' lists.",
)
running_bias = Line(
    "Optimism bias on running cost, in pounds", "GBP_real / year", ("year",),
    economics.biased * economics.running_cost_bias,
    "The model has no place for it: add it to running cost.",
)
cost = Line(
    "Cost before risks", "GBP_real / year", ("year",),
    initial_capital + bias + lifecycle + transitional + clinical + non_clinical + building_running
    + running_bias + economics.owned_space + benefits.treatment + economics.lost_tests + economics.terminal,
    "All rows of cost.",
)

# Benefits, each in its class
cash_releasing = Line(
    "Cash-releasing benefit", "GBP_real / year", ("benefit", "year"),
    benefits.value * benefits.releases,
    "After optimism bias.",
)
non_cash_releasing = Line(
    "Non-cash-releasing benefit", "GBP_real / year", ("benefit", "year"),
    benefits.value * (1 - benefits.releases) * (1 - benefits.is_societal) * (1 - benefits.is_health),
    "After optimism bias.",
)
societal = Line(
    "Societal benefit", "GBP_real / year", ("benefit", "year"),
    benefits.value * benefits.is_societal * (1 - benefits.is_health),
    "After optimism bias.",
)
benefit_rows = Line(
    "Benefits, all rows", "GBP_real / year", ("year",),
    total(cash_releasing + non_cash_releasing + societal, over="benefit")
    + benefits.staff_time + benefits.withdrawn_pay + benefits.freed_time + benefits.journeys
    + benefits.health,
    "With staff time, posts withdrawn, freed time, journeys and health.",
)

# Risks
risk_change = Line(
    "Expected cost of the risk, against the baseline", "GBP_real / year", ("risk", "year"),
    risks.cost_by_risk - at(risks.cost_by_risk, option=BASELINE),
    "The model counts risks incrementally.",
)
risk_change_total = Line(
    "Expected cost of risks, against the baseline", "GBP_real / year", ("year",),
    total(risk_change, over="risk"),
    "All rows.",
)
cost_gap = Line(
    "Rows of cost less economic cost", "GBP_real / year", ("year",),
    difference(cost + risks.cost, economics.cost),
    "Nothing.",
)
benefit_gap = Line(
    "Rows of benefits less benefits", "GBP_real / year", ("year",),
    difference(benefit_rows, economics.other_benefits + benefits.health),
    "Nothing.",
)
rows_add_up = Check(
    "Rows of the appraisal model add up to the economic case",
    maximum(
        above(absolute(cost_gap), quantity(1, "GBP_real / year")),
        above(absolute(benefit_gap), quantity(1, "GBP_real / year")),
    ),
    ("year",),
    "What is pasted is what is counted here.",
)
