"""Delivery: what the option delivers by test, what its centres could do, and agency posts."""

from __future__ import annotations

from casebuilder.algebra.operators import quantity, ratio, total
from casebuilder.algebra.terms import Line
from casebuilder.model.patients import activity
from casebuilder.model.running import revenue
from casebuilder.model.service import capacity, staff_years
from casebuilder.model.setting import programme

delivered_steady = Line(
    "Tests delivered at steady state, by test", "tests", ("test",),
    total(revenue.option_tests * programme.steady_state, over="year"),
    "At centres, bought, and in extended hours.",
)
centre_tests = Line(
    "Centre tests", "tests / year", ("test", "year"),
    total(activity.cdc_tests_year, over="site") + activity.bought_tests_year,
    "At own centres and at an independent-sector centre.",
)
own_centre_tests = Line(
    "Tests at own centres", "tests / year", ("year",),
    total(activity.cdc_tests_year, over=("site", "test")),
    "All sites and tests.",
)
own_centre_capacity = Line(
    "Tests own centres can do", "tests / year", ("year",),
    total(capacity.cdc_capacity_year, over=("site", "test")),
    "All sites and tests.",
)
centre_share = Line(
    "Share of tests done at centres at steady state", "share", ("test",),
    ratio(
        total(centre_tests * programme.steady_state, over="year"),
        total(activity.network_tests_year * programme.steady_state, over="year"),
    ),
    "Own centres and an independent-sector centre, of all tests of the network.",
)
agency_by_role_steady = Line(
    "Agency WTE at steady state, by role", "wte", ("staff",),
    total(
        staff_years.required_year
        * staff_years.agency_share_year
        * programme.steady_state
        * quantity(1, "1 / year"),
        over="year",
    ),
    "All sites.",
)
