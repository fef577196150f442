"""What operators make of arrays cell by cell, where numpy and spreadsheets differ at the edge."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_SCALE = 1e9
_SAME = 1e-9


def rounded(x: Array) -> Array:
    """ROUND(x, 9) as spreadsheets do it: half away from zero."""
    return np.trunc(x * _SCALE + np.copysign(0.5, x)) / _SCALE


def _least_above() -> float:
    """The least number that `rounded` does not make 0 or less: found by halving what lies between."""
    low, high = 0.0, 1.0 / _SCALE
    while np.nextafter(low, high) < high:
        middle = (low + high) / 2
        low, high = (low, middle) if rounded(np.asarray(middle)) > 0 else (middle, high)
    return high


# ROUND(x, 9) > 0 is x at or above this number: rounding never turns the order of two numbers around.
LEAST_ABOVE = _least_above()


def lacks(x: Array) -> bool:
    """Whether a value may be missing: the sum of what has none has none. It costs a third of asking each."""
    return math.isnan(np.add.reduce(x, axis=None))


def above(a: Array, b: Array) -> Array:
    """1 where ROUND(a - b, 9) > 0, else 0; no value where either has none."""
    difference = a - b
    found = (difference >= LEAST_ABOVE).astype(float)
    if lacks(difference):
        found[np.isnan(difference)] = np.nan
    return found


def where(condition: Array, x: Array, y: Array) -> Array:
    """`x` where the condition is not 0, else `y`; no value where the condition has none."""
    if lacks(condition):
        x = np.where(np.isnan(condition), np.nan, x)
    return np.where(condition != 0, x, y)


def ratio(a: Array, b: Array) -> Array:
    """`a / b`, empty where b is 0."""
    return np.asarray(a / np.where(rounded(b) == 0, np.nan, b))


def power(x: Array, y: Array) -> Array:
    """No value for 0 to the power 0, and none where either has none: numpy's nan to the power 0 is 1."""
    found = np.power(x, y)
    if np.count_nonzero(x) == x.size and not lacks(x) and not lacks(y):
        return np.asarray(found)
    return np.where(((x == 0) & (y == 0)) | np.isnan(x) | np.isnan(y), np.nan, found)


def round_up(x: Array) -> Array:
    """ROUNDUP(ROUND(x, 9), 0)."""
    near = rounded(x)
    return np.copysign(np.ceil(np.abs(near)), near)


def difference(a: Array, b: Array) -> Array:
    """`a - b`, and exactly 0 where they agree to nine significant digits."""
    gap = a - b
    return np.where(np.abs(gap) <= _SAME * np.maximum(np.abs(a), np.abs(b)), 0.0, gap)


def which_smallest(*terms: Array) -> Array:
    """The place (from 1) of the least; the first of equals."""
    least = terms[0]
    for term in terms[1:]:
        least = np.minimum(least, term)
    place: Array = np.asarray(float(len(terms)))
    for number in range(len(terms) - 1, 0, -1):
        place = np.where(rounded(terms[number - 1] - least) > 0, place, float(number))
    return np.where(np.isnan(least), np.nan, place)


def share(x: Array, whole: Array) -> Array:
    """A part of a whole; 0 where the whole is 0."""
    return np.where(rounded(whole) == 0, 0.0, x / whole)
