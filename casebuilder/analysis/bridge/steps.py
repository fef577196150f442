"""The bridge from one case's headlines to another's: start, one step a group of changes, and the end.

In a stated order the changes of a group are laid on those before it, and its step is what the headline moves.
In a fair split every order counts the same: a group's step is the mean of what it moves over all of them
(Shapley). What cannot be set value by value comes last, as the structure.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.terms import Input, Line
from casebuilder.analysis.bridge.changes import Change, same_shape, with_changes
from casebuilder.analysis.bridge.groups import STRUCTURE, Group
from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.sharing.games import Game
from casebuilder.analysis.sharing.shapley import shapley
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import DRAW, OPTION_AXIS, Array
from casebuilder.evaluate.engine import Results, draws_at_a_time, evaluate
from casebuilder.evaluate.headlines import HEADLINES, headline_line
from casebuilder.evaluate.problem import Problem, bind
from casebuilder.inputs.values import InputValues

MOST_FAIR = 6
PENNY = 0.01
FAIR = "fair split: the mean over all orders of the groups (Shapley value)"
STRUCTURE_LAST = "the structure last"
JOINED = " and "
_RELATIVE = 1e-9
# Of a headline: what is less is rounding.
_ROUNDING = 1e-11
Figures = Mapping[str, float | None]


@dataclass(frozen=True)
class Step:
    """What a group of changes moves a headline by.

    `group` is the key of a group, of several where the headline has no value between them, or `structure`.
    """

    group: str
    change: float


@dataclass(frozen=True)
class Bridge:
    """A headline from the first case to the second.

    Attributes
    ----------
    start, end
        Each case's own figure; None where it has none, and there are no steps then.
    steps
        They add up to the end less the start.
    order
        In words.
    """

    start: float | None
    end: float | None
    steps: tuple[Step, ...]
    order: str

    @property
    def moving(self) -> dict[str, float]:
        """The steps that move the headline by more than rounding, by group."""
        least = _ROUNDING * max(abs(self.start or 0.0), abs(self.end or 0.0))
        return {step.group: step.change for step in self.steps if abs(step.change) > least}


def bridges(
    first: Results,
    second: Results,
    model: Model,
    parts: Sequence[Group],
    options: Sequence[str],
    order: str,
    *,
    fair: bool = False,
    tell: Tell = silent,
) -> dict[str, dict[str, Bridge]]:
    """The bridge of every headline, by option.

    Parameters
    ----------
    first, second
        The two cases, every line among the results.
    model
        The model of both.
    parts
        The changes that can be set, in groups and in the order of the steps.
    options
        Options that one case has at least.
    order
        How the groups are ordered, in words.
    fair
        Whether every order counts the same.
    tell
        Told how many of the cases between are worked out.

    Raises
    ------
    CaseError
        A fair split of more than six groups, or steps that do not add up.
    """
    if fair and len(parts) > MOST_FAIR:
        raise CaseError(
            f"a fair split takes {MOST_FAIR} groups at most, and there are {len(parts)}: leave --fair out, "
            "or group the changes otherwise with --by"
        )
    shared = [option for option in options if option in first.problem.frame.option_ids]
    sets = _fair_sets(len(parts)) if fair else [tuple(range(done)) for done in range(len(parts) + 1)]
    worked = _Between(first, model, parts, shared).figures(sets, tell) if parts and shared else {}
    whole = same_shape(first.problem.inputs, second.problem.inputs)
    every = tuple(range(len(parts)))
    found: dict[str, dict[str, Bridge]] = {}
    for option in options:
        start, end = _figures(first, option), _figures(second, option)
        found[option] = {}
        for headline in HEADLINES:
            a, b = start[headline], end[headline]
            if a is None or b is None:
                found[option][headline] = Bridge(a, b, (), _without(a, b))
                continue
            made = {key: of[option][headline] for key, of in worked.items()} | {(): a}
            if whole and parts and near(made[every], b):
                made[every] = b  # what is set is all that differs: what is left is rounding
            found[option][headline] = _bridge(headline, parts, made, (a, b), order, fair=fair, whole=whole)
    return found


def _bridge(
    headline: str,
    parts: Sequence[Group],
    made: Mapping[tuple[int, ...], float | None],
    ends: tuple[float, float],
    order: str,
    *,
    fair: bool,
    whole: bool,
) -> Bridge:
    """The steps of a headline, seen to add up."""
    waiting: list[str] = []
    if fair and all(figure is not None for figure in made.values()):
        steps, said = _shares(parts, made), FAIR
    else:
        (steps, waiting), said = _in_turn(parts, made), order
    start, end = ends
    rest = end - start - math.fsum(step.change for step in steps)
    if waiting or not whole or not near(end - rest, end):
        steps = [*steps, Step(JOINED.join([*waiting, STRUCTURE]), rest)]
        said = f"{said}, {STRUCTURE_LAST}"
    gap = math.fsum([start, *(step.change for step in steps), -end])
    if not near(gap, 0.0):
        raise CaseError(f"the steps of {headline} miss its end by {gap:.2f}: please report it")
    return Bridge(start, end, tuple(steps), said)


def near(one: float | None, other: float) -> bool:
    """Whether two figures are the same to less than a penny, or to rounding of a large one."""
    return one is not None and abs(one - other) <= max(PENNY / 100, _RELATIVE * abs(other))


def _without(start: float | None, end: float | None) -> str:
    if start is None and end is None:
        return "no value on either side"
    return f"no value on the side of {'from' if start is None else 'to'}"


def _figures(results: Results, option: str) -> Figures:
    """A case's own headlines for an option; none of them where it has no such option."""
    if option not in results.problem.frame.option_ids:
        return dict.fromkeys(HEADLINES)
    lines = {headline: headline_line(results.problem, headline) for headline in HEADLINES}
    return {
        headline: None if line is None else results.value(line.key, option)
        for headline, line in lines.items()
    }


def _fair_sets(count: int) -> list[tuple[int, ...]]:
    """Every set of groups; the place of a set is a number whose bit i says whether group i is in it."""
    return [tuple(i for i in range(count) if number >> i & 1) for number in range(1 << count)]


def _shares(parts: Sequence[Group], made: Mapping[tuple[int, ...], float | None]) -> list[Step]:
    """Each group's mean step over all orders."""
    start = made[()]
    assert start is not None
    moved = np.array([0.0 if (at := made[key]) is None else at - start for key in _fair_sets(len(parts))])
    if not parts:
        return []
    shares = shapley(Game(tuple(part.key for part in parts), moved))
    return [Step(part.key, float(share)) for part, share in zip(parts, shares, strict=True)]


def _in_turn(
    parts: Sequence[Group], made: Mapping[tuple[int, ...], float | None]
) -> tuple[list[Step], list[str]]:
    """Each group's step on those before it, and the groups after which there is no value to the end.

    Groups after which there is no value are one step with the next.
    """
    steps: list[Step] = []
    waiting: list[str] = []
    before = made[()]
    assert before is not None
    for number, part in enumerate(parts, 1):
        waiting.append(part.key)
        now = made[tuple(range(number))]
        if now is not None:
            steps.append(Step(JOINED.join(waiting), now - before))
            before, waiting = now, []
    return steps, waiting


class _Between:
    """The cases between the two: the first with the changes of some groups."""

    def __init__(self, first: Results, model: Model, parts: Sequence[Group], options: Sequence[str]) -> None:
        self.first, self.model, self.parts, self.options = first, model, parts, options
        self.problem = first.problem

    def figures(
        self, sets: Sequence[tuple[int, ...]], tell: Tell
    ) -> dict[tuple[int, ...], dict[str, Figures]]:
        """The headlines with each of some sets of groups, by option."""
        alone = any(change.prices_of is not None for part in self.parts for change in part.changes)
        size = 1 if alone else draws_at_a_time(self.problem)
        found: dict[tuple[int, ...], dict[str, Figures]] = {}
        for start in range(0, len(sets), size):
            tell(start, len(sets))
            some = sets[start : start + size]
            found.update(zip(some, self._alone(some[0]) if alone else self._together(some), strict=True))
        return found

    def _values(self, made: Sequence[int]) -> dict[str, InputValues]:
        """The values of the inputs that differ, with the changes of some groups."""
        inputs = self.problem.inputs.values
        by_key: dict[str, list[Change]] = {change.key: [] for part in self.parts for change in part.changes}
        for number in made:
            for change in self.parts[number].changes:
                by_key[change.key].append(change)
        return {key: with_changes(inputs[key], some) for key, some in by_key.items()}

    def _alone(self, made: Sequence[int]) -> list[dict[str, Figures]]:
        """One case bound anew: prices of another year are other lines."""
        inputs = self.problem.inputs
        problem = bind(self.model, replace(inputs, values={**inputs.values, **self._values(made)}))
        return self._read(problem, evaluate(problem, _lines(problem), partial=True), 1)

    def _together(self, sets: Sequence[tuple[int, ...]]) -> list[dict[str, Figures]]:
        """Several cases as draws of one."""
        used = {item.key: item for item in self.problem.values}
        each = [self._values(made) for made in sets]
        samples: dict[Input, Array] = {}
        for key in each[0]:
            if key in used:
                samples[used[key]] = _stacked([self.problem.axes.input_array(one[key]) for one in each])
        lines = _lines(self.problem)
        return self._read(
            self.problem, evaluate(self.problem, lines, samples, chunk=len(sets), partial=True), len(sets)
        )

    def _read(self, problem: Problem, results: Results, count: int) -> list[dict[str, Figures]]:
        """The headlines of each draw, by option."""
        found: list[dict[str, dict[str, float | None]]] = [
            {option: {} for option in self.options} for _ in range(count)
        ]
        for headline in HEADLINES:
            line = headline_line(problem, headline)
            for option in self.options:
                place = problem.frame.option_ids.index(option)
                array = None if line is None else results.array(line)
                for draw in range(count):
                    at = math.nan if array is None else float(array[min(draw, len(array) - 1), place])
                    found[draw][option][headline] = at if math.isfinite(at) else None
        return [dict(one) for one in found]


def _lines(problem: Problem) -> list[Line]:
    lines = [headline_line(problem, headline) for headline in HEADLINES]
    return [line for line in lines if line is not None]


def _stacked(arrays: Sequence[Array]) -> Array:
    """Arrays of one input as draws, an option that differs in one of them kept in all."""
    options = max(array.shape[OPTION_AXIS] for array in arrays)
    shapes = [(*array.shape[:OPTION_AXIS], options, *array.shape[OPTION_AXIS + 1 :]) for array in arrays]
    wide = [np.broadcast_to(array, shape) for array, shape in zip(arrays, shapes, strict=True)]
    return np.concatenate(wide, axis=DRAW)
