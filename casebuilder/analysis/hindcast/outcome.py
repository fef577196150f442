"""All that a hindcast found, as terminal, JSON and page read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casebuilder.analysis.hindcast.errors import Error, error, inside, off
from casebuilder.analysis.hindcast.series import ALL, Series

REAL, MODEL, NO_CHANGE, TREND = "real", "model", "no_change", "trend"


@dataclass(frozen=True)
class OwnCase:
    """What a case itself says of its network in the months of the hindcast.

    Attributes
    ----------
    name
        The case.
    options
        By option the network's series (one place), NaN in months that the case has not.
    labels
        By option how people read it.
    lacks
        Tests asked for that the case has not: its totals are without them.
    """

    name: str
    options: Mapping[str, Series]
    labels: Mapping[str, str]
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hindcast:
    """A hindcast of some places.

    Attributes
    ----------
    start
        The month whose end it starts from.
    months
        The months after it, the end month last.
    places
        By code the name of each place.
    tests
        By id the name of each test.
    what
        What the places are: systems or trusts.
    real, forecasts
        What came; what the model, no change and trend say.
    low, high
        The band of the model.
    network
        The same for all places together: `real` and each forecast, as one place; NaN in a month that lacks a
        place which was there at the start.
    notes
        What was passed over and why.
    case
        What the case itself says, where one was named.
    """

    start: str
    months: tuple[str, ...]
    places: Mapping[str, str]
    tests: Mapping[str, str]
    what: str
    real: Series
    forecasts: Mapping[str, Series]
    low: Series
    high: Series
    network: Mapping[str, Series]
    notes: tuple[str, ...] = ()
    case: OwnCase | None = None

    @cached_property
    def errors(self) -> dict[str, dict[str, Error]]:
        """By forecast and test the error at the end month; the empty test is all together."""
        where = {"": ALL, **{test: i for i, test in enumerate(self.tests)}}
        return {
            name: {test: error(forecast, self.real, -1, i) for test, i in where.items()}
            for name, forecast in self.forecasts.items()
        }

    def inside(self, test: int = ALL, *, at_end: bool = False) -> dict[str, tuple[int, int]]:
        """How many real values lie in the band, of how many: in all months, or at the end month."""
        return inside(self.low, self.high, self.real, slice(-1, None) if at_end else slice(None), test)

    def furthest(self, measure: str, most: int) -> list[tuple[str, float]]:
        """The places furthest off at the end month, all tests together: code and forecast less real."""
        found = off(self.forecasts[MODEL], self.real, -1)[measure][:, ALL]
        codes = list(self.places)
        order = np.argsort(-np.nan_to_num(np.abs(found), nan=-1.0), kind="stable")
        return [(codes[i], float(found[i])) for i in order[:most] if not np.isnan(found[i])]
