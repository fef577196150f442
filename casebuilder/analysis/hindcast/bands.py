"""How wide the band around a forecast is: what earlier errors were, by months ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.hindcast.series import ALL, LIST, MEASURES, SHARE, Array, Series

# So near to none or all of a list log odds are taken.
_NEAR = 1e-6


@dataclass(frozen=True)
class Bands:
    """The tenth and ninetieth of a hundred errors, real less forecast, by months ahead.

    Attributes
    ----------
    together, each
        For all tests together and for a single test, by measure: the two ends by month, the first a month
        ahead; shares on log odds, lists on logarithms.
    """

    together: Mapping[str, tuple[Array, Array]]
    each: Mapping[str, tuple[Array, Array]]

    def around(self, centre: Series) -> tuple[Series, Series]:
        """The ends of the band around a forecast by months 1, 2, 3, ... ahead; NaN beyond the longest."""
        ends: dict[str, list[Array]] = {}
        for measure in MEASURES:
            x = centre.of(measure)
            ends[measure] = []
            for i in (0, 1):
                shift = np.full(x.shape[1:], np.nan)
                for where, of in ((slice(None, ALL), self.each), (ALL, self.together)):
                    known = of[measure][i][: x.shape[2]]
                    shift[where, : known.size] = known
                ends[measure].append(_shifted(x, shift, measure))
        low, high = (Series(ends[SHARE][i], ends[LIST][i]) for i in (0, 1))
        return low, high


def _shifted(x: Array, shift: Array, measure: str) -> Array:
    """A share moved on log odds, or a list on logarithms."""
    if measure == LIST:
        return np.asarray(x * np.exp(shift))
    within = np.clip(x, _NEAR, 1 - _NEAR)
    return np.asarray(1 / (1 + (1 - within) / within * np.exp(-shift)))
