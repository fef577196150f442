"""Shares of the variance of a figure, from draws that there are already: the first-order index of each input.

Draws are sorted by an input's score and cut into slices of equal size. What the mean of the figure varies
from slice to slice, less what it would vary by chance alone, is the variance that the input makes by itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from casebuilder.evaluate.axes import Array

# Of a jackknife, each time with one of them left out.
BATCHES = 50
# Slices grow slower than draws: few hide what varies within them, many let chance vary between them.
_SLICES_GROW = 0.4
_LEAST = 32


@dataclass(frozen=True)
class Index:
    """A share of the variance of a figure, with its standard error.

    Attributes
    ----------
    value
        It may come out a little below 0, or above 1: by no more than its error.
    error
        One standard error.
    """

    value: float
    error: float


def first_order(scores: Array, figure: Array) -> Index:
    """The share of a figure's variance that one input makes by itself.

    Parameters
    ----------
    scores
        The input's, in each draw.
    figure
        What it came to; draws in which it is empty are passed over.
    """
    known = np.isfinite(figure)
    x, y = scores[known], figure[known]
    count = len(y)
    slices = round(count**_SLICES_GROW)
    if count < _LEAST or not _varies(y):
        return Index(math.nan, math.nan)
    y = (y - y.mean()) / y.std()
    order = np.argsort(x, kind="stable")
    of_slice = np.empty(count, dtype=np.intp)
    of_slice[order] = np.arange(count) * slices // count
    batch = np.arange(count) % BATCHES
    sums = _sums(of_slice, batch, y, slices)
    whole = sums.sum(axis=1)
    value = _explained(*whole)
    left_out = [_explained(*(whole - sums[:, each])) for each in range(BATCHES)]
    return Index(value, _jackknife(left_out))


def _varies(y: Array) -> bool:
    return float(y.std()) > 1e-12 * max(1.0, float(np.abs(y).max()))


def _sums(of_slice: NDArray[np.intp], batch: NDArray[np.intp], y: Array, slices: int) -> Array:
    """Counts, sums and sums of squares by batch and slice."""
    cells = batch * slices + of_slice
    size = BATCHES * slices
    parts = [np.bincount(cells, weights, size) for weights in (np.ones_like(y), y, y * y)]
    found: Array = np.stack(parts).astype(float).reshape(3, BATCHES, slices)
    return found


def _explained(count: Array, total: Array, squares: Array) -> float:
    """The variance between slices over the whole, less what chance puts between them."""
    some = count > 0
    count, total, squares = count[some], total[some], squares[some]
    n, slices = count.sum(), len(count)
    whole = squares.sum() - total.sum() ** 2 / n
    between = (total**2 / count).sum() - total.sum() ** 2 / n
    within = (whole - between) / (n - slices)
    return float((between - (slices - 1) * within) / whole)


def _jackknife(left_out: Sequence[float]) -> float:
    values = np.asarray(left_out)
    n = len(values)
    return float(math.sqrt((n - 1) / n * ((values - values.mean()) ** 2).sum()))


def total_effect(before: Array, after: Array) -> Index:
    """The share of a figure's variance that goes with some inputs, alone and together with others (Jansen).

    Parameters
    ----------
    before
        The figure in some draws.
    after
        The same draws with those inputs drawn again, and no other.
    """
    known = np.isfinite(before) & np.isfinite(after)
    count = int(known.sum())
    if count < _LEAST or not _varies(before[known]):
        return Index(math.nan, math.nan)
    # The variance is that of the same draws, so that what both have in common by chance cancels out.
    scale = before[known].std()
    first, second = (before[known] / scale, after[known] / scale)
    apart = (first - second) ** 2 / 2
    middle = (first.mean() + second.mean()) / 2
    whole = ((first - middle) ** 2 + (second - middle) ** 2) / 2
    value = float(apart.mean() / whole.mean())
    rest = (apart - value * whole) / whole.mean()
    return Index(value, float(rest.std(ddof=1)) / math.sqrt(count))
