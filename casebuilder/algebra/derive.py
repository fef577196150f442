"""The units reading: the unit, dimensions and emptiness that a formula gives, and their checks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import cast

from casebuilder.algebra.dimensions import OPTION, TIME, time_of, without_time
from casebuilder.algebra.emptiness import check_emptiness
from casebuilder.algebra.member_rows import written
from casebuilder.algebra.operator_table import OPERATORS, OVER, PICKED, TIME_AXIS
from casebuilder.algebra.terms import Call, Input, Line, Named, Number, PeriodNumber, Term, walk
from casebuilder.errors import ModelError, UnitError
from casebuilder.units import CHOICE, Unit, UnknownUnitError, parse_unit

PLAIN = Unit()
MONTH = parse_unit("month")
YEAR = parse_unit("year")
# The atom of the unit that a flow along an axis is per.
_ATOM = {"month": "month", "year": "year", "statement": "year"}
_PERIOD = {"month": MONTH, "year": YEAR, "statement": YEAR}
_MOST_ROW_DIMENSIONS = 3


@lru_cache(maxsize=50_000)  # terms do not change
def dimensions_of(term: Term) -> tuple[str, ...]:
    """The dimensions a term varies by, in the order in which it names them, time last."""
    found = _dimensions(term)
    return (*(d for d in found if d not in TIME), *(d for d in TIME if d in found))


def _dimensions(term: Term) -> dict[str, None]:
    """As the keys of a mapping, which keep their order."""
    if isinstance(term, Named):
        return dict.fromkeys(term.over)
    if isinstance(term, PeriodNumber):
        return {term.axis: None}
    if not isinstance(term, Call):
        return {}
    found: dict[str, None] = {}
    for argument in term.arguments:
        found |= _dimensions(argument)
    operator = OPERATORS[term.operator]
    if operator.adds:
        found |= {term.settings[operator.adds]: None}
    if operator.axis is not None:
        before, after = operator.axis
        return _less(found, (before,)) | {after: None}
    if operator.removes == OVER:
        return _less(found, term.settings[OVER])
    if operator.removes == PICKED:
        return _less(found, (term.settings[PICKED],))
    return _less(found, TIME) if operator.removes == TIME_AXIS else found


def _less(found: dict[str, None], gone: Sequence[str]) -> dict[str, None]:
    return {dimension: None for dimension in found if dimension not in gone}


def unit_of(term: Term) -> Unit | None:
    """The unit a formula gives; None for a bare 0, which goes with any unit.

    Raises
    ------
    UnitError
        Two units that do not go together; the message names both.
    """
    if isinstance(term, Number):
        return None if term.value == 0 and term.unit == "1" else parse_unit(term.unit)
    if isinstance(term, PeriodNumber):
        return PLAIN
    if isinstance(term, Named):
        return parse_unit(term.unit)
    call = cast(Call, term)
    return UNIT_READINGS[call.operator](call)


def _same(call: Call) -> Unit | None:
    units = [(unit_of(argument), argument) for argument in call.arguments]
    known = [(unit, argument) for unit, argument in units if unit is not None]
    for unit, argument in known[1:]:
        if unit != known[0][0]:
            raise UnitError(
                f"'{call.operator}' cannot take {known[0][0]} ({_name(known[0][1])}) "
                f"with {unit} ({_name(argument)})"
            )
    return known[0][0] if known else None


def _name(term: Term) -> str:
    return term.key if isinstance(term, Named) else type(term).__name__.lower()


def _plain(term: Term, what: str) -> None:
    unit = unit_of(term)
    if unit is not None and not unit.plain:
        raise UnitError(f"{what} must be a plain number, not {unit}")


def _first(call: Call) -> Unit | None:
    return unit_of(call.arguments[0])


def _multiply(call: Call) -> Unit | None:
    a, b = (unit_of(argument) for argument in call.arguments)
    return None if a is None or b is None else a * b


def _divide(call: Call) -> Unit | None:
    a, b = (unit_of(argument) for argument in call.arguments)
    if b is None:
        raise UnitError("nothing is divided by a bare 0")
    return None if a is None else a / b


def _above(call: Call) -> Unit:
    _same(call)
    return PLAIN


def _where(call: Call) -> Unit | None:
    condition, *cases = call.arguments
    _plain(condition, "a condition")
    return _same(Call("where", *cases))


def _choose(call: Call) -> Unit | None:
    return _same(Call("choose", *call.arguments[1:]))


def _power(call: Call) -> Unit:
    for argument in call.arguments:
        _plain(argument, "what stands in a power or a probability")
    return PLAIN


def _total(call: Call) -> Unit | None:
    unit = unit_of(call.arguments[0])
    time = time_of(call.settings["over"])
    if time is None or unit is None:
        return unit
    return _flow(unit, time, "a total over time") * _PERIOD[time]


def _flow(unit: Unit, axis: str, what: str) -> Unit:
    if unit.of(_ATOM[axis]) != -1:
        raise UnitError(f"{what} needs a flow per {_ATOM[axis]}, not {unit}")
    return unit


def _share_of(call: Call) -> Unit:
    unit_of(call.arguments[0])
    return PLAIN


def _axis(call: Call) -> str:
    axis = time_of(dimensions_of(call.arguments[0]))
    if axis is None:
        raise ModelError(f"'{call.operator}' needs a term that varies over time")
    return axis


def _stock(call: Call) -> Unit | None:
    unit, axis = unit_of(call.arguments[0]), _axis(call)
    for extra in call.arguments[1:]:
        _plain(extra, f"the length of {call.operator}")
    return None if unit is None else _flow(unit, axis, call.operator) * _PERIOD[axis]


def _lagged(call: Call) -> Unit | None:
    _axis(call)
    _plain(call.arguments[1], "a lag")
    return _first(call)


def _previous(call: Call) -> Unit | None:
    _axis(call)
    return _first(call)


def _first_period(call: Call) -> Unit:
    axis = _axis(call)
    _plain(call.arguments[0], "a condition")
    after = unit_of(call.arguments[1])
    if after is not None and not after.plain and after != _PERIOD[axis]:
        raise UnitError(f"'after' counts {axis}s, not {after}")
    return _PERIOD[axis]


def _internal_rate(call: Call) -> Unit:
    if _axis(call) == "month":
        raise ModelError("an internal rate of return is a year's: it takes a yearly flow")
    for argument in call.arguments:
        unit_of(argument)
    return PLAIN


def _lease_rate(call: Call) -> Unit:
    periods, payment, value, residual, in_advance = call.arguments
    _plain(periods, "the number of payments")
    _plain(in_advance, "whether payments are in advance")
    _same(Call("lease_rate", payment, value, residual))
    return PLAIN


def _per_year(call: Call) -> Unit | None:
    if _axis(call) != "month":
        raise ModelError("per_year takes a monthly term")
    unit = unit_of(call.arguments[0])
    if unit is None or call.settings["how"] != "sum":
        return unit
    return _flow(unit, "month", "per_year") * MONTH / YEAR


def _spread(call: Call) -> Unit | None:
    if _axis(call) != "year":
        raise ModelError("spread takes a yearly term")
    unit = unit_of(call.arguments[0])
    if unit is None or call.settings["how"] == "hold":
        return unit
    return _flow(unit, "year", "spread") * YEAR / MONTH


def _stated(call: Call) -> Unit | None:
    if _axis(call) != "year":
        raise ModelError("stated takes a yearly term")
    return _first(call)


def _on_a_table(call: Call) -> Unit | None:
    x, at_x, values = call.arguments
    if unit_of(x) != unit_of(at_x):
        raise UnitError(f"'{call.operator}' looks up {unit_of(x)} among {unit_of(at_x)}")
    unit = unit_of(values)
    if call.operator == "interpolate" or unit is None:
        return unit
    quantity = unit_of(x)
    return None if quantity is None else quantity * unit


def _bends(call: Call) -> Unit | None:
    at_x, values = (unit_of(argument) for argument in call.arguments)
    if "point" not in dimensions_of(call):
        raise ModelError("'bends' needs the points of a curve")
    return None if at_x is None or values is None else values / at_x


def _rise(call: Call) -> Unit | None:
    along = call.settings["along"]
    if along in TIME or along not in dimensions_of(call):
        raise ModelError(f"'rise' needs a term by {along}, which is no time")
    return unit_of(call.arguments[0])


def _money(before: str, after: str) -> Callable[[Call], Unit | None]:
    def reading(call: Call) -> Unit | None:
        x, index = call.arguments
        _plain(index, "an index")
        unit = unit_of(x)
        if unit is None:
            return None
        if unit.of(before) != 1:
            raise UnitError(f"'{call.operator}' takes {before}, not {unit}")
        return unit.replace(before, after)

    return reading


UNIT_READINGS: dict[str, Callable[[Call], Unit | None]] = {
    "add": _same,
    "subtract": _same,
    "difference": _same,
    "minimum": _same,
    "maximum": _same,
    "multiply": _multiply,
    "divide": _divide,
    "ratio": _divide,
    "negate": _first,
    "absolute": _first,
    "smallest": _first,
    "largest": _first,
    "which_smallest": _above,
    "above": _above,
    "where": _where,
    "choose": _choose,
    "round_up": _first,
    "power": _power,
    "exp": _power,
    "normal_quantile": _power,
    "erlang_c": _power,
    "binomial_at_least": _power,
    "total": _total,
    "share_of": _share_of,
    "at": _first,
    "by_member": _same,
    "previous": _previous,
    "lagged": _lagged,
    "recurring": _lagged,
    "cumulative": _stock,
    "window_total": _stock,
    "step": _stock,
    "internal_rate": _internal_rate,
    "lease_rate": _lease_rate,
    "first_period": _first_period,
    "per_year": _per_year,
    "spread": _spread,
    "stated": _stated,
    "bends": _bends,
    "rise": _rise,
    "tier": _on_a_table,
    "interpolate": _on_a_table,
    "inflate": _money("GBP_real", "GBP_nominal"),
    "deflate": _money("GBP_nominal", "GBP_real"),
    "discount": _money("GBP_real", "GBP_real"),
}


def check_line(line: Line) -> list[str]:
    """What is wrong with one line: unit, dimensions, emptiness, or a missing word of text."""
    faults = [f"{line.key} has no {what}" for what in ("label", "basis") if not getattr(line, what)]
    try:
        declared, terms = parse_unit(line.unit), [line.definition]
        terms += [line.opening] if line.opening is not None else []
        for row in written(line):
            faults += _check_dimensions(line, row, opening=False) if row is not line.definition else []
        for term in terms:
            faults += _check_dimensions(line, term, opening=term is line.opening)
            faults += check_emptiness(line, term)
            derived = unit_of(term)
            if derived is not None and derived != declared:
                faults.append(f"{line.key} is declared in {declared} but its formula gives {derived}")
        axis = time_of(line.over)
        for other in set(_ATOM.values()):
            if axis and other != _ATOM[axis] and declared.of(other) == -1:
                faults.append(f"{line.key} runs by {axis} but is per {other}")
    except (ModelError, UnknownUnitError) as fault:
        faults.append(f"{line.key}: {fault}")
    return faults


def _check_dimensions(line: Line, term: Term, *, opening: bool) -> list[str]:
    allowed = without_time(line.over) if opening else line.over
    faults = []
    extra = [dimension for dimension in dimensions_of(term) if dimension not in allowed]
    if extra:
        faults.append(f"{line.key} does not run over {', '.join(extra)}, but its formula does")
    if len(without_time(line.over)) > _MOST_ROW_DIMENSIONS:
        faults.append(f"{line.key} has more than {_MOST_ROW_DIMENSIONS} dimensions beside time")
    for part in walk(term):
        inner = dimensions_of(part)
        if sum(axis in inner for axis in TIME) > 1:
            faults.append(f"{line.key} mixes time axes: use per_year, spread or stated")
            break
        if isinstance(part, Call) and part.operator == "at":
            dimension = part.settings["dimension"]
            if dimension != OPTION and dimension not in dimensions_of(part.arguments[0]):
                faults.append(f"{line.key} picks one {dimension} of what does not vary by it")
        if isinstance(part, Call) and OPERATORS[part.operator].reduces:
            missing = set(part.settings["over"]) - set(dimensions_of(part.arguments[0]))
            if missing:
                faults.append(f"{line.key} adds over {', '.join(missing)}, which is not there")
    return faults


def check_lines(lines: Sequence[Line]) -> None:
    """Refuse lines that are written wrongly, all faults at once.

    Raises
    ------
    UnitError
        Any line fails `check_line`.
    """
    faults = [fault for line in lines for fault in check_line(line)]
    for line in lines:
        for part in walk(line.definition):
            if isinstance(part, Input) and part.unit == CHOICE and not part.choices:
                faults.append(f"{part.key} is a choice without words to choose from")
    if faults:
        raise UnitError("\n".join(dict.fromkeys(faults)))
