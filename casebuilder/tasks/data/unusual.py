"""Figures far from the months around them: told, never changed.

The rule is the filter of Hampel: a figure is held against the median of the months before and after it, and
told where it lies further off than some scaled median absolute deviations (source S240). The deviation is at
least the square root of the median, which counts have by chance, and a share of the median.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casebuilder.tasks.dm01.observed import Array

# Median absolute deviations of a normal distribution in one standard deviation: 1 ÷ its third quartile.
_SCALE = 1.4826
_LEAST_MONTHS = 3


@dataclass(frozen=True)
class Rules:
    """The rules of the table `dm01_rules.csv`, as it says them."""

    usual_least: float
    months_around: float
    deviations: float
    least_share: float


@dataclass(frozen=True)
class Unusual:
    """A figure far from the months around it: how much, and the median of those."""

    provider: str
    test: str
    month: str
    what: str
    value: float
    around: float

    def __str__(self) -> str:
        """`RBN dexa, 2023-06: a list of 382, where the months around have 999`."""
        named = f"{self.provider} {self.test}, {self.month}: {self.what} of {self.value:,.0f}"
        return f"{named}, where the months around have {self.around:,.0f}"


def unusual(
    rows: pd.DataFrame, months: Sequence[str], measures: Mapping[str, Sequence[str]], rules: Rules
) -> Iterator[Unusual]:
    """The figures of some months that lie far from those around them.

    Parameters
    ----------
    rows
        The long layout; months that are missing are passed over.
    months
        All months in a row, those looked at and those around them.
    measures
        What to look at, in words, and the columns that are added up for it.
    rules
        How far is far.
    """
    where = {month: i for i, month in enumerate(months)}
    inside = rows[rows.month.isin(where)]
    for (provider, test), group in inside.groupby(["provider", "test"], sort=False):
        at = [where[month] for month in group.month]
        for what, columns in measures.items():
            series = np.full(len(months), np.nan)
            series[at] = group[list(columns)].astype(float).sum(axis=1, skipna=False).to_numpy()
            for place, around in far(series, rules):
                yield Unusual(str(provider), str(test), months[place], what, float(series[place]), around)


def far(series: Array, rules: Rules) -> Iterator[tuple[int, float]]:
    """The places of a series that lie far from those around them, with the median of those.

    Parameters
    ----------
    series
        A figure a month; NaN where there is none.
    rules
        How far is far.
    """
    reach = int(rules.months_around)
    for place in np.flatnonzero(~np.isnan(series)).tolist():
        around = np.concatenate(
            [series[max(0, place - reach) : place], series[place + 1 : place + 1 + reach]]
        )
        around = around[~np.isnan(around)]
        if len(around) < _LEAST_MONTHS:
            continue
        median = float(np.median(around))
        if median < rules.usual_least:
            continue
        spread = _SCALE * float(np.median(np.abs(around - median)))
        deviation = max(spread, rules.least_share * median, median**0.5)
        if abs(float(series[place]) - median) > rules.deviations * deviation:
            yield place, median
