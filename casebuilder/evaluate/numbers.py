"""The numbers reading: what each operator makes of numpy arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from casebuilder.algebra.derive import dimensions_of
from casebuilder.algebra.dimensions import BASELINE, OPTION
from casebuilder.algebra.member_rows import case_of, dimension_of_rows, for_row, formulas
from casebuilder.algebra.terms import Call, Line, Named, Number, PeriodNumber, Term, without_ones
from casebuilder.evaluate.axes import OPTION_AXIS, Array, Axes
from casebuilder.evaluate.functions import elementwise
from casebuilder.evaluate.functions.elementwise import rounded
from casebuilder.evaluate.functions.probability import binomial_at_least, erlang_c, normal_quantile
from casebuilder.evaluate.functions.rates import internal_rate, lease_rate
from casebuilder.evaluate.periods import PERIOD_READINGS


class Reading:
    """Reads terms as numbers, either whole rows or, in a loop over periods, one period.

    Parameters
    ----------
    axes
        The shape of the case.
    arrays
        The arrays of inputs and of lines already evaluated.
    openings
        The opening values of lines that have one.
    resolve
        What a formula reads where it names an input.
    """

    def __init__(
        self,
        axes: Axes,
        arrays: Mapping[Named, Array],
        openings: Mapping[Line, Array],
        resolve: Callable[[Named], Named],
    ) -> None:
        """Start with whole rows."""
        self.axes = axes
        self.arrays = arrays
        self.openings = openings
        self.resolve = resolve
        self.period: int | None = None
        self.time_axis = -1
        self.hoisted: dict[Term, Array] = {}
        self.infinite = False
        self._noticed = False
        self._formulas: dict[Line, dict[str, Term]] = {}
        self._rows: dict[Line, str] = {}
        self._numbers: dict[float, Array] = {}

    def notice(self, *_: object) -> None:
        """Told by numpy that something overflowed or was divided by 0."""
        self._noticed = True

    def read(self, term: Term) -> Array:
        """The values of a term."""
        if self.period is not None and term in self.hoisted:
            return self._slice(self.hoisted[term])
        if isinstance(term, Call):
            found = NUMBER_READINGS[term.operator](self, term)
            return self._without_infinity(found) if self._noticed else found
        if isinstance(term, Named):
            return self._slice(self.arrays[self.resolve(term)])
        if isinstance(term, Number):
            if term.value not in self._numbers:
                self._numbers[term.value] = np.full((1,) * self.axes.rank, term.value)
            return self._numbers[term.value]
        if isinstance(term, PeriodNumber):
            return self._slice(self.axes.period_numbers(term.kind))
        raise TypeError(term)

    def formulas(self, line: Line) -> dict[str, Term]:
        """The formula of each of a line's members that has its own, the same terms each time."""
        if line not in self._formulas:
            self._formulas[line] = formulas(line, self.axes.frame)
        return self._formulas[line]

    def dimension_of_rows(self, line: Line) -> str:
        """The dimension by whose members a line's rows have formulas of their own, looked for once."""
        found = self._rows.get(line)
        if found is None:
            found = self._rows[line] = dimension_of_rows(line)
        return found

    def line(self, line: Line) -> Array:
        """The values of a line's formula, put together where members have formulas of their own."""
        dimension = self.dimension_of_rows(line)
        if not dimension:
            return self.read(line.definition)
        return self.together(dimension, {m: self.read(term) for m, term in self.formulas(line).items()})

    def together(self, dimension: str, parts: Mapping[str, Array]) -> Array:
        """One array over a dimension, each member's values taken from its own array."""
        axis, places = self.axes.place[dimension], self.axes.frame.positions[dimension]
        own = [x if x.shape[axis] == 1 else x.take([places[m]], axis=axis) for m, x in parts.items()]
        shape = np.broadcast_shapes(*(x.shape for x in own))
        return np.concatenate([np.broadcast_to(x, shape) for x in own], axis=axis)

    def _without_infinity(self, x: Array) -> Array:
        """No value where a spreadsheet has an error: the least of 1 and infinity must not pass for 1."""
        self._noticed = False
        infinite = np.isinf(x)
        if not infinite.any():
            return x
        self.infinite = True
        return np.where(infinite, np.nan, x)

    def several(self, call: Call) -> list[Array]:
        """The values of all arguments."""
        return [self.read(argument) for argument in call.arguments]

    def whole_row(self, term: Term) -> tuple[Array, int]:
        """A term over all periods at full size, and its time axis."""
        dimensions = dimensions_of(term)
        axis = self.axes.time(dimensions)
        time = next(d for d in dimensions if self.axes.place[d] == axis)
        return self.axes.widen(self.read(term), (time,)), axis

    def _slice(self, x: Array) -> Array:
        if self.period is None or x.shape[self.time_axis] == 1:
            return x
        return x[(slice(None),) * self.time_axis + (slice(self.period, self.period + 1),)]

    def previous(self, line: Line) -> Array:
        """The value one period earlier, the opening value first."""
        opening = self.openings.get(line, np.zeros((1,) * self.axes.rank))
        x, axis = self.arrays[line], self.axes.time(line.over)
        before = (slice(None),) * axis
        if self.period is not None:
            if self.period == 0:
                return opening
            return x if x.shape[axis] == 1 else x[(*before, slice(self.period - 1, self.period))]
        x = self.axes.widen(x, (line.over[-1],))
        earlier = x[(*before, slice(None, -1))]
        shape = list(np.broadcast_shapes(earlier.shape[:axis], opening.shape[:axis]))
        rest = list(np.broadcast_shapes(earlier.shape[axis + 1 :], opening.shape[axis + 1 :]))
        first = np.broadcast_to(opening, [*shape, 1, *rest])
        return np.concatenate(
            [first, np.broadcast_to(earlier, [*shape, earlier.shape[axis], *rest])], axis=axis
        )


Operator = Callable[[Reading, Call], Array]


def _pairwise(function: Callable[[Array, Array], Array]) -> Operator:
    def reading(r: Reading, call: Call) -> Array:
        first, *rest = r.several(call)
        for other in rest:
            first = function(first, other)
        return first

    return reading


def _each(function: Callable[..., Array]) -> Operator:
    return lambda r, call: function(*r.several(call))


def _multiply(r: Reading, call: Call) -> Array:
    term = without_ones(call)
    if term is not call:
        return r.read(term)
    a, b = r.several(call)
    return a * b


def _divide(r: Reading, call: Call) -> Array:
    """No value where b is 0."""
    term = without_ones(call)
    if term is not call:
        return r.read(term)
    a, b = r.several(call)
    return np.asarray(a / b if np.count_nonzero(b) == b.size else a / np.where(b == 0, np.nan, b))


def _choose(r: Reading, call: Call) -> Array:
    selector = r.read(call.arguments[0])
    words = call.arguments[0].choices  # type: ignore[attr-defined]
    chosen: Array | None = None
    for word, case in zip(call.settings["members"], call.arguments[1:], strict=True):
        here = selector == words.index(word)
        if here.all():
            return r.read(case)
        if here.any():
            chosen = r.read(case) if chosen is None else np.where(here, r.read(case), chosen)
    assert chosen is not None
    return chosen


def _members(r: Reading, call: Call) -> tuple[Array, tuple[int, ...], tuple[str, ...]]:
    """The argument at full size over the dimensions summed, those axes, and its dimensions."""
    argument, over = call.arguments[0], call.settings["over"]
    x = r.axes.widen(r.read(argument), over)
    return x, tuple(r.axes.place[dimension] for dimension in over), dimensions_of(argument)


def _total(r: Reading, call: Call) -> Array:
    x, axes, dimensions = _members(r, call)
    mask = r.axes.mask(dimensions)
    if mask is not None:
        x = np.where(mask, x, 0.0)
    return np.asarray(np.add.reduce(x, axis=axes, keepdims=True))


def _share_of(r: Reading, call: Call) -> Array:
    x = r.read(call.arguments[0])
    whole = _total(r, call)
    return elementwise.share(x, whole)


def _extreme(sign: float) -> Operator:
    """The least (sign 1) or greatest (-1) of the members that exist; 0 where none does."""

    def reading(r: Reading, call: Call) -> Array:
        x, axes, dimensions = _members(r, call)
        mask = r.axes.mask(dimensions)
        x = sign * (x if mask is None else np.where(mask, x, sign * np.inf))
        least = x.min(axis=axes, keepdims=True)
        return sign * np.where(np.isinf(least), 0.0, least)

    return reading


def _at(r: Reading, call: Call) -> Array:
    argument = call.arguments[0]
    dimension, member = call.settings["dimension"], call.settings["member"]
    x = r.read(argument)
    if dimension == OPTION:
        place = r.axes.baseline if member == BASELINE else r.axes.frame.option_ids.index(member)
        axis = OPTION_AXIS
    else:
        x = r.axes.existing(x, dimensions_of(argument))
        place, axis = r.axes.frame.positions[dimension][member], r.axes.place[dimension]
    if x.shape[axis] == 1:
        return x
    return x[(slice(None),) * axis + (slice(place, place + 1),)]


def _by_member(r: Reading, call: Call) -> Array:
    """Each member's own term, for a sum over all; no value for one that nothing is said of."""
    dimension = call.settings["dimension"]
    parts = {}
    for member in r.axes.frame.ids(dimension):
        case = case_of(call, member)
        term = Number(np.nan) if case is None else for_row(case, {dimension: member})
        parts[member] = r.read(term)
    return r.together(dimension, parts)


def _previous(r: Reading, call: Call) -> Array:
    return r.previous(call.arguments[0])  # type: ignore[arg-type]


def _table(r: Reading, call: Call) -> tuple[Array, Array, Array, int]:
    x, starts, values = r.several(call)
    (dimension,) = call.settings["over"]
    return x, r.axes.widen(starts, (dimension,)), r.axes.widen(values, (dimension,)), r.axes.place[dimension]


def _tier(r: Reading, call: Call) -> Array:
    x, starts, prices, axis = _table(r, call)
    if call.settings["kind"] == "all_unit":
        x = x + 0.0 * starts.sum(axis=axis, keepdims=True)  # a start without a value leaves none
        reached = rounded(x - starts) >= 0
        place = np.maximum(reached.sum(axis=axis, keepdims=True) - 1, 0)
        shape = list(np.broadcast_shapes(place.shape, prices.take([0], axis=axis).shape))
        wide = list(shape)
        wide[axis] = prices.shape[axis]
        taken = np.take_along_axis(np.broadcast_to(prices, wide), np.broadcast_to(place, shape), axis=axis)
        return np.asarray(x * taken)
    if call.settings["kind"] == "bent":
        return _along_bends(x, starts, prices, axis)
    before = np.concatenate(
        [np.zeros_like(prices.take([0], axis=axis)), prices.take(range(prices.shape[axis] - 1), axis=axis)],
        axis=axis,
    )
    return np.asarray((np.maximum(x - starts, 0.0) * (prices - before)).sum(axis=axis, keepdims=True))


def _along_bends(x: Array, starts: Array, bent: Array, axis: int) -> Array:
    """Point by point, as `_interpolate` does."""
    risen = np.zeros(np.broadcast_shapes(x.shape, starts.take([0], axis=axis).shape))
    for k in range(starts.shape[axis]):
        risen = risen + np.maximum(x - starts.take([k], axis=axis), 0.0) * bent.take([k], axis=axis)
    return risen


def _bends(r: Reading, call: Call) -> Array:
    at, values = (r.axes.widen(argument, ("point",)) for argument in r.several(call))
    axis = r.axes.place["point"]
    slopes = np.diff(values, axis=axis) / np.diff(at, axis=axis)
    level = np.zeros_like(slopes.take([], axis=axis).sum(axis=axis, keepdims=True))
    return np.diff(np.concatenate([level, slopes, level], axis=axis), axis=axis)


def _rise(r: Reading, call: Call) -> Array:
    along = call.settings["along"]
    x, axis = r.axes.widen(r.read(call.arguments[0]), (along,)), r.axes.place[along]
    return np.diff(x, axis=axis, prepend=np.zeros_like(x.take([0], axis=axis)))


def _interpolate(r: Reading, call: Call) -> Array:
    """Piece by piece: an axis of points beside trusts, tests and months would leave the cache."""
    x, points, values, axis = _table(r, call)
    at = [points.take([k], axis=axis) for k in range(points.shape[axis])]
    level = [values.take([k], axis=axis) for k in range(values.shape[axis])]
    found = np.zeros(np.broadcast_shapes(x.shape, at[0].shape, level[0].shape)) + level[0]
    for k in range(len(at) - 1):
        width = at[k + 1] - at[k]
        within = np.clip(x - at[k], 0.0, width)
        found += within * ((level[k + 1] - level[k]) / width)
    return found


NUMBER_READINGS: dict[str, Operator] = {
    "add": _pairwise(np.add),
    "subtract": _pairwise(np.subtract),
    "difference": _each(elementwise.difference),
    "multiply": _multiply,
    "divide": _divide,
    "minimum": _pairwise(np.minimum),
    "maximum": _pairwise(np.maximum),
    "negate": _each(np.negative),
    "absolute": _each(np.abs),
    "exp": _each(np.exp),
    "normal_quantile": _each(normal_quantile),
    "erlang_c": _each(erlang_c),
    "binomial_at_least": _each(binomial_at_least),
    "internal_rate": internal_rate,
    "lease_rate": _each(lease_rate),
    "round_up": _each(elementwise.round_up),
    "step": _each(lambda x: x),
    "above": _each(elementwise.above),
    "where": _each(elementwise.where),
    "choose": _choose,
    "ratio": _each(elementwise.ratio),
    "power": _each(elementwise.power),
    "which_smallest": _each(elementwise.which_smallest),
    "smallest": _extreme(1.0),
    "largest": _extreme(-1.0),
    "total": _total,
    "share_of": _share_of,
    "at": _at,
    "by_member": _by_member,
    "previous": _previous,
    **PERIOD_READINGS,
    "tier": _tier,
    "bends": _bends,
    "rise": _rise,
    "interpolate": _interpolate,
    "inflate": _pairwise(np.multiply),
    "deflate": _divide,
    "discount": _pairwise(np.multiply),
}
