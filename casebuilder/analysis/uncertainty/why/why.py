"""Why a simulation comes out as it does: tornados, switching values and shares of variance of one option."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.chance.simulation import Simulation
from casebuilder.analysis.uncertainty.ranking import AFFORDABILITY, VALUE
from casebuilder.analysis.uncertainty.switching_kept import switching_kept
from casebuilder.analysis.uncertainty.why.questions import questions
from casebuilder.analysis.uncertainty.why.shares import Shares, shares_of
from casebuilder.analysis.uncertainty.why.switching import Switch
from casebuilder.analysis.uncertainty.why.targets import Target
from casebuilder.analysis.uncertainty.why.tornado import Bar, tornado
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import headline_line

# The figures whose variance is told apart: value, and what the system is asked for.
SHARED = (VALUE, AFFORDABILITY[0])
# Of the draws, one in so many is worked out again for each total index.
_AGAIN_OF, _AGAIN_MOST, _TOTALS = 4, 256, 5


@dataclass(frozen=True)
class Why:
    """What moves the figures of one option.

    Attributes
    ----------
    option
        The option.
    bars
        By option and figure, the inputs at the ends of their ranges, the widest first.
    switches
        By figure and limit, where inputs bring it there.
    shares
        What makes the variance of value and of what is asked for, of those that vary.
    """

    option: str
    bars: Mapping[tuple[str, str], list[Bar]]
    switches: Mapping[Target, list[Switch]]
    shares: tuple[Shares, ...]


def why(results: Results, simulation: Simulation, option: str, tell: Tell = silent) -> Why:
    """Find out what moves the figures of an option.

    Parameters
    ----------
    results
        Of the case as it is, every line among them.
    simulation
        Draws of it.
    option
        The option.
    tell
        Told how far each stage is.
    """
    problem = results.problem
    wanted = [target for question in questions(problem, option) for target in question.targets]
    figures = dict.fromkeys(
        name for name in (VALUE, *AFFORDABILITY) if headline_line(problem, name) is not None
    )
    again = min(_AGAIN_MOST, len(simulation.draws) // _AGAIN_OF)
    pairs = [(option, name) for name in SHARED if name in figures]
    return Why(
        option,
        tornado(results, [(option, name) for name in figures], tell),
        switching_kept(results, wanted, tell=tell),
        tuple(shares_of(simulation, pairs, again, _TOTALS, tell)),
    )
