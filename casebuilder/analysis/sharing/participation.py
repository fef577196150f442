"""How many must sign: from what volume, and with whom, the offers of a pool stand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.sharing.break_even import SHARES
from casebuilder.analysis.sharing.games import Floats
from casebuilder.analysis.sharing.pool_shares import PoolShares

_PENNY = 0.01
_SLACK = 1e-9  # units


@dataclass(frozen=True)
class TierNeed:
    """What a class needs in an order to keep its tier.

    Attributes
    ----------
    equipment, tranche
        The class and the order.
    units, threshold
        Units of standard kit ordered, and those from which the tier reached holds.
    lost_without
        The members whose leaving, alone, loses the tier.
    fewest
        The fewest members, those with most units first, whose units reach the threshold.
    """

    equipment: str
    tranche: str
    units: float
    threshold: float
    lost_without: tuple[str, ...]
    fewest: tuple[str, ...]

    @property
    def to_spare(self) -> float:
        """Units above the threshold."""
        return self.units - self.threshold


@dataclass(frozen=True)
class Participation:
    """The least participation at which the offers stand, under the rule put forward.

    Attributes
    ----------
    volume
        The least share of the planned volume from which on every member saves, or pays no more than by
        itself; None where one pays more even in full.
    first_to_lose
        Who would pay more than by itself a hundredth below that.
    fewest
        The smallest group of members that saves by itself, and of those of its size the one that saves most;
        empty where none does, or where there are too many members to cost every group.
    saves_least
        What that group saves, GBP real at present value.
    nothing_without
        The members whose leaving, alone, leaves the others without a saving.
    tiers
        Of each class bought together and each order that reaches more than its first tier, what that rests
        on.
    """

    volume: float | None
    first_to_lose: tuple[str, ...]
    fewest: tuple[str, ...]
    saves_least: float
    nothing_without: tuple[str, ...]
    tiers: tuple[TierNeed, ...]


def participation(shares: PoolShares) -> Participation:
    """The least volume and the least members at which the offers stand."""
    volume, first = _volume(shares)
    fewest, saves, nothing_without = _groups(shares)
    return Participation(volume, first, fewest, saves, nothing_without, _tiers(shares))


def _volume(shares: PoolShares) -> tuple[float | None, tuple[str, ...]]:
    purchase = shares.purchase
    saves = purchase.saves_at(SHARES)
    stands = np.all(saves >= -_PENNY, axis=1)
    if not stands[-1]:
        return None, _losing(purchase.members, saves[-1])
    never = np.flatnonzero(~stands)
    if not len(never):
        return float(SHARES[0]), ()
    return float(SHARES[never[-1] + 1]), _losing(purchase.members, saves[never[-1]])


def _losing(members: tuple[str, ...], saves: Floats) -> tuple[str, ...]:
    return tuple(member for member, saved in zip(members, saves, strict=True) if saved < -_PENNY)


def _groups(shares: PoolShares) -> tuple[tuple[str, ...], float, tuple[str, ...]]:
    """The smallest group that saves, what it saves, and members without whom the others do not."""
    game = shares.game
    if game is None:
        return (), 0.0, ()
    savings = game.paid(game.standalone) - game.cost
    saving = np.flatnonzero(savings > _PENNY)
    everyone = len(game.cost) - 1
    without = tuple(
        name for place, name in enumerate(game.members) if savings[everyone ^ (1 << place)] <= _PENNY
    )
    if not len(saving):
        return (), 0.0, without
    heads = game.heads[saving]
    smallest = saving[heads == heads.min()]
    best = int(smallest[np.argmax(savings[smallest])])
    return game.names(best), float(savings[best]), without


def _tiers(shares: PoolShares) -> tuple[TierNeed, ...]:
    purchase = shares.purchase
    read, frame = purchase.values, purchase.problem.frame
    places = [frame.positions["provider"][member] for member in purchase.members]
    own = read("procurement.takes_standard")[:, :, None] * read("procurement.units")
    own = own[places] * float(read("procurement.volume_delivered"))
    together, starts = read("pool.bought_together"), read("offers.tier_held_from")
    found = []
    for kind, equipment in enumerate(frame.ids("equipment")):
        for order, tranche in enumerate(frame.ids("tranche")):
            units = own[:, kind, order]
            start = float(starts[kind, order])
            if not together[kind] or start <= 1 or not units.any():  # the first tier is never lost
                continue
            spare = float(units.sum()) - start
            lost = tuple(
                m for m, u in zip(purchase.members, units, strict=True) if u > max(spare, 0) + _SLACK
            )
            found.append(
                TierNeed(
                    equipment,
                    tranche,
                    float(units.sum()),
                    start,
                    lost,
                    _fewest(purchase.members, units, start),
                )
            )
    return tuple(found)


def _fewest(members: tuple[str, ...], units: Floats, start: float) -> tuple[str, ...]:
    order = np.argsort(-units, kind="stable")
    reached = np.cumsum(units[order]) >= start - _SLACK
    count = int(np.argmax(reached)) + 1 if reached.any() else len(members)
    return tuple(members[place] for place in order[:count])
