"""What a simulation comes to: the statistics of every figure, and the chances of every option."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.uncertainty.chance.figures import BY_YEAR, of_year
from casebuilder.analysis.uncertainty.chance.odds import Affordable, Best, affordable, best
from casebuilder.analysis.uncertainty.chance.simulation import Simulation
from casebuilder.analysis.uncertainty.chance.statistics import (
    FEWEST,
    Statistics,
    percentile,
    statistics,
    those_told,
)

_NEAR = 1e-9
# As many draws as one without any idea begins with.
_USUAL = 1_024


@dataclass(frozen=True)
class Told:
    """A simulation and what it comes to.

    Attributes
    ----------
    simulation
        The draws.
    figures
        By option and headline or further figure.
    by_year
        By option, what stands by year and the year.
    at_case
        By option and headline or further figure, the share of draws in which it is no higher than in the
        case; None where the case has no value.
    best
        How often each option ranks first; None where the case has no net present social value.
    affordable
        By option, how often it can be afforded; None where nothing of it stands by year.
    """

    simulation: Simulation
    figures: Mapping[str, Mapping[str, Statistics]]
    by_year: Mapping[str, Mapping[str, Mapping[str, Statistics]]]
    at_case: Mapping[str, Mapping[str, float | None]]
    best: Best | None
    affordable: Mapping[str, Affordable | None]

    @property
    def bears_shares(self) -> bool:
        """Whether there are draws enough for a share of them to be told as a chance."""
        return len(self.simulation.draws) >= FEWEST

    @property
    def advised(self) -> int:
        """How many draws to take next: a power of two, four times as many or more, never fewer than usual."""
        return max(_USUAL, 1 << (4 * len(self.simulation.draws) - 1).bit_length())

    def below_case(self, option: str, figure: str) -> float | None:
        """The share of draws with a value in which a figure is lower than in the case; None without any."""
        case = self.simulation.of_case(option, figure)
        known = those_told(self.simulation.column(option, figure))
        if not math.isfinite(case) or not len(known):
            return None
        return float((known < case - _NEAR * abs(case)).mean())

    def curve(self, option: str, figure: str, points: Sequence[int]) -> dict[int, float | None]:
        """The percentiles of a figure at some points; None where most draws have no value."""
        ordered = np.sort(those_told(self.simulation.column(option, figure)))
        return {point: percentile(ordered, point) for point in points}


def tell_of(simulation: Simulation, options: Sequence[str] | None = None) -> Told:
    """Work the statistics out.

    Parameters
    ----------
    simulation
        The draws.
    options
        The options of which figures are told; all where not given.
    """
    shown = simulation.options if options is None else tuple(options)
    single = [name for name in simulation.figures if "[" not in name]
    years = simulation.problem.frame.ids("statement")
    kinds = [what for what in BY_YEAR if years and of_year(what, years[0]) in simulation.figures]
    return Told(
        simulation,
        {o: {name: statistics(simulation.column(o, name)) for name in single} for o in shown},
        {
            o: {
                what: {year: statistics(simulation.column(o, of_year(what, year))) for year in years}
                for what in kinds
            }
            for o in shown
        },
        {o: {name: _at_case(simulation, o, name) for name in single} for o in shown},
        best(simulation),
        {o: affordable(simulation, o) for o in shown},
    )


def _at_case(simulation: Simulation, option: str, figure: str) -> float | None:
    case = simulation.of_case(option, figure)
    if not math.isfinite(case):
        return None
    column = simulation.column(option, figure)
    # To the last digits: a figure that no draw moves is that of the case.
    return float((column <= case + _NEAR * abs(case)).mean())
