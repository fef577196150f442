"""Checks of shares and bands that the arithmetic takes as given: nothing is counted twice or left out."""

from __future__ import annotations

from casebuilder.algebra.operators import above, at, maximum, per_year, quantity, total
from casebuilder.algebra.shapes import differ, not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.accounts import assets, plans
from casebuilder.model.patients import reporting
from casebuilder.model.results import checks
from casebuilder.model.service import demand
from casebuilder.model.setting import timeline

season_tolerance = Input(
    "Season may lie from 1", "share", (),
    "How far the mean of a year's season may be from 1; beyond it the season changes demand itself.",
    high=0.2,
)

bands_of_year = Line(
    "Discount-rate bands that the year lies in", "number", ("year",),
    total(timeline.in_band, over="band"),
    "One: bands follow one another without a gap and without an overlap.",
)
each_year_in_one_band = Check(
    "Each year lies in one discount-rate band",
    not_one(bands_of_year),
    ("year",),
    "A year in none is not discounted, and one in two is discounted twice.",
)
days_of_year = Line(
    "Days of the year that the months cover", "days / year", ("year",),
    per_year(timeline.days_in_month),
    "365 or 366 where all twelve months are there.",
)
season_of_year = Line(
    "Season, mean of the year", "factor", ("year",),
    per_year(demand.season, "mean"),
    "Of the months there are.",
)
season_is_even = Check(
    "Season is 1 on average over a year",
    above(days_of_year, quantity(364, "days / year"))
    * not_one(season_of_year, season_tolerance),
    ("year",),
    "A season moves demand from month to month; it adds none and takes none away.",
)
long_waits_are_of_the_list = Check(
    "Those who wait over six weeks are on the list",
    above(demand.baseline_over_six_weeks, demand.baseline_list),
    ("provider", "test"),
    "At the end of the baseline year; no more can wait long than wait.",
)
reports_go_once = Check(
    "Reports are sent out once at most",
    above(reporting.sent_share, 1 + checks.tolerance),
    ("test",),
    "Shares sent to each source are of all reports, so that together they are one at most.",
)
components = Line(
    "Components of a building", "share", (), total(assets.component_share, over="component"), "One."
)
components_sum = Check(
    "Components of a building sum to one",
    differ(components, quantity(1, "share"), checks.tolerance),
    (),
    "Else part of a building is not depreciated, or is twice.",
)
components_renewed = Line(
    "Components renewed", "share", (), total(assets.lifecycle_share, over="component"), "One."
)
lifecycle_sums = Check(
    "Lifecycle replacement by component sums to one",
    differ(components_renewed, quantity(1, "share"), checks.tolerance),
    (),
    "Else part of what is renewed is not depreciated, or is twice.",
)
year_end_open = Line(
    "Cash of the year not moved by its end", "share", (),
    maximum(
        1 - at(plans.running_by, month_of_year="mar"),
        1 - at(plans.capital_by, month_of_year="mar"),
        1 - at(plans.dividend_by, month_of_year="mar"),
    ),
    "The most of running cost, capital and dividend: none, since a share cannot be above one.",
)
year_ends_paid = Check(
    "All of a year's cash has moved by its end",
    above(year_end_open, checks.tolerance),
    (),
    "Cash by month must end the year where the plan does.",
)
