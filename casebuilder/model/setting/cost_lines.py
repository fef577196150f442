"""Cost lines: growth of prices beyond the index and efficiency, line by line of running cost.

Each line of running cost carries its own factor at base-year prices, so that cash and the economic
case grow alike; the index of pay or non-pay comes on top.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import power
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import timeline

DIMENSIONS = (
    # The lines of running cost that the chapters on cost pick one by one.
    Dimension("cost_line", "Line of running cost", rank=170, needs=(
        "pay", "agency", "consumables", "reporting", "transport", "maintenance", "rates", "premises",
        "energy", "hired_units", "overheads", "transition", "bought_tests", "development", "digital",
    )),
)

inflation_differential = Input(
    "Growth of the line's price beyond its index", "factor", ("cost_line",),
    "A year, from the base year on, on top of the pay index (staff) or the non-pay index.",
    low=-0.2, high=0.2,
)
efficiency = Input(
    "Efficiency of the line a year", "share", ("cost_line",),
    "From the base year on: what less is needed for the same service, beyond what posts and prices say.",
    high=0.1,
)

factor = Line(
    "Line's growth beyond its index, less efficiency", "index", ("cost_line", "year"),
    power((1 + inflation_differential) * (1 - efficiency), timeline.years_from_base),
    "1 in the base year: the index of the line is the pay or non-pay index × this.",
)
