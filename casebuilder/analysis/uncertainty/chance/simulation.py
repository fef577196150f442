"""A simulation: every headline of every option in many cases that could be."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.chance.drawn import Drawing, drawing
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, headline_line
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
        The headlines and further figures, in their order.
    values
        By draw, option and figure; NaN where a headline is empty.
    seconds
        How long it took.
    """

    drawing: Drawing
    draws: range
    figures: tuple[str, ...]
    values: Array
    seconds: float

    @property
    def options(self) -> tuple[str, ...]:
        """The options in order."""
        return self.drawing.problem.frame.option_ids

    def column(self, option: str, figure: str) -> Array:
        """One figure of one option in every draw; NaN where it is empty."""
        return self.values[:, self.options.index(option), self.figures.index(figure)]

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
    lines = {name: line for name in figures if (line := headline_line(problem, name)) is not None}
    drawn = drawing(problem, seed)
    options = len(problem.frame.options)
    values = np.empty((len(draws), options, len(lines)))
    for first in range(0, len(draws), BLOCK):
        tell(first, len(draws))
        some = draws[first : first + BLOCK]
        results = evaluate(problem, lines.values(), drawn.samples(some), partial=True)
        for place, line in enumerate(lines.values()):
            values[first : first + len(some), :, place] = results.array(line)
    return Simulation(drawn, draws, tuple(lines), values, time.perf_counter() - start)
