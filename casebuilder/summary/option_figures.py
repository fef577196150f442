"""Lines and inputs of one option as numbers by member, for tables that compare members."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.option_values import OptionValues


class OptionFigures:
    """Reads figures of one option.

    Parameters
    ----------
    results
        The values of every line.
    option
        The option's key.
    """

    def __init__(self, results: Results, option: str) -> None:
        """Keep where the option stands."""
        self.results, self.option = results, option
        self.frame = results.problem.frame
        self._values = OptionValues(results, option)

    def __call__(self, key: str, *members: str) -> float:
        """A figure for some members, in the order of its dimensions; what is left out is added up."""
        over = self._values.named(key).over
        place = tuple(
            self.frame.positions[dimension][member] for dimension, member in zip(over, members, strict=False)
        )
        return float(self._values(key)[place].sum())

    def labels(self, dimension: str, ids: Sequence[str] | None = None) -> dict[str, str]:
        """The names of members by id, all or some."""
        return {member: self.frame.label(dimension, member) for member in ids or self.frame.ids(dimension)}
