"""Where each dimension stands in an array, and which combinations of members exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebuilder.algebra.dimensions import LANGUAGE, TIME, Dimensions, Frame
from casebuilder.algebra.meeting import Meeting
from casebuilder.errors import ModelError
from casebuilder.inputs.values import InputValues

Array = NDArray[np.float64]
DRAW, OPTION_AXIS = 0, 1
# Those of the draw and of the option come first.
_BEFORE = 2
# So many axes numpy's loops take.
_MOST = 32
_LANGUAGE = frozenset(each.name for each in LANGUAGE)


def packed(dimensions: Dimensions, meetings: Iterable[Meeting]) -> dict[str, int]:
    """The axis of each dimension: as few as keep those apart that meet, in the order of the dimensions.

    The axis of a dimension is the first after those of all dimensions before it that it meets, so that the
    values of a line lie in memory in the order of its dimensions: those that stand apart come last, but for
    those of the language.

    Parameters
    ----------
    dimensions
        All dimensions, by name and in order.
    meetings
        Sets of dimensions of which no two may share an axis.

    Raises
    ------
    ModelError
        Lines need more axes than numpy has: the dimensions that make up the longest chain are named.
    """
    met: dict[str, set[str]] = {}
    for meeting in meetings:
        for dimension in meeting:
            met.setdefault(dimension, set()).update(meeting)
    axis: dict[str, int] = {}
    before: dict[str, str] = {}
    for dimension in sorted(dimensions, key=lambda name: (name in _LANGUAGE, dimensions[name].apart)):
        axis[dimension] = _BEFORE
        for other in axis:
            if other in met.get(dimension, ()) and axis[other] >= axis[dimension] and other != dimension:
                axis[dimension], before[dimension] = axis[other] + 1, other
    last = max(axis, key=axis.__getitem__, default="")
    if last and axis[last] >= _MOST:
        chain = [last]
        while chain[-1] in before:
            chain.append(before[chain[-1]])
        raise ModelError(
            f"numpy takes {_MOST} axes, and the lines of the model need {axis[last] + 1}: each of these "
            f"meets the next in one line: {', '.join(reversed(chain))}; add up over one of them in a line "
            "of its own before the next comes in, or give it a rank on the other side of those it never meets"
        )
    return axis


class Axes:
    """Sizes, masks and input arrays of one case.

    An array has one axis for the draw, one for the option and one per dimension, of size 1
    where the values do not vary: lines keep their natural shape and numpy broadcasts the rest.
    Dimensions that never meet share an axis.

    Parameters
    ----------
    frame
        Members, pairs, options and periods.
    place
        The axis of each dimension (`packed`).

    Attributes
    ----------
    rank
        How many axes an array has.
    """

    def __init__(self, frame: Frame, place: Mapping[str, int]) -> None:
        """Keep the frame and the places."""
        self.frame = frame
        self.place = place
        self.rank = max(place.values(), default=_BEFORE - 1) + 1
        self._masks: dict[frozenset[str], NDArray[np.bool_] | None] = {}

    @cached_property
    def options(self) -> int:
        """How many options there are."""
        return len(self.frame.options)

    @cached_property
    def baseline(self) -> int:
        """The place of the baseline option."""
        return self.frame.option_ids.index(self.frame.baseline)

    def size(self, dimension: str) -> int:
        """How many members a dimension has."""
        return len(self.frame.ids(dimension))

    def time(self, dimensions: Sequence[str]) -> int:
        """The axis of the time dimension among some."""
        return self.place[next(dimension for dimension in dimensions if dimension in TIME)]

    def shape(self, over: Sequence[str]) -> list[int]:
        """The full shape of an array over some dimensions, for one draw and one option."""
        shape = [1] * self.rank
        for dimension in over:
            shape[self.place[dimension]] = self.size(dimension)
        return shape

    def widen(self, x: Array, over: Sequence[str]) -> Array:
        """The same values with some dimensions at full size."""
        shape = list(x.shape)
        for dimension in over:
            shape[self.place[dimension]] = self.size(dimension)
        return x if tuple(shape) == x.shape else np.broadcast_to(x, shape)

    def plain(self, x: Array, over: Sequence[str]) -> Array:
        """An array as draws, options and some dimensions in their order, all but the draws at full size."""
        shape = self.shape(over)
        shape[DRAW], shape[OPTION_AXIS] = x.shape[DRAW], self.options
        in_order = sorted(over, key=self.place.__getitem__)
        sizes = [self.size(dimension) for dimension in in_order]
        squeezed = np.broadcast_to(x, shape).reshape([*shape[:2], *sizes])
        return squeezed.transpose([0, 1, *(in_order.index(dimension) + 2 for dimension in over)])

    def placed(self, x: Array, over: Sequence[str]) -> Array:
        """The way back from `plain`: draws, options and dimensions in order as the engine has them."""
        order = sorted(over, key=self.place.__getitem__)
        turned = x.transpose([0, 1, *(tuple(over).index(dimension) + 2 for dimension in order)])
        shape = self.shape(over)
        shape[DRAW], shape[OPTION_AXIS] = x.shape[:2]
        return np.ascontiguousarray(turned.reshape(shape))

    def mask(self, dimensions: Sequence[str]) -> NDArray[np.bool_] | None:
        """Which combinations exist over some dimensions; None where all do."""
        key = frozenset(dimensions)
        if key not in self._masks:
            self._masks[key] = self._mask(key)
        return self._masks[key]

    def _mask(self, dimensions: frozenset[str]) -> NDArray[np.bool_] | None:
        mask: NDArray[np.bool_] | None = None
        for (a, b), allowed in self.frame.pairs.items():
            if a not in dimensions or b not in dimensions:
                continue
            table = np.zeros((self.size(a), self.size(b)), dtype=bool)
            rows, columns = self.frame.positions[a], self.frame.positions[b]
            for left, right in allowed:
                table[rows[left], columns[right]] = True
            shape = self.shape((a, b))
            shaped = (table if self.place[a] < self.place[b] else table.T).reshape(shape)
            mask = shaped if mask is None else mask & shaped
        return mask

    def existing(self, x: Array, dimensions: Sequence[str]) -> Array:
        """The values where a combination exists, 0 elsewhere."""
        mask = self.mask(dimensions)
        return x if mask is None else np.where(mask, x, 0.0)

    def input_array(self, given: InputValues) -> Array:
        """The values of an input: one option axis entry where no option differs.

        A word becomes its place among the input's choices.
        """
        over, choices = given.input.over, given.input.choices
        positions = [self.frame.positions[dimension] for dimension in over]
        varying = any(given.options.values())
        sizes = [self.size(dimension) for dimension in over]
        flat = np.zeros([self.options if varying else 1, *sizes])
        every: Any = slice(None)
        for members, value in given.base.items():
            flat[(every, *_spot(positions, members))] = _amount(value.amount, choices)
        for option, changed in given.options.items():
            row = self.frame.option_ids.index(option)
            for members, value in changed.items():
                flat[(row, *_spot(positions, members))] = _amount(value.amount, choices)
        shape = self.shape(over)
        shape[OPTION_AXIS] = flat.shape[0]
        order = sorted(range(len(over)), key=lambda i: self.place[over[i]])
        return np.ascontiguousarray(flat.transpose([0, *(i + 1 for i in order)]).reshape(shape))

    def period_numbers(self, kind: str) -> Array:
        """The numbers of the periods, from 1, along their axis."""
        if kind == "year_of_month":
            numbers = np.asarray(self.frame.year_of_month, dtype=float)
            return numbers.reshape(self.shape(("month",)))
        return np.arange(1.0, self.size(kind) + 1).reshape(self.shape((kind,)))


def _spot(positions: Sequence[Mapping[str, int]], members: Sequence[str]) -> list[int]:
    return [place[member] for place, member in zip(positions, members, strict=True)]


def _amount(amount: float | str, choices: tuple[str, ...]) -> float:
    return float(choices.index(amount)) if isinstance(amount, str) else amount
