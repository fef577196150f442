"""What many cases come to: each case's figures with their range, and what adds up over all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.many.table import Head, Values
from casebuilder.analysis.uncertainty.chance.statistics import those_told

PERCENTILES = (10, 50, 90)
_MONEY = "GBP"


@dataclass(frozen=True)
class Figure:
    """One figure: of the case itself, and the tenth, the median and the ninetieth percentile of its draws.

    Each is None where there is none.
    """

    central: float | None
    p10: float | None
    p50: float | None
    p90: float | None


@dataclass(frozen=True)
class Found:
    """One case that was worked out.

    Attributes
    ----------
    head
        Which case, values, seed and draws.
    figures
        By option and headline.
    seconds
        What its units took, those done in an earlier run among them.
    """

    head: Head
    figures: Mapping[str, Mapping[str, Figure]]
    seconds: float

    def figure(self, headline: str) -> Figure | None:
        """A headline of the option put forward; None where the case has none."""
        return self.figures[self.head.option].get(headline)


@dataclass(frozen=True)
class Failed:
    """A case that could not be worked out, with its faults, one a line."""

    case: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Gathered:
    """A whole portfolio.

    Attributes
    ----------
    name
        What it is called.
    version, seed, draws
        Of casebuilder, and of the draws.
    cases, failed
        Those worked out and those not, in order.
    totals
        What adds up over the cases, by headline, of the options put forward.
    sha256
        Of the table's file.
    seconds
        What this run took.
    finished
        How many units were there already, of how many.
    """

    name: str
    version: str
    seed: int
    draws: int
    cases: tuple[Found, ...]
    failed: tuple[Failed, ...]
    totals: Mapping[str, Figure]
    sha256: str
    seconds: float
    finished: tuple[int, int]

    @property
    def base_years(self) -> list[str]:
        """The base years of the cases, each once."""
        return list(dict.fromkeys(found.head.base_year for found in self.cases))

    @property
    def with_faults(self) -> list[Found]:
        """Cases with a check that fails or cannot be worked out."""
        return [found for found in self.cases if found.head.faults]


def found(head: Head, central: Values, draws: Values, seconds: float) -> Found:
    """The figures of a case from its rows.

    Parameters
    ----------
    head
        Which case.
    central
        The case itself, by option and figure.
    draws
        By draw, option and figure.
    seconds
        What it took.
    """
    figures = {
        option: {
            name: figure(float(central[row, column]), draws[:, row, column])
            for column, name in enumerate(head.figures)
        }
        for row, option in enumerate(head.options)
    }
    return Found(head, figures, seconds)


def figure(central: float, draws: Values) -> Figure:
    """A figure of the case itself, with its percentiles; none where most draws have no value."""
    some = those_told(draws)
    low, middle, high = (
        (float(x) for x in np.percentile(some, PERCENTILES)) if len(some) else (None, None, None)
    )
    return Figure(central if np.isfinite(central) else None, low, middle, high)


class Totals:
    """Adds up the options put forward of case after case, draw by draw.

    An input of the same name has the same score in the same draw of every case, so that what is wrong with a
    national price is wrong with it everywhere.

    Parameters
    ----------
    headlines
        What adds up.
    """

    def __init__(self, headlines: Sequence[str]) -> None:
        """Nothing added yet."""
        self._headlines = headlines
        self._sums: dict[str, tuple[float, Values]] = {}
        self._lacking: set[str] = set()
        self._years: set[str] = set()
        self._money: set[str] = set()

    def add(self, head: Head, central: Values, draws: Values) -> None:
        """Add a case; a headline that any case has none of has no total."""
        self._years.add(head.base_year)
        for name in self._headlines:
            if name not in head.figures:
                self._lacking.add(name)
                continue
            if _MONEY in head.figures[name]:
                self._money.add(name)
            column = list(head.figures).index(name)
            one, many = float(central[-1, column]), draws[:, -1, column]
            before = self._sums.get(name)
            self._sums[name] = (one, many) if before is None else (before[0] + one, before[1] + many)

    def figures(self) -> dict[str, Figure]:
        """The totals; pounds of different base years are not added."""
        mixed = self._money if len(self._years) > 1 else set()
        return {
            name: figure(*self._sums[name])
            for name in self._headlines
            if name in self._sums and name not in self._lacking | mixed
        }
