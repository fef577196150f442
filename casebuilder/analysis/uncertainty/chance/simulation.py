"""A simulation: every headline of every option in many cases that could be."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.chance.columns import Columns
from casebuilder.analysis.uncertainty.chance.drawn import Drawing, drawing
from casebuilder.analysis.uncertainty.chance.figures import figures_of
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.compiled.plan import Plan
from casebuilder.evaluate.headlines import FURTHER, HEADLINES
from casebuilder.evaluate.problem import Problem

# So many draws are evaluated before their figures are put away.
BLOCK = 256


@dataclass(frozen=True)
class Simulation:
    """What came of some draws.

    Attributes
    ----------
    drawing
        What was drawn, and with which seed.
    draws
        Which draws: of a whole simulation those from 0.
    figures
        The headlines and further figures, in their order, then what stands by year.
    columns
        The figures, option by option; NaN where a headline is empty. `column` reads them.
    seconds
        How long it took.
    without_value
        Lines that had no value in some draw where they must have one, by key.
    """

    drawing: Drawing
    draws: range
    figures: tuple[str, ...]
    columns: Columns
    seconds: float
    without_value: tuple[str, ...] = ()

    @property
    def problem(self) -> Problem:
        """The case."""
        return self.drawing.problem

    @property
    def options(self) -> tuple[str, ...]:
        """The options in order."""
        return self.drawing.problem.frame.option_ids

    @cached_property
    def _places(self) -> dict[tuple[str, str], int]:
        every = [(option, figure) for option in self.options for figure in self.figures]
        return {pair: place for place, pair in enumerate(every)}

    def column(self, option: str, figure: str) -> Array:
        """One figure of one option in every draw; NaN where it is empty."""
        return self.columns.get(self._places[option, figure])

    def scores(self, place: int) -> Array:
        """The scores of one input that is drawn (`drawing.inputs[place]`) in every draw."""
        return self.drawing.scores(place, self.draws)


def simulate(
    problem: Problem,
    draws: range,
    seed: int,
    figures: Sequence[str] = (*HEADLINES, *FURTHER),
    tell: Tell = silent,
) -> Simulation:
    """Draw every input that has a range, and work out every headline.

    Parameters
    ----------
    problem
        The case.
    draws
        Which draws: `range(500, 1_000)` gives the second half of what `range(1_000)` gives.
    seed
        The same seed gives the same draws.
    figures
        The headlines and further figures; those that the case has not are left out.
    tell
        Told how many draws are worked out, of how many.
    """
    start = time.perf_counter()
    drawn = drawing(problem, seed)
    wanted = figures_of(problem, figures)
    lines = dict.fromkeys(line for figure in wanted for line in figure.lines)
    names = tuple(name for figure in wanted for name in figure.names)
    options = len(problem.frame.options)
    columns = Columns(options * len(names), len(draws))
    plan = Plan(problem, lines, [each.item for each in drawn.inputs])
    missing: dict[str, None] = {}
    for first in range(0, len(draws), BLOCK):
        tell(first, len(draws))
        some = draws[first : first + BLOCK]
        results = plan.run(drawn.samples(some))
        missing.update((each.key, None) for each in results.no_values)
        found = [figure.read(results) for figure in wanted]
        block = np.concatenate([np.broadcast_to(x, (len(some), *x.shape[1:])) for x in found], axis=2)
        columns.put(first, block.reshape(len(some), -1))
    return Simulation(drawn, draws, names, columns, time.perf_counter() - start, tuple(missing))


def require_ranges(problem: Problem) -> None:
    """Refuse a case in which nothing can be drawn.

    Raises
    ------
    CaseError
        No input has a range; how to give one is said.
    """
    drawn = drawing(problem, 0)
    if drawn.inputs:
        return
    name = drawn.without[0].item.key if drawn.without else next(iter(problem.inputs_by_key), "an input")
    raise CaseError(
        f"{problem.inputs.info.name}: no input has a range, so that there is nothing to draw: under an input "
        f"({name}, say) write range: [LOW, HIGH], or range: {{factor: [0.8, 1.2]}} for shares of its value"
    )
