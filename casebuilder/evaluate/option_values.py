"""Lines and inputs of one option as arrays over their own dimensions."""

from __future__ import annotations

import numpy as np

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input, Line
from casebuilder.errors import CaseError
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.engine import Results
from casebuilder.inputs.files.scalars import nearest


def chosen_options(frame: Frame, option: str | None) -> tuple[str, ...]:
    """All options, or the one asked for.

    Raises
    ------
    CaseError
        The case has no such option; the message lists those it has.
    """
    if option is None:
        return frame.option_ids
    if option not in frame.option_ids:
        hint = nearest(option, frame.option_ids) or "."
        raise CaseError(f"'{option}' is no option{hint} The options are {', '.join(frame.option_ids)}")
    return (option,)


class OptionValues:
    """Reads what one option has, of the first draw.

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
        self.place = self.frame.option_ids.index(option)

    def __call__(self, key: str) -> Array:
        """A line, or an input at the prices of the base year, over its dimensions in order.

        Raises
        ------
        KeyError
            The case has neither a line nor an input of this key.
        """
        named = self.named(key)
        if isinstance(named, Line):
            return np.asarray(self.results.array(named)[0, self.place])
        axes = self.results.problem.axes
        given = axes.input_array(self.results.problem.values[named])
        return np.asarray(axes.plain(given, named.over)[0, self.place])

    def named(self, key: str) -> Line | Input:
        """What a key names; the rebased line of a price of another year."""
        problem = self.results.problem
        item = problem.inputs_by_key.get(key)
        found = problem.by_key[key] if item is None else problem.resolve(item)
        assert isinstance(found, Line | Input)
        return found
