"""Lists that go on from a start: the recurrence of the chapters `lists` and `relief`, by place and test.

    list[m] = list[m-1] × (1 − removals) + referrals[m] − done[m]
    done[m] = what the hospitals can do + relief, within those who can be booked
    relief[m] = strength × (list[m-1] − usual cover × trend referrals), within ± a share of what they can do

The places stand for hospitals without a centre, so that `cdc_done` of the chapters is nought.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from casebuilder.calibrate.response.months import WEEKS_IN_MONTH, Array, Months, median


@dataclass(frozen=True)
class Rules:
    """What is the same for all places.

    Attributes
    ----------
    strength
        Share of what is above the usual list that is done in a month; by test, or one.
    growth
        Of referrals and of capacity alike, a factor a year; by test.
    most
        Relief at most, either way, as a share of what the hospitals can do.
    removals
        Share of the list that leaves it untested in a month.
    booked_at_once
        Share of a month's referrals that can be tested in it; by test.
    window
        Months up to the start whose median is the base activity.
    carried
        Share of the window's monthly change of the list that goes on.
    """

    strength: Array
    growth: Array
    booked_at_once: Array
    most: float = 0.15
    removals: float = 0.05
    window: int = 12
    carried: float = 0.0


@dataclass(frozen=True)
class Base:
    """What is known at the end of a month, by place and test.

    Attributes
    ----------
    waiting
        People on the list.
    done
        Tests from the list in a usual month.
    change
        By how much the list grows a month.
    """

    waiting: Array
    done: Array
    change: Array


def base_at(of: Months, start: int, window: int, carried: float = 0.0) -> Base:
    """What is known at the end of a month, from it and the months before alone.

    Parameters
    ----------
    of
        The months.
    start
        Where the month stands.
    window, carried
        As in `Rules`.
    """
    first = max(0, start - window + 1)
    waiting = of.waiting[:, :, start]
    steps = np.diff(of.waiting[:, :, first : start + 1], axis=2)
    change = np.zeros_like(waiting)
    if carried and steps.shape[2]:
        change = np.nan_to_num(median(steps)) * carried
    return Base(waiting, median(of.done[:, :, first : start + 1]), change)


def usual_cover(base: Base, removals: float) -> Array:
    """England's list ÷ its weekly referrals at a start, weeks, by test: the places together."""
    both = ~np.isnan(base.waiting + base.done)
    waiting = np.where(both, base.waiting, 0).sum(axis=0)
    added = np.where(both, base.done + base.change + removals * base.waiting, 0).sum(axis=0)
    return np.asarray(waiting / np.where(added > 0, added, np.nan) * WEEKS_IN_MONTH)


def go_on(base: Base, season: Array, rules: Rules, usual: Array) -> tuple[Array, Array]:
    """Lists and tests done, month by month after a start.

    Parameters
    ----------
    base
        What is known at the start, by place and test. Leading axes may be added to the strength.
    season
        Of the months that follow.
    rules
        What is the same for all.
    usual
        Usual cover, weeks, by test.

    Returns
    -------
    waiting, done
        By month, place and test: the list at the end, and tests in a usual month of that pace.
    """
    added = np.maximum(base.done + base.change + rules.removals * base.waiting, 0)
    strength = np.asarray(rules.strength)
    waiting = np.broadcast_to(base.waiting, np.broadcast_shapes(base.waiting.shape, strength.shape))
    lists, tests = [], []
    for month, index in enumerate(season, start=1):
        grown = (1 + rules.growth) ** (month / 12)
        can = base.done * grown * index
        relief = strength * (waiting - usual / WEEKS_IN_MONTH * added * grown)
        bookable = waiting * (1 - rules.removals) + added * grown * index * rules.booked_at_once
        done = np.minimum(can + np.clip(relief, -rules.most * can, rules.most * can), bookable)
        waiting = waiting * (1 - rules.removals) + added * grown * index - done
        lists.append(waiting)
        tests.append(done / index)
    return np.stack(lists), np.stack(tests)


def usual_cover_by_year(england: Months, later: Months, removals: float, since: str) -> pd.DataFrame:
    """England's cover by test and span: a calm span of two years, and each financial year that data have.

    Parameters
    ----------
    england
        England before the pandemic.
    later
        England's places after it.
    removals
        Share of the list a month.
    since
        The first month of the calm span, which ends with `england`.

    Returns
    -------
    pandas.DataFrame
        `test`, `months` (2018-03 to 2020-02, or 2023-04 to 2024-03), `weeks`.
    """
    spans = [(england, since, england.months[-1])]
    for start in range(0, len(later.months) - 11, 12):
        spans.append((later, later.months[start], later.months[start + 11]))
    rows = []
    for of, first, last in spans:
        where = slice(of.at(first), of.at(last) + 1)
        waiting, done = of.waiting[:, :, where], of.done[:, :, where]
        both = ~np.isnan(waiting + done)
        months = both.any(axis=0).sum(axis=1)
        mean_list = np.where(both, waiting, 0).sum(axis=(0, 2)) / months
        mean_done = np.where(both, done, 0).sum(axis=(0, 2)) / months
        change = (waiting[:, :, -1] - waiting[:, :, 0]).sum(
            axis=0, where=~np.isnan(waiting[:, :, 0] + waiting[:, :, -1])
        )
        change = change / (waiting.shape[2] - 1)
        weeks = mean_list / (mean_done + change + removals * mean_list) * WEEKS_IN_MONTH
        rows += [
            (test, f"{first} to {last}", round(float(w), 2)) for test, w in zip(of.tests, weeks, strict=True)
        ]
    return pd.DataFrame(rows, columns=["test", "months", "weeks"])
