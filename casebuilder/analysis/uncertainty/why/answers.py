"""What a case answers to a reviewer's questions about one option."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.uncertainty.why.questions import Question
from casebuilder.analysis.uncertainty.why.standing import Published, Standing
from casebuilder.analysis.uncertainty.why.stressed import EitherWay, Stressed, either_way
from casebuilder.analysis.uncertainty.why.switching import Switch
from casebuilder.analysis.uncertainty.why.targets import RATIO, Target
from casebuilder.analysis.uncertainty.why.together import Together
from casebuilder.evaluate.headlines import RANKED_BY
from casebuilder.evaluate.problem import Problem


@dataclass(frozen=True)
class Answer:
    """A figure against its limit, and what would bring it there.

    Attributes
    ----------
    target
        The figure and its limit.
    value
        What the figure is; None where it is empty.
    holds
        Whether the limit is kept; None where the figure is empty.
    switches
        Inputs that move the figure: those that by themselves bring it to the limit first, the nearest first.
    together
        Where it is missed, which uncertain values must all turn out well.
    """

    target: Target
    value: float | None
    holds: bool | None
    switches: tuple[Switch, ...]
    together: Together | None

    @property
    def found(self) -> list[Switch]:
        """The inputs that by themselves bring it to the limit in a case that could be."""
        return [switch for switch in self.switches if switch.found]


@dataclass(frozen=True)
class Challenge:
    """What a case says to a reviewer's questions about one option.

    Attributes
    ----------
    problem, option
        Of which they are asked.
    answers
        By question, in order.
    parts
        For each part of the value the share by which it, in all options alike, would have to change for the
        option to rank first; None where it cannot be told, or where none does.
    standings
        Where the assumptions that the answers hang on stand among other cases.
    published
        Where capital stands among published centres.
    stressed
        The stresses, in their order.
    """

    problem: Problem
    option: str
    answers: Mapping[Question, tuple[Answer, ...]]
    parts: Mapping[str, float | None] | None
    standings: tuple[Standing, ...]
    published: tuple[Published, ...]
    stressed: tuple[Stressed, ...]

    @property
    def figures(self) -> list[str]:
        """The figures that stresses are shown for: value, surplus, then those with a limit."""
        return figures_of(self.answers)

    @property
    def either_way(self) -> list[EitherWay]:
        """Opposite stresses that move some of these figures to the same side of the case."""
        return either_way([each for each in self.stressed if not each.stress.cannot])


def figures_of(answers: Mapping[Question, tuple[Answer, ...]]) -> list[str]:
    """Value and the surplus in steady state, then the figures that have a limit, each once."""
    every = [each.target for own in answers.values() for each in own]
    limited = (each.figure for each in every if each.name != RATIO)
    return list(dict.fromkeys((RANKED_BY, "surplus_steady_state", *limited)))
