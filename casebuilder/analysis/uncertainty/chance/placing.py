"""One input at some scores: all its values, in the case's axes with one for the draw.

What can be done once is done once: which curve each value lies on, what stretches it, and in which cells it
stands. A value that many cells share is worked out once a draw.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.chance.curves import Curve, Sided, curve_of
from casebuilder.analysis.uncertainty.ends import has_range, layers
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import InputValues, Members, Value

# Names the variable that a value is drawn by, from its members without the period.
Variable = Callable[[Members], int]
_DECIMALS = 9


@dataclass(frozen=True)
class _Column:
    """A value that some cells share.

    Attributes
    ----------
    variable, curve
        By which it is drawn, and on what curve; none for a certain value.
    start, width
        What the curve starts from, and what it is stretched by.
    least, most
        What no draw lies beyond.
    """

    variable: int
    curve: Curve | None
    start: float
    width: float
    least: float
    most: float


def _certain(amount: float) -> _Column:
    return _Column(-1, None, amount, 0.0, amount, amount)


def _drawn(item: Input, value: Value, variable: int) -> _Column:
    """The column of a value with a range; where a curve has no ends, the bounds of the input are."""
    curve, start, width = curve_of(item, value)
    low, high = (item.low, item.high) if isinstance(curve, Sided) else (value.low, value.high)
    least, most = -math.inf if low is None else low, math.inf if high is None else high
    if item.whole:
        # Whole numbers within, of which there may be none.
        inside = np.ceil(least), np.floor(most)
        least, most = float(min(inside)), float(max(inside))
    return _Column(variable, curve, start, width, least, most)


@dataclass(frozen=True)
class Sum:
    """What the rows of an input add up to.

    Attributes
    ----------
    along
        The dimension along which a row runs.
    exact
        Whether a row of several that vary is 1 in the case, and so must be; else none may be above 1.
    """

    along: str
    exact: bool


@dataclass(frozen=True)
class Rows:
    """Rows of shares that keep their sum: what can vary is brought back in proportion.

    Attributes
    ----------
    axis
        Along which a row runs.
    vary
        Which cells vary.
    fixed
        By row, the sum of the cells that do not.
    sum
        By row, the sum in the case.
    exact
        By row, whether its sum is 1 in the case, and so in every draw; the others stay below 1.
    """

    axis: int
    vary: NDArray[np.bool_]
    fixed: Array
    sum: Array
    exact: NDArray[np.bool_]

    def keep(self, x: Array) -> Array:
        """The values of some draws with every row brought back to its sum."""
        before = (slice(None),) * self.axis
        drawn = np.zeros_like(x[(*before, slice(0, 1))])
        for member in range(x.shape[self.axis]):  # one after the other, however many draws there are
            here = (*before, slice(member, member + 1))
            drawn += np.where(self.vary[here], x[here], 0.0)
        some = drawn > 0
        left = np.where(self.exact, self.sum, 1.0) - self.fixed
        factor = np.where(some, left / np.where(some, drawn, 1.0), 1.0)
        factor = np.where(self.exact, factor, np.minimum(factor, 1.0))
        return np.where(self.vary, x * factor, x)


@dataclass(frozen=True)
class Placing:
    """How one input is drawn.

    Attributes
    ----------
    item
        The input.
    variables
        The variables of the drawing that it is drawn by.
    """

    item: Input
    variables: tuple[int, ...]
    _columns: tuple[_Column, ...]
    _cells: NDArray[np.intp]
    _shape: tuple[int, ...]
    _least: Array
    _most: Array
    _rises: int | None
    rows: Rows | None

    def at(
        self,
        scores: Mapping[int, Array],
        normal: Mapping[int, Array],
        raised: MutableMapping[str, int] | None = None,
    ) -> Array:
        """The values at some scores.

        Parameters
        ----------
        scores, normal
            By variable, its scores and its normal scores in each draw.
        raised
            Counts, by the input's key, the draws in which a value was raised to the one before it.
        """
        draws = len(next(iter(scores.values())))
        found = np.empty((draws, len(self._columns)))
        curves: dict[tuple[int, Curve], Array] = {}
        for place, column in enumerate(self._columns):
            if column.curve is None:
                found[:, place] = column.start
                continue
            drawn_by = (column.variable, column.curve)
            if drawn_by not in curves:
                curves[drawn_by] = column.curve.at(scores[column.variable], normal[column.variable])
            found[:, place] = column.start + column.width * curves[drawn_by]
        if self.item.whole:
            np.rint(found, out=found)
        # Nothing is cut here but the last digit of a sum, and what was rounded beyond the range.
        np.clip(found, self._least, self._most, out=found)
        x = found.take(self._cells, axis=1).reshape(draws, *self._shape)
        if self.rows is not None:
            x = self.rows.keep(x)
        if self._rises is not None:
            risen = np.maximum.accumulate(x, axis=self._rises)
            if raised is not None and (count := int((risen > x).reshape(draws, -1).any(axis=1).sum())):
                raised[self.item.key] = raised.get(self.item.key, 0) + count
            x = risen
        return x

    @property
    def cut(self) -> float:
        """The largest share of a distribution that lies beyond the bounds of the input."""
        sided = [c.curve for c in self._columns if isinstance(c.curve, Sided)]
        return max((each.beyond for each in sided), default=0.0)


def placing(problem: Problem, item: Input, variable: Variable, keeps: Sum | None = None) -> Placing:
    """How an input is drawn.

    Parameters
    ----------
    problem
        The case.
    item
        The input.
    variable
        Names the variable that a value is drawn by.
    keeps
        What its rows add up to.
    """
    given, axes = problem.values[item], problem.axes
    places: dict[_Column, int] = {_certain(0.0): 0}

    def numbered(option: str | None, members: Members, value: Value) -> Value:
        if is_drawn(problem, given, option, members, value):
            column = _drawn(item, value, variable(members))
        else:
            column = _certain(value.amount if isinstance(value.amount, float | int) else 0.0)
        return replace(value, amount=float(places.setdefault(column, len(places))))

    cells = axes.input_array(_each(given, numbered)).astype(np.intp)
    columns = tuple(places)
    ranged = np.array([column.curve is not None for column in columns])
    return Placing(
        item=item,
        variables=tuple(dict.fromkeys(c.variable for c in columns if c.curve is not None)),
        _columns=columns,
        _cells=cells.ravel(),
        _shape=cells.shape[1:],
        _least=np.array([column.least for column in columns]),
        _most=np.array([column.most for column in columns]),
        _rises=axes.place[item.never_falls] if item.never_falls else None,
        rows=None if keeps is None else _rows(problem, given, keeps.along, ranged[cells]),
    )


def is_drawn(
    problem: Problem, given: InputValues, option: str | None, members: Members, value: Value
) -> bool:
    """Whether a value is one of chance: it has a range, and is no decision."""
    said = problem.inputs.uncertainty
    return has_range(value) and said.draws(given.input.key, given.origin(option, members).state)


def any_drawn(problem: Problem, item: Input) -> bool:
    """Whether any value of an input is one of chance."""
    given = problem.values[item]
    return any(
        is_drawn(problem, given, option, members, value)
        for option, values in layers(given)
        for members, value in values.items()
    )


def _each(given: InputValues, change: Callable[[str | None, Members, Value], Value]) -> InputValues:
    base: dict[Members, Value] = {}
    options: dict[str, dict[Members, Value]] = {}
    for option, values in layers(given):
        changed = {members: change(option, members, value) for members, value in values.items()}
        if option is None:
            base = changed
        else:
            options[option] = changed
    return replace(given, base=base, options=options)


def _rows(problem: Problem, given: InputValues, along: str, vary: NDArray[np.bool_]) -> Rows:
    axes = problem.axes
    axis = axes.place[along]
    base = axes.input_array(given)
    total = base.sum(axis=axis, keepdims=True)
    fixed = np.where(vary, 0.0, base).sum(axis=axis, keepdims=True)
    return Rows(axis, vary, fixed, total, np.abs(total - 1) < 10.0**-_DECIMALS)
