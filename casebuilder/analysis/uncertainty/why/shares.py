"""Which inputs make the variance of a figure: first-order indices of all, total ones of those that matter.

First-order indices come from the draws of a simulation. For a total index its first draws are worked out
again with one input drawn anew (from another seed) and all others as they were; for a group
of inputs with all of the group. Inputs that are drawn by one driver, or that are correlated, are drawn anew
together, and have one total index.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from casebuilder.algebra.terms import Input, Line
from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.chance.drawn import Drawing
from casebuilder.analysis.uncertainty.chance.simulation import Simulation
from casebuilder.analysis.uncertainty.ends import Varied
from casebuilder.analysis.uncertainty.why.indices import Index, first_order, total_effect
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.headlines import headline_line
from casebuilder.evaluate.problem import Problem

# So many draws are worked out again for each total index, and for so many inputs.
AGAIN, MOST = 256, 10
BLOCK = 256
# Inputs are drawn anew from a seed so much further on.
_ANEW = 1_000_003
# Of an input that the figure does not rest on.
NOTHING = Index(0.0, 0.0)


@dataclass(frozen=True)
class Share:
    """What one input makes of a figure's variance.

    Attributes
    ----------
    varied
        The input.
    first
        By itself.
    total
        With what it makes together with others; None where it was not worked out.
    bound
        How many other inputs are drawn with it, by a driver or a correlation: the total is of all of them.
    """

    varied: Varied
    first: Index
    total: Index | None = None
    bound: int = 0


@dataclass(frozen=True)
class Shares:
    """What makes the variance of one figure of one option.

    Attributes
    ----------
    option, figure
        Which it is.
    draws, again
        How many draws first-order indices rest on, and how many each total index.
    deviation
        The figure's standard deviation.
    inputs
        Those that the figure rests on, the largest first-order index first.
    unverified
        The share that goes with unverified inputs, alone and together with others; None where there is none.
    unverified_alone
        The share that unverified inputs make by themselves.
    """

    option: str
    figure: str
    draws: int
    again: int
    deviation: float
    inputs: tuple[Share, ...]
    unverified: Index | None
    unverified_alone: Index | None


def shares_of(
    simulation: Simulation,
    pairs: Sequence[tuple[str, str]],
    again: int = AGAIN,
    most: int = MOST,
    tell: Tell = silent,
) -> list[Shares]:
    """The shares of some figures; those that never vary are left out.

    Parameters
    ----------
    simulation
        The draws.
    pairs
        An option and a figure each.
    again
        How many draws are worked out again for each total index: at most those that there are.
    most
        For how many inputs of each figure a total index is worked out.
    tell
        Told how many draws are worked out again, of how many.
    """
    drawing = simulation.drawing
    columns = {pair: simulation.column(*pair) for pair in pairs}
    firsts: dict[tuple[str, str], list[Index]] = {pair: [] for pair in pairs}
    reached = {pair: _reached(drawing.problem, pair[1]) for pair in pairs}
    for place, each in enumerate(drawing.inputs):
        scores = simulation.scores(place)
        for pair, column in columns.items():
            reaches = each.item.key in reached[pair]
            firsts[pair].append(first_order(scores, column) if reaches else NOTHING)
    moving = [
        pair
        for pair in pairs
        if any(math.isfinite(index.value) and index != NOTHING for index in firsts[pair])
    ]
    chosen = {pair: _largest(firsts[pair], most) for pair in moving}
    bound = bundles(drawing)
    sides: tuple[list[int], list[int]] = ([], [])
    for place in range(len(drawing.inputs)):
        unverified = any(drawing.inputs[each].unverified for each in bound[place])
        sides[0 if unverified else 1].append(place)
    both = (tuple(sides[0]), tuple(sides[1]))
    groups = dict.fromkeys([*(bound[place] for places in chosen.values() for place in places), *both])
    runs = min(again, len(simulation.draws))
    worked = _Again(simulation, moving, runs).worked([group for group in groups if group], tell)
    return [_shares(simulation, pair, firsts[pair], worked[pair], both, bound, runs) for pair in moving]


def bundles(drawing: Drawing) -> list[tuple[int, ...]]:
    """For each input the places of all that are drawn with it, by a driver or a correlation; its own too."""
    plan = drawing.plan
    found: dict[int, int] = {}

    def root(variable: int) -> int:
        variable = plan.mirrors.get(variable, variable)
        while found.get(variable, variable) != variable:
            variable = found[variable]
        return variable

    def bind(variables: Sequence[int]) -> None:
        for other in variables[1:]:
            found[root(other)] = root(variables[0])

    for group in plan.groups:
        bind(group.variables)
    own = [plan.placings[each.item.key].variables for each in drawing.inputs]
    for variables in own:
        bind(variables)
    roots = [root(variables[0]) if variables else -1 - place for place, variables in enumerate(own)]
    return [tuple(other for other, its in enumerate(roots) if its == mine) for mine in roots]


def _reached(problem: Problem, figure: str) -> set[str]:
    """The keys of the inputs that a figure rests on."""
    line = headline_line(problem, figure)
    assert line is not None
    return {
        named.key
        for step in problem.steps_for([line])
        for each in step.lines
        for named in problem.sources_of(each)
        if isinstance(named, Input)
    }


def _largest(indices: Sequence[Index], most: int) -> list[int]:
    """The places of the largest first-order indices."""
    known = [place for place, index in enumerate(indices) if math.isfinite(index.value) and index != NOTHING]
    return sorted(known, key=lambda place: -indices[place].value)[:most]


def _shares(
    simulation: Simulation,
    pair: tuple[str, str],
    first: Sequence[Index],
    worked: Mapping[tuple[int, ...], Index],
    sides: tuple[tuple[int, ...], tuple[int, ...]],
    bound: Sequence[tuple[int, ...]],
    runs: int,
) -> Shares:
    column = simulation.column(*pair)
    inputs = [
        Share(each, index, worked.get(bound[place]), len(bound[place]) - 1)
        for place, (each, index) in enumerate(zip(simulation.drawing.inputs, first, strict=True))
        if index != NOTHING
    ]
    inputs.sort(key=lambda share: -share.first.value if math.isfinite(share.first.value) else math.inf)
    unverified, rest = sides
    alone = None
    if unverified:
        other = worked.get(rest)
        alone = Index(1.0, 0.0) if other is None else Index(1 - other.value, other.error)
    return Shares(
        *pair,
        draws=len(simulation.draws),
        again=runs,
        deviation=float(np.nanstd(column, ddof=1)),
        inputs=tuple(inputs),
        unverified=worked.get(unverified),
        unverified_alone=alone,
    )


class _Again:
    """Works the first draws of a simulation out again, with some inputs drawn anew."""

    def __init__(self, simulation: Simulation, pairs: Sequence[tuple[str, str]], runs: int) -> None:
        self.simulation, self.pairs, self.runs = simulation, pairs, runs
        self.drawing: Drawing = simulation.drawing
        sampling = self.drawing.sampling
        self.anew = replace(self.drawing, sampling=replace(sampling, seed=sampling.seed + _ANEW))
        problem = self.drawing.problem
        lines = {figure: headline_line(problem, figure) for _, figure in pairs}
        self.lines: dict[str, Line] = {name: line for name, line in lines.items() if line is not None}

    def worked(
        self, groups: Collection[tuple[int, ...]], tell: Tell
    ) -> dict[tuple[str, str], dict[tuple[int, ...], Index]]:
        """The total effect of each group of inputs on each figure."""
        start = self.simulation.draws.start
        after = {pair: {group: np.empty(self.runs) for group in groups} for pair in self.pairs}
        total = self.runs * len(groups)
        done = 0
        for first in range(0, self.runs, BLOCK):
            some = range(start + first, start + min(first + BLOCK, self.runs))
            mine, other = self.drawing.samples(some), self.anew.samples(some)
            for group in groups:
                tell(done, total)
                figures = self._figures(_mixed(mine, other, self._items(group)), len(some))
                for pair in self.pairs:
                    after[pair][group][first : first + len(some)] = figures[pair]
                done += len(some)
        found: dict[tuple[str, str], dict[tuple[int, ...], Index]] = {}
        for pair in self.pairs:
            before = self.simulation.column(*pair)[: self.runs]
            found[pair] = {group: total_effect(before, after[pair][group]) for group in groups}
        return found

    def _items(self, group: tuple[int, ...]) -> set[Input]:
        return {self.drawing.inputs[place].item for place in group}

    def _figures(self, samples: Mapping[Input, Array], count: int) -> dict[tuple[str, str], Array]:
        problem = self.drawing.problem
        results = evaluate(problem, self.lines.values(), samples, partial=True)
        options = problem.frame.option_ids
        found: dict[tuple[str, str], Array] = {}
        for option, figure in self.pairs:
            values = results.array(self.lines[figure])[:, options.index(option)]
            found[option, figure] = np.broadcast_to(values, (count,))
        return found


def _mixed(
    mine: Mapping[Input, Array], other: Mapping[Input, Array], anew: Collection[Input]
) -> dict[Input, Array]:
    return {item: other[item] if item in anew else values for item, values in mine.items()}
