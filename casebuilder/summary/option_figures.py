"""Lines of one option as numbers by member, for tables that compare members."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.evaluate.engine import Results


class OptionFigures:
    """Reads lines of one option.

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
        self._place = self.frame.option_ids.index(option)

    def __call__(self, key: str, *members: str) -> float:
        """A line for some members, in the order of its dimensions; what is left out is added up."""
        line = self.results.problem.by_key[key]
        values = self.results.array(line)[0, self._place]
        place = tuple(
            self.frame.positions[dimension][member]
            for dimension, member in zip(line.over, members, strict=False)
        )
        return float(values[place].sum())

    def labels(self, dimension: str, ids: Sequence[str] | None = None) -> dict[str, str]:
        """The names of members by id, all or some."""
        return {member: self.frame.label(dimension, member) for member in ids or self.frame.ids(dimension)}
