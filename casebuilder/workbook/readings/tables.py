"""The Excel reading of tables: tiers of price, and curves of straight pieces."""

from __future__ import annotations

from dataclasses import replace

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.terms import Call
from casebuilder.errors import LayoutError
from casebuilder.workbook.readings.excel import ADD, ATOM, TIMES, Text, excel, inside, read
from casebuilder.workbook.readings.references import (
    Place,
    columns_of,
    existing,
    row_for,
    sheet_prefix,
    spanned,
)


def _points(call: Call, place: Place) -> tuple[str, list[str], list[str]]:
    """What is looked up, and the two columns of the table, one range for each start."""
    x, starts, values = call.arguments
    over = call.settings["over"]
    ranges = []
    for named in (starts, values):
        resolved = place.layout.problem.resolve(named)  # type: ignore[arg-type]
        combinations = existing(place, over, dimensions_of(named))
        inner = replace(place, span=over, combinations=combinations)
        rows = spanned(resolved, inner)
        if rows is None:
            raise LayoutError(f"{resolved.key} must have its points side by side")
        first = row_for(resolved, place, {**place.members, **combinations[0]})
        assert first is not None
        column = columns_of(resolved, inner)
        start = sheet_prefix(resolved, inner)
        last = first + len(combinations) - 1
        ranges.append(
            [
                f"{start}{column}{a}:{column}{b}"
                for a, b in ((first, last), (first, last - 1), (first + 1, last), (first, first))
            ]
        )
    return inside(x, place, ADD), ranges[0], ranges[1]


@excel("tier")
def tier(call: Call, place: Place) -> Text:
    """What a quantity costs: LOOKUP for all units, straight pieces where each part has its price."""
    x, starts, prices = _points(call, place)
    if call.settings["kind"] == "bent":
        return f"SUMPRODUCT(({x}>{starts[0]})*({x}-{starts[0]})*{prices[0]})", ATOM
    part = inside(call.arguments[0], place, TIMES)
    if call.settings["kind"] == "all_unit":
        # A quantity below the first start, the least, pays its price: LOOKUP would have no answer. The
        # least of all the starts lets an error in any of them through, which LOOKUP passes over.
        reached = f"MAX({x},MIN({starts[0]}))"
        return f"{part}*LOOKUP(ROUND({reached},9),{starts[0]},{prices[0]})", TIMES
    if starts[0] == starts[3]:
        return f"MAX({x}-{starts[0].partition(':')[0]},0)*{prices[3].partition(':')[0]}", TIMES
    lowest = f"MAX({x}-{starts[0].partition(':')[0]},0)*{prices[3].partition(':')[0]}"
    return f"{lowest}+SUMPRODUCT(({x}>{starts[2]})*({x}-{starts[2]})*({prices[2]}-{prices[1]}))", ADD


@excel("bends")
def bends(call: Call, place: Place) -> Text:
    """The slope after the point less the slope before it."""
    points = place.layout.problem.frame.ids("point")
    here = points.index(place.members["point"])
    parts = []
    for first, last in ((here, here + 1), (here - 1, here)):
        if first < 0 or last == len(points):
            parts.append("0")
            continue
        left, right = place.choosing(point=points[first]), place.choosing(point=points[last])
        run, rise = (f"({inside(of, right, ADD)}-{inside(of, left, TIMES)})" for of in call.arguments)
        parts.append(f"{rise}/{run}")
    return f"{parts[0]}-{parts[1]}", ADD


@excel("rise")
def rise(call: Call, place: Place) -> Text:
    """The member's own value less that of the member before it."""
    (x,), along = call.arguments, call.settings["along"]
    members = place.layout.problem.frame.ids(along)
    here = members.index(place.members[along])
    if not here:
        return read(x, place)
    before = inside(x, place.choosing(**{along: members[here - 1]}), TIMES)
    return f"{inside(x, place, ADD)}-{before}", ADD


@excel("interpolate")
def interpolate(call: Call, place: Place) -> Text:
    """The first value, plus the part of each piece that lies left of x times its slope."""
    x, at, values = _points(call, place)
    first = values[3].partition(":")[0]
    if values[0] == values[3]:  # one point: level everywhere
        return first, ATOM
    within = f"({x}>{at[1]})*({x}-{at[1]})-({x}>{at[2]})*({x}-{at[2]})"
    return f"{first}+SUMPRODUCT(({within})*({values[2]}-{values[1]})/({at[2]}-{at[1]}))", ADD
