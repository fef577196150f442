"""The value at each score of a value's range: one curve for every shape.

A curve takes scores, and the same as normal scores (standard deviations from the middle of a normal).
PERT and triangular run from the low to the high end, the value being the likeliest; uniform from end to end.
Of normal and lognormal the ends are P10 and P90 and the value the median, so that the sides may differ; what
would lie beyond the bounds of the input is drawn within them. Discrete and empirical take values of a list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import beta, betaincinv, ndtr, ndtri

from casebuilder.algebra.terms import Input
from casebuilder.evaluate.axes import Array
from casebuilder.inputs.values import DISCRETE, EMPIRICAL, LOGNORMAL, NORMAL, TRIANGULAR, UNIFORM, Value

# Of a PERT: how much the most likely value weighs beside the ends.
WEIGHT = 4.0
# From the middle of a normal to its P90, in standard deviations.
P90 = 1.2815515655446004
# A PERT is read from a table over normal scores: knots worked out, and the steps between them. No score lies
# beyond its ends.
_REACH, _KNOTS, _FINE = 6.5, 256, 16
_CELLS = _KNOTS * _FINE
# A distribution is cut at a bound where that takes more than this share of it.
_CUT = 1e-9
_DIGITS = 12


@dataclass(frozen=True)
class Scaled:
    """A curve between 0 and 1 that a value's range stretches: PERT, triangular or uniform.

    Attributes
    ----------
    shape
        Which.
    share
        Where between low and high end the likeliest value lies.
    """

    shape: str
    share: float

    def at(self, scores: Array, normal: Array) -> Array:
        """The curve at some scores."""
        if self.shape == UNIFORM:
            return scores
        if self.shape == TRIANGULAR:
            low = np.sqrt(scores * self.share)
            high = 1 - np.sqrt((1 - scores) * (1 - self.share))
            return np.where(scores < self.share, low, high)
        place = (normal + _REACH) * (_CELLS / (2 * _REACH))
        cell = place.astype(np.intp)
        table = _pert(self.share)
        below = table[cell]
        return below + (place - cell) * (table[cell + 1] - below)


@dataclass(frozen=True)
class Sided:
    """A normal or a lognormal whose sides may differ, within bounds.

    Attributes
    ----------
    log
        Whether it is of the logarithms.
    low, middle, high
        P10, median and P90.
    least, most
        The bounds; None where there is none.
    """

    log: bool
    low: float
    middle: float
    high: float
    least: float | None
    most: float | None

    def at(self, scores: Array, normal: Array) -> Array:
        """The curve at some scores."""
        below, above = self._past(self.least, -1), self._past(self.most, 1)
        if below > _CUT or above > _CUT:
            normal = ndtri(below + scores * (1 - above - below))
        left, right = self._deviations
        apart = normal * np.where(normal < 0, left, right)
        return self.middle * np.exp(apart) if self.log else self.middle + apart

    @property
    def _deviations(self) -> tuple[float, float]:
        if self.log:
            return float(np.log(self.middle / self.low)) / P90, float(np.log(self.high / self.middle)) / P90
        return (self.middle - self.low) / P90, (self.high - self.middle) / P90

    @property
    def beyond(self) -> float:
        """The share of the distribution that would lie beyond the bounds."""
        return self._past(self.least, -1) + self._past(self.most, 1)

    def _past(self, bound: float | None, sign: int) -> float:
        if bound is None or (self.log and bound <= 0):
            return 0.0
        apart = float(np.log(bound / self.middle)) if self.log else bound - self.middle
        deviation = self._deviations[0 if apart < 0 else 1]
        return float(ndtr(-sign * apart / deviation))


@dataclass(frozen=True)
class Listed:
    """Values, each as likely as is said.

    Attributes
    ----------
    values
        In their order.
    upto
        The chance that none higher is drawn.
    """

    values: tuple[float, ...]
    upto: tuple[float, ...]

    def at(self, scores: Array, normal: Array) -> Array:
        """The curve at some scores."""
        place = np.searchsorted(np.asarray(self.upto), scores, side="left")
        return np.asarray(self.values)[np.minimum(place, len(self.values) - 1)]


Curve = Scaled | Sided | Listed


def curve_of(declared: Input, value: Value) -> tuple[Curve, float, float]:
    """The curve of a value with a range, with what it starts from and what it is stretched by."""
    low, high, amount = value.low, value.high, float(value.amount)
    assert low is not None and high is not None
    if value.shape in (DISCRETE, EMPIRICAL):
        return _listed(value.outcomes), 0.0, 1.0
    if value.shape in (NORMAL, LOGNORMAL):
        bounds = declared.low, declared.high
        return Sided(value.shape == LOGNORMAL, low, amount, high, *bounds), 0.0, 1.0
    share = 0.5 if value.shape == UNIFORM else round((amount - low) / (high - low), _DIGITS)
    return Scaled(value.shape, share), low, high - low


@lru_cache(maxsize=1_024)
def _listed(outcomes: tuple[tuple[float, float], ...]) -> Listed:
    ordered = sorted(outcomes)
    chances = np.cumsum([chance for _, chance in ordered])
    return Listed(tuple(value for value, _ in ordered), tuple(chances / chances[-1]))


@lru_cache(maxsize=4_096)
def _pert(share: float) -> Array:
    """A PERT between 0 and 1 over normal scores: exact at the knots, smooth between them."""
    a, b = 1 + WEIGHT * share, 1 + WEIGHT * (1 - share)
    normal = np.linspace(-_REACH, _REACH, _KNOTS + 1)
    below = betaincinv(a, b, ndtr(np.minimum(normal, 0)))
    above = betaincinv(b, a, ndtr(-np.maximum(normal, 0)))
    value, rest = np.where(normal < 0, below, 1 - above), np.where(normal < 0, 1 - below, above)
    slope = np.exp(-normal * normal / 2) / np.sqrt(2 * np.pi) / _density(a, b, value, rest)
    step = 2 * _REACH / _KNOTS
    part = np.arange(_FINE) / _FINE
    weights = (
        (1 + 2 * part) * (1 - part) ** 2,
        part**2 * (3 - 2 * part),
        part * (1 - part) ** 2 * step,
        part**2 * (part - 1) * step,
    )
    sides = (value[:-1], value[1:], slope[:-1], slope[1:])
    fine = np.zeros((_KNOTS, _FINE))
    for side, weight in zip(sides, weights, strict=True):
        fine += side[:, None] * weight
    found: Array = np.clip(np.append(fine.ravel(), [value[-1], value[-1]]), 0.0, 1.0)
    return found


def _density(a: float, b: float, value: Array, rest: Array) -> Array:
    """Of a beta distribution whose exponents are 0 or more."""
    found: Array = value ** (a - 1) * rest ** (b - 1) / beta(a, b)
    return found
