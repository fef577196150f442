"""Readings as numbers of the operators of probability, as the spreadsheet functions have them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtrc, gammaln, ndtri, pdtr

Array = NDArray[np.float64]
_DECIMALS = 9


def _whole(x: Array) -> Array:
    """Rounded up to a whole number, as `round_up` does."""
    near = np.round(x, _DECIMALS)
    return np.asarray(np.copysign(np.ceil(np.abs(near)), near))


def normal_quantile(share: Array) -> Array:
    """NORMSINV; NaN unless the share lies strictly between 0 and 1."""
    inside = (share > 0) & (share < 1)
    return np.asarray(np.where(inside, ndtri(np.where(inside, share, 0.5)), np.nan))


def erlang_c(load: Array, servers: Array) -> Array:
    """The probability of waiting in M/M/c, from the Poisson distribution of the load.

    With p its probability at c, F its distribution at c and G at c - 1: p / (F - load / c x G).
    """
    c = _whole(servers)
    stable = np.round(c - load, _DECIMALS) > 0
    some = np.round(load, _DECIMALS) > 0
    at, mean = np.where(stable & some, c, 1.0), np.where(stable & some, load, 0.5)
    below = pdtr(at - 1, mean)
    up_to = pdtr(at, mean)
    exactly = np.exp(at * np.log(mean) - mean - gammaln(at + 1))
    found = exactly / (up_to - mean / at * below)
    known = ~(np.isnan(c) | np.isnan(load))
    return np.asarray(np.where(known, np.where(stable, np.where(some, found, 0.0), 1.0), np.nan))


def binomial_at_least(needed: Array, size: Array, share: Array) -> Array:
    """1 - BINOMDIST(needed - 1, size, share, TRUE)."""
    n, of, p = np.broadcast_arrays(_whole(needed), _whole(size), share)
    enough = (n > 0) & (n <= of)
    found = np.zeros(n.shape)
    found[enough] = bdtrc(n[enough] - 1, of[enough].astype(int), p[enough])
    # As IF goes: the size counts where some are needed, the share where there are enough.
    known = (n <= 0) | ((n > of) | ((n <= of) & ~np.isnan(p)))
    return np.asarray(np.where(known, np.where(n <= 0, 1.0, np.where(enough, found, 0.0)), np.nan))
