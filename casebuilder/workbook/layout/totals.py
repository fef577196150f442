"""Which lines have the sum of their periods in the Total column."""

from __future__ import annotations

from casebuilder.algebra.dimensions import TIME, time_of, without_time
from casebuilder.algebra.terms import Call, Line, Named, walk
from casebuilder.evaluate.problem import Problem
from casebuilder.units import parse_unit


def with_totals(problem: Problem) -> frozenset[Line]:
    """The lines whose rows end in a total.

    Yearly flows of at most one dimension beside time, which a reader adds up, and those whose total another
    line reads. A total of each trust and test, say, or of months that end somewhere, would be thousands of
    cells that nobody reads.
    """
    read = {
        problem.resolve(part.arguments[0])
        for line in problem.lines
        for term in (line.definition, line.opening)
        if term is not None
        for part in walk(term)
        if isinstance(part, Call) and part.operator == "total" and isinstance(part.arguments[0], Named)
        if any(axis in part.settings["over"] for axis in TIME)
    }
    return frozenset(
        line for line in problem.lines if _is_a_flow(line) and (line in read or _is_added_up(line))
    )


def _is_added_up(line: Line) -> bool:
    return time_of(line.over) != "month" and len(without_time(line.over)) < 2


def _is_a_flow(line: Line) -> bool:
    """Whether the periods of a line may be added: it is a flow over its time axis."""
    axis = time_of(line.over)
    return axis is not None and parse_unit(line.unit).of("month" if axis == "month" else "year") == -1
