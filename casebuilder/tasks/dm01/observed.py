"""DM01 of some places as arrays: lists, long waits and tests by place, test and month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Observed:
    """What places returned; NaN where they returned nothing.

    Attributes
    ----------
    places
        Codes of systems or providers.
    tests
        Ids of tests.
    months
        Labels of every month from the first to the last, `2024-03`.
    waiting, over_six_weeks
        People on the list at the end of the month, and of them those who have waited six weeks or more, by
        place, test and month.
    done, planned, unscheduled
        Tests in the month from the list, planned and unscheduled, by the same.
    """

    places: tuple[str, ...]
    tests: tuple[str, ...]
    months: tuple[str, ...]
    waiting: Array
    over_six_weeks: Array
    done: Array
    planned: Array
    unscheduled: Array

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each place stands."""
        return {place: i for i, place in enumerate(self.places)}

    @cached_property
    def returned(self) -> tuple[str, ...]:
        """The months in which any of the places returned a list of any of the tests."""
        some = np.asarray(~np.isnan(self.waiting).all(axis=(0, 1)), bool)
        return tuple(month for month, there in zip(self.months, some, strict=True) if there)

    def until(self, month: str) -> Observed:
        """The same up to a month, as if nothing later had ever been returned."""
        return self._take(2, [i for i, each in enumerate(self.months) if each <= month])

    def of(self, places: Sequence[str], tests: Sequence[str]) -> Observed:
        """Some places and tests in their order; those that returned nothing are NaN throughout."""
        found = self._take(0, [self.place.get(place, -1) for place in places], tuple(places))
        where = {test: i for i, test in enumerate(self.tests)}
        return found._take(1, [where.get(test, -1) for test in tests], tuple(tests))

    def at(self, months: Sequence[str]) -> Observed:
        """Some months in their order; those not returned are NaN."""
        where = {month: i for i, month in enumerate(self.months)}
        return self._take(2, [where.get(month, -1) for month in months], tuple(months))

    def joined(self, into: Mapping[str, str]) -> Observed:
        """The places that merged as one: what each returned is added to the one that it joined.

        Parameters
        ----------
        into
            For a code that is gone, the code that it joined.
        """
        found = self
        for gone, heir in into.items():
            if gone not in found.place:
                continue
            if heir in found.place:
                both = [found.place[heir], found.place[gone]]
                for name in MEASURES:
                    x = getattr(found, name).copy()
                    none = np.isnan(x[both]).all(axis=0)
                    x[both[0]] = np.where(none, np.nan, np.nansum(x[both], axis=0))
                    found = replace(found, **{name: x})
                found = found._take(0, [i for i, place in enumerate(found.places) if place != gone])
            else:
                found = replace(found, places=tuple(heir if p == gone else p for p in found.places))
        return found

    def _take(self, axis: int, which: Sequence[int], names: tuple[str, ...] | None = None) -> Observed:
        """Some along one axis by their number; -1 is one that returned nothing."""
        axes = ("places", "tests", "months")
        if names is None:
            names = tuple(getattr(self, axes[axis])[i] for i in which)
        taken = {}
        for name in MEASURES:
            x = getattr(self, name)
            blank = np.full([1 if i == axis else size for i, size in enumerate(x.shape)], np.nan)
            taken[name] = np.concatenate([x, blank], axis).take(which, axis)
        kept: dict[str, Any] = {axes[axis]: names, **taken}
        return replace(self, **kept)


MEASURES = tuple(field.name for field in fields(Observed))[3:]
