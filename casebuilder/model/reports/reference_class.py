"""Reference class: where the build-up lies among published centres, like with like.

By square metre of gross area, by square metre of rooms (a blood-test chair is no scanner) and by imaging
test; at the prices of the base year, by the tender price index.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    above,
    by_member,
    deflate,
    largest,
    maximum,
    quantity,
    ratio,
    smallest,
    total,
    where,
)
from casebuilder.algebra.shapes import outside
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import capital
from casebuilder.model.patients import activity
from casebuilder.model.setting import estate, programme, works

DIMENSIONS = (
    Dimension("class_basis", "Basis of comparison", rank=500, needs=("area", "rooms", "imaging")),
    Dimension("class_step", "Step of cost", rank=510),
    Dimension("built_centre", "Published centre", rank=520),
)

cost = Input(
    "Published cost",
    "GBP_nominal",
    ("built_centre",),
    "As announced or reported, in the prices of its year; with VAT and equipment.",
)
level = Input("Tender price index of its year", "number", ("built_centre",), "2025/26 is 100.", low=1)
gross_area = Input("Published gross area", "m2", ("built_centre",), "0 where it is not public.", high=100_000)
room_area = Input(
    "Net area of its rooms",
    "m2",
    ("built_centre",),
    "Rooms as public, and what comes with them by the schedule of accommodation.",
    high=100_000,
)
imaging_tests = Input(
    "Imaging tests planned", "tests / year", ("built_centre",), "Without blood tests; 0 where none is public."
)
own = Input(
    "The bid's own scheme", "flag", ("built_centre",),
    "1 for a published scheme that is part of this bid: it is no comparison, and left out of the class.",
    optional=0, high=1, whole=True,
)
is_imaging = Input(
    "Test is imaging", "flag", ("test",), "1 for MRI, CT, ultrasound, X-ray and DEXA.", high=1, whole=True
)
step_number = Input(
    "Number of the step", "number", ("class_step",), "1, 2, 3 and so on.", low=1, high=1_000
)
step_size = Input(
    "Size of a step", "GBP_real", ("class_basis",), "Percentiles are found to the next step.", low=1
)

# The class, at the prices of the base year
cost_now = Line(
    "Cost at prices of the base year",
    "GBP_real",
    ("built_centre",),
    deflate(cost, quantity(1, "index")) * (100 / level) * capital.base_level / works.kind_level,
    "From its year to 2025/26, and from there to the base year, by the tender price index.",
)
units = Line(
    "Units of the basis",
    "number",
    ("class_basis", "built_centre"),
    by_member(
        class_basis={
            "area": gross_area / quantity(1, "m2"),
            "rooms": room_area / quantity(1, "m2"),
            "imaging": imaging_tests / quantity(1, "tests / year"),
        }
    )
    * (1 - own),
    "Square metres, or imaging tests a year; 0 where not public, and for the bid's own.",
)
unit_cost = Line(
    "Published cost of a unit",
    "GBP_real",
    ("class_basis", "built_centre"),
    where(above(units, 0), cost_now / maximum(units, 1), 0),
    "0 where its units are not public.",
)
counted = Line(
    "Centres that have the basis",
    "number",
    ("class_basis",),
    total(above(unit_cost, 0), over="built_centre"),
    "Of the class.",
)
highest = Line(
    "Highest of the class",
    "GBP_real",
    ("class_basis",),
    largest(unit_cost, over="built_centre"),
    "Of the centres that have the basis.",
)
lowest = Line(
    "Lowest of the class",
    "GBP_real",
    ("class_basis",),
    smallest(where(above(unit_cost, 0), unit_cost, highest), over="built_centre"),
    "Of the centres that have the basis.",
)
step = Line(
    "Cost of the step",
    "GBP_real",
    ("class_basis", "class_step"),
    step_size * step_number,
    "From one step up.",
)
top_step = Line(
    "Cost of the last step",
    "GBP_real",
    ("class_basis",),
    largest(step, over="class_step"),
    "Beyond the dearest of the class.",
)
within_step = Line(
    "Share of the class within the step",
    "share",
    ("class_basis", "class_step"),
    total(above(unit_cost, 0) * (1 - above(unit_cost, step)), over="built_centre") / maximum(counted, 1),
    "Centres that cost no more.",
)
p50 = Line(
    "Middle of the class (P50)",
    "GBP_real",
    ("class_basis",),
    smallest(where(above(0.5, within_step), top_step, step), over="class_step"),
    "The first step that half of the class does not exceed.",
)
p80 = Line(
    "Four fifths of the class (P80)",
    "GBP_real",
    ("class_basis",),
    smallest(where(above(0.8, within_step), top_step, step), over="class_step"),
    "The first step that a fifth of the class exceeds.",
)

# The option
site_cost = Line(
    "Built-up cost at prices of the base year",
    "GBP_real",
    ("site",),
    deflate(capital.outturn_site, capital.works_price_ratio),
    "With VAT, inflation to outturn taken off.",
)
imaging_of_year = Line(
    "Imaging tests of the site", "tests / year", ("site", "year"),
    total(activity.cdc_tests_year * is_imaging, over="test"),
    "In own rooms and hired units.",
)
imaging_a_year = Line(
    "Imaging tests of the centres at steady state",
    "tests",
    (),
    total(imaging_of_year * programme.steady_state, over=("site", "year")),
    "In own rooms and hired units.",
)
option_cost = Line(
    "Built-up cost of all centres, prices of the base year",
    "GBP_real",
    (),
    total(site_cost, over="site"),
    "Without what stands at hospitals and for digital systems.",
)
option_units = Line(
    "Units of the option",
    "number",
    ("class_basis",),
    by_member(
        class_basis={
            "area": total(estate.gross_internal_area, over="site") / quantity(1, "m2"),
            "rooms": total(estate.rooms_net_area, over="site") / quantity(1, "m2"),
            "imaging": imaging_a_year / quantity(1, "tests"),
        }
    ),
    "Square metres, or imaging tests a year.",
)
option_unit_cost = Line(
    "Built-up cost of a unit",
    "GBP_real",
    ("class_basis",),
    ratio(option_cost, option_units),
    "Empty where the option has none.",
)
site_area_cost = Line(
    "Built-up cost a square metre",
    "GBP_real / m2",
    ("site",),
    ratio(site_cost, estate.gross_internal_area),
    "Of gross area.",
)
site_room_cost = Line(
    "Built-up cost a square metre of rooms",
    "GBP_real / m2",
    ("site",),
    ratio(site_cost, estate.rooms_net_area),
    "Of rooms and what comes with them.",
)
outside_class = Check(
    "Capital lies within the published class",
    above(option_cost, 0)
    * above(option_units, 0)
    * outside(option_cost, lowest * option_units, highest * option_units),
    ("class_basis",),
    "Dearer or cheaper a unit than every published centre: rooms, areas, rates or kit want a reason.",
    level="warn",
)
