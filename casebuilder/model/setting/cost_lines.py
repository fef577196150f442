"""Cost lines: growth of prices beyond the index and efficiency, line by line of running cost.

Each line of running cost carries its own factor at base-year prices, so that cash and the economic
case grow alike; the index of pay or non-pay comes on top.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import by_member, power
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import timeline

DIMENSIONS = (
    # The lines of running cost that the chapters on cost pick one by one.
    Dimension("cost_line", "Line of running cost", rank=170, needs=(
        "pay", "agency", "consumables", "reporting", "transport", "maintenance", "rates", "premises",
        "energy", "hired_units", "overheads", "transition", "bought_tests", "development", "digital",
    )),
)

# Groups of lines, as nought: a sum over all lines but these is total(by_member(cost_line=STAFF, others=x)).
STAFF = {"pay": 0, "agency": 0}
PREMISES = {"premises": 0, "energy": 0, "rates": 0, "overheads": 0, "transition": 0}
NETWORK = {"bought_tests": 0, "digital": 0, "development": 0}

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
# What the price of a line follows, before its own growth.
index = by_member(
    cost_line={"pay": timeline.pay_index, "agency": timeline.pay_index}, others=timeline.non_pay_index
)
