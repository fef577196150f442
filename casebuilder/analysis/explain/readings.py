"""What each operator reads at one place: which lines and inputs, for which members and periods.

The tree of `explain` is put together from these pieces. A sum gives its parts, largest first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import BASELINE, OPTION, time_of, without_time
from casebuilder.algebra.member_rows import case_of
from casebuilder.algebra.terms import Call, Input, Line, Named, Term
from casebuilder.algebra.words import in_words
from casebuilder.evaluate.place import Place, Values

MOST_PARTS = 8
MOST_ZEROS = 3


@dataclass(frozen=True)
class Reference:
    """A line or an input that a formula names."""

    named: Named
    place: Place


@dataclass(frozen=True)
class Part:
    """One term of a sum, where the sum is over an expression."""

    label: str
    term: Term
    place: Place


@dataclass(frozen=True)
class Rest:
    """How many parts are not shown one by one, and what they add up to (None where they do not)."""

    count: int
    value: float | None
    place: Place


@dataclass(frozen=True)
class Opening:
    """The value of a line before its first period."""

    line: Line
    place: Place


@dataclass(frozen=True)
class Group:
    """Several parts that one operator takes together."""

    label: str
    term: Term
    place: Place
    parts: list[Piece]


Piece = Reference | Part | Rest | Opening | Group
Operator = Callable[[Call, Place, Values], list[Piece]]


def pieces(term: Term, place: Place, values: Values) -> list[Piece]:
    """What a term reads at a place."""
    if isinstance(term, Named):
        return [Reference(values.problem.resolve(term), place)]
    if not isinstance(term, Call):
        return []
    reader = READERS.get(term.operator)
    if reader is not None:
        return reader(term, place, values)
    return _each(term.arguments, place, values)


def unrepeated(found: Iterable[Piece]) -> list[Piece]:
    """The pieces in order, a line or input that is named twice at one place only once."""
    kept: list[Piece] = []
    seen: set[tuple[Named, Place]] = set()
    for piece in found:
        if isinstance(piece, Reference):
            name = (piece.named, piece.place.only(piece.named.over))
            if name in seen:
                continue
            seen.add(name)
        kept.append(piece)
    return kept


def _each(terms: Iterable[Term], place: Place, values: Values) -> list[Piece]:
    return [piece for term in terms for piece in pieces(term, place, values)]


def _parts(
    term: Term, places: Sequence[Place], over: Sequence[str], values: Values, how: str = "total"
) -> list[Piece]:
    """What a term is at each place, those that count most first.

    The parts of a sum stand largest first and without those that are 0; where the least or the
    greatest is taken, that one is first.
    """
    valued = [(values.number(term, place), place) for place in places]
    added = how == "total"
    valued.sort(key=lambda pair: pair[0] if how == "smallest" else -pair[0] if not added else -abs(pair[0]))
    most = MOST_PARTS
    if added and any(value for value, _ in valued):
        valued = [pair for pair in valued if pair[0]]
    elif added:
        most = MOST_ZEROS
    shown, rest = valued[:most], valued[most:]
    found: list[Piece] = [_part(term, place, over, values) for _, place in shown]
    if rest:
        together = sum(value for value, _ in rest) if added else None
        found.append(Rest(len(rest), together, rest[0][1]))
    return found


def _part(term: Term, place: Place, over: Sequence[str], values: Values) -> Piece:
    if isinstance(term, Named):
        return Reference(values.problem.resolve(term), place)
    return Part(place.only(over).labels(values.frame), term, place)


def _members(term: Term, over: Sequence[str], place: Place, values: Values) -> list[Place]:
    """The places of all combinations that exist over some dimensions of a term."""
    frame = values.frame
    fixed = {d: m for d, m in place.members.items() if d in dimensions_of(term) and d not in over}
    rows = frame.combinations(without_time(over), fixed)
    time = time_of(over)
    periods: Sequence[str | None] = frame.ids(time) if time else (None,)
    found = [Place(place.option, row) for row in rows]
    return [each if time is None or p is None else each.at(**{time: p}) for each in found for p in periods]


def _total(call: Call, place: Place, values: Values) -> list[Piece]:
    (term,) = call.arguments
    over = call.settings["over"]
    parts = _parts(term, _members(term, over, place, values), over, values, call.operator)
    return [Group(_sentence(call, values), call, place, parts)]


def _share_of(call: Call, place: Place, values: Values) -> list[Piece]:
    (term,) = call.arguments
    whole = Call("total", term, over=call.settings["over"])
    return [*pieces(term, place, values), *_total(whole, place, values)]


def _sentence(call: Call, values: Values) -> str:
    words = in_words(call, values.frame.title)
    return words[0].upper() + words[1:]


def _at(call: Call, place: Place, values: Values) -> list[Piece]:
    dimension, member = call.settings["dimension"], call.settings["member"]
    if dimension != OPTION:
        return pieces(call.arguments[0], place.at(**{dimension: member}), values)
    option = values.frame.baseline if member == BASELINE else member
    return pieces(call.arguments[0], place.in_option(option), values)


def _by_member(call: Call, place: Place, values: Values) -> list[Piece]:
    """The term of the place's own member; of one that a sum goes over, each has its own place."""
    term = case_of(call, place.members[call.settings["dimension"]])
    return [] if term is None else pieces(term, place, values)


def _moved(place: Place, axis: str, by: int, values: Values) -> Place | None:
    """The place some periods later or, below 0, earlier; None before the first period."""
    ids = values.frame.ids(axis)
    number = values.frame.positions[axis][place.members[axis]] + by
    return place.at(**{axis: ids[number]}) if 0 <= number < len(ids) else None


def _previous(call: Call, place: Place, values: Values) -> list[Piece]:
    line = call.arguments[0]
    assert isinstance(line, Line)
    earlier = _moved(place, line.over[-1], -1, values)
    if earlier is not None:
        return [Reference(line, earlier)]
    return [Opening(line, place)] if line.opening is not None else []


def _axis(term: Term) -> str:
    axis = time_of(dimensions_of(term))
    assert axis is not None
    return axis


def _lagged(call: Call, place: Place, values: Values) -> list[Piece]:
    term, lag = call.arguments
    earlier = _moved(place, _axis(term), -round(values.number(lag, place)), values)
    found = pieces(term, earlier, values) if earlier is not None else []
    return [*found, *pieces(lag, place, values)]


def _window(call: Call, place: Place, values: Values) -> list[Piece]:
    """The periods up to this one: all, or the last few."""
    term, *length = call.arguments
    axis = _axis(term)
    here = values.frame.positions[axis][place.members[axis]]
    first = max(0, here + 1 - round(values.number(length[0], place))) if length else 0
    places = [place.at(**{axis: period}) for period in values.frame.ids(axis)[first : here + 1]]
    group = Group(_sentence(call, values), call, place, _parts(term, places, (axis,), values))
    return [group, *_each(length, place, values)]


def _recurring(call: Call, place: Place, values: Values) -> list[Piece]:
    """The periods that fall in this one: this, one gap before, two gaps before."""
    term, gap = call.arguments
    axis = _axis(term)
    here = values.frame.positions[axis][place.members[axis]]
    gaps = max(1, round(values.number(gap, place)))
    places = [place.at(**{axis: values.frame.ids(axis)[at]}) for at in range(here % gaps, here + 1, gaps)]
    group = Group(_sentence(call, values), call, place, _parts(term, places, (axis,), values))
    return [group, *_each([gap], place, values)]


def _first_period(call: Call, place: Place, values: Values) -> list[Piece]:
    """The condition in the period found, and in the one before; where it never holds, the last."""
    condition, after = call.arguments
    axis = _axis(condition)
    places = [place.at(**{axis: period}) for period in values.frame.ids(axis)]
    holds = next((i for i, each in enumerate(places) if values.number(condition, each) == 1), None)
    shown = places[-1:] if holds is None else places[max(holds - 1, 0) : holds + 1]
    return [
        *(piece for each in reversed(shown) for piece in pieces(condition, each, values)),
        *pieces(after, place, values),
    ]


def _internal_rate(call: Call, place: Place, values: Values) -> list[Piece]:
    """The flow of each year."""
    flow = call.arguments[0]
    places = [place.at(**{_axis(flow): period}) for period in values.frame.ids(_axis(flow))]
    return [Group(_sentence(call, values), call, place, _parts(flow, places, (_axis(flow),), values))]


def _per_year(call: Call, place: Place, values: Values) -> list[Piece]:
    (term,), frame = call.arguments, values.frame
    year = frame.positions["year"][place.members["year"]] + 1
    rest = {d: m for d, m in place.members.items() if d != "year"}
    months = [month for month, of in zip(frame.ids("month"), frame.year_of_month, strict=True) if of == year]
    places = [Place(place.option, {**rest, "month": month}) for month in months]
    if call.settings["how"] == "last":
        return pieces(term, places[-1], values) if places else []
    return (
        [Group(_sentence(call, values), call, place, _parts(term, places, ("month",), values))]
        if places
        else []
    )


def _spread(call: Call, place: Place, values: Values) -> list[Piece]:
    frame = values.frame
    number = frame.year_of_month[frame.positions["month"][place.members["month"]]]
    rest = {d: m for d, m in place.members.items() if d != "month"}
    return pieces(
        call.arguments[0], Place(place.option, {**rest, "year": frame.ids("year")[number - 1]}), values
    )


def _stated(call: Call, place: Place, values: Values) -> list[Piece]:
    rest = {d: m for d, m in place.members.items() if d != "statement"}
    year = place.members["statement"]
    return pieces(call.arguments[0], Place(place.option, {**rest, "year": year}), values)


def _where(call: Call, place: Place, values: Values) -> list[Piece]:
    """The condition, and of the two cases the one that counts."""
    condition, x, y = call.arguments
    chosen = x if values.number(condition, place) else y
    return [*pieces(chosen, place, values), *pieces(condition, place, values)]


def _choose(call: Call, place: Place, values: Values) -> list[Piece]:
    """The choice, and the case it names."""
    selector, *cases = call.arguments
    assert isinstance(selector, Input)
    word = selector.choices[round(values.number(selector, place))]
    chosen = cases[call.settings["members"].index(word)]
    return [*pieces(selector, place, values), *pieces(chosen, place, values)]


def _table(call: Call, place: Place, values: Values) -> list[Piece]:
    """What is looked up, and the table: every tier, or the points of a curve beside it."""
    x, *columns = call.arguments
    (dimension,) = call.settings["over"]
    rows = [place.at(**{dimension: member}) for member in values.frame.ids(dimension)]
    if call.operator == "interpolate":
        looked_up = values.number(x, place)
        above = sum(values.number(columns[0], row) <= looked_up for row in rows)
        rows = rows[max(above - 1, 0) : above + 1]
    return [*pieces(x, place, values), *(piece for row in rows for piece in _each(columns, row, values))]


def _bends(call: Call, place: Place, values: Values) -> list[Piece]:
    """The curve at the point and at its neighbours."""
    points = values.frame.ids("point")
    here = points.index(place.members["point"])
    rows = [place.at(point=point) for point in points[max(here - 1, 0) : here + 2]]
    return [piece for row in rows for piece in _each(call.arguments, row, values)]


def _rise(call: Call, place: Place, values: Values) -> list[Piece]:
    """The member and the one before it."""
    along = call.settings["along"]
    members = values.frame.ids(along)
    here = members.index(place.members[along])
    rows = [place.at(**{along: member}) for member in members[max(here - 1, 0) : here + 1]]
    return [piece for row in rows for piece in _each(call.arguments, row, values)]


READERS: dict[str, Operator] = {
    "total": _total,
    "smallest": _total,
    "largest": _total,
    "share_of": _share_of,
    "at": _at,
    "by_member": _by_member,
    "previous": _previous,
    "lagged": _lagged,
    "cumulative": _window,
    "window_total": _window,
    "recurring": _recurring,
    "first_period": _first_period,
    "internal_rate": _internal_rate,
    "per_year": _per_year,
    "spread": _spread,
    "stated": _stated,
    "where": _where,
    "choose": _choose,
    "bends": _bends,
    "rise": _rise,
    "tier": _table,
    "interpolate": _table,
}
