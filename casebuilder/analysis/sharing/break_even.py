"""How little volume, and how few members, the pool needs before it saves anything."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.sharing.games import Floats
from casebuilder.analysis.sharing.pooled_purchase import PooledPurchase

_LEAST, _STEPS = 0.05, 95
SHARES = np.round(np.linspace(_LEAST, 1.0, _STEPS + 1), 9)  # of the planned volume: 5 %, 6 %, ... 100 %
_PENNY = 0.01
SHOWN = (1.0, 0.9, 0.8, 0.7, 0.5)


@dataclass(frozen=True, eq=False)
class BreakEven:
    """From where on the pool saves.

    Attributes
    ----------
    volume
        The least share of the planned volume from which on the pool saves at every volume, to a hundredth;
        None where it does not save in full.
    at_volume
        The saving at some shares of the planned volume, GBP real at present value.
    largest_first, smallest_first
        How many members the pool needs to save if they join in order of what they buy, the largest or the
        smallest first; None where it never does.
    saving_by_size
        The saving of the largest one, two, three, ... members, GBP real at present value, shape (n,).
    """

    volume: float | None
    at_volume: dict[float, float]
    largest_first: int | None
    smallest_first: int | None
    saving_by_size: Floats


def break_even(purchase: PooledPurchase) -> BreakEven:
    """Find from which volume, and from how many members, the pool saves.

    Volume is what the tiers are reckoned on; what members need stays. Members who stay out buy alone.
    """
    shares = SHARES
    savings = purchase.saving_at(shares)
    saves = savings > _PENNY
    volume = None
    if saves[-1]:
        never = np.flatnonzero(~saves)
        volume = float(shares[never[-1] + 1]) if len(never) else float(shares[0])
    order = np.argsort(-purchase.volume, kind="stable")
    largest, smallest = _savings(purchase, order), _savings(purchase, order[::-1])
    return BreakEven(
        volume,
        {share: float(savings[np.abs(shares - share).argmin()]) for share in SHOWN},
        _first(largest),
        _first(smallest),
        largest,
    )


def _savings(purchase: PooledPurchase, order: np.ndarray) -> Floats:
    """What the first one, two, three, ... members save together."""
    joined = np.zeros((len(order), len(order)))
    for number, _ in enumerate(order):
        joined[number, order[: number + 1]] = 1.0
    return np.asarray(joined @ purchase.alone - purchase.cost_of(joined))


def _first(savings: Floats) -> int | None:
    saves = np.flatnonzero(savings > _PENNY)
    return int(saves[0]) + 1 if len(saves) else None
