"""Several trusts leave a pool at once: what it costs them and each of those who stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casebuilder.analysis.sharing.core import Remaining
from casebuilder.analysis.sharing.games import Floats, Game
from casebuilder.errors import CaseError


@dataclass(frozen=True)
class GroupDeparture:
    """Some members leave and the others go on under the same rule.

    Attributes
    ----------
    leavers
        Who leaves, in the game's order, each with what it paid and what it pays by itself.
    as_group
        What the leavers would pay together if they went on as a pool of their own.
    others
        Those who stay, in the game's order.
    """

    leavers: tuple[Remaining, ...]
    as_group: float
    others: tuple[Remaining, ...]

    @property
    def loss(self) -> float:
        """What the leavers pay more, each by itself; below 0 where they pay less."""
        return sum(each.loss for each in self.leavers)

    @property
    def lost_by_others(self) -> float:
        """What those who stay pay more; below 0 where they pay less."""
        return sum(each.loss for each in self.others)


def if_group_leaves(game: Game, rule: Callable[[Game], Floats], names: Sequence[str]) -> GroupDeparture:
    """What it costs if some members leave at once.

    Raises
    ------
    CaseError
        A name that is no member, or nobody would be left.
    """
    gone = game.group(names)
    if gone == len(game.cost) - 1:
        raise CaseError("nobody would be left: name fewer trusts that leave")
    shares = dict(zip(game.members, map(float, rule(game)), strict=True))
    alone = dict(zip(game.members, map(float, game.standalone), strict=True))
    left = game.among(game.names((len(game.cost) - 1) ^ gone))
    after = zip(left.members, map(float, rule(left)), strict=True)
    return GroupDeparture(
        tuple(Remaining(name, shares[name], alone[name]) for name in game.names(gone)),
        float(game.cost[gone]),
        tuple(Remaining(name, shares[name], then) for name, then in after),
    )
