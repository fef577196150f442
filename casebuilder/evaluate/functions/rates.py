"""Readings as numbers of the rates of return and of leases, as the spreadsheet functions have them.

Rates are rounded to six decimals in every reading: programs stop their search at different last digits.
"""

from __future__ import annotations

import numpy as np
import numpy_financial as npf

from casebuilder.algebra.terms import Call
from casebuilder.evaluate.axes import Array
from casebuilder.evaluate.periods import Row

# A sum is above nothing where it exceeds this; the workbook's formulas compare with the same number.
SMALL = 1e-6
HIGHEST = 1.0
LEAST_LEASE, LEASE_BASE, LEASE_MORE = 0.0001, 0.1, 1.2
_HALVINGS = 50
_DECIMALS = 1e6
_STOP = 1e-9
_WELL = (10.0, 1.0, 8.0, 0.0, 0.0)  # a lease with a rate, which stands where there is none


def _to_six(x: Array) -> Array:
    """ROUND(x, 6): half away from zero, of rates that are not below nothing."""
    return np.floor(x * _DECIMALS + 0.5) / _DECIMALS


def _worth(flow: Array, rate: Array, axis: int) -> Array:
    """What a flow is worth at a rate, its first year not discounted."""
    found = np.zeros_like(rate)
    for year in range(flow.shape[axis] - 1, -1, -1):
        found = found / (1.0 + rate) + flow.take([year], axis=axis)
    return found


def internal_rate(r: Row, call: Call) -> Array:
    """IRR, where one rate above nothing is right.

    What has come so far turns once, so exactly one such rate makes the flow worth nothing (Norstrøm's
    criterion) and halving the interval finds it, for all options and draws at once. numpy-financial's
    irr takes one flow at a time and gives the rate nearest to nothing, which may lie below it; tests hold
    that it agrees where its answer is positive.
    """
    flow, axis = r.whole_row(call.arguments[0])
    so_far, _ = r.whole_row(call.arguments[1])
    last = so_far.take([-1], axis=axis)
    before, after = (so_far.take(range(k, so_far.shape[axis] - 1 + k), axis=axis) for k in (0, 1))
    found = (
        (last > SMALL)
        & (so_far.min(axis=axis, keepdims=True) < -SMALL)
        & ~((before > SMALL) & (after <= SMALL)).any(axis=axis, keepdims=True)
        & (last > so_far.mean(axis=axis, keepdims=True))
        & (_worth(flow, np.full_like(last, HIGHEST), axis) < 0)
    )
    low, high = np.zeros_like(last), np.full_like(last, HIGHEST)
    for _ in range(_HALVINGS if found.any() else 0):
        middle = (low + high) / 2
        above = _worth(flow, middle, axis) > 0
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return np.where(found, _to_six(low), np.nan)


def _lease_value(rate: Array, terms: tuple[Array, ...]) -> Array:
    """What level payments and a sum at the end are worth at a rate."""
    periods, payment, _, residual, in_advance = terms
    end = (1 + rate) ** -periods
    return payment * (1 - end) / rate * (1 + in_advance * rate) + residual * end


def lease_rate(periods: Array, payment: Array, value: Array, residual: Array, in_advance: Array) -> Array:
    """RATE, where there is one within the range in which every program finds it.

    numpy-financial gives no rate at all if one of many cannot be found, so a lease that has a rate
    stands in for each that has none.
    """
    near = np.ceil(np.trunc(periods * 1e9 + np.copysign(0.5, periods)) / 1e9)
    n, p, v, left, advance = np.broadcast_arrays(near, payment, value, residual, in_advance)
    whole = n >= 1
    terms = (np.where(whole, n, 1.0), p, v, left, advance)
    most = LEASE_BASE + LEASE_MORE / terms[0]
    found = (
        whole
        & (p > 0)
        & (left >= 0)
        & (_lease_value(np.full_like(most, LEAST_LEASE), terms) > v)
        & (_lease_value(most, terms) < v)
    )
    n, p, v, left, advance = (np.where(found, x, other) for x, other in zip(terms, _WELL, strict=True))
    rate = npf.rate(n, -p, v, -left, advance, tol=_STOP)
    return np.where(found, _to_six(rate), np.nan)
