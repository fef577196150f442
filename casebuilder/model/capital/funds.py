"""Funds: status, expiry, conditions and clawback of each fund, and how far bids rest on one another.

An award counts in full elsewhere; here stands how firm it is, and what uses the system's capital
limit.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE, Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    choose,
    difference,
    inflate,
    largest,
    maximum,
    minimum,
    quantity,
    total,
    where,
)
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import (
    capital,
    cost_form,
    equipment_leases,
    funding,
    leases,
    private_finance,
    renewal,
)
from casebuilder.model.patients import performance
from casebuilder.model.setting import bias, estate

DIMENSIONS = (
    Dimension("condition", "Condition of a fund", rank=290),
)

status = Input(
    "Status of the fund: 1 announced, 2 offered, 3 agreed, 4 drawn", "number", ("fund",),
    "How far the money is certain; less than agreed is not to be relied on.",
    low=1, high=4, whole=True,
)
last_year = Input(
    "Last year of the fund", "number", ("fund",),
    "Number of the last financial year in which it may be drawn, the base year being 1.",
    low=1, high=60, whole=True,
)
requires = Input(
    "Fund has the condition", "flag", ("fund", "condition"),
    "1 where the fund is given on this condition.",
    high=1, whole=True,
)
met = Input(
    "Condition is met", "flag", ("condition",),
    "1 where it is met, or in the case's own hands and promised; a bid it rests on is counted apart.",
    high=1, whole=True,
)
rests_on = Input(
    "Condition rests on a fund", "flag", ("fund", "condition"),
    "1 where the condition is that this fund is agreed: so bids rest on one another.",
    high=1, whole=True,
)
clawback = Input(
    "Clawback of capital on missed activity", "share", ("fund",),
    "Share of a site's award that may be reclaimed if it did none of its minimum activity; in proportion.",
)
takes_back = Input(
    "Fund takes back what a lower price saves", "flag", ("fund",),
    "1 for money that is drawn for what is spent: a saving on the kit it pays for is the funder's.",
    high=1, whole=True,
)

taken_back_share = Line(
    "Part of the site's awards that takes savings back", "share", ("site",),
    where(
        above(funding.award_site, 0),
        total(funding.award * takes_back, over=("fund", "year")) * estate.included / funding.award_site,
        0,
    ),
    "Of all its awards; an award is not by class of kit.",
)
total_by_fund = Line(
    "Award of the fund, all years", "GBP_nominal", ("fund",),
    total(funding.award_by_fund, over="year"),
    "To the sites that the option includes, and to none.",
)
agreed = Line(
    "Fund is agreed", "flag", ("fund",),
    above(status, 2),
    "1 where agreed or drawn.",
)
bids_open = Line(
    "Bids that the condition still waits for", "number", ("condition",),
    total(rests_on * (1 - agreed), over="fund"),
    "Funds it rests on that are not agreed.",
)
met_now = Line(
    "Condition is met today", "flag", ("condition",),
    met * (1 - above(bids_open, 0)),
    "Itself, and by every bid it rests on.",
)
conditions_open = Line(
    "Conditions not met", "number", ("fund",),
    total(requires * (1 - met_now), over="condition"),
    "Of the fund, today.",
)
firm = Line(
    "Award that is firm", "GBP_nominal", ("fund",),
    total_by_fund * agreed * (1 - above(conditions_open, 0)),
    "Agreed, with every condition met.",
)
firm_total = Line(
    "Award that is firm, all funds", "GBP_nominal", (),
    total(firm, over="fund"),
    "What can be relied on today.",
)
not_firm = Line(
    "Award that is not firm", "GBP_nominal", (),
    total(total_by_fund, over="fund") - firm_total,
    "Announced or offered, or on a condition not met.",
)
expired = Line(
    "Fund has expired", "flag", ("fund", "year"),
    above(YEAR_NUMBER, last_year),
    "1 in the years after its last.",
)
planned = Line(
    "Awarded or drawn in the year", "GBP_nominal / year", ("fund", "year"),
    maximum(funding.award_by_fund, funding.drawn_by_fund),
    "The larger: money carried forward is drawn later than it is awarded.",
)
after_expiry = Line(
    "Award after the fund's last year", "GBP_nominal", ("fund",),
    total(planned * expired, over="year"),
    "Awarded for, or carried forward to, a year in which it can no longer be drawn.",
)
stake = Line(
    "Award that hangs on the condition", "GBP_nominal", ("condition",),
    total(requires * total_by_fund, over="fund"),
    "Of all funds that have it.",
)
falls_with = Line(
    "Award of other funds that falls with the fund", "GBP_nominal", ("fund",),
    total(rests_on * stake, over="condition"),
    "What else is lost if this bid fails, through the conditions that rest on it.",
)
left_without = Line(
    "Award left without the fund", "GBP_nominal", ("fund",),
    difference(total(total_by_fund, over="fund"), total_by_fund + falls_with),
    "Of all funds, if this bid fails.",
)
# Clawback
most_missed = Line(
    "Largest shortfall of minimum activity", "tests / year", ("site",),
    largest(performance.below_minimum, over="year"),
    "Of any year after ramp-up and time-limited funding.",
)
missed_share = Line(
    "Minimum activity missed", "share", ("site",),
    where(
        above(performance.minimum_activity, 0),
        minimum(most_missed / maximum(performance.minimum_activity, quantity(1, "tests / year")), 1),
        0 * most_missed / quantity(1, "tests / year"),
    ),
    "In the worst year, share of the minimum.",
)
award_that_may_return = Line(
    "Award open to clawback", "GBP_nominal", ("site",),
    total(funding.drawn * clawback, over=("fund", "year")),
    "What was drawn of the funds that may reclaim it.",
)
clawback_at_risk = Line(
    "Capital that may be reclaimed", "GBP_nominal", ("site",),
    award_that_may_return * missed_share,
    "In proportion to the activity missed.",
)
clawback_total = Line(
    "Capital that may be reclaimed, all sites", "GBP_nominal", (),
    total(clawback_at_risk, over="site"),
    "On missed minimum activity.",
)

# Award beside built-up cost
bias_in_full = Line(
    "Optimism bias at its upper bound", "GBP_nominal", ("site",),
    inflate(
        choose(bias.basis, {
            "optimism_bias": capital.bias_base,
            "class_p50": quantity(0, "GBP_real"), "class_p80": quantity(0, "GBP_real"),
        })
        * maximum(capital.bias_upper_bound - capital.bias_rate, 0),
        at(capital.price_ratio, capital_line="bias"),
    )
    * (1 + capital.vat_rate * (1 - capital.recovery_works)),
    "What the cost would rise by if nothing were mitigated, with VAT; the class has no upper bound.",
)
award_beyond_cost = Line(
    "Award less built-up cost", "GBP_nominal", ("site",),
    -funding.built_up_less_award,
    "Of the sites that the option includes.",
)
difference_left = Line(
    "Award less built-up cost, not explained", "GBP_nominal", ("site",),
    difference(award_beyond_cost, cost_form.unadvised + bias_in_full),
    "After VAT that may not be recovered and bias in full: rates, areas and kit that differ, and how the "
    "award falls on sites, which is not public.",
)

# The capital limit of the year
limit = Input(
    "Capital limit left for the scheme", "GBP_nominal / year", ("year",),
    "System capital (CDEL) that its own plans leave for the scheme.",
)
held_by_system = Input(
    "Capital is limited by system", "flag", ("year",),
    "1 while operational capital is a limit of the system; 0 once it goes to each provider (its envelope).",
    high=1, whole=True,
)
brings_cover = Input(
    "Fund brings its own cover", "flag", ("fund",),
    "1 for national programme capital and charity, which do not use the system's limit.",
    high=1, whole=True,
)
covered = Line(
    "Spend with cover of its own", "GBP_nominal / year", ("year",),
    total(funding.drawn_by_fund * brings_cover, over="fund"),
    "National programme capital and charity.",
)
leases_begun = Line(
    "Leases begun", "GBP_nominal / year", ("year",),
    total(leases.in_limit + equipment_leases.addition, over="site")
    + total(private_finance.in_limit, over="private_contract"),
    "Scored in full on the day they begin, and what reviews add; of bodies of the group nothing.",
)
against_limit = Line(
    "Capital that uses the system's limit", "GBP_nominal / year", ("year",),
    difference(
        capital.outturn_year + renewal.replacement_outturn + leases_begun,
        covered,
    ),
    "Scheme, replacement and leases begun, less what brings its own cover.",
)
limit_headroom = Line(
    "Capital limit less what uses it", "GBP_nominal / year", ("year",),
    difference(limit, difference(against_limit, at(against_limit, option=BASELINE))),
    "Against the baseline; below nothing, the limit is broken.",
)
scheme_beyond_award = Line(
    "Scheme beyond its covered award", "GBP_nominal / year", ("year",),
    difference(capital.outturn_year, covered),
    "What the scheme itself asks of the limit.",
)
limit_broken = Line(
    "Limit broken by", "GBP_nominal / year", ("year",),
    maximum(-limit_headroom, 0) * held_by_system,
    "What must be found elsewhere in the system's capital plan, while there is one.",
)

funds_are_agreed = Check(
    "Funds are agreed",
    above(total_by_fund * (1 - agreed), quantity(1, "GBP_nominal")),
    ("fund",),
    "A fund that is only announced or offered is not yet money.",
    level="warn",
)
conditions_are_met = Check(
    "Conditions of funds are met",
    above(conditions_open * above(total_by_fund, quantity(1, "GBP_nominal")), 0),
    ("fund",),
    "Each condition is met, and every bid that it rests on is agreed.",
    level="warn",
)
drawn_before_expiry = Check(
    "Awards are drawn before they expire",
    above(after_expiry, quantity(1, "GBP_nominal")),
    ("fund",),
    "No award is planned after its fund's last year.",
    level="warn",
)
nothing_reclaimed = Check(
    "No capital is open to clawback",
    above(clawback_total, quantity(1, "GBP_nominal")),
    (),
    "Every centre reaches its minimum activity.",
    level="warn",
)
limit_holds = Check(
    "The capital limit holds",
    above(limit_broken, quantity(1, "GBP_nominal / year")),
    ("year",),
    "The scheme, its replacements and its leases fit the system's capital limit.",
    level="warn",
)
