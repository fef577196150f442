"""The strength of the response: what foretells lists one to twelve months ahead best, and its error.

Every month is a start, and lists are foretold from it with each strength of a grid. The strength of a test is
the one of least squared error of the log of the list, all starts and months ahead together. Months of one
place hang together, so its error is told by drawing places whole. Tests are drawn towards their common
strength by how well each is known (DerSimonian and Laird).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casebuilder.calibrate.response.lists import Rules, base_at, go_on, usual_cover
from casebuilder.calibrate.response.months import Array, Months

GRID = np.round(np.arange(-0.04, 0.2601, 0.02), 2)  # a month; below nought too, so that none can be told
AHEAD = 12
FIRST_START = 2  # three months are the least base
LEAST_LIST, LEAST_TESTS = 100, 50  # people, tests a month: below, a place's test is noise
JUMP = 2.0  # times: a list that changes so in a month was moved, recounted or mistyped
DRAWS, SEED = 400, 154
LEAST_ERROR = 0.002  # a month: the grid tells no finer
TIMES_ERROR = 2.0  # a strength counts that is so many times its error above nought


@dataclass(frozen=True)
class Missed:
    """Errors of lists foretold, by strength of the grid, place and test.

    Attributes
    ----------
    squared
        Summed squares of the log of foretold ÷ real, over starts and months ahead.
    absolute
        Summed absolute errors, the same.
    count
        How many, by place and test.
    """

    squared: Array
    absolute: Array
    count: Array


def steady(of: Months) -> Array:
    """By place and test, 1 where the list never jumps; 0 where it was moved, recounted or mistyped."""
    was, now = of.waiting[:, :, :-1], of.waiting[:, :, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.abs(np.log(now / was)) > np.log(JUMP)
    return np.asarray(~(change & (np.fmax(was, now) >= LEAST_LIST)).any(axis=2), float)


def missed(of: Months, rules: Rules, only: Array | None = None) -> Missed:
    """Foretell every list from every start with every strength of the grid.

    Parameters
    ----------
    of
        The months.
    rules
        Everything but the strength.
    only
        By place and test, 0 where it is left out.
    """
    shape = of.waiting.shape[:2]
    squared, absolute = np.zeros((2, len(GRID), *shape))
    count = np.zeros(shape)
    tried = replace(rules, strength=GRID[:, None, None])
    for start in range(FIRST_START, len(of.months) - 1):
        end = min(start + AHEAD, len(of.months) - 1)
        base = base_at(of, start, rules.window, rules.carried)
        use = (base.waiting >= LEAST_LIST) & (base.done >= LEAST_TESTS)
        if only is not None:
            use &= only > 0
        lists, _ = go_on(base, of.season[start + 1 : end + 1], tried, usual_cover(base, rules.removals))
        for ahead in range(end - start):
            real = of.waiting[:, :, start + 1 + ahead]
            there = use & (real > 0)
            off = np.log(np.maximum(lists[ahead], 1) / np.where(there, real, 1))
            off = np.where(there, off, 0)
            squared += off**2
            absolute += np.abs(off)
            count += there
    return Missed(squared, absolute, count)


def least(squared: Array) -> Array:
    """The strength of least error: lowest of the parabola through the grid's best and its neighbours.

    Parameters
    ----------
    squared
        By strength of the grid, then anything.
    """
    best = np.clip(np.argmin(squared, axis=0), 1, len(GRID) - 2)
    low, mid, high = (np.take_along_axis(squared, (best + step)[None], axis=0)[0] for step in (-1, 0, 1))
    bend = low - 2 * mid + high
    shift = np.where(bend > 0, (low - high) / np.where(bend > 0, 2 * bend, 1), 0)
    return np.asarray(GRID[best] + np.clip(shift, -1, 1) * (GRID[1] - GRID[0]))


def error_of_estimate(of: Missed) -> Array:
    """Standard error of the strength by test, places drawn with replacement."""
    places = of.count.shape[0]
    drawn = np.random.default_rng(SEED).multinomial(places, np.full(places, 1 / places), DRAWS)
    sums = np.einsum("dp,kpt->kdt", drawn, of.squared)
    return np.asarray(least(sums).std(axis=0, ddof=1))


def drawn_together(strength: Array, error: Array) -> Array:
    """Strengths drawn towards their common mean, each by how well it is known."""
    known = np.maximum(error, LEAST_ERROR)
    weight = 1 / known**2
    mean = (weight * strength).sum() / weight.sum()
    spread = (weight * (strength - mean) ** 2).sum() - (len(strength) - 1)
    between = max(spread / (weight.sum() - (weight**2).sum() / weight.sum()), 0.0)
    common = (strength / (known**2 + between)).sum() / (1 / (known**2 + between)).sum()
    return np.asarray((strength * between + common * known**2) / (between + known**2))


def folds(places: Sequence[str], number: int) -> Array:
    """The fold of each place, in the order of their codes."""
    order = np.argsort(np.array(places))
    found = np.empty(len(places), int)
    found[order] = np.arange(len(places)) % number
    return found


def at_strength(errors: Array, strength: Array) -> Array:
    """Errors between the grid's strengths, by place and test; `strength` is by test."""
    where = np.clip((strength - GRID[0]) / (GRID[1] - GRID[0]), 0, len(GRID) - 1 - 1e-9)
    low = where.astype(int)
    part = where - low
    tests = np.arange(len(strength))
    return np.asarray(
        (errors[low, :, tests] * (1 - part[:, None]) + errors[low + 1, :, tests] * part[:, None]).T
    )


def strength_of(estimate: Array, error: Array, responds: NDArray[np.bool_]) -> Array:
    """Strengths of the tests that respond, drawn together, and nought for the others."""
    strength = np.zeros(len(estimate))
    if responds.sum() > 1:
        strength[responds] = drawn_together(estimate[responds], error[responds])
    return strength


def drawn_or_none(of: Missed) -> Array:
    """The strength by test from all places; nought where it is not above nought by twice its error."""
    estimate, error = least(of.squared.sum(axis=1)), error_of_estimate(of)
    return strength_of(estimate, error, estimate > TIMES_ERROR * error)


def fitted(of: Missed, places: Sequence[str], number: int) -> pd.DataFrame:
    """The strength by test, its error, and what it does for places it has not seen.

    Parameters
    ----------
    of
        Errors by strength.
    places
        Their codes.
    number
        How many folds.

    Returns
    -------
    pandas.DataFrame
        By test: `series`, `estimate` and `standard_error` (a month), `held_out` and `held_out_none` (mean
        absolute error of the log of the list, places not seen, with the strength and with none),
        `responds`, and `strength`: those that respond drawn together, nought for the others.
    """
    estimate, error = least(of.squared.sum(axis=1)), error_of_estimate(of)
    fold = folds(places, number)
    absolute = np.zeros(len(estimate))
    for each in range(number):
        own = least(of.squared[:, fold != each].sum(axis=1))
        absolute += at_strength(of.absolute[:, fold == each], own).sum(axis=0)
    total = of.count.sum(axis=0)
    none = at_strength(of.absolute, np.zeros(len(estimate))).sum(axis=0) / total
    responds = (estimate > TIMES_ERROR * error) & (absolute / total < none)
    strength = strength_of(estimate, error, responds)
    return pd.DataFrame(
        {
            "series": (of.count > 0).sum(axis=0),
            "estimate": estimate,
            "standard_error": error,
            "held_out": absolute / total,
            "held_out_none": none,
            "responds": responds,
            "strength": strength,
        }
    )
