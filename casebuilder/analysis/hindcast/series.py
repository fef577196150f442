"""Lists and shares over six weeks, by place, test and month, and over all tests together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SHARE, LIST = "share", "list"
MEASURES = (SHARE, LIST)
# Along the axis of tests the last stands for all of them together.
ALL = -1


@dataclass(frozen=True)
class Series:
    """One way to see the months: what came, what the model says, or what a plain forecast does.

    Attributes
    ----------
    share, list
        By place, test (all together last) and month; NaN where there is none.
    """

    share: Array
    list: Array

    def of(self, measure: str) -> Array:
        """One of the two."""
        return self.share if measure == SHARE else self.list

    def has(self, measure: str) -> bool:
        """Whether there is any value for all tests together, in any place or month."""
        return not np.isnan(self.of(measure)[:, ALL]).all()


def series(waiting: Array, over: Array, among: NDArray[np.bool_]) -> Series:
    """Lists and shares with those of all tests together.

    Parameters
    ----------
    waiting, over
        People on the list and over six weeks, by place, test and month.
    among
        By place and test, which count: a month in which one of these is missing has no figure for all.
    """
    lists, overs = (_with_all(x, among) for x in (waiting, over))
    full = lists > 0
    shares = np.where(full, overs / np.where(full, lists, 1), np.nan)
    return Series(shares, lists)


def _with_all(x: Array, among: NDArray[np.bool_]) -> Array:
    """Some people by test, with the sum last; what does not count has none."""
    counted = np.where(among[:, :, None], x, np.nan)
    every = np.asarray(np.nansum(counted, axis=1))
    missing = (np.isnan(counted) & among[:, :, None]).any(axis=1)
    every[np.asarray(missing | ~np.asarray(among.any(axis=1), bool)[:, None])] = np.nan
    return np.concatenate([counted, every[:, None, :]], axis=1)


def no_change(last: Series, months: int) -> Series:
    """The last value in every month to come; `last` holds one month."""
    shape = (*last.list.shape[:2], months)
    return Series(np.broadcast_to(last.share, shape), np.broadcast_to(last.list, shape))


def trend(last: Series, year_before: Series, months: int) -> Series:
    """The last year's change carried on: the list by its growth, the share by its points, from 0 to 1."""
    ahead = np.arange(1, months + 1) / 12
    share = np.clip(last.share + (last.share - year_before.share) * ahead, 0, 1)
    grown = year_before.list > 0
    ratio = np.where(grown, last.list / np.where(grown, year_before.list, 1), np.nan)
    return Series(share, last.list * ratio**ahead)


def together(each: Series, among: NDArray[np.bool_]) -> Series:
    """All places as one, by test and over all tests.

    Parameters
    ----------
    each
        One series by place.
    among
        By place and test, which count: a month in which one of these is missing has no figure, of what is
        missing alone, list or share.
    """
    counted = _counted(among)
    lists = _sum(each.list, counted)
    overs = _sum(np.where(each.list > 0, each.list * each.share, each.list), counted)
    full = lists > 0
    return Series(np.where(full, overs / np.where(full, lists, 1), np.nan), lists)


def whole(each: Series, among: NDArray[np.bool_], measure: str) -> NDArray[np.bool_]:
    """By place and month, whether a place has all that counts; an empty list lacks no share."""
    there = ~np.isnan(each.of(measure)) | (each.list <= 0)
    return np.asarray((there[:, :ALL] | ~among[:, :, None]).all(axis=1), bool)


def _counted(among: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which places count, by test and over all tests."""
    return np.concatenate([among, among.any(axis=1, keepdims=True)], axis=1)


def _sum(x: Array, counted: NDArray[np.bool_]) -> Array:
    """The sum over the places that count; NaN where one of them has none, or where none counts."""
    total = np.where(counted[:, :, None], x, 0).sum(axis=0, keepdims=True)
    some = np.asarray(counted.any(axis=0), bool)
    return np.where(some[None, :, None], total, np.nan)
