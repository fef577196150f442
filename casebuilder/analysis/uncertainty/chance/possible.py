"""What of a case can be drawn: shares that must add up keep their sum, and what no draw could stand is held.

Two kinds of ranges cannot be drawn as they are. Shares of one thing (whose patients go where) add up to one
in the case, and drawn each from its range they would not. And there are inputs of which any value but the
case's breaks a check that holds (what must have been paid by March is all of it). Both are found by trying
against every check that fails a case, the same whatever the seed.
"""

from __future__ import annotations

import math
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from casebuilder.algebra.dimensions import TIME
from casebuilder.algebra.terms import Check, Input
from casebuilder.analysis.uncertainty.chance.placing import Sum, any_drawn
from casebuilder.analysis.uncertainty.chance.plan import Plan, Sampling, plan_of
from casebuilder.analysis.uncertainty.ends import NotVaried, Varied, has_range, varied
from casebuilder.analysis.uncertainty.reach import Reach
from casebuilder.evaluate.axes import DRAW, Array
from casebuilder.evaluate.checks import FAIL
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import Value

DECISION = "is a decision"
# So many draws show what no draw can stand; each suspect is tried by itself at scores to either side.
TRIED = 8
_SIDES = (0.2, 0.8)
# Shares may add up to one, or to less, where no sum is more and one at least is nearly so. Whether a check
# minds is seen with the largest sum a little above one, and with each share this much apart.
_NEARLY, _ABOVE, _APART = 0.75, 1.02, 0.01
# An input is suspected of breaking a check that at most so many inputs reach.
_MOST = 40
_DECIMALS = 9


@dataclass(frozen=True)
class Possible:
    """What of a case can be drawn.

    Attributes
    ----------
    inputs, without
        What is drawn, and what is not, with the reason.
    sums
        What the rows of an input add up to.
    held
        For an input that is held, the check that any value but the case's breaks.
    plan
        How they are drawn.
    """

    inputs: tuple[Varied, ...]
    without: tuple[NotVaried, ...]
    sums: Mapping[str, Sum]
    held: Mapping[str, str]
    plan: Plan


_known: dict[int, tuple[weakref.ref[Problem], Possible]] = {}


def possible(problem: Problem) -> Possible:
    """What of a case can be drawn; worked out once for a case."""
    kept = _known.get(id(problem))
    if kept is not None and kept[0]() is problem:
        return kept[1]
    return settled(problem, *_Trial(problem).found())


def of_chance(problem: Problem) -> tuple[list[Varied], list[NotVaried]]:
    """The inputs that vary, and what does not: decisions, and unverified ones without a range."""
    inputs, without = varied(problem)
    drawn = {each.item.key for each in inputs if any_drawn(problem, each.item)}
    decisions = [NotVaried(each.item, DECISION) for each in inputs if each.item.key not in drawn]
    return [each for each in inputs if each.item.key in drawn], [*without, *decisions]


def settled(problem: Problem, sums: Mapping[str, Sum], held: Mapping[str, str]) -> Possible:
    """What of a case can be drawn, where it is known what adds up and what is held; kept for the case.

    Parameters
    ----------
    problem
        The case.
    sums
        What the rows of an input add up to.
    held
        For an input that is held, the check that any value but the case's breaks.
    """
    varied_inputs, without = of_chance(problem)
    inputs = tuple(each for each in varied_inputs if each.item.key not in held)
    why = [
        NotVaried(each.item, f"any value but the case's breaks {held[each.item.key]}")
        for each in varied_inputs
        if each.item.key in held
    ]
    plan = plan_of(problem, [each.item for each in inputs], sums)
    found = Possible(inputs, (*without, *why), sums, held, plan)
    place = id(problem)

    def forget(_: object) -> None:
        _known.pop(place, None)

    _known[place] = weakref.ref(problem, forget), found
    return found


def breaches(results: Results, checks: Iterable[Check], draws: int) -> Mapping[Check, Array]:
    """How often each check is breached in all options together, by draw."""
    axes = results.problem.axes
    found = {}
    for check in checks:
        existing = axes.existing(axes.widen(results.arrays[check], check.over), check.over)
        by_option = existing.reshape(*existing.shape[:2], -1).sum(axis=2)
        counted = np.broadcast_to(by_option, (by_option.shape[0], axes.options)).sum(axis=1)
        found[check] = np.broadcast_to(np.round(counted, _DECIMALS), (draws,))
    return found


def broken(now: Array, before: float) -> NDArray[np.bool_]:
    """In which draws a check is breached more than in the case; what has no value does not hold either."""
    more: NDArray[np.bool_] = ~(now <= before)
    return more


class _Trial:
    """Tries the draws of one case."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.checks = [check for check in problem.checks if check.level == FAIL]

    def found(self) -> tuple[dict[str, Sum], dict[str, str]]:
        """What adds up, and what is held."""
        items = [each.item for each in of_chance(self.problem)[0]]
        sums: dict[str, Sum] = {}
        held: dict[str, str] = {}
        if items and self.checks:
            self.case = evaluate(self.problem, self.checks, partial=True)
            self.before = {c: float(x[0]) for c, x in breaches(self.case, self.checks, 1).items()}
            sums = self._sums(items)
            tried: set[str] = set()
            for _ in range(3):
                drawn = [item for item in items if item.key not in held]
                always = self._always(drawn, sums)
                suspects = self._suspects(drawn, always) - tried - set(sums)
                if not suspects:
                    break
                tried |= suspects
                held |= self._alone([item for item in drawn if item.key in suspects])
        return sums, held

    def _always(self, drawn: Sequence[Input], sums: Mapping[str, Sum]) -> set[Check]:
        """The checks that hold in the case and in none of some draws."""
        plan = plan_of(self.problem, drawn, sums)
        samples = plan.samples(drawn, range(TRIED), Sampling(0))
        now = breaches(evaluate(self.problem, self.checks, samples, partial=True), self.checks, TRIED)
        return {check for check in self.checks if broken(now[check], self.before[check]).all()}

    def _suspects(self, drawn: Sequence[Input], always: set[Check]) -> set[str]:
        """The inputs that reach a check which no draw keeps, where these are few."""
        if not always:
            return set()
        reach = Reach(self.case, self.checks, drawn)
        by_check: dict[Check, list[str]] = {check: [] for check in always}
        for item in drawn:
            for check in always & reach.reached([item]):
                by_check[check].append(item.key)
        return {key for keys in by_check.values() if len(keys) <= _MOST for key in keys}

    def _alone(self, suspects: Sequence[Input]) -> dict[str, str]:
        """By input that breaks a check by itself, on either side of its middle: which."""
        scores = np.array(_SIDES)
        normal = ndtri(scores)
        plan = plan_of(self.problem, suspects, {})
        moved = []
        for item in suspects:
            placing = plan.placings[item.key]
            both = (dict.fromkeys(placing.variables, x) for x in (scores, normal))
            moved.append((item, placing.at(next(both), next(both))))
        found = zip(suspects, self._breaks(moved), strict=True)
        return {item.key: check.key for item, bad in found for check, draws in bad if draws.all()}

    def _breaks(self, moved: Sequence[tuple[Input, Array]]) -> list[list[tuple[Check, NDArray[np.bool_]]]]:
        """For each input moved by itself, the checks that it breaks, and in which of its draws."""
        size = len(moved[0][1])
        count = size * len(moved)
        samples: dict[Input, Array] = {}
        for place, (item, x) in enumerate(moved):
            if item not in samples:
                samples[item] = np.repeat(self.problem.input_arrays[item], count, axis=DRAW)
            samples[item][size * place : size * (place + 1)] = x
        now = breaches(evaluate(self.problem, self.checks, samples, partial=True), self.checks, count)
        bad = {c: broken(now[c], self.before[c]).reshape(len(moved), size) for c in self.checks}
        return [[(c, bad[c][i]) for c in self.checks if bad[c][i].any()] for i in range(len(moved))]

    def _sums(self, items: Iterable[Input]) -> dict[str, Sum]:
        """What shares add up to: a check holds while their sum does, however they move, and not above one."""
        likely = [(item, adds_up) for item in items for adds_up in self._likely(item)]
        if not likely:
            return {}
        breaks = self._breaks([(item, self._raised_and_moved(item, sum)) for item, sum in likely])
        return {
            item.key: adds_up
            for (item, adds_up), bad in reversed(list(zip(likely, breaks, strict=True)))
            if any(raised and not moved for _, (raised, moved) in bad)
        }

    def _raised_and_moved(self, item: Input, adds_up: Sum) -> Array:
        """Two draws of shares: their largest sum a little above one, and other shares with it at one."""
        axes = self.problem.axes
        x = axes.input_array(self.problem.values[item])
        axis = axes.place[adds_up.along]
        total = x.sum(axis=axis, keepdims=True)
        total /= total.max()
        raised = x * (_ABOVE / x.sum(axis=axis).max())
        other = x * (1 + _APART * np.cos(np.arange(x.size).reshape(x.shape)))
        sums = other.sum(axis=axis, keepdims=True)
        moved = other * np.where(sums > 0, total / np.where(sums > 0, sums, 1.0), 1.0)
        return np.concatenate([raised, moved], axis=DRAW)

    def _likely(self, item: Input) -> Iterator[Sum]:
        """What shares may add up to by their values: one, or in no row more, and nearly so in some."""
        if not item.unit.startswith("share"):
            return
        base = self.problem.values[item].base
        for place, dimension in enumerate(item.over):
            if dimension in TIME:
                continue
            rows: dict[tuple[str, ...], list[Value]] = {}
            for members, value in base.items():
                rows.setdefault(members[:place] + members[place + 1 :], []).append(value)
            sums = {row: math.fsum(float(value.amount) for value in values) for row, values in rows.items()}
            several = [sums[row] for row, values in rows.items() if sum(map(has_range, values)) > 1]
            most = max(several, default=0.0)
            if most >= _NEARLY and all(round(each - 1, _DECIMALS) <= 0 for each in sums.values()):
                yield Sum(dimension, exact=round(most - 1, _DECIMALS) == 0)
