"""Bands of a hindcast: tenth and ninetieth percentile of error by months ahead, of places not learned from.

Errors grow as a power of the months ahead: one power a measure, and its tenth and ninetieth percentiles.
Share errors are on log odds, list errors on logs, real less foretold. Three numbers a measure, so that the
band goes on past the months that were seen and does not follow their chances.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casebuilder.calibrate.response.hindcast import Foretold
from casebuilder.calibrate.response.months import Array
from casebuilder.calibrate.response.share import log_odds

LOW, HIGH = 0.1, 0.9
LONGEST = 60  # months ahead that the table goes to
LEAST_LIST = 50  # people, below which a share or a list is too few to judge by


@dataclass(frozen=True)
class Band:
    """Of one measure, with the months ahead to a power.

    Attributes
    ----------
    power
        Of the months ahead.
    low, high
        Tenth and ninetieth percentile one month ahead.
    """

    power: float
    low: float
    high: float

    def holds(self, off: Array, ahead: Array) -> Array:
        """1 where an error lies within, 0 where not, NaN where there is none."""
        wide = ahead**self.power
        inside = (off >= self.low * wide) & (off <= self.high * wide)
        return np.where(np.isnan(off), np.nan, inside)


def offs(told: Foretold) -> dict[str, Array]:
    """Errors by months ahead, place and test: `share` on log odds, `list` on logs; NaN where too few wait."""
    enough = (told.real_waiting >= LEAST_LIST) & (told.waiting >= LEAST_LIST)
    with np.errstate(divide="ignore", invalid="ignore"):
        real, found = log_odds(told.real_over, told.real_waiting), log_odds(told.over, told.waiting)
        lists = np.log(told.real_waiting / told.waiting)
    return {"share": np.where(enough, real - found, np.nan), "list": np.where(enough, lists, np.nan)}


def band_of(every: Sequence[Array]) -> Band:
    """The band of one measure.

    Parameters
    ----------
    every
        Errors of each start, by months ahead, place and test.
    """
    longest = max(len(each) for each in every)
    gathered = [np.concatenate([x[at].ravel() for x in every if len(x) > at]) for at in range(longest)]
    gathered = [x[~np.isnan(x)] for x in gathered]
    ahead = np.arange(1, longest + 1)
    size = np.array([np.abs(x).mean() for x in gathered])
    power = float(np.polyfit(np.log(ahead), np.log(size), 1, w=np.sqrt([len(x) for x in gathered]))[0])
    scaled = np.concatenate([x / month**power for x, month in zip(gathered, ahead, strict=True)])
    weight = np.concatenate([np.full(len(x), 1 / len(x)) for x in gathered])  # each month ahead counts alike
    order = np.argsort(scaled)
    rank = np.cumsum(weight[order]) / weight.sum()
    low, high = (float(scaled[order][np.searchsorted(rank, each)]) for each in (LOW, HIGH))
    return Band(power, low, high)


def bands(told: Sequence[Foretold]) -> dict[tuple[str, str], Band]:
    """By what is summed (`together`, `each` test) and measure (`share`, `list`)."""
    found = {}
    for tests, every in (("together", [each.summed() for each in told]), ("each", list(told))):
        errors = [offs(each) for each in every]
        for measure in ("share", "list"):
            found[tests, measure] = band_of([each[measure] for each in errors])
    return found


def held(band: Band, every: Sequence[Array], ahead: int | None = None) -> float:
    """The share of real values that a band holds.

    Parameters
    ----------
    band
        The band.
    every
        Errors of each start, by months ahead, place and test.
    ahead
        Only so many months ahead.
    """
    inside = []
    for each in every:
        months = np.arange(1, len(each) + 1, dtype=float)[:, None, None]
        here = band.holds(each, months)
        inside.append((here if ahead is None else here[ahead - 1 : ahead]).ravel())
    return float(np.nanmean(np.concatenate(inside)))


def table(found: dict[tuple[str, str], Band]) -> pd.DataFrame:
    """By `tests`, `measure` and `months` ahead: `p10` and `p90`, real less foretold, and their `power`.

    Shares on log odds, lists on logs.
    """
    rows = [
        (tests, measure, month, *(edge * month**band.power for edge in (band.low, band.high)), band.power)
        for (tests, measure), band in found.items()
        for month in range(1, LONGEST + 1)
    ]
    return pd.DataFrame(rows, columns=["tests", "measure", "months", "p10", "p90", "power"])
