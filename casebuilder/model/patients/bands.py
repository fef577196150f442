"""Bands: how far lists and shares may come out from what the case says, by months ahead.

The bands are those of a hindcast: the tenth and ninetieth percentile of what came, against what was
foretold, for whole systems. They widen as a power of the months ahead.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, exp, per_year, power, previous, quantity, where
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import activity, lists, performance, waits
from casebuilder.model.setting import timeline

list_low = Input(
    "Lists a year ahead, tenth percentile", "number", (),
    "Log of the list that came over the list foretold.",
    low=-3, high=0,
)
list_high = Input(
    "Lists a year ahead, ninetieth percentile", "number", (),
    "Log of the list that came over the list foretold.",
    high=3,
)
list_power = Input(
    "How the band of lists widens", "factor", (),
    "With the months ahead, to this power: at a half as a random walk.",
    high=1,
)
share_low = Input(
    "Share over six weeks a year ahead, tenth percentile", "number", (),
    "Log odds of the share that came less those foretold.",
    low=-5, high=0,
)
share_high = Input(
    "Share over six weeks a year ahead, ninetieth percentile", "number", (),
    "Log odds of the share that came less those foretold.",
    high=5,
)
share_power = Input(
    "How the band of the share widens", "factor", (),
    "With the months ahead, to this power: at a half as a random walk.",
    high=1,
)

years_ahead = timeline.month_number / quantity(12, "months")
list_factor_low = Line(
    "List at the tenth percentile, over the list foretold", "factor", ("month",),
    exp(list_low * power(years_ahead, list_power)),
    "By months from the start.",
)
list_factor_high = Line(
    "List at the ninetieth percentile, over the list foretold", "factor", ("month",),
    exp(list_high * power(years_ahead, list_power)),
    "By months from the start.",
)
odds_factor_low = Line(
    "Odds of waiting over six weeks at the tenth percentile, over those foretold", "factor", ("month",),
    exp(share_low * power(years_ahead, share_power)),
    "By months from the start.",
)
odds_factor_high = Line(
    "Odds of waiting over six weeks at the ninetieth percentile, over those foretold", "factor", ("month",),
    exp(share_high * power(years_ahead, share_power)),
    "By months from the start.",
)

# All tests
list_total_low = Line(
    "Waiting list, all tests, tenth percentile", "tests", ("month",),
    waits.list_total * list_factor_low,
    "One in ten systems came out below.",
)
list_total_high = Line(
    "Waiting list, all tests, ninetieth percentile", "tests", ("month",),
    waits.list_total * list_factor_high,
    "One in ten systems came out above.",
)
share_all_low = Line(
    "Share over six weeks, all tests, tenth percentile", "share", ("month",),
    waits.over_six_weeks_share * odds_factor_low
    / (1 - waits.over_six_weeks_share + waits.over_six_weeks_share * odds_factor_low),
    "One in ten systems came out below.",
)
share_all_high = Line(
    "Share over six weeks, all tests, ninetieth percentile", "share", ("month",),
    waits.over_six_weeks_share * odds_factor_high
    / (1 - waits.over_six_weeks_share + waits.over_six_weeks_share * odds_factor_high),
    "One in ten systems came out above.",
)

# Each test
list_by_test_low = Line(
    "Waiting list, tenth percentile", "tests", ("test", "month"),
    waits.list_by_test * list_factor_low,
    "As of all tests; a single test may lie further off.",
    held=lists.has_list,
)
list_by_test_high = Line(
    "Waiting list, ninetieth percentile", "tests", ("test", "month"),
    waits.list_by_test * list_factor_high,
    "As of all tests; a single test may lie further off.",
    held=lists.has_list,
)
share_by_test_low = Line(
    "Share over six weeks, by test, tenth percentile", "share", ("test", "month"),
    performance.share_by_test * odds_factor_low
    / (1 - performance.share_by_test + performance.share_by_test * odds_factor_low),
    "As of all tests; a single test may lie further off.",
    held=lists.has_list,
)
share_by_test_high = Line(
    "Share over six weeks, by test, ninetieth percentile", "share", ("test", "month"),
    performance.share_by_test * odds_factor_high
    / (1 - performance.share_by_test + performance.share_by_test * odds_factor_high),
    "As of all tests; a single test may lie further off.",
    held=lists.has_list,
)

# By year, with the years after the months
months_ahead = Line(
    "Months from the start to the end of the year", "months", ("year",),
    basis="The number of the year's last month; after the months twelve more a year.",
    opening=0,
)
months_ahead.define(
    where(
        above(timeline.after_horizon, 0),
        previous(months_ahead) + quantity(12, "months"),
        per_year(timeline.month_number, "last"),
    )
)
list_year_low = Line(
    "Waiting list at the end of the year, all tests, tenth percentile", "tests", ("year",),
    activity.list_all_year_end * exp(list_low * power(months_ahead / quantity(12, "months"), list_power)),
    "One in ten systems came out below.",
)
list_year_high = Line(
    "Waiting list at the end of the year, all tests, ninetieth percentile", "tests", ("year",),
    activity.list_all_year_end * exp(list_high * power(months_ahead / quantity(12, "months"), list_power)),
    "One in ten systems came out above.",
)
