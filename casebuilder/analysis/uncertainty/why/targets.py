"""What a switching value is looked for: that an option ranks first, a ratio of one, a limit that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.terms import Line
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.headlines import RANKED_BY, headline_line
from casebuilder.evaluate.problem import Problem

RANKING, RATIO = "ranking", "bcr"


@dataclass(frozen=True)
class Target:
    """A figure of an option against a limit.

    Attributes
    ----------
    name
        `ranking`, or the headline.
    option
        The option.
    figure
        The headline that is read; for the ranking the one that options are ranked by.
    limit
        What the figure is held against: the ranking's is nought, of the distance to the best other option.
    more
        Whether the figure is to be at least the limit; else at most.
    """

    name: str
    option: str
    figure: str
    limit: float = 0.0
    more: bool = True

    def gaps(self, table: Array, problem: Problem, figures: Sequence[str]) -> Array:
        """By case, how far the figure is on the right side of the limit; NaN where it is empty.

        Parameters
        ----------
        table
            Figures by case, option and figure.
        problem
            The case.
        figures
            The names of the figures, in their order in the table.
        """
        row = problem.frame.option_ids.index(self.option)
        values = table[:, :, list(figures).index(self.figure)]
        own = values[:, row]
        if self.name != RANKING:
            gaps: Array = (own - self.limit) * (1.0 if self.more else -1.0)
            return gaps
        others = np.delete(values, row, axis=1)
        ahead: Array = own - others.max(axis=1)  # NaN where any option has none
        return ahead


def targets(problem: Problem, option: str, limits: Sequence[tuple[str, float, bool]] = ()) -> list[Target]:
    """The ranking, the limits asked for in their order, then a ratio of one: those that the case has.

    Parameters
    ----------
    problem
        The case.
    option
        The option that is looked at.
    limits
        Headlines, each with its limit and whether it is to be at least that.
    """
    found = []
    if len(problem.frame.options) > 1 and headline_line(problem, RANKED_BY) is not None:
        found.append(Target(RANKING, option, RANKED_BY))
    for headline, limit, more in limits:
        if headline_line(problem, headline) is not None:
            found.append(Target(headline, option, headline, limit, more))
    if headline_line(problem, RATIO) is not None and option != problem.frame.baseline:
        found.append(Target(RATIO, option, RATIO, 1.0))
    return found


def lines_of(problem: Problem, wanted: Sequence[Target]) -> dict[str, Line]:
    """The line of each figure that some targets read, by its name."""
    found: dict[str, Line] = {}
    for target in wanted:
        line = headline_line(problem, target.figure)
        assert line is not None
        found[target.figure] = line
    return found
