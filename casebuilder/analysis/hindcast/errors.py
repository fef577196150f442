"""How far a forecast was off, over places at one month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.hindcast.series import ALL, LIST, MEASURES, SHARE, Array, Series


@dataclass(frozen=True)
class Error:
    """Errors of one forecast for one test, or for all together.

    Attributes
    ----------
    absolute
        Mean absolute error over places, each counting as one: the share in points, the list in per cent of
        what came. NaN where nothing can be compared.
    bias
        The mean of forecast less real, in the same.
    places
        How many places could be compared.
    """

    absolute: Mapping[str, float]
    bias: Mapping[str, float]
    places: Mapping[str, int]


def off(forecast: Series, real: Series, month: int) -> dict[str, Array]:
    """Forecast less real by place and test at one month: points of share, per cent of the list."""
    share = (forecast.share - real.share)[:, :, month] * 100
    came = real.list[:, :, month]
    some = came > 0
    return {
        SHARE: share,
        LIST: np.where(some, (forecast.list[:, :, month] / np.where(some, came, 1) - 1) * 100, np.nan),
    }


def error(forecast: Series, real: Series, month: int, test: int = ALL) -> Error:
    """The error over places at a month, of one test or of all together."""
    found = {measure: x[:, test] for measure, x in off(forecast, real, month).items()}
    known = {measure: x[~np.isnan(x)] for measure, x in found.items()}
    return Error(
        {m: float(np.abs(x).mean()) if x.size else np.nan for m, x in known.items()},
        {m: float(x.mean()) if x.size else np.nan for m, x in known.items()},
        {m: int(x.size) for m, x in known.items()},
    )


def inside(
    low: Series, high: Series, real: Series, months: slice, test: int = ALL
) -> dict[str, tuple[int, int]]:
    """For each measure how many real values lie within a band, and of how many."""
    found: dict[str, tuple[int, int]] = {}
    for measure in MEASURES:
        least, most, came = (x.of(measure)[:, test, months] for x in (low, high, real))
        known = ~(np.isnan(least) | np.isnan(most) | np.isnan(came))
        found[measure] = int(((came >= least) & (came <= most))[known].sum()), int(known.sum())
    return found
