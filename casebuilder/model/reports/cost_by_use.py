"""Cost a test by use: what a test at the centres costs at the use made of them, and the use that breaks even.

A centre's cost is fixed, whatever comes, or goes with tests; the more of its capacity is used, the more
tests share the fixed part. At base-year prices, before VAT. Nothing of the argument reads it.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, at, maximum, power, quantity, ratio, total, where
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import capital, equipment, financed
from casebuilder.model.patients import activity, performance
from casebuilder.model.running import revenue
from casebuilder.model.service import capacity
from casebuilder.model.setting import cost_lines, programme, timeline
from casebuilder.model.value import economics

DIMENSIONS = (
    Dimension("load", "Use of capacity", rank=480),
)

elsewhere_to_national = Input(
    "Cost of a test elsewhere against national cost", "share", ("test",),
    "Where it is done now, of `revenue.bought_test_price`: what a test at the centres is weighed against.",
    high=5,
)
load_use = Input(
    "Use of capacity to show", "share", ("load",),
    "The cost a test is worked out at each.",
    low_open=True,
)

# Capital as a level sum a year
rate = Line(
    "Discount rate of level sums", "factor", (),
    maximum(at(timeline.rate_standard, band="b0_30"), 0.000001),
    "Of the first band.",
)
kit_sum = Line(
    "Equipment as a level sum a year", "GBP_real / year", ("site",),
    total(
        equipment.units_needed
        * (
            financed.price_bought
            * (rate / (1 - power(1 + rate, -equipment.life_in_periods)))
            / quantity(1, "year")
            + financed.charge
        ),
        over="equipment",
    ),
    "Each class over its own life, at the price paid outright; and what is charged by the year.",
)
building_sum = Line(
    "Building as a level sum a year", "GBP_real / year", ("site",),
    (capital.total_real - financed.site_purchase)
    * (rate / (1 - power(1 + rate, -(economics.building_life / quantity(1, "year")))))
    / quantity(1, "year"),
    "Works, fees and optimism bias over the life of buildings.",
)

# By site and year, and all centres
variable = Line(
    "Cost that goes with tests", "GBP_real / year", ("site", "year"),
    (revenue.consumables + revenue.outside_reporting + revenue.transport)
    * (1 + revenue.overheads_share * at(cost_lines.factor, cost_line="overheads")),
    "Consumables, outside reporting and transport, with the overheads on them.",
)
fixed = Line(
    "Cost that stands whatever comes", "GBP_real / year", ("site", "year"),
    revenue.direct_cost + revenue.overheads - variable + (kit_sum + building_sum) * programme.open_year,
    "Staff, premises, maintenance, rates, rent, hired units, overheads on them, and capital.",
)
fixed_year = Line(
    "Cost that stands whatever comes, all centres", "GBP_real / year", ("year",),
    total(fixed, over="site"),
    "Of the year.",
)
variable_year = Line(
    "Cost that goes with tests, all centres", "GBP_real / year", ("year",),
    total(variable, over="site"),
    "Of the year.",
)
tests_year = Line(
    "Tests at all centres", "tests / year", ("year",),
    total(activity.centre_tests_year, over="test"),
    "Of every kind.",
)
capacity_year = Line(
    "Tests that all centres can do", "tests / year", ("year",),
    total(capacity.cdc_capacity_year, over=("site", "test")),
    "With the staff in post.",
)
elsewhere_year = Line(
    "Cost of the same tests elsewhere", "GBP_real / year", ("year",),
    total(activity.centre_tests_year * revenue.bought_test_price * elsewhere_to_national, over="test"),
    "In the mix of the year.",
)
use = Line(
    "Use made of the centres", "share", ("year",),
    ratio(tests_year, capacity_year),
    "Tests done of tests that can be done.",
)
cost_a_test = Line(
    "Cost a test at the use of the year", "GBP_real / test", ("year",),
    ratio(fixed_year + variable_year, tests_year),
    "Fixed and variable.",
)
variable_a_test = Line(
    "Variable cost a test", "GBP_real / test", ("year",),
    ratio(variable_year, tests_year),
    "What one test more costs.",
)
cost_elsewhere = Line(
    "Cost a test elsewhere", "GBP_real / test", ("year",),
    ratio(elsewhere_year, tests_year),
    "In the same mix of tests.",
)
margin_at_full_use = Line(
    "Cost elsewhere less variable cost, at full use", "GBP_real / year", ("year",),
    where(
        above(tests_year, quantity(0, "tests / year")),
        maximum(elsewhere_year - variable_year, 0)
        * (capacity_year / maximum(tests_year, quantity(0.000001, "tests / year"))),
        0,
    ),
    "What full use would earn towards the fixed cost.",
)
break_even = Line(
    "Use at which centres break even with elsewhere", "share", ("year",),
    ratio(fixed_year, margin_at_full_use),
    "Above one: not within their capacity. Empty where a test elsewhere costs no more than a variable cost.",
)

# At steady state
fixed_steady = Line(
    "Fixed cost at steady state", "GBP_real", (),
    total(fixed_year * programme.steady_state, over="year"),
    "All centres, in the year.",
)
variable_steady = Line(
    "Variable cost at steady state", "GBP_real", (),
    total(variable_year * programme.steady_state, over="year"),
    "All centres, in the year.",
)
tests_steady = Line(
    "Tests at steady state", "tests", (),
    total(tests_year * programme.steady_state, over="year"),
    "All centres, in the year.",
)
capacity_steady = Line(
    "Capacity at steady state", "tests", (),
    total(capacity_year * programme.steady_state, over="year"),
    "All centres, in the year.",
)
cost_at_load = Line(
    "Cost a test at the use", "GBP_real / test", ("load",),
    ratio(
        fixed_steady / load_use
        + where(
            above(tests_steady, quantity(0, "tests")),
            variable_steady * (capacity_steady / maximum(tests_steady, quantity(0.000001, "tests"))),
            0,
        ),
        capacity_steady,
    ),
    "With the fixed cost and the mix of tests of the steady state.",
)

# By site, at steady state
capacity_of_site = Line(
    "Tests that the site can do, all tests", "tests / year", ("site", "year"),
    total(capacity.cdc_capacity_year, over="test"),
    "With the staff in post.",
)
elsewhere_of_site = Line(
    "Cost of the site's tests elsewhere", "GBP_real / year", ("site", "year"),
    total(activity.cdc_tests_year * revenue.bought_test_price * elsewhere_to_national, over="test"),
    "In the mix of the year.",
)
site_tests_steady = Line(
    "Tests of the site at steady state", "tests", ("site",),
    total(performance.site_tests_year * programme.steady_state, over="year"),
    "In the year.",
)
site_capacity_steady = Line(
    "Capacity of the site at steady state", "tests", ("site",),
    total(capacity_of_site * programme.steady_state, over="year"),
    "In the year.",
)
site_elsewhere_steady = Line(
    "Cost of the site's tests elsewhere at steady state", "GBP_real", ("site",),
    total(elsewhere_of_site * programme.steady_state, over="year"),
    "In the year.",
)
site_fixed_steady = Line(
    "Fixed cost of the site at steady state", "GBP_real", ("site",),
    total(fixed * programme.steady_state, over="year"),
    "In the year.",
)
site_variable_steady = Line(
    "Variable cost of the site at steady state", "GBP_real", ("site",),
    total(variable * programme.steady_state, over="year"),
    "In the year.",
)
site_margin_at_full_use = Line(
    "Cost elsewhere less variable cost of the site, at full use", "GBP_real", ("site",),
    where(
        above(site_tests_steady, quantity(0, "tests")),
        maximum(site_elsewhere_steady - site_variable_steady, 0)
        * (site_capacity_steady / maximum(site_tests_steady, quantity(0.000001, "tests"))),
        0,
    ),
    "What full use would earn towards the fixed cost.",
)
use_of_site = Line(
    "Use at steady state", "share", ("site",),
    ratio(site_tests_steady, site_capacity_steady),
    "Tests done of tests that can be done.",
)
cost_at_site = Line(
    "Cost a test at steady state", "GBP_real / test", ("site",),
    ratio(site_fixed_steady + site_variable_steady, site_tests_steady),
    "At the use that is made of the site, in its mix of tests.",
)
cost_elsewhere_of_site = Line(
    "Cost of a test of the site elsewhere", "GBP_real / test", ("site",),
    ratio(site_elsewhere_steady, site_tests_steady),
    "In the site's mix of tests.",
)
break_even_of_site = Line(
    "Use at which the site breaks even with elsewhere", "share", ("site",),
    ratio(site_fixed_steady, site_margin_at_full_use),
    "As of all centres, in the site's mix of tests. Above one: not within its capacity.",
)
centres_can_break_even = Check(
    "Every centre can break even with tests elsewhere",
    above(site_fixed_steady, site_margin_at_full_use),
    ("site",),
    "At full use its tests cost no more than the same tests elsewhere.",
    level="note",
)
