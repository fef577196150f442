"""How wide the band around a forecast is: what earlier errors were, by months ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.hindcast.series import LIST, MEASURES, SHARE, Array, Series

# So near to none or all of a list log odds are taken.
_NEAR = 1e-6


@dataclass(frozen=True)
class Band:
    """The tenth and ninetieth of a hundred errors, real less forecast, at some months ahead.

    Shares on log odds, lists on logarithms; they grow as a power of the months.

    Attributes
    ----------
    low, high
        At `at_months` ahead.
    power
        How they grow.
    """

    low: float
    high: float
    at_months: float
    power: float

    def at(self, months: Array) -> tuple[Array, Array]:
        """Both ends at some months ahead."""
        grown = (months / self.at_months) ** self.power
        return self.low * grown, self.high * grown


# By measure and test; the empty test stands for all together.
Bands = Mapping[tuple[str, str], Band]


def around(centre: Series, bands: Bands, tests: Sequence[str]) -> tuple[Series, Series]:
    """The ends of the band around a forecast, month by month.

    Parameters
    ----------
    centre
        The forecast, its months 1, 2, 3, ... ahead.
    bands
        Where a test has none, the band is unknown (NaN).
    tests
        The tests of the forecast, without that for all together.
    """
    ahead = np.arange(1, centre.list.shape[2] + 1, dtype=float)
    ends: dict[str, list[Array]] = {measure: [] for measure in MEASURES}
    for measure in MEASURES:
        shifts = np.full((2, len(tests) + 1, ahead.size), np.nan)
        for i, test in enumerate((*tests, "")):
            band = bands.get((measure, test))
            if band is not None:
                shifts[:, i] = band.at(ahead)
        ends[measure] = [_shifted(centre.of(measure), shift, measure) for shift in shifts]
    low, high = (Series(ends[SHARE][i], ends[LIST][i]) for i in (0, 1))
    return low, high


def _shifted(x: Array, shift: Array, measure: str) -> Array:
    """A share moved on log odds, or a list on logarithms."""
    if measure == LIST:
        return np.asarray(x * np.exp(shift))
    within = np.clip(x, _NEAR, 1 - _NEAR)
    return np.asarray(1 / (1 + (1 - within) / within * np.exp(-shift)))
