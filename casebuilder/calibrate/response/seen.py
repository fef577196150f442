"""What hospitals did when lists were long: later tests and referrals against the list above usual.

A check on what the strength means. Were lists to come back because referrals fall or lists are cleaned, the
strength would foretell lists as well and be no response of hospitals. The list is measured in months of the
activity of seven to twelve months before, what came next against that of the last six, so that an error of
one is not in both. England's own change is taken off, by test and month.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from casebuilder.calibrate.response.fit import LEAST_LIST, LEAST_TESTS
from casebuilder.calibrate.response.lists import Base, usual_cover
from casebuilder.calibrate.response.months import WEEKS_IN_MONTH, Array, Months, median

NEXT = 3  # months
HALF = 6
FARTHEST = 4.0  # months above usual; more is a list that nobody works off
GAPS = (-4.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 1.0, 2.0, 4.0)  # months of activity
WIDEST = 1.0  # more, as a share of activity, is a change of what is returned


def seen(of: Months, removals: float, only: Array) -> pd.DataFrame:
    """By test, how much more was done, and referred, a month for each person above the usual list.

    Parameters
    ----------
    of
        The months.
    removals
        Share of the list a month.
    only
        By place and test, 0 where it is left out.

    Returns
    -------
    pandas.DataFrame
        By test and for all together: `done`, `done_error`, `referred`, `referred_error`, a month for each
        person above the usual list; errors by place.
    """
    measured = [x - mean_over_places(x) for x in months_seen(of, removals, only)]
    x, done, referred = measured
    rows = {}
    for name, which in [(test, [at]) for at, test in enumerate(of.tests)] + [
        ("all", list(range(len(of.tests))))
    ]:
        row: dict[str, float] = {}
        for column, y in (("done", done), ("referred", referred)):
            slope, error = slope_by_place(x[:, :, which], y[:, :, which])
            row |= {column: slope, f"{column}_error": error}
        rows[name] = row
    return pd.DataFrame(rows).T


def months_seen(of: Months, removals: float, only: Array) -> tuple[Array, Array, Array]:
    """By start, place and test: the list above usual, in months, and what was done and referred more.

    NaN where a place has too few, or changed what it returns.
    """
    gaps: list[Array] = []
    done: list[Array] = []
    referred: list[Array] = []
    for start in range(2 * HALF - 1, len(of.months) - NEXT):
        before = median(of.done[:, :, start - 2 * HALF + 1 : start - HALF + 1])
        last = median(of.done[:, :, start - HALF + 1 : start + 1])
        waiting = of.waiting[:, :, start]
        use = (only > 0) & (waiting >= LEAST_LIST) & (np.fmin(before, last) >= LEAST_TESTS)
        usual = usual_cover(Base(waiting, last, np.zeros_like(waiting)), removals) / WEEKS_IN_MONTH
        with np.errstate(divide="ignore", invalid="ignore"):
            gap = waiting / before - usual * (1 + removals * waiting / before)
            after = slice(start + 1, start + 1 + NEXT)
            season = of.season[after]
            more = (of.done[:, :, after] * season).sum(axis=2) / season.sum() / last - 1
            grew = (of.waiting[:, :, start + NEXT] - waiting) / NEXT
            was = (waiting - of.waiting[:, :, start - HALF]) / HALF
            came = more + (grew - was) / last
            there = use & (np.abs(more) < WIDEST) & (np.abs(came) < WIDEST)
        for kept, values in ((gaps, np.clip(gap, -FARTHEST, FARTHEST)), (done, more), (referred, came)):
            kept.append(np.where(there, values, np.nan))
    return np.stack(gaps), np.stack(done), np.stack(referred)


def mean_over_places(x: Array) -> Array:
    """By start and test, the mean of the places."""
    there = ~np.isnan(x)
    with np.errstate(invalid="ignore"):
        return np.asarray(np.where(there, x, 0).sum(axis=1, keepdims=True) / there.sum(axis=1, keepdims=True))


def above_usual(of: Months, removals: float, only: Array) -> pd.DataFrame:
    """How much more was done by how far the list was from usual, tests and starts together.

    Returns
    -------
    pandas.DataFrame
        `from` and `to`, the list above usual in months of activity; `series`, how many; `gap`, their mean;
        `median` and `mean` of what was done more than England's median of the test and start, a share.
    """
    gap, more, _ = months_seen(of, removals, only)
    gap, more = gap.ravel(), (more - median_over_places(more)).ravel()
    there = ~np.isnan(gap + more)
    gap, more = gap[there], more[there]
    rows = []
    for low, high in pairwise(GAPS):
        own = (gap > low) & (gap <= high)
        rows.append((low, high, int(own.sum()), gap[own].mean(), np.median(more[own]), more[own].mean()))
    return pd.DataFrame(rows, columns=["from", "to", "series", "gap", "median", "mean"])


def median_over_places(x: Array) -> Array:
    """By start and test, the median of the places."""
    return np.asarray(np.moveaxis(median(np.moveaxis(x, 1, -1))[..., None], -1, 1))


def slope_by_place(x: Array, y: Array) -> tuple[float, float]:
    """The slope through nought of values by start, place and test, and its error with places drawn whole."""
    product, square = np.nansum(x * y, axis=(0, 2)), np.nansum(x * x, axis=(0, 2))
    slope = product.sum() / square.sum()
    off = product - slope * square
    return float(slope), float(np.sqrt((off**2).sum()) / square.sum())
