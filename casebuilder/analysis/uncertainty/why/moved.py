"""Cases in which one input has moved, many at a time: each a draw, and only what moves is worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.reach import Reach
from casebuilder.evaluate.axes import DRAW, OPTION_AXIS, Array
from casebuilder.evaluate.checks import FAIL
from casebuilder.evaluate.engine import Results, draws_at_a_time

_DECIMALS = 9


@dataclass(frozen=True)
class Put:
    """One case: an input with other values, in the axes of the case."""

    item: Input
    values: Array


class Moves:
    """Works out some figures in cases in which one input is another.

    Parameters
    ----------
    results
        Of the case as it is, every line among them.
    lines
        The lines whose values are asked for: each one figure an option.
    inputs
        The inputs that move.
    checked
        Whether to tell the checks that hold in the case and fail where an input has moved.
    """

    def __init__(
        self, results: Results, lines: Sequence[Line], inputs: Sequence[Input], *, checked: bool = False
    ) -> None:
        """Go through the lines once."""
        self.problem, self.results, self.lines = results.problem, results, tuple(lines)
        self.checks: list[Check] = []
        if checked:
            self.checks = [check for check in self.problem.checks if check.level == FAIL]
        self.reach = Reach(results, [*self.lines, *self.checks], inputs)
        self._before = {check.key: self._breaches(results, check, 1)[0] for check in self.checks}

    def reaches(self, item: Input) -> bool:
        """Whether an input reaches any of the figures or checks."""
        return bool(self.reach.reached([item]))

    def as_is(self) -> Array:
        """The figures of the case, by option and line; NaN where one is empty."""
        found: Array = self._table(self.results, 1)[0]
        return found

    def table(self, puts: Sequence[Put], tell: Tell = silent) -> Array:
        """The figures of each case, by case, option and line."""
        return self.figures(puts, tell)[0]

    def figures(self, puts: Sequence[Put], tell: Tell = silent) -> tuple[Array, list[tuple[str, ...]]]:
        """The figures of each case, and the checks that fail in it and hold in the case as it is.

        Parameters
        ----------
        puts
            The cases, in any order.
        tell
            Told how many are worked out, of how many.
        """
        found = np.empty((len(puts), len(self.problem.frame.options), len(self.lines)))
        broken: list[tuple[str, ...]] = [()] * len(puts)
        # Those that reach the same lines are worked out together.
        order = sorted(range(len(puts)), key=lambda place: -self.reach.first(puts[place].item))
        size = draws_at_a_time(self.problem)
        for start in range(0, len(order), size):
            tell(start, len(order))
            some = order[start : start + size]
            results = self.reach.evaluate(self._samples([puts[place] for place in some]))
            found[some] = self._table(results, len(some))
            for place, keys in zip(some, self._broken(results, len(some)), strict=True):
                broken[place] = keys
        return found, broken

    def _samples(self, puts: Sequence[Put]) -> dict[Input, Array]:
        """Each input as the case has it in every draw but the one in which it moves."""
        found: dict[Input, Array] = {}
        for draw, put in enumerate(puts):
            if put.item not in found:
                as_is = self.problem.input_arrays[put.item]
                shape = (*as_is.shape[:OPTION_AXIS], put.values.shape[OPTION_AXIS], *as_is.shape[2:])
                found[put.item] = np.repeat(np.broadcast_to(as_is, shape), len(puts), axis=DRAW)
            found[put.item][draw] = put.values[0]
        return found

    def _table(self, results: Results, draws: int) -> Array:
        options = len(self.problem.frame.options)
        columns = [np.broadcast_to(results.array(line), (draws, options)) for line in self.lines]
        return np.stack(columns, axis=2) if columns else np.empty((draws, options, 0))

    def _broken(self, results: Results, draws: int) -> list[tuple[str, ...]]:
        found: list[list[str]] = [[] for _ in range(draws)]
        for check in self.checks:
            breaches = self._breaches(results, check, draws)
            for draw in np.flatnonzero(~(breaches <= self._before[check.key])):
                found[draw].append(check.key)
        return [tuple(each) for each in found]

    def _breaches(self, results: Results, check: Check, draws: int) -> Array:
        """How often a check is breached in all options together, by draw."""
        axes = self.problem.axes
        existing = axes.existing(axes.widen(results.arrays[check], check.over), check.over)
        per_option = existing.reshape(*existing.shape[:2], -1).sum(axis=2)
        counted = np.broadcast_to(per_option, (per_option.shape[0], len(self.problem.frame.options))).sum(1)
        return np.broadcast_to(np.round(counted, _DECIMALS), (draws,))
