"""Where each dimension stands in an array, and which combinations of members exist."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebuilder.algebra.dimensions import DIMENSIONS, TIME, Frame
from casebuilder.inputs.values import InputValues

Array = NDArray[np.float64]
DRAW, OPTION_AXIS = 0, 1
# numpy's loops take 32 axes at most, so dimensions that never meet in one formula share an axis; a test
# holds that they never do.
SHARED = (
    (
        "fund",
        "benefit",
        "milestone",
        "approver",
        "scheme",
        "mitigation",
        "department",
        "on_cost",
        "fee",
        "non_work",
        "vat_line",
        "bias_factor",
        "pay_band",
        "cost_line",
        "currency",
        "decision",
        "long_option",
        "unmonetised",
        "shared_risk",
    ),
    (
        "risk",
        "relief",
        "report_source",
        "digital",
        "component",
        "condition",
        "body",
        "framework",
        "success_factor",
    ),
    ("outcome", "month_of_year", "examination", "pathway"),
    ("price_year", "edition", "standard", "stage"),
)
_FIRST = {dimension: group[0] for group in SHARED for dimension in group}
_PLACES = {name: place + 2 for place, name in enumerate(dict.fromkeys(_FIRST.get(d, d) for d in DIMENSIONS))}
AXIS = {dimension: _PLACES[_FIRST.get(dimension, dimension)] for dimension in DIMENSIONS}
RANK = len(_PLACES) + 2


class Axes:
    """Sizes, masks and input arrays of one case.

    An array has one axis for the draw, one for the option and one per dimension, of size 1
    where the values do not vary: lines keep their natural shape and numpy broadcasts the rest.
    """

    def __init__(self, frame: Frame) -> None:
        """Keep the frame."""
        self.frame = frame
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

    def shape(self, over: Sequence[str]) -> list[int]:
        """The full shape of an array over some dimensions, for one draw and one option."""
        shape = [1] * RANK
        for dimension in over:
            shape[AXIS[dimension]] = self.size(dimension)
        return shape

    def widen(self, x: Array, over: Sequence[str]) -> Array:
        """The same values with some dimensions at full size."""
        shape = list(x.shape)
        for dimension in over:
            shape[AXIS[dimension]] = self.size(dimension)
        return np.broadcast_to(x, shape)

    def plain(self, x: Array, over: Sequence[str]) -> Array:
        """An array as draws, options and some dimensions in their order, all but the draws at full size."""
        shape = self.shape(over)
        shape[DRAW], shape[OPTION_AXIS] = x.shape[DRAW], self.options
        in_order = sorted(over, key=AXIS.__getitem__)
        sizes = [self.size(dimension) for dimension in in_order]
        squeezed = np.broadcast_to(x, shape).reshape([*shape[:2], *sizes])
        return squeezed.transpose([0, 1, *(in_order.index(dimension) + 2 for dimension in over)])

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
            shaped = (table if AXIS[a] < AXIS[b] else table.T).reshape(shape)
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
        order = sorted(range(len(over)), key=lambda i: AXIS[over[i]])
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


def time_axis_of(dimensions: Sequence[str]) -> int:
    """The axis of the time dimension among some."""
    return AXIS[next(dimension for dimension in dimensions if dimension in TIME)]
