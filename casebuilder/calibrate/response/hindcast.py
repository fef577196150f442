"""Lists and shares of systems foretold from a start, with parameters from other systems or earlier months."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from casebuilder.calibrate.response.fit import LEAST_LIST, drawn_or_none, folds, missed
from casebuilder.calibrate.response.lists import Rules, base_at, go_on, usual_cover
from casebuilder.calibrate.response.months import Array, Months, median
from casebuilder.calibrate.response.share import ShareRule, fit_share, shares_on

FOLDS = 6
TAKEN = 0.5  # of the strength of systems, drawn towards none since the years before 2020 show less
MOST_MISSING = 0.1  # of months without activity, in a provider of an earlier system


@dataclass(frozen=True)
class Parameters:
    """What a hindcast is run with.

    Attributes
    ----------
    rules, share
        For lists and for the share over six weeks.
    """

    rules: Rules
    share: ShareRule


# Which places are in it, and the parameters from the others.
Fold = tuple[NDArray[np.intp], Parameters]


@dataclass(frozen=True)
class Foretold:
    """From one start, by month ahead, place and test: lists and people over six weeks, and what came.

    Attributes
    ----------
    start
        The month.
    waiting, over
        Foretold.
    real_waiting, real_over
        What came.
    last_waiting, last_over
        At the start, by place and test.
    """

    start: str
    waiting: Array
    over: Array
    real_waiting: Array
    real_over: Array
    last_waiting: Array
    last_over: Array

    def summed(self) -> Foretold:
        """The tests together, those left out that a place does not return at the start or later."""
        there = ~np.isnan(self.waiting + self.over + self.real_waiting + self.real_over)
        first = there[0]

        def add(x: Array, where: Array) -> Array:
            return np.asarray(np.where(where, x, 0).sum(axis=-1, keepdims=True))

        return Foretold(
            self.start,
            add(self.waiting, there),
            add(self.over, there),
            add(self.real_waiting, there),
            add(self.real_over, there),
            add(self.last_waiting, first),
            add(self.last_over, first),
        )


@dataclass(frozen=True)
class Errors:
    """Of one month ahead, over places: the share in its own unit, the list as a share of the real one.

    Attributes
    ----------
    share, waiting
        Mean absolute errors.
    share_bias, waiting_bias
        Mean errors, foretold less real.
    no_change_share, no_change_waiting
        Mean absolute errors of the last values.
    by_place
        Absolute errors of share and list, by place.
    """

    share: float
    waiting: float
    share_bias: float
    waiting_bias: float
    no_change_share: float
    no_change_waiting: float
    by_place: Array


def foretell(of: Months, start: str, ahead: int, by: Parameters) -> Foretold:
    """Lists and shares after a start; what came stands beside them and is not looked at."""
    at = of.at(start)
    after = slice(at + 1, at + 1 + ahead)
    base = base_at(of, at, by.rules.window, by.rules.carried)
    lists, done = go_on(base, of.season[after], by.rules, usual_cover(base, by.rules.removals))
    lists = np.maximum(lists, 1)  # so that there is a share
    share = shares_on(by.share, base, of.over[:, :, at], lists, done)
    return Foretold(
        start,
        lists,
        lists * share,
        np.moveaxis(of.waiting[:, :, after], 2, 0),
        np.moveaxis(of.over[:, :, after], 2, 0),
        of.waiting[:, :, at],
        of.over[:, :, at],
    )


def parameters(fit_on: Months, all_places: Months, rules: Rules, calm: tuple[Array, Array]) -> Parameters:
    """Strength and rule of the share from some places and months.

    Parameters
    ----------
    fit_on
        The places to learn from.
    all_places
        England's places in the same months.
    rules
        Everything but the strength.
    calm
        England's calm values (`calm_values`).
    """
    strength = drawn_or_none(missed(fit_on, rules)) * TAKEN
    return Parameters(replace(rules, strength=strength), fit_share(fit_on, calm, all_places))


def by_folds(of: Months, rules: Rules, calm: tuple[Array, Array]) -> list[Fold]:
    """For each fold, where its places stand and the parameters from the others."""
    fold = folds(of.places, FOLDS)
    found = []
    for each in range(FOLDS):
        others = of.some(np.flatnonzero(fold != each))
        found.append((np.flatnonzero(fold == each), parameters(others, of, rules, calm)))
    return found


def foretell_folds(of: Months, start: str, ahead: int, by: list[Fold]) -> Foretold:
    """As `foretell`, each place with the parameters of the folds that it is not in."""
    whole = foretell(of, start, ahead, by[0][1])
    waiting, over = whole.waiting.copy(), whole.over.copy()
    for where, own in by:
        told = foretell(of, start, ahead, own)
        waiting[:, where], over[:, where] = told.waiting[:, where], told.over[:, where]
    return replace(whole, waiting=waiting, over=over)


def as_systems(of: Months, number: int, only: Array) -> Months:
    """Providers of neighbouring codes together, as if they were systems: no map of earlier ones is public.

    Parameters
    ----------
    of
        The providers.
    number
        How many systems they make.
    only
        By place and test, 0 where it is left out.
    """
    whole = (only > 0) & ~np.isnan(of.waiting).any(axis=2) & (np.isnan(of.done).mean(axis=2) < MOST_MISSING)
    large = whole & (median(of.waiting) >= LEAST_LIST)
    where = np.flatnonzero(large.any(axis=1))
    where = where[np.argsort(np.array(of.places)[where])]
    group = np.arange(len(where)) * number // len(where)
    sums = {}
    for name in ("waiting", "over", "done"):
        x = np.where(large[..., None], getattr(of, name), np.nan)[where]
        sums[name] = np.stack([np.nansum(x[group == each], axis=0) for each in range(number)])
        none = np.stack([np.isnan(x[group == each]).all(axis=0) for each in range(number)])
        sums[name] = np.where(none, np.nan, sums[name])
    places = tuple(f"group_{each}" for each in range(number))
    return Months(places, of.tests, of.months, season=of.season, **sums)


def errors(told: Foretold, ahead: int) -> Errors:
    """Of one month ahead, the tests together."""
    of = told.summed()
    at = ahead - 1
    waiting, real = of.waiting[at, :, 0], of.real_waiting[at, :, 0]
    share, real_share = of.over[at, :, 0] / waiting, of.real_over[at, :, 0] / real
    share_off, waiting_off = share - real_share, waiting / real - 1
    last_share = of.last_over[:, 0] / of.last_waiting[:, 0] - real_share
    last_waiting = of.last_waiting[:, 0] / real - 1
    return Errors(
        share=float(np.abs(share_off).mean()),
        waiting=float(np.abs(waiting_off).mean()),
        share_bias=float(share_off.mean()),
        waiting_bias=float(waiting_off.mean()),
        no_change_share=float(np.abs(last_share).mean()),
        no_change_waiting=float(np.abs(last_waiting).mean()),
        by_place=np.abs(np.stack([share_off, waiting_off])),
    )
