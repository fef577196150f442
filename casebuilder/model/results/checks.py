"""Checks: arithmetic and conservation that must hold, and claims that deserve a warning.

Each gives 1 for a breach and 0 where all is well.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    above,
    absolute,
    at,
    inflate,
    largest,
    maximum,
    quantity,
    total,
)
from casebuilder.algebra.shapes import differ, not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.accounts import finance
from casebuilder.model.capital import capital, funding
from casebuilder.model.patients import activity, lists, waits
from casebuilder.model.results import headlines
from casebuilder.model.running import income, revenue
from casebuilder.model.service import capacity, staff_years
from casebuilder.model.setting import estate, programme, timeline
from casebuilder.model.value import benefits, economics

tolerance = Input(
    "Tolerance of a share", "share", (),
    "How far shares that sum to one may be from it.",
    high=0.05,
)
money_tolerance = Input(
    "Tolerance of money", "GBP_nominal", (),
    "Rounding of floating-point sums, which is never nothing; anything more is a fault.",
    low=0.001, high=1000,
)
test_tolerance = Input(
    "Tolerance of tests", "tests", (),
    "Rounding of floating-point sums, which is never nothing; anything more is a fault.",
    low=0.000001, high=1,
)
award_tolerance = Input(
    "Award and built-up cost may differ by", "share", (),
    "A larger difference is shown as a warning; it is never tuned away.",
)
compared_with_existing_kit = Input(
    "Shortlist has longer hours on existing kit", "flag", (),
    "1 where an option works existing hospital kit longer before building anything.",
    high=1, whole=True,
)
compared_with_buying = Input(
    "Shortlist has buying tests", "flag", (),
    "1 where an option buys tests at a price a test.",
    high=1, whole=True,
)

# Arithmetic
phasing_total = Line(
    "Phasing, all years", "share", ("site",),
    total(capital.phasing, over="year"),
    "One, where a site's spend is phased in full.",
)
phasing_sums_to_one = Check(
    "Phasing sums to one",
    not_one(phasing_total, tolerance),
    ("site",),
    "All of a site's capital is spent in some year.",
)
catchment_total = Line(
    "Catchment, all trusts", "share", ("site",),
    total(lists.catchment, over="provider"),
    "One, where a site's patients are all on some trust's list.",
)
catchment_sums_to_one = Check(
    "Catchment sums to one",
    estate.included * not_one(catchment_total, tolerance),
    ("site",),
    "A site's patients are all on some trust's list.",
)
phased_outturn = Line(
    "Outturn of the site over the years", "GBP_nominal", ("site",),
    total(capital.outturn, over="year"),
    "What the cost form must come to as well.",
)
phasing_keeps_cost = Check(
    "Outturn by year adds up to the cost form",
    differ(phased_outturn, capital.outturn_site, money_tolerance),
    ("site",),
    "Spread over the years, the cost form keeps its total.",
)
sources_of_site = Line(
    "Sources of the site", "GBP_nominal", ("site",),
    funding.drawn_site + funding.unfunded_site,
    "Award drawn and what is unfunded.",
)
sources_equal_uses = Check(
    "Sources equal uses",
    differ(sources_of_site, capital.outturn_site, money_tolerance),
    ("site",),
    "Every penny of a site's cost is drawn from an award or shown as unfunded.",
)
sources_of_year = Line(
    "Sources of the year", "GBP_nominal / year", ("year",),
    funding.award_used + funding.envelope_call,
    "Award drawn and calls on envelopes.",
)
yearly_money = Line(
    "Tolerance of money a year", "GBP_nominal / year", (),
    money_tolerance / quantity(1, "year"),
    "For the flows of one year.",
)
yearly_sources_equal_uses = Check(
    "Sources equal uses in each year",
    differ(sources_of_year, finance.additions, yearly_money),
    ("year",),
    "Cash spent on assets in a year comes from the award or an envelope.",
)
economic_capital_in_cash = Line(
    "Economic capital in cash, with VAT", "GBP_nominal / year", ("year",),
    inflate(total(capital.spend_real, over="site"), timeline.gdp_index)
    + total(capital.vat_outturn, over="site")
    + capital.hospital_outturn,
    "The bridge: base-year prices to cash, then VAT.",
)
capital_reconciles = Check(
    "Economic and financial capital reconcile",
    differ(economic_capital_in_cash, capital.outturn_year, yearly_money),
    ("year",),
    "The two cases differ by prices and VAT only.",
)
asset_balance = Check(
    "Net book value is not negative",
    above(-finance.net_book_value, money_tolerance),
    ("year",),
    "Nothing is depreciated twice.",
)
baseline_npsv = Line(
    "Net present social value of the baseline", "GBP_nominal", (),
    inflate(at(economics.npsv, option=BASELINE), quantity(1, "index")),
    "Nothing, by definition; pounds of the base year are cash of that year.",
)
options_share_baseline = Check(
    "Options share the baseline",
    above(absolute(baseline_npsv), money_tolerance),
    (),
    "The baseline against itself is worth nothing.",
)

# Patients and capacity
lists_conserve_patients = Check(
    "Lists conserve patients",
    above(
        maximum(
            largest(absolute(waits.conservation_gap), over="month"),
            largest(absolute(activity.conservation_gap_year), over="year"),
        ),
        test_tolerance,
    ),
    ("test",),
    "List before, referrals, tests and removals give the list after, in every month and year.",
)
done_within_capacity = Check(
    "Tests done are within capacity",
    maximum(
        above(largest(waits.over_capacity, over="month"), test_tolerance / quantity(1, "month")),
        above(largest(activity.over_capacity_year, over="year"), test_tolerance / quantity(1, "year")),
    ),
    ("test",),
    "Nobody is tested in a slot that is not there.",
)
centre_overrun = Line(
    "Centre tests beyond capacity", "tests / year", ("site", "year"),
    total(activity.cdc_tests_year, over="test") - total(capacity.cdc_capacity_year, over="test"),
    "Below nothing, where a centre has slots to spare.",
)
centres_within_capacity = Check(
    "Centre tests of the year are within capacity",
    above(centre_overrun, test_tolerance / quantity(1, "year")),
    ("site", "year"),
    "Also in the years after the months.",
)
displaced_steady = Line(
    "Displaced tests at steady state, from the chapter of waits", "tests", (),
    total(activity.displaced_tests_year * programme.steady_state, over=("test", "year")),
    "Counted test by test.",
)
tests_reconcile = Check(
    "Additional and displaced tests reconcile",
    differ(displaced_steady, headlines.tests_displaced, test_tolerance),
    (),
    "What the option delivers is additional or displaced, never both.",
)
steady_state_missing = Line(
    "Steady-state years missing", "number", (),
    1 - total(programme.steady_state / quantity(1, "year"), over="year"),
    "0 where there is exactly one.",
)
steady_state_exists = Check(
    "Steady state lies within the horizon",
    above(absolute(steady_state_missing), 0),
    (),
    "The horizon must be longer than every ramp-up and time-limited funding.",
)
past_ramp_up = Check(
    "Last month is past ramp-up",
    1 - total(programme.ramped_up * timeline.last_month, over="month"),
    (),
    "Years after the months are taken from the last, which must be a full one.",
)
national_at_steady = Line(
    "National revenue at steady state", "GBP_nominal", (),
    total(income.national_income * programme.steady_state, over="year"),
    "Nothing: steady state begins when it has ended.",
)
national_revenue_ended = Check(
    "Steady state is free of time-limited revenue",
    above(national_at_steady, money_tolerance),
    (),
    "A case must stand once national revenue ends.",
)

# The shortlist
existing_kit_compared = Check(
    "Compared with longer hours on existing kit",
    1 - compared_with_existing_kit,
    (),
    "A new building must be shown against using what there is for longer.",
)
buying_compared = Check(
    "Compared with buying tests",
    1 - compared_with_buying,
    (),
    "A new building must be shown against buying tests at a price a test.",
)

# Claims and judgements
capital_is_funded = Check(
    "Capital is funded",
    above(funding.capital_unfunded, money_tolerance),
    (),
    "Built-up cost that no award covers needs a source.",
    level="warn",
)
award_gap = Line(
    "Difference of built-up cost and award", "GBP_nominal", ("site",),
    absolute(funding.built_up_less_award),
    "Whichever way it falls.",
)
award_near_cost = Check(
    "Award and built-up cost agree",
    above(award_gap, capital.outturn_site * award_tolerance),
    ("site",),
    "A large difference means that the award, or the cost, is not what the scheme needs.",
    level="warn",
)
award_spent_in_year = Check(
    "Award is spent in its year",
    above(funding.lapsed_year, yearly_money),
    ("year",),
    "An award unspent at 31 March lapses unless it is carried forward.",
    level="warn",
)
posts_filled_at_opening = Check(
    "Posts are filled at the last opening",
    above(headlines.wte_unfilled_at_opening, 0),
    (),
    "Empty posts lower what the centres can do.",
    level="warn",
)
cash_is_released = Check(
    "Cash released covers no more than cost",
    above(benefits.cash_releasing, revenue.revenue_cost_total + funding.envelope_call),
    ("year",),
    "An option that releases more cash than it costs deserves a second look.",
    level="note",
)
surplus_is_affordable = Check(
    "Worst year is affordable",
    above(-headlines.surplus_worst_year, yearly_money),
    (),
    "A year in deficit against the baseline needs an owner.",
    level="warn",
)
staff_shares = Line(
    "Own and agency staff of posts, largest share", "share", ("staff", "year"),
    staff_years.in_post_share_year + staff_years.agency_share_year,
    "Filled posts as a share of those required.",
)
posts_not_overfilled = Check(
    "Posts are not filled twice",
    above(staff_shares - 1, tolerance),
    ("staff", "year"),
    "Own and agency staff together fill each post once at most.",
)
