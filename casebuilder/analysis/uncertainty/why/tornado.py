"""A tornado: what a figure comes to with one input at the low and at the high end of its range."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.ends import ENDS, HIGH, LOW, Varied, varied
from casebuilder.analysis.uncertainty.why.moved import Moves, Put
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import absent_headline, headline_line
from casebuilder.inputs.files.scalars import shown


@dataclass(frozen=True)
class Bar:
    """A figure with one input at the ends of its range, all its values together.

    Attributes
    ----------
    varied
        The input.
    base, low, high
        The figure in the case and at each end; None where it is empty.
    breaks
        For each end the checks that hold in the case and fail there: no case that could be.
    """

    varied: Varied
    base: float | None
    low: float | None
    high: float | None
    breaks: tuple[tuple[str, ...], tuple[str, ...]]

    @property
    def width(self) -> float:
        """The widest difference among the case and the ends that could be."""
        ends = [self.low if not self.breaks[LOW] else None, self.high if not self.breaks[HIGH] else None]
        known = [each for each in (self.base, *ends) if each is not None]
        return max(known) - min(known) if known else 0.0

    @property
    def range(self) -> str:
        """The value and its ends, or how many values vary together."""
        if self.varied.amounts:
            value, low, high = map(shown, self.varied.amounts)
            return f"{value} ({low} to {high})"
        return f"{self.varied.values:,} values"


def tornado(
    results: Results, pairs: Sequence[tuple[str, str]], tell: Tell = silent
) -> dict[tuple[str, str], list[Bar]]:
    """The bars of some figures, the widest first; inputs that do not move a figure are left out.

    Parameters
    ----------
    results
        Of the case as it is, every line among them.
    pairs
        An option and a headline or further figure each.
    tell
        Told how many ends are worked out, of how many.

    Raises
    ------
    CaseError
        The case has no such figure.
    """
    problem = results.problem
    names = list(dict.fromkeys(figure for _, figure in pairs))
    lines = [headline_line(problem, name) for name in names]
    for name, line in zip(names, lines, strict=True):
        if line is None:
            raise CaseError(absent_headline(problem, name))
    known = [line for line in lines if line is not None]
    inputs, _ = varied(problem)
    moves = Moves(results, known, [each.item for each in inputs], checked=True)
    plain = Moves(results, known, [each.item for each in inputs])
    moving = [each for each in inputs if plain.reaches(each.item)]
    puts = [Put(each.item, problem.axes.input_array(each.ends[end])) for each in moving for end in ENDS]
    table, broken = moves.figures(puts, tell)
    as_is = moves.as_is()
    found: dict[tuple[str, str], list[Bar]] = {}
    for option, figure in pairs:
        row, column = problem.frame.option_ids.index(option), names.index(figure)
        bars = [
            Bar(
                each,
                _known(as_is[row, column]),
                _known(table[2 * place + LOW, row, column]),
                _known(table[2 * place + HIGH, row, column]),
                (broken[2 * place + LOW], broken[2 * place + HIGH]),
            )
            for place, each in enumerate(moving)
        ]
        bars = [bar for bar in bars if round(bar.width, 9) > 0]
        found[option, figure] = sorted(bars, key=lambda bar: -bar.width)
    return found


def _known(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None
