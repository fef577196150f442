"""A quantity on a table of tiers: the tier it reaches, what it costs, and when buying more costs less.

The meaning is that of the operator `tier`: a tier is reached where ROUND(quantity − start, 9) ≥ 0, and a
quantity below the first start pays the first price.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from casebuilder.evaluate.functions.elementwise import rounded

Array = NDArray[np.float64]


def existing(starts: Array, values: Array) -> tuple[Array, Array]:
    """The tiers that exist: a start that is not a finite number stands for none."""
    there = np.isfinite(starts)
    return starts[there], values[there]


def tier_reached(quantity: float, starts: Array) -> int:
    """The place of the tier that a quantity reaches.

    Parameters
    ----------
    quantity
        Units.
    starts
        Units at which each tier starts, rising; shape (tiers,).
    """
    return max(int((rounded(quantity - starts) >= 0).sum()) - 1, 0)


def cost_on_tiers(quantity: float, starts: Array, prices: Array, all_units: bool) -> float:
    """What a quantity costs.

    Parameters
    ----------
    quantity
        Units.
    starts, prices
        Where each tier starts (units, rising) and its price of a unit; shape (tiers,).
    all_units
        Whether all units are at the price of the tier reached, or each part at its own tier's.
    """
    if all_units:
        return quantity * float(prices[tier_reached(quantity, starts)])
    steps = np.diff(prices, prepend=0.0)
    return float((np.maximum(quantity - starts, 0.0) * steps).sum())
