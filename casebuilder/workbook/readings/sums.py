"""The Excel reading of what adds up, or finds the least, over dimensions.

The innermost dimension is a range, others go by SUMIFS on the member columns, products are a
SUMPRODUCT; where rows do not line up, the products are written one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import TIME, time_of, without_time
from casebuilder.algebra.member_rows import case_of
from casebuilder.algebra.operator_table import ANY, OPERATORS
from casebuilder.algebra.terms import Call, Line, Named, PeriodNumber, Term, walk
from casebuilder.errors import LayoutError
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.layout.row_order import factors
from casebuilder.workbook.readings.excel import (
    ADD,
    ATOM,
    TIMES,
    NotAlignedError,
    Text,
    excel,
    inside,
    plain,
    read,
)
from casebuilder.workbook.readings.references import (
    Place,
    aligned_rows,
    block,
    existing,
    looked_up,
    members_column,
    names_itself,
    own_member,
    prefix,
    row_for,
    rows_matching,
    rows_of,
    spanned,
    spans_all,
)

# So many cells of an input are added up one by one.
_FEW = 4


def time_of_span(over: tuple[str, ...]) -> tuple[str, ...]:
    """The time among the dimensions added up."""
    return tuple(dimension for dimension in over if dimension in TIME)


@excel("total")
def total(call: Call, place: Place) -> Text:
    """A sum: of a range, by members, of products, or of parts written one by one."""
    if place.span:
        raise NotAlignedError("a total within a total")
    term, over = call.arguments[0], call.settings["over"]
    if isinstance(term, Call) and term.operator == "stated" and not time_of_span(over):
        term = term.arguments[0]  # the cells of the same year
    inner = _spanning(term, over, place)
    if not inner.combinations:
        return "0", ATOM
    if isinstance(term, Named):
        text = _sum_of_rows(place.layout.problem.resolve(term), inner)
        if text is not None:
            return text, ATOM
    found = list[Text]()
    with suppress(NotAlignedError):
        found.append((f"SUMPRODUCT({plain(term, inner)})", ATOM))
        if all(OPERATORS[part.operator].within_a_sum for part in walk(term) if isinstance(part, Call)):
            if len(inner.combinations) == 2 and not time_of_span(over):  # two products are soon written out
                found.append(_sum_of_parts(term, place, over, inner.combinations))
            return _shortest(found)
    found.append(_sum_of_parts(term, place, over, inner.combinations))
    found += _by_lookup(term, inner)
    return _shortest([*found, *_sums_by_member(term, place, over)])


def _shortest(found: list[Text]) -> Text:
    return min(found, key=lambda text: len(text[0]) + 2 * (text[1] == ADD))


def _spanning(term: Term, over: tuple[str, ...], place: Place) -> Place:
    """The place within a sum: what is added up, in the order of the rows that hold all of it."""
    layout, rows = place.layout, without_time(over)
    for leaf in map(layout.problem.resolve, factors(term)):
        if len(rows) > 1 and set(rows) <= set(leaf.over):
            rows = tuple(d for d in layout.orders[leaf.key] if d in rows)
            break
    combinations = existing(place, rows, dimensions_of(term))
    return replace(place, span=(*rows, *time_of_span(over)), combinations=combinations)


def _by_lookup(term: Term, inner: Place) -> list[Text]:
    """A product of ranges: what does not line up is looked up by the members of one line that does."""
    rows, found = without_time(inner.span), list[Text]()
    if time_of_span(inner.span):
        return found
    for leaf in map(inner.layout.problem.resolve, factors(term)):
        within = tuple(d for d in inner.layout.orders[leaf.key] if d in rows)
        known = {*rows, *inner.members}  # a member that `at` picks may be of a dimension the row has none of
        if not isinstance(leaf, Line) or not within or not known >= set(without_time(leaf.over)):
            continue
        own = replace(
            inner,
            span=within,
            combinations=existing(inner, within, leaf.over),
            beyond=tuple(d for d in rows if d not in within),
        )
        same = _adds_all if own.beyond else _adds_nothing
        if not own.combinations or not same(term, own, inner):
            continue
        lines = aligned_rows(leaf, own)
        with suppress(NotAlignedError):
            if lines is not None:
                text = plain(term, replace(own, names=(leaf, *lines)))
                found.append((f"SUMPRODUCT({text})", ATOM))
            elif not _divides(term):  # by what may be 0 in rows that are not meant
                found.append((f"SUMPRODUCT({_masked(term, leaf, own)})", ATOM))
    return found


def _masked(term: Term, leaf: Line, own: Place) -> str:
    """Rows of a line, the first to the last of those that are meant, times 1 where they are, 0 elsewhere."""
    chosen = [d for d in without_time(leaf.over) if d not in own.span]
    lines = rows_matching(leaf, own, chosen)
    whole = replace(own, names=(leaf, *lines), all_rows=True)
    among = [key for key, row in rows_of(leaf, own).rows.items() if lines[0] <= row <= lines[1]]
    place = {d: i for i, d in enumerate(without_time(leaf.over))}
    tests = [
        f"({members_column(leaf, own, d, lines)}={_member(own, d)})"
        for d in chosen
        if any(key[place[d]] != own.members[d] for key in among)
    ]
    return "*".join([*tests, inside(term, whole, TIMES)])


def _divides(term: Term) -> bool:
    return any(isinstance(part, Call) and OPERATORS[part.operator].may_fail for part in walk(term))


def _adds_nothing(term: Term, wider: Place, inner: Place) -> bool:
    """Whether the rows beyond those that are to be added up add 0: a factor has no such row."""
    beyond = [c for c in wider.combinations if c not in inner.combinations]
    if len(wider.combinations) - len(beyond) < len(inner.combinations):
        return False
    return not beyond or any(
        all(row_for(leaf, wider, {**wider.members, **c}) is None for c in beyond)
        for leaf in map(inner.layout.problem.resolve, _multiplied(term))
    )


def _adds_all(term: Term, own: Place, inner: Place) -> bool:
    """Whether one factor alone varies beyond the rows of `own`, and all its rows there are to be added up."""
    resolve, rows = inner.layout.problem.resolve, without_time(inner.span)
    carriers = [leaf for leaf in map(resolve, factors(term)) if any(d in own.beyond for d in leaf.over)]
    if len(carriers) != 1 or carriers[0] not in map(resolve, _multiplied(term)):
        return False
    if not set(rows) <= set(carriers[0].over):
        return False
    held = existing(inner, rows, carriers[0].over)
    named = [c for c in held if {d: c[d] for d in without_time(own.span)} in own.combinations]
    return len(named) == len(inner.combinations) and all(c in inner.combinations for c in named)


def _multiplied(term: Term) -> Iterator[Named]:
    """What a whole term is multiplied by, so that it is 0 where one of these is."""
    if isinstance(term, Named):
        yield term
    elif isinstance(term, Call) and OPERATORS[term.operator].nought == ANY:
        for argument in term.arguments:
            yield from _multiplied(argument)
    elif isinstance(term, Call) and OPERATORS[term.operator].scales:
        yield from _multiplied(term.arguments[0])


def _sums_by_member(term: Term, place: Place, over: tuple[str, ...]) -> list[Text]:
    """For each dimension of several: its members one by one, the rest as ranges."""
    rows = without_time(over)
    if len(rows) < 2:
        return []
    found = []
    for dimension in rows:
        rest = tuple(d for d in over if d != dimension)
        within = _spanning(term, (dimension,), place).combinations
        parts = [total(Call("total", term, over=rest), place.choosing(**c)) for c in within]
        texts = [text for text, _ in parts if text != "0"] or ["0"]
        found.append(("+".join(texts), ADD if len(texts) > 1 else parts[0][1] if parts else ATOM))
    return found


def _sum_of_rows(named: Named, inner: Place) -> str | None:
    """SUM over a range, or SUMIFS by the members, of one line or input alone."""
    time = time_of_span(inner.span)
    if isinstance(named, Line) and not rows_of(named, inner).rows:
        return "0"  # held to nought for every member, such as a list where no test has one
    if time and isinstance(named, Line):  # the Total column already adds up the periods
        sheet = inner.layout.sheets[inner.layout.sheet_of[named]]
        rows = without_time(inner.span)
        column = f"${letter(sheet.total)}"
        start = prefix(inner, sheet.kind, named)
        if not rows:
            row = row_for(named, inner, inner.members)
            return None if row is None else f"{start}{column}{row}"
        lines = _rows_spanned(named, inner)
        return None if lines is None else f"SUM({start}{column}{lines[0]}:{column}{lines[1]})"
    text = spanned(named, inner)
    if text is not None:
        return f"SUM({text})" if ":" in text else text
    if time:
        return None
    if isinstance(named, Line):
        return _sumifs(named, inner)
    if time_of(named.over) is None and len(inner.combinations) > _FEW:  # keys that differ in what is added up
        return looked_up(named, replace(inner, beyond=inner.span))
    return None


def _rows_spanned(line: Line, inner: Place) -> tuple[int, int] | None:
    return aligned_rows(line, inner) if spans_all(line, inner) else None


def _sumifs(line: Line, inner: Place) -> str:
    """The sum of the rows whose member columns match the row's own members."""
    kept = [d for d in without_time(line.over) if d not in inner.span]
    rows = rows_of(line, inner)
    values = block(line, inner, (rows.first, rows.last))
    if not kept:
        return f"SUM({values})"
    criteria = ",".join(f"{members_column(line, inner, d)},{_member(inner, d)}" for d in kept)
    return f"SUMIFS({values},{criteria})"


def _member(place: Place, dimension: str) -> str:
    """The row's own member of a dimension, or the word where `at` chose it."""
    return own_member(place, dimension) if names_itself(place, dimension) else f'"{place.members[dimension]}"'


def _sum_of_parts(
    term: Term, place: Place, over: tuple[str, ...], combinations: tuple[Mapping[str, str], ...]
) -> Text:
    """One product a combination, added up: what is left where the rows do not line up."""
    time = time_of_span(over)
    parts = list[Text]()
    for combination in combinations:
        chosen = place.choosing(**combination)
        if time:
            inner = replace(chosen, span=time, combinations=({},))
            parts.append((f"SUMPRODUCT({plain(term, inner)})", ATOM))
        else:
            parts.append(read(term, chosen))
    counted = [part for part in parts if part[0] != "0"] or [("0", ATOM)]
    if len(counted) == 1:
        return counted[0]  # a difference stays one: what multiplies the sum needs brackets around it
    return "+".join(text if own >= ADD else f"({text})" for text, own in counted), ADD


@excel("by_member")
def by_member(call: Call, place: Place) -> Text:
    """The term of the one member that a row, or a part of a sum, is about."""
    dimension = call.settings["dimension"]
    if dimension in place.span:
        raise NotAlignedError(f"each {dimension} with its own formula")
    term = case_of(call, place.members[dimension])
    if term is None:
        raise LayoutError(f"nothing is said of the {dimension} {place.members[dimension]}")
    return read(term, place)


@excel("share_of")
def share_of(call: Call, place: Place) -> Text:
    """A member over the sum; 0 where the sum is 0."""
    whole, strength = total(Call("total", call.arguments[0], over=call.settings["over"]), place)
    x = inside(call.arguments[0], place, TIMES)
    below = whole if strength == ATOM else f"({whole})"
    return f"IF(ROUND({whole},9)=0,0,{x}/{below})", ATOM


@excel("smallest", "largest")
def extreme(call: Call, place: Place) -> Text:
    """MIN or MAX over a range, or over cells named one by one.

    The greatest whichever way is MAX of the range and of its least with the other sign.
    """
    name = "MIN" if call.operator == "smallest" else "MAX"
    term, over = call.arguments[0], call.settings["over"]
    span = _spanning(term, over, place)
    if not span.combinations:
        return "0", ATOM
    if isinstance(term, PeriodNumber):
        return f"{name}({plain(term, span)})", ATOM
    either_way = call.operator == "largest" and isinstance(term, Call) and term.operator == "absolute"
    named = term.arguments[0] if isinstance(term, Call) and either_way else term
    if isinstance(named, Named):
        text = spanned(place.layout.problem.resolve(named), span)
        if text is not None:
            return (f"MAX({text},-MIN({text}))" if either_way else f"{name}({text})"), ATOM
    found = list[str]()
    if not time_of_span(over):  # periods are never written one by one
        parts = ",".join(plain(term, place.choosing(**c)) for c in span.combinations)
        found.append(f"{name}({parts})")
    if not isinstance(term, Named):
        with suppress(NotAlignedError):  # SUMPRODUCT has the product of ranges worked out cell by cell
            found.append(f"SUMPRODUCT({name}({plain(term, span)}))")
    if not found:
        raise LayoutError(f"the {call.operator} over time needs a line of its own")
    return min(found, key=len), ATOM
