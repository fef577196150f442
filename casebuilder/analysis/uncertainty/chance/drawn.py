"""Inputs drawn from their ranges: what is drawn, the score of each draw, and the values it stands for."""

from __future__ import annotations

import math
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

from scipy.special import ndtr

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.chance.dependence import Together
from casebuilder.analysis.uncertainty.chance.placing import Sum
from casebuilder.analysis.uncertainty.chance.plan import Plan, Sampling
from casebuilder.analysis.uncertainty.chance.possible import possible
from casebuilder.analysis.uncertainty.chance.scores import SOBOL
from casebuilder.analysis.uncertainty.ends import NotVaried, Varied
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.problem import Problem

# A distribution of which more than this lies beyond the bounds of its input is told.
_TOLD = 0.01


@dataclass(frozen=True)
class Drawing:
    """What of a case is drawn.

    Attributes
    ----------
    problem
        The case.
    inputs
        The inputs that are drawn, in the order of the model.
    without
        Inputs that are not, and why: unverified ones without a range, which is never invented; decisions;
        and those of which any value but the case's breaks a check that holds.
    sampling
        How scores are drawn.
    plan
        The variables that the inputs are drawn by.
    sums
        For inputs that are shares of one thing, along which dimension they add up, and to what.
    """

    problem: Problem
    inputs: tuple[Varied, ...]
    without: tuple[NotVaried, ...]
    sampling: Sampling
    plan: Plan
    sums: Mapping[str, Sum]

    @property
    def seed(self) -> int:
        """What the scores begin from: the same seed gives the same scores."""
        return self.sampling.seed

    def scores(self, place: int, draws: range) -> Array:
        """The scores of one input, strictly between 0 and 1: those of no other change them.

        Of an input that is drawn member by member, the score of its members' mean normal score.
        """
        variables = self.plan.placings[self.inputs[place].item.key].variables
        scores, normal = self.plan.scores(variables, draws, self.sampling)
        if len(variables) == 1:
            return scores[variables[0]]
        total = normal[variables[0]].copy()
        for variable in variables[1:]:
            total += normal[variable]
        found: Array = ndtr(total / math.sqrt(len(variables)))
        return found

    def samples(self, draws: range, raised: MutableMapping[str, int] | None = None) -> dict[Input, Array]:
        """The values of every input that is drawn, in the axes of the case, with an axis for the draw.

        Parameters
        ----------
        draws
            Which draws.
        raised
            Counts, by key, the draws in which a value that may not fall was raised to the one before it.
        """
        return self.plan.samples([each.item for each in self.inputs], draws, self.sampling, raised)

    @property
    def mended(self) -> tuple[Together, ...]:
        """Correlations that cannot all hold, and what was used instead."""
        return tuple(group for group in self.plan.groups if group.mended)

    @property
    def cut(self) -> dict[str, float]:
        """By key, the share of a distribution that lies beyond its input's bounds and is drawn within."""
        found = {key: placing.cut for key, placing in self.plan.placings.items()}
        return {key: share for key, share in found.items() if share > _TOLD}


def drawing(problem: Problem, seed: int, sampling: str = SOBOL, of: int = 0) -> Drawing:
    """What of a case is drawn: every input of which a value has a range.

    Parameters
    ----------
    problem
        The case.
    seed
        The same seed gives the same draws.
    sampling
        `sobol` or `latin`.
    of
        How many draws there are in all: Latin needs it.
    """
    found = possible(problem)
    how = Sampling(seed, sampling, of)
    return Drawing(problem, found.inputs, found.without, how, found.plan, found.sums)
