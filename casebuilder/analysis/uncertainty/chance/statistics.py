"""What a figure comes to in many draws: its mean and percentiles, how far each may be off, and whether more
draws would move them.

Errors are those of draws that know nothing of each other. Draws that are spread evenly (Sobol, Latin) are
nearer to the truth than that, so that the errors told here are rather too large than too small.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from casebuilder.evaluate.axes import Array

PERCENTILES = (5, 10, 50, 80, 90, 95)
# Percentiles by which a plan is made: their error and their convergence are told.
PLANNED_BY = (50, 80)
# A percentile is settled where its error, and how far it moved since half the draws, are within this share of
# what lies between P10 and P90.
SETTLED = 0.05
_MOVES = 2.0
# Where more than this share of draws has no value, no percentile is told: it would be of a few.
MOST_EMPTY = 0.5
# With fewer draws no share of them is told as a chance (decision 226): the standard error of a share of 100
# is 5 points at most, and what none of 100 does may still have a chance of 3 in 100.
FEWEST = 100


@dataclass(frozen=True)
class Statistics:
    """One figure of one option over all draws.

    Attributes
    ----------
    mean, percentiles
        Of the draws in which it has a value; percentiles by number. None where most draws have none.
    error
        Standard error of the mean; None with fewer than two values.
    errors
        Standard errors of the percentiles by which a plan is made.
    empty
        The share of draws in which it is empty.
    moved
        How far these percentiles moved from the first half of the draws to all of them.
    """

    mean: float | None
    percentiles: dict[int, float | None]
    error: float | None
    errors: dict[int, float | None]
    empty: float
    moved: dict[int, float | None]

    @property
    def spread(self) -> float | None:
        """From P10 to P90."""
        low, high = self.percentiles[10], self.percentiles[90]
        return None if low is None or high is None else high - low

    @property
    def settled(self) -> bool | None:
        """Whether more draws would hardly move the percentiles to plan by; None where that is not known."""
        spread = self.spread
        if spread is None:
            return None
        far = [*self.errors.values(), *(x / _MOVES if x is not None else None for x in self.moved.values())]
        known = [abs(x) for x in far if x is not None]
        return len(known) == len(far) and max(known, default=0.0) <= SETTLED * spread


def statistics(column: Array) -> Statistics:
    """The statistics of one column.

    Parameters
    ----------
    column
        The figure in every draw; NaN where it is empty.
    """
    empty = 1 - int(np.isfinite(column).sum()) / len(column)
    known = those_told(column)
    count = len(known)
    ordered = np.sort(known)
    half = np.sort(known[: (count + 1) // 2])
    return Statistics(
        mean=float(known.mean()) if count else None,
        percentiles={number: percentile(ordered, number) for number in PERCENTILES},
        error=float(known.std(ddof=1)) / math.sqrt(count) if count > 1 else None,
        errors={number: _error(ordered, number) for number in PLANNED_BY},
        empty=empty,
        moved={
            number: _moved(percentile(half, number), percentile(ordered, number)) for number in PLANNED_BY
        },
    )


def those_told(column: Array) -> Array:
    """The values of a column that percentiles are told of; none where most of it is empty."""
    known = column[np.isfinite(column)]
    return known if len(known) >= (1 - MOST_EMPTY) * len(column) else known[:0]


def percentile(ordered: Array, number: float) -> float | None:
    """A percentile of values in their order, straight between neighbours; None where there are none."""
    if not len(ordered):
        return None
    place = (len(ordered) - 1) * number / 100
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    low, high = float(ordered[below]), float(ordered[above])
    return low + (high - low) * (place - below)


def _error(ordered: Array, number: int) -> float | None:
    """Half of what lies between the values one standard error of their rank to either side."""
    count, share = len(ordered), number / 100
    if count < 2:
        return None
    apart = 100 * math.sqrt(share * (1 - share) / count)
    low, high = (percentile(ordered, min(100.0, max(0.0, number + sign * apart))) for sign in (-1, 1))
    assert low is not None and high is not None
    return (high - low) / 2


def _moved(before: float | None, now: float | None) -> float | None:
    return None if before is None or now is None else now - before
