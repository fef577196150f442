"""The Excel reading of what adds up, or finds the least, over dimensions.

The innermost dimension is a range, others go by SUMIFS on the member columns, products are a
SUMPRODUCT; where rows do not line up, the products are written one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import TIME, without_time
from casebuilder.algebra.terms import Call, Line, Named, PeriodNumber, Term
from casebuilder.errors import LayoutError
from casebuilder.workbook.excel import ADD, ATOM, TIMES, NotAlignedError, Text, excel, inside, plain
from casebuilder.workbook.layout import letter
from casebuilder.workbook.references import (
    Place,
    aligned_rows,
    block,
    existing,
    members_column,
    prefix,
    row_for,
    rows_of,
    spanned,
)


def time_of_span(over: tuple[str, ...]) -> tuple[str, ...]:
    """The time among the dimensions added up."""
    return tuple(dimension for dimension in over if dimension in TIME)


@excel("total")
def total(call: Call, place: Place) -> Text:
    """A sum: of a range, by members, of products, or of parts written one by one."""
    if place.span:
        raise NotAlignedError("a total within a total")
    term, over = call.arguments[0], call.settings["over"]
    combinations = existing(place, over, dimensions_of(term))
    if not combinations:
        return "0", ATOM
    inner = replace(place, span=over, combinations=combinations)
    if isinstance(term, Named):
        text = _sum_of_rows(place.layout.problem.resolve(term), inner)
        if text is not None:
            return text, ATOM
    try:
        return f"SUMPRODUCT({plain(term, inner)})", ATOM
    except NotAlignedError:
        return _sum_of_parts(term, place, over, combinations)


def _sum_of_rows(named: Named, inner: Place) -> str | None:
    """SUM over a range, or SUMIFS by the members, of one line or input alone."""
    time = time_of_span(inner.span)
    if time and isinstance(named, Line):  # the Total column already adds up the periods
        sheet = inner.layout.sheets[inner.layout.sheet_of[named]]
        rows = without_time(inner.span)
        column = f"${letter(sheet.total)}"
        start = prefix(inner, sheet.kind)
        if not rows:
            row = row_for(named, inner, inner.members)
            return None if row is None else f"{start}{column}{row}"
        lines = _rows_spanned(named, inner)
        return None if lines is None else f"SUM({start}{column}{lines[0]}:{column}{lines[1]})"
    text = spanned(named, inner)
    if text is not None:
        return f"SUM({text})" if ":" in text else text
    return None if time or not isinstance(named, Line) else _sumifs(named, inner)


def _rows_spanned(line: Line, inner: Place) -> tuple[int, int] | None:
    if [d for d in without_time(line.over) if d in inner.span] != list(without_time(inner.span)):
        return None
    return aligned_rows(line, inner)


def _sumifs(line: Line, inner: Place) -> str:
    """The sum of the rows whose member columns match the row's own members."""
    kept = [d for d in without_time(line.over) if d not in inner.span]
    rows = rows_of(line, inner)
    values = block(line, inner, (rows.first, rows.last))
    if not kept:
        return f"SUM({values})"
    criteria = ",".join(
        f"{members_column(line, inner, d)},{_member(inner, d)}" for d in kept
    )
    return f"SUMIFS({values},{criteria})"


def _member(place: Place, dimension: str) -> str:
    """The row's own member of a dimension, or the word where `at` chose it."""
    member = place.members[dimension]
    if place.row_members.get(dimension) == member:
        return f"${letter(place.sheet.dimension_column(dimension))}{place.row}"
    return f'"{member}"'


def _sum_of_parts(
    term: Term, place: Place, over: tuple[str, ...], combinations: tuple[Mapping[str, str], ...]
) -> Text:
    """One product a combination, added up: what is left where the rows do not line up."""
    time = time_of_span(over)
    parts = []
    for combination in combinations:
        chosen = place.choosing(**combination)
        if time:
            inner = replace(chosen, span=time, combinations=({},))
            parts.append(f"SUMPRODUCT({plain(term, inner)})")
        else:
            parts.append(inside(term, chosen, ADD))
    return "+".join(parts), ADD if len(parts) > 1 else TIMES


@excel("share_of")
def share_of(call: Call, place: Place) -> Text:
    """A member over the sum; 0 where the sum is 0."""
    whole, strength = total(Call("total", call.arguments[0], over=call.settings["over"]), place)
    x = inside(call.arguments[0], place, TIMES)
    below = whole if strength == ATOM else f"({whole})"
    return f"IF(ROUND({whole},9)=0,0,{x}/{below})", ATOM


@excel("smallest", "largest")
def extreme(call: Call, place: Place) -> Text:
    """MIN or MAX over a range, or over cells named one by one."""
    name = "MIN" if call.operator == "smallest" else "MAX"
    term, over = call.arguments[0], call.settings["over"]
    combinations = existing(place, over, dimensions_of(term))
    if not combinations:
        return "0", ATOM
    span = replace(place, span=over, combinations=combinations)
    if isinstance(term, PeriodNumber):
        return f"{name}({plain(term, span)})", ATOM
    if isinstance(term, Named):
        text = spanned(place.layout.problem.resolve(term), span)
        if text is not None:
            return f"{name}({text})", ATOM
    if time_of_span(over):
        raise LayoutError(f"the {call.operator} over time needs a line of its own")
    parts = [plain(term, place.choosing(**c)) for c in combinations]
    return f"{name}({','.join(parts)})", ATOM
