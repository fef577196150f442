"""The share over six weeks beside the lists of a hindcast, on the months that a fold may see.

    log odds = calm + slope × ln(cover ÷ calm cover) + excess × kept a year^years + gap × kept a month^months

as in the chapter `waits`. The shipped rule is fitted on providers (`casebuilder calibrate waits`); folds over
systems need one from the other systems alone, fitted here: slope and kept of places less England's month by
month, so that they are of places and not of time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casebuilder.calibrate.response.lists import Base
from casebuilder.calibrate.response.months import WEEKS_IN_MONTH, Array, Months
from casebuilder.calibrate.share_months import CALM_YEARS, HALF_A_PATIENT, share_of

KEPT = np.round(np.arange(0.80, 1.0001, 0.01), 2)  # a month
AHEAD = 12
SMOOTHED = 3  # months of cover; a single month has holidays and late returns in it
FADE = np.round(np.arange(0.6, 1.2001, 0.01), 2)  # a year


@dataclass(frozen=True)
class ShareRule:
    """What is the same for all places, by test.

    Attributes
    ----------
    calm_log_odds, calm_cover
        England's share and cover (weeks) before the pandemic.
    slope
        Log odds for each log of cover.
    kept
        Share of a place's own gap that is left after a month.
    excess_kept
        Share of England's excess over calm that is left after a year; one for all tests.
    """

    calm_log_odds: Array
    calm_cover: Array
    slope: Array
    kept: Array
    excess_kept: float = 1.0


def log_odds(over: Array, waiting: Array) -> Array:
    """Log odds of the share; half a patient is added on either side, so that none and all have one."""
    return np.asarray(np.log((over + HALF_A_PATIENT) / (waiting - over + HALF_A_PATIENT)))


def calm_values(england: Months) -> tuple[Array, Array]:
    """England's log odds and cover, weeks, by test, in the calm months."""
    calm = slice(england.at(CALM_YEARS[0]), england.at(CALM_YEARS[1]) + 1)
    waiting, over, done = (
        np.nansum(x[0, :, calm], axis=1) for x in (england.waiting, england.over, england.done)
    )
    return log_odds(over, waiting), waiting / done * WEEKS_IN_MONTH


def smoothed_cover(of: Months) -> Array:
    """List ÷ tests a week of some months up to each, weeks, by place, test and month."""
    found = np.full_like(of.waiting, np.nan)
    for at in range(len(of.months)):
        window = of.done[:, :, max(0, at - SMOOTHED + 1) : at + 1]
        with np.errstate(divide="ignore", invalid="ignore"):
            done = np.nansum(window, axis=2) / (~np.isnan(window)).sum(axis=2)
            found[:, :, at] = of.waiting[:, :, at] / done * WEEKS_IN_MONTH
    return found


def together(of: Months) -> Months:
    """All places as one."""
    sums = {name: np.nansum(getattr(of, name), axis=0, keepdims=True) for name in ("waiting", "over", "done")}
    sums["done"] = np.where(sums["done"] > 0, sums["done"], np.nan)
    return Months(("england",), of.tests, of.months, season=of.season, **sums)


def fit_share(of: Months, calm: tuple[Array, Array], all_places: Months) -> ShareRule:
    """Slope and kept by test, and the fade, from the months given.

    Parameters
    ----------
    of
        The places to fit on.
    calm
        What `calm_values` gives.
    all_places
        England's places in the same months, whose sum is taken off.
    """
    england = together(all_places)
    cover, cover_england = np.log(smoothed_cover(of)), np.log(smoothed_cover(england))
    odds, odds_england = log_odds(of.over, of.waiting), log_odds(england.over, england.waiting)
    x, y = cover - cover_england, odds - odds_england
    best = [_slope_and_kept(x[:, test], y[:, test]) for test in range(len(of.tests))]
    slope, kept = (np.array(each) for each in zip(*best, strict=True))
    excess = odds_england - calm[0][:, None] - slope[:, None] * (cover_england - np.log(calm[1])[:, None])
    return ShareRule(calm[0], calm[1], slope, kept, fade(excess[0]))


def _slope_and_kept(x: Array, y: Array) -> tuple[float, float]:
    """Of one test: the least squared error of log odds one to twelve months on."""
    best = (np.inf, 0.0, 1.0)
    for kept in KEPT:
        left, right = [], []
        for ahead in range(1, min(AHEAD, x.shape[1] - 1) + 1):
            left.append((y[:, ahead:] - kept**ahead * y[:, :-ahead]).ravel())
            right.append((x[:, ahead:] - kept**ahead * x[:, :-ahead]).ravel())
        left_, right_ = np.concatenate(left), np.concatenate(right)
        there = ~np.isnan(left_ + right_)
        slope = max(float((left_[there] @ right_[there]) / (right_[there] @ right_[there])), 0.0)
        off = float(np.mean((left_[there] - slope * right_[there]) ** 2))
        if off < best[0]:
            best = (off, slope, float(kept))
    return best[1], best[2]


def fade(excess: Array) -> float:
    """What is left of an excess by test and month after a year, one for all tests, least squared."""
    years = np.arange(excess.shape[1]) / 12
    tried = []
    for kept in FADE:
        path = kept**years
        level = (excess * path).mean(axis=1) / (path**2).mean()
        tried.append(((excess - level[:, None] * path) ** 2).sum())
    return float(FADE[int(np.argmin(tried))])


def shares_on(rule: ShareRule, base: Base, over: Array, lists: Array, done: Array) -> Array:
    """The share over six weeks by month, place and test, from lists and tests that go on.

    Parameters
    ----------
    rule
        What is the same for all.
    base
        What is known at the start; its sum over places is England's.
    over
        People over six weeks at the start.
    lists, done
        What `go_on` gives.
    """
    both = ~np.isnan(base.waiting + base.done + over)
    sums = [np.where(both, x, 0).sum(axis=0) for x in (base.waiting, over, base.done)]
    level = rule.slope * np.log(sums[0] / sums[2] * WEEKS_IN_MONTH / rule.calm_cover)
    excess = log_odds(sums[1], sums[0]) - rule.calm_log_odds - level
    with np.errstate(divide="ignore", invalid="ignore"):
        at_start = rule.slope * np.log(base.waiting / base.done * WEEKS_IN_MONTH / rule.calm_cover)
        then = rule.slope * np.log(
            np.maximum(lists, 1) / np.maximum(done, 1) * WEEKS_IN_MONTH / rule.calm_cover
        )
    gap = log_odds(over, base.waiting) - rule.calm_log_odds - at_start - excess
    months = np.arange(1, len(lists) + 1)[:, None, None]
    return share_of(
        rule.calm_log_odds + then + excess * rule.excess_kept ** (months / 12) + gap * rule.kept**months
    )
