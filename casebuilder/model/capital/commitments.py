"""Commitments: a route that gathers trusts' orders nationally, by dates, and is open to a trust alone.

A trust commits by a date with its funding approved, and orders within days; its own volume moves no price.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import at, largest
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import regimes

DIMENSIONS = (Dimension("commitment", "Date by which trusts commit", rank=96),)

commits_by_date = Input(
    "Route commits by date", "flag", ("route",),
    "1 where trusts commit by fixed dates of the year, with funding approved; 0 where they order when ready.",
    high=1, whole=True,
)
commitment_day = Input(
    "Day by which trusts commit", "days", ("equipment", "commitment"),
    "Of the financial year, 1 April being 1; the same days every year.",
    low=1, high=366,
)
first_offered = Input(
    "First year in which the route is offered", "number", ("route",),
    "The calendar year in which that financial year begins.",
    low=1_900, high=2_200,
)

commitment_month = Line(
    "When trusts commit", "months", ("equipment", "commitment"),
    commitment_day / regimes.a_month,
    "Months of the financial year gone by.",
)
order_months = Line(
    "Months from the date to the order", "months", (),
    largest(commits_by_date * at(regimes.step_months, procurement_step="order"), over="route"),
    "The reference number, and the days within which a trust must order.",
)
