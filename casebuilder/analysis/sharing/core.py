"""Who would rather leave: shares against what every group of trusts would pay by itself.

The core holds the shares at which no group pays more than its own cost; it may be empty. Source:
Gillies (1959); the least core, Maschler, Peleg and Shapley (1979).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.sharing.games import Floats, Game
from casebuilder.analysis.sharing.least_excess import Held, least_excess, scaled
from casebuilder.errors import CaseError

TOLERANCE = 1e-9  # of the cost of all together


@dataclass(frozen=True)
class GroupCost:
    """A group of members: what it pays under some shares, and what it would pay by itself."""

    members: tuple[str, ...]
    paid: float
    alone: float

    @property
    def gain(self) -> float:
        """What it would save by leaving; below 0 where it would lose."""
        return self.paid - self.alone


@dataclass(frozen=True)
class CoreTest:
    """Whether some shares are in the core.

    Attributes
    ----------
    in_core
        Whether no group would pay less by itself.
    worst
        The group that would gain most, or lose least, by leaving; None for one member.
    better_alone
        The groups that would pay less by themselves, the largest gain first, up to the limit.
    count
        How many such groups there are in all.
    """

    in_core: bool
    worst: GroupCost | None
    better_alone: tuple[GroupCost, ...]
    count: int


def core_test(
    game: Game, shares: Floats | Sequence[float], *, limit: int = 10, tolerance: float = TOLERANCE
) -> CoreTest:
    """Test shares against the cost of every group by itself.

    Parameters
    ----------
    shares
        Shape (n,); they must add up to the cost of all together.
    limit
        The most groups to list.
    tolerance
        Of the cost of all together: a gain below this is none.

    Raises
    ------
    CaseError
        The shares do not add up to the cost of all together.
    """
    paid = game.paid(game.checked(shares))
    slack = _slack(game, tolerance)
    if abs(paid[-1] - game.grand) > slack:
        raise CaseError(f"the shares add up to {paid[-1]:,.2f}: the cost to share is {game.grand:,.2f}")
    gains = (paid - game.cost)[1:-1]  # neither nobody nor everybody
    if not len(gains):
        return CoreTest(True, None, (), 0)
    order = np.argsort(-gains, kind="stable")
    better = order[gains[order] > slack]

    def group(place: int) -> GroupCost:
        return GroupCost(game.names(place + 1), float(paid[place + 1]), float(game.cost[place + 1]))

    listed = tuple(group(int(place)) for place in better[:limit])
    return CoreTest(not len(better), group(int(order[0])), listed, len(better))


def leavers(
    game: Game, shares: Floats | Sequence[float], *, tolerance: float = TOLERANCE
) -> tuple[GroupCost, ...]:
    """The single members that would pay less alone, the largest gain first."""
    paid = game.checked(shares)
    found = [
        GroupCost((name,), float(share), float(alone))
        for name, share, alone in zip(game.members, paid, game.standalone, strict=True)
        if share - alone > _slack(game, tolerance)
    ]
    return tuple(sorted(found, key=lambda of: -of.gain))


@dataclass(frozen=True, eq=False)
class LeastCore:
    """The least that the worst-treated group can be made to pay above its own cost.

    Attributes
    ----------
    epsilon
        That sum of money; above 0 where the core is empty. For one member it is 0.
    shares
        Shape (n,), shares at which no group pays more than this above its own cost.
    """

    epsilon: float
    shares: Floats


def least_core(game: Game) -> LeastCore:
    """Find the least core and shares in it, by one linear programme."""
    of = scaled(game)
    if game.size == 1 or not of.unit:
        return LeastCore(0.0, of.start)
    held = Held(of, np.ones(len(of.cost)))
    found = least_excess(held, limited=False)
    held.hold(found)
    return LeastCore(of.unit * float(held.levels[0]), of.start + of.unit * found.point)


def core_is_empty(game: Game, *, tolerance: float = TOLERANCE) -> bool:
    """Whether every way to share leaves some group that would pay less by itself."""
    return least_core(game).epsilon > _slack(game, tolerance)


@dataclass(frozen=True)
class Remaining:
    """A member that stays when another leaves: its share before and after, under the same rule."""

    member: str
    before: float
    after: float

    @property
    def loss(self) -> float:
        """What it pays more; below 0 where it pays less."""
        return self.after - self.before


@dataclass(frozen=True)
class Departure:
    """One member leaves and the others go on under the same rule.

    Attributes
    ----------
    leaver
        Who leaves.
    share, alone
        What it paid, and what it pays alone.
    others
        Those who stay, in the game's order.
    """

    leaver: str
    share: float
    alone: float
    others: tuple[Remaining, ...]

    @property
    def loss(self) -> float:
        """What the leaver pays more; below 0 where it pays less."""
        return self.alone - self.share


def if_one_leaves(game: Game, rule: Callable[[Game], Floats]) -> tuple[Departure, ...]:
    """What each member's leaving costs it and each of the others; empty for one member."""
    if game.size == 1:
        return ()
    shares = dict(zip(game.members, map(float, rule(game)), strict=True))
    found = []
    for leaver, alone in zip(game.members, map(float, game.standalone), strict=True):
        left = game.without(leaver)
        others = tuple(
            Remaining(name, shares[name], float(after))
            for name, after in zip(left.members, rule(left), strict=True)
        )
        found.append(Departure(leaver, shares[leaver], alone, others))
    return tuple(found)


def _slack(game: Game, tolerance: float) -> float:
    """A tolerance in money; where all together cost nothing, of the largest cost instead."""
    return tolerance * (abs(game.grand) or game.scale)
