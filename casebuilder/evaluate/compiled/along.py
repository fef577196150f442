"""What looks along a row of periods or a table: calls that take whole arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebuilder.algebra.terms import Call, Line, Named, Term
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.compiled import rows
from casebuilder.evaluate.compiled.calls import Calls, Store
from casebuilder.evaluate.compiled.kernels import Kernel, Kernels, copied, filled
from casebuilder.evaluate.compiled.trees import Leaf, Pairs, Reduced, Tree
from casebuilder.evaluate.numbers import NUMBER_READINGS, Reading
from casebuilder.evaluate.stepping import uses


class NotCompiledError(Exception):
    """A formula of a loop that no call is made of: its step is taken as `evaluate.stepping` takes it."""


_ROWS: dict[str, Kernel] = {"window_total": rows.window_total, "recurring": rows.recurring}
_KINDS = ("all_unit", "incremental")


class Rows(ABC):
    """Makes the calls of operators that look along a row.

    Parameters
    ----------
    calls
        Where the calls go.
    kernels
        The functions that are called.
    reading
        Reads what no draw changes; its arrays are those of the case, drawn ones among them.
    openings
        The opening values of lines that a draw changes.

    Attributes
    ----------
    inside
        In a loop, the lines that are gone through period by period.
    axis
        In a loop, that of time.
    sound
        Whether no value of the step can be missing unless one that it reads is, or something overflowed.
    """

    def __init__(
        self, calls: Calls, kernels: Kernels, reading: Reading, openings: Mapping[Line, Array]
    ) -> None:
        """Start outside of loops."""
        self.calls, self.kernels, self.reading, self.openings = calls, kernels, reading, openings
        self.axes = reading.axes
        self.inside: set[Line] = set()
        self.axis = -1
        self.sound = True

    @abstractmethod
    def whole(self, term: Term) -> Array:
        """The array of a term over all periods."""

    def leaf(self, array: Array | NDArray[np.bool_]) -> Leaf:
        """An array that is there; in a loop it is read one period at a time."""
        shape = array.shape
        if self.inside:
            shape = one_period(shape, self.axis)
        return Leaf(array, shape)

    def pairs(self, over: Iterable[str], shape: Sequence[int]) -> Pairs:
        """The pairs of some dimensions, at full size in an array, not all of whose combinations exist."""
        full = {each for each in over if shape[self.axes.place[each]] == self.axes.size(each)}
        return frozenset(pair for pair in self.axes.frame.pairs if full.issuperset(pair))

    def previous(self, call: Call) -> Tree:
        """The value one period earlier, the opening value first."""
        (line,) = call.arguments
        assert isinstance(line, Line)
        opening = self.openings.get(line, self.reading.openings.get(line, np.zeros((1,) * self.axes.rank)))
        x = self.reading.arrays[line]
        if self.inside:
            both = np.broadcast_shapes(self.leaf(x).shape, opening.shape)
            return Leaf(x, both, 1, opening, self.pairs(line.over, opening.shape))
        axis = self.axes.time(line.over)
        x = self.axes.widen(x, (line.over[-1],))
        shape = list(np.broadcast_shapes(one_period(x.shape, axis), opening.shape))
        shape[axis] = x.shape[axis]
        out = self.calls.between(tuple(shape))
        before = (slice(None),) * axis
        self.calls.add(copied, (opening,), out[(*before, slice(0, 1))])
        self.calls.add(copied, (x[(*before, slice(None, -1))],), out[(*before, slice(1, None))])
        return self.leaf(out)

    def per_year(self, call: Call) -> Tree:
        """The months of each year added up, their mean or the last."""
        how = call.settings["how"]
        argument = call.arguments[0]
        month, year = self.axes.place["month"], self.axes.place["year"]
        x = self.axes.widen(self.whole(argument), ("month",))
        months = np.asarray(self.axes.frame.year_of_month)
        shape = list(x.shape)
        shape[month] = 1
        shape[year] = self.axes.size("year")
        out = self.calls.between(tuple(shape))
        for number in range(shape[year]):
            part = place_of(out, year, number)
            inside = np.flatnonzero(months == number + 1)
            if not inside.size:
                self.calls.add(filled, (0.0,), part)
                continue
            first = inside[-1] if how == "last" else inside[0]
            some = x[(slice(None),) * month + (slice(first, inside[-1] + 1),)]
            if how == "last":
                self.calls.add(copied, (some,), part)
                continue
            leaf = Leaf(some, some.shape)
            self.calls.put(Store(Reduced(np.add.reduce, leaf, (month,), part.shape), part))
            if how == "mean":
                self.calls.add(np.divide, (part, float(inside.size)), part)
        if not isinstance(argument, Named):
            self.calls.add(self.kernels.all_there, (), out)
        return self.leaf(out)

    def by_itself(self, call: Call) -> Array:
        """What looks along a row: the whole of it at once, by its own reading."""
        if self.inside and uses(call, self.inside):
            raise NotCompiledError
        given = _Given(self.reading, {each: self.whole(each) for each in call.arguments})
        quick = self._quick(given, call)
        function = NUMBER_READINGS[call.operator]
        self.sound = False  # nothing is known of it: what it gives is looked at
        with np.errstate(all="ignore"):
            shape = function(given, call).shape
        out = self.calls.between(shape)
        own = self.kernels.putting(_read_again(function, given, call))
        self.calls.add(own if quick is None else self.kernels.unless_missing(quick, own), (), out)
        return out

    def own_reading(self, call: Call) -> Kernel:
        """What goes cell by cell and has no function here, by its own reading."""

        def read(*arrays: Array) -> Array:
            given = _Given(self.reading, dict(zip(call.arguments, arrays, strict=True)))
            return np.asarray(NUMBER_READINGS[call.operator](given, call))

        return self.kernels.putting(read)

    def _quick(self, given: _Given, call: Call) -> Kernel | None:
        """A quicker function of a call that holds where no value is missing, if there is one."""
        if call.operator in _ROWS:
            x, axis = given.whole_row(call.arguments[0])
            return partial(_ROWS[call.operator], x, given.read(call.arguments[1]), axis)
        if call.operator == "tier" and call.settings["kind"] in _KINDS:
            (dimension,) = call.settings["over"]
            x, starts, values = given.several(call)
            starts, values = (self.axes.widen(each, (dimension,)) for each in (starts, values))
            return partial(rows.tier, x, starts, values, self.axes.place[dimension], call.settings["kind"])
        return None


def place_of(array: Array, axis: int, place: int) -> Array:
    """One place of an array along an axis."""
    return array[(slice(None),) * axis + (slice(place, place + 1),)]


def one_period(shape: tuple[int, ...], axis: int) -> tuple[int, ...]:
    """A shape with one period."""
    return (*shape[:axis], 1, *shape[axis + 1 :])


def _read_again(function: Any, given: Any, call: Call) -> Callable[[], Array]:
    def read() -> Array:
        return np.asarray(function(given, call))

    return read


class _Given(Reading):
    """A reading where the arguments of one operator are there already."""

    def __init__(self, reading: Reading, arrays: Mapping[Term, Array]) -> None:
        super().__init__(reading.axes, {}, reading.openings, reading.resolve)
        self._given = arrays

    def read(self, term: Term) -> Array:
        return self._given[term]
