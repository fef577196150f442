"""The path on which an input moves as a whole: through its range and beyond, or by a common factor.

Where a value of an input has a range, position 0 is the case, -1 the low end of every range and 1 the high
end; values without a range stay. Where none has, position p multiplies every value with 1 + p. Beyond its
range a value goes on in the same proportion until it meets the bounds of its input.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.ends import allowed, has_range, layers
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.assumed.amounts import takes_range
from casebuilder.inputs.files.scalars import rounded
from casebuilder.inputs.values import UNVERIFIED, InputValues, Members, Value

ALONG, FACTOR = "along its range", "by a common factor"
# How far beyond the case an input is looked for: so many ranges, or to so many times its value.
RANGES, TIMES = 10.0, 10.0
# Of the way to a bound that is not allowed itself.
_OPEN = 1e-3


@dataclass(frozen=True)
class Path:
    """How one input moves.

    Attributes
    ----------
    problem, given
        The case, and the input's values in it.
    how
        `along its range` or `by a common factor`.
    values
        How many of its values move.
    unverified
        How many of these are unverified.
    decided
        Whether they have a range and are decisions: it says what may be tried, not what may come.
    """

    problem: Problem
    given: InputValues
    how: str
    values: int
    unverified: int
    decided: bool

    @property
    def item(self) -> Input:
        """The input."""
        return self.given.input

    @cached_property
    def _parts(self) -> tuple[Array, Array, Array]:
        """The values, and how far each goes down and up in one step, in the axes of the case."""
        axes = self.problem.axes
        as_is, down, up = (axes.input_array(self._each(which)) for which in ("as_is", "down", "up"))
        return as_is, down, up

    def _each(self, which: str) -> InputValues:
        """The input with its values, or with the steps of each, in their place."""

        def part(value: Value) -> Value:
            amount = float(value.amount)
            down, up = self._steps(value)
            return Value({"as_is": amount, "down": down, "up": up}[which])

        return _mapped(self.given, part)

    def _steps(self, value: Value) -> tuple[float, float]:
        """How far a value goes from position 0 to -1, and to 1."""
        amount = float(value.amount)
        if self.how == FACTOR:
            return amount, amount
        if not has_range(value):
            return 0.0, 0.0
        assert value.low is not None and value.high is not None
        return amount - value.low, value.high - amount

    @cached_property
    def ends(self) -> tuple[float, float]:
        """The positions furthest from the case: where every value meets its bound, or as far as one looks."""
        as_is, down, up = self._parts
        least, most = self._bounds
        furthest = (-1.0, TIMES - 1) if self.how == FACTOR else (-RANGES, RANGES)
        with np.errstate(divide="ignore", invalid="ignore"):
            below = np.where(down > 0, (as_is - least) / down, np.where(down < 0, (as_is - most) / down, 0.0))
            above = np.where(up > 0, (most - as_is) / up, np.where(up < 0, (least - as_is) / up, 0.0))
        return max(furthest[0], -float(below.max())), min(furthest[1], float(above.max()))

    @cached_property
    def _bounds(self) -> tuple[Array, Array]:
        """What no value may pass; an open bound is not met."""
        as_is = self._parts[0]
        item = self.item
        least = np.full_like(as_is, -np.inf if item.low is None else item.low)
        most = np.full_like(as_is, np.inf if item.high is None else item.high)
        if item.low_open:
            least += _OPEN * (as_is - least)
        if item.high_open:
            most -= _OPEN * (most - as_is)
        return np.minimum(least, as_is), np.maximum(most, as_is)

    def array(self, position: float) -> Array:
        """The values at a position, in the axes of the case."""
        as_is, down, up = self._parts
        least, most = self._bounds
        moved = np.clip(as_is + position * (up if position > 0 else down), least, most)
        return np.rint(moved) if self.item.whole else moved

    def at(self, position: float) -> InputValues:
        """The values at a position as a case would give them: to 15 digits."""

        def moved(value: Value) -> Value:
            down, up = self._steps(value)
            amount = float(value.amount)
            if not (down or up):
                return value
            item = self.item
            to = amount + position * (up if position > 0 else down)
            if item.low is not None:
                least = item.low + (_OPEN * (amount - item.low) if item.low_open else 0.0)
                to = max(to, min(least, amount))
            if item.high is not None:
                most = item.high - (_OPEN * (item.high - amount) if item.high_open else 0.0)
                to = min(to, max(most, amount))
            return replace(value, amount=rounded(float(np.rint(to)) if item.whole else to))

        return _mapped(self.given, moved)

    def allowed(self, position: float) -> bool:
        """Whether reading a case would take the values of a position."""
        return allowed(self.problem, self.at(position))

    def moves(self, value: Value) -> bool:
        """Whether a value goes anywhere on the path."""
        return any(self._steps(value))


def _mapped(given: InputValues, part: object) -> InputValues:
    def each(values: dict[Members, Value]) -> dict[Members, Value]:
        return {members: part(value) for members, value in values.items()}  # type: ignore[operator]

    return replace(
        given,
        base=each(dict(given.base)),
        options={option: each(dict(own)) for option, own in given.options.items()},
    )


def path_of(problem: Problem, given: InputValues) -> Path | None:
    """The path of an input; None where it has no number, settles rows, or is nought without a range."""
    if not takes_range(given.input) or given.input.fixed:
        return None
    every = [(option, members, value) for option, own in layers(given) for members, value in own.items()]
    ranged = [(option, members) for option, members, value in every if has_range(value)]
    how = ALONG if ranged else FACTOR
    moving = ranged or [(option, members) for option, members, value in every if float(value.amount)]
    if not moving:
        return None
    unverified = sum(given.origin(*each).state == UNVERIFIED for each in moving)
    states = {given.origin(*each).state for each in moving}
    decided = bool(ranged) and not any(
        problem.inputs.uncertainty.draws(given.input.key, state) for state in states
    )
    return Path(problem, given, how, len(moving), unverified, decided)


def paths(problem: Problem) -> list[Path]:
    """The paths of all inputs that can move, in the order of the model."""
    found = []
    for item in problem.inputs_by_key.values():
        path = path_of(problem, problem.values[item])
        if path is not None:
            found.append(path)
    return found
