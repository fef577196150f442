"""Value for money beside NPSV and BCR: lower rates, budgets, health at its opportunity cost, who gains.

Everything is against the baseline. A switching value is the share by which one part may change
before the net present social value is nothing.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    above,
    at,
    choose,
    difference,
    discount,
    internal_rate,
    maximum,
    power,
    quantity,
    ratio,
    total,
    where,
)
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.patients import access, activity, health
from casebuilder.model.setting import risks, timeline
from casebuilder.model.value import benefits, economics

low_rates_after = Input(
    "Horizon beyond which the lower rates are asked for", "number", ("edition",),
    "Years; the lower schedule is shown in any case.",
    high=1000,
)
nhs_cost_of_a_qaly = Input(
    "What a QALY costs the NHS at the margin", "GBP_real / qaly", (),
    "What the same money would gain elsewhere in the NHS; never mixed with society's value.",
    low=1,
)
household_income = Input(
    "Household income", "GBP_real", ("quintile",),
    "Equivalised disposable income of the people in each fifth.",
    low=1,
)
median_income = Input(
    "Median household income", "GBP_real", (),
    "Equivalised disposable income.",
    low=1,
)
income_elasticity = Input(
    "Elasticity of the marginal utility of income", "factor", (),
    "The Green Book's exponent of distributional weights.",
    high=3,
)

# At the lower schedules
value_low = Line(
    "Benefits less cost at the lower rates", "GBP_real", (),
    total(discount(economics.other_benefits - economics.cost, timeline.discount_factor_low), over="year")
    + total(discount(benefits.health, timeline.discount_factor_health_low), over="year"),
    "Without pure time preference, both rate sets.",
)
npsv_low = Line(
    "Net present social value at the lower rates", "GBP_real", (),
    difference(value_low, at(value_low, option=BASELINE)),
    "Against the baseline.",
)
low_rates_limit = Line(
    "Horizon beyond which the lower rates are asked for, of the edition", "number", (),
    choose(timeline.edition, {
        "gb2018": at(low_rates_after, edition="gb2018"),
        "gb2022": at(low_rates_after, edition="gb2022"),
        "gb2026": at(low_rates_after, edition="gb2026"),
        "review2026": at(low_rates_after, edition="review2026"),
    }),
    "Of the edition chosen.",
)
low_rates_asked = Line(
    "Lower rates are asked for", "flag", (),
    above(economics.last_year, low_rates_limit + 1),
    "1 where the horizon is over the years that the edition names (50 in that of 2026).",
)

# Parts of the net present social value
capital_value = Line(
    "Capital, discounted", "GBP_real", (),
    total(discount(economics.capital_cost, timeline.discount_factor), over="year"),
    "Scheme and replacement.",
)
running_value = Line(
    "Running cost, discounted", "GBP_real", (),
    total(discount(economics.running_cost - economics.relief, timeline.discount_factor), over="year"),
    "With downstream treatment and opportunity cost of space; relief is a part of its own.",
)
relief_value = Line(
    "Relief of hospitals' lists, discounted", "GBP_real", (),
    total(discount(economics.relief, timeline.discount_factor), over="year"),
    "What hospitals buy when lists grow.",
)
risk_value = Line(
    "Risks, discounted", "GBP_real", (),
    total(discount(risks.cost, timeline.discount_factor), over="year"),
    "Expected cost of those counted.",
)
cash_value = Line(
    "Cash-releasing benefits, discounted", "GBP_real", (), economics.cash_released, "At the standard rate."
)
non_cash_value = Line(
    "Non-cash-releasing benefits, discounted", "GBP_real", (),
    total(discount(benefits.non_cash_releasing, timeline.discount_factor), over="year"),
    "At the standard rate.",
)
societal_value = Line(
    "Societal benefits, discounted", "GBP_real", (),
    total(discount(benefits.societal, timeline.discount_factor), over="year"),
    "At the standard rate.",
)
health_value = Line(
    "Health benefits, discounted", "GBP_real", (),
    total(economics.present_health, over="year"),
    "At the health rate.",
)
capital_increment = Line(
    "Incremental capital", "GBP_real", (),
    difference(capital_value, at(capital_value, option=BASELINE)),
    "Discounted.",
)
running_increment = Line(
    "Incremental running cost", "GBP_real", (),
    difference(running_value, at(running_value, option=BASELINE)),
    "Discounted.",
)
relief_increment = Line(
    "Incremental relief of hospitals' lists", "GBP_real", (),
    difference(relief_value, at(relief_value, option=BASELINE)),
    "Discounted; below nothing where the option saves hospitals some of it.",
)
risk_increment = Line(
    "Incremental risk", "GBP_real", (),
    difference(risk_value, at(risk_value, option=BASELINE)),
    "Discounted.",
)
cash_increment = Line(
    "Incremental cash released", "GBP_real", (),
    difference(cash_value, at(cash_value, option=BASELINE)),
    "Discounted.",
)
non_cash_increment = Line(
    "Incremental non-cash-releasing benefits", "GBP_real", (),
    difference(non_cash_value, at(non_cash_value, option=BASELINE)),
    "Discounted.",
)
societal_increment = Line(
    "Incremental societal benefits", "GBP_real", (),
    difference(societal_value, at(societal_value, option=BASELINE)),
    "Discounted.",
)
health_increment = Line(
    "Incremental health benefits", "GBP_real", (),
    difference(health_value, at(health_value, option=BASELINE)),
    "Discounted at the health rate.",
)
terminal_value = Line(
    "Exit cost less residual value, discounted", "GBP_real", (),
    total(discount(economics.terminal, timeline.discount_factor), over="year"),
    "In the last year.",
)
terminal_increment = Line(
    "Incremental exit cost less residual value", "GBP_real", (),
    difference(terminal_value, at(terminal_value, option=BASELINE)),
    "Discounted from the last year.",
)

# Rates of return, unequal lives and cost a test
internal_rate_of_return = Line(
    "Internal rate of return", "share", (),
    internal_rate(economics.cumulative_net_benefit),
    "Of yearly net benefits against the baseline at base-year prices, to be held against the discount "
    "rate; empty where they never cover what was spent, or do so more than once.",
)
value_in_life = Line(
    "Benefits less cost of the option's life, discounted", "GBP_real", (),
    total(
        (economics.present_other_benefits + economics.present_health - economics.present_cost)
        * economics.in_life,
        over="year",
    ),
    "Of the years that the option lasts.",
)
equivalent_annual_value = Line(
    "Equivalent annual value", "GBP_real / year", (),
    value_in_life / economics.annuity_factor / quantity(1, "year"),
    "Benefits less cost of the option's life as a level sum a year.",
)
annual_value_increment = Line(
    "Equivalent annual value, against the baseline", "GBP_real / year", (),
    equivalent_annual_value - at(equivalent_annual_value, option=BASELINE),
    "Ranks options of unequal lives as the net present social value ranks those of equal ones.",
)
additional_tests = Line(
    "Additional tests, discounted", "tests", (),
    total(activity.additional_tests_year * timeline.discount_factor, over=("test", "year")),
    "At the standard rate, as their cost is.",
)
present_cost_per_additional_test = Line(
    "Cost an additional test, whole life", "GBP_real / test", (),
    ratio(economics.incremental_cost, maximum(additional_tests, 0)),
    "Incremental economic cost over additional tests, both discounted; empty where none is added.",
)

# Switching values: the share by which a part may change before nothing is left
switch_capital = Line(
    "Switching value of capital", "factor", (),
    ratio(economics.npsv, capital_increment),
    "Capital may rise by this share (below nothing: must fall by it) before the value is nothing.",
)
switch_running = Line(
    "Switching value of running cost", "factor", (),
    ratio(economics.npsv, running_increment),
    "As for capital.",
)
switch_relief = Line(
    "Switching value of relief", "factor", (),
    ratio(economics.npsv, relief_increment),
    "As for capital.",
)
switch_risk = Line(
    "Switching value of risks", "factor", (), ratio(economics.npsv, risk_increment), "As for capital."
)
switch_terminal = Line(
    "Switching value of exit cost less residual value", "factor", (),
    ratio(economics.npsv, terminal_increment),
    "As for capital.",
)
switch_cash = Line(
    "Switching value of cash released", "factor", (),
    ratio(-economics.npsv, cash_increment),
    "As for benefits.",
)
switch_non_cash = Line(
    "Switching value of non-cash-releasing benefits", "factor", (),
    ratio(-economics.npsv, non_cash_increment),
    "As for benefits.",
)
switch_societal = Line(
    "Switching value of societal benefits", "factor", (),
    ratio(-economics.npsv, societal_increment),
    "As for benefits.",
)
switch_benefits = Line(
    "Switching value of all benefits", "factor", (),
    ratio(-economics.npsv, economics.incremental_benefits),
    "Benefits must change by this share before the value is nothing.",
)
switch_health = Line(
    "Switching value of health", "factor", (),
    ratio(-economics.npsv, health_increment),
    "The value of a QALY, the disease found or the QALYs a week must change by this share.",
)
npsv_without_health = Line(
    "Net present social value without health", "GBP_real", (),
    economics.npsv - health_increment,
    "Health at nothing; the treatment it costs stays in.",
)

# Budgets
budget_cost = Line(
    "Cost to the NHS budget", "GBP_real / year", ("year",),
    economics.cost - economics.owned_space - economics.lost_tests,
    "Without the opportunity cost of space and tests lost, which no budget pays for.",
)
budget_value = Line(
    "Cost to the NHS budget, discounted", "GBP_real", (),
    total(discount(budget_cost, timeline.discount_factor), over="year"),
    "At the standard rate.",
)
budget_increment = Line(
    "Incremental cost to the NHS budget", "GBP_real", (),
    budget_value - at(budget_value, option=BASELINE) - cash_increment,
    "Less cash released.",
)
bcr_budget = Line(
    "Benefit-cost ratio, per pound of NHS budget", "factor", (),
    ratio(
        economics.npsv + budget_increment,
        maximum(budget_increment, 0),
    ),
    "Benefits less cost outside the budget, over net cost to it; empty where the budget gains.",
)
npsv_per_capital_pound = Line(
    "Net present social value per pound of capital", "factor", (),
    ratio(economics.npsv, maximum(capital_increment, 0)),
    "Where capital is what is short.",
)

# Health at its opportunity cost, apart from society's value
qalys_present = Line(
    "QALYs, discounted", "qaly", (),
    total(health.qalys * timeline.discount_factor_health, over="year"),
    "At the health rate; of the waiting saved.",
)
qalys_gained = Line(
    "QALYs gained", "qaly", (), qalys_present - at(qalys_present, option=BASELINE), "Against the baseline."
)
qalys_displaced = Line(
    "QALYs the same budget would gain elsewhere", "qaly", (),
    budget_increment / nhs_cost_of_a_qaly,
    "Net cost to the NHS budget at the marginal cost of a QALY.",
)
net_qalys = Line(
    "Net QALYs", "qaly", (),
    qalys_gained - qalys_displaced,
    "Gained less displaced: the view of the NHS budget alone.",
)
cost_per_qaly = Line(
    "Cost per QALY", "GBP_real / qaly", (),
    ratio(budget_increment, maximum(qalys_gained, 0)),
    "Net cost to the NHS budget over QALYs gained; empty where none is.",
)

# Who gains
weight = Line(
    "Distributional weight", "factor", ("quintile",),
    power(median_income / household_income, income_elasticity),
    "(Median income ÷ income of the group) to the power of the elasticity (Green Book).",
)
people_quintile = Line(
    "People of the quintile", "patients", ("quintile",),
    total(access.people, over=("district", "place")),
    "All places.",
)
people_all = Line("People", "patients", (), total(people_quintile, over="quintile"), "All quintiles.")
mean_weight = Line(
    "Mean weight of those who gain", "factor", (),
    where(above(people_all, 0), total(people_quintile * weight, over="quintile") / people_all, 1),
    "Lists are the network's, so that people gain by their number; 1 in a case without places.",
)
npsv_weighted = Line(
    "Net present social value, distributionally weighted", "GBP_real", (),
    economics.npsv + (mean_weight - 1) * societal_increment,
    "Weights on what patients pay and spend in time; a QALY is valued alike for all, and budgets are not "
    "weighted. Beside the unweighted value, never in its place.",
)
contingency_counted_once = Check(
    "Contingency and risks are not counted twice",
    economics.contingency_kept * above(risks.in_register, 0),
    (),
    "A register that holds design or construction risk takes the place of the planning contingency.",
)
lower_rates_change_nothing = Check(
    "The sign of the value holds at the lower rates",
    low_rates_asked
    * maximum(
        above(npsv_low, 0) * above(-economics.npsv, 0), above(-npsv_low, 0) * above(economics.npsv, 0)
    ),
    (),
    "Over 50 years the Green Book 2026 asks for both; a sign that turns must be explained.",
    level="warn",
)
