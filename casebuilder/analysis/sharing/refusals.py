"""What it costs, itself and the others, if a member keeps its own make of a class.

A member that refuses standard kit is set against itself taking it, and one that takes it against itself
refusing; all other refusals stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass

from casebuilder.analysis.sharing.pooled_purchase import CHARGE, REFUSES, PooledPurchase

_PENNY = 0.01


@dataclass(frozen=True)
class Refusal:
    """A member's own make of a class against standard kit, under the rule put forward.

    Attributes
    ----------
    member, equipment
        Who, and of what.
    refused
        Whether the case has it so; else this is what it would come to.
    to_itself, to_others
        What it pays more for its own make, and what the others do: GBP real at present value; below 0, less.
    """

    member: str
    equipment: str
    refused: bool
    to_itself: float
    to_others: float

    @property
    def matters(self) -> bool:
        """Whether it changes what anybody pays by more than a penny."""
        return abs(self.to_itself) > _PENNY or abs(self.to_others) > _PENNY

    @property
    def in_all(self) -> float:
        """What all members together pay more."""
        return self.to_itself + self.to_others


def refusals(purchase: PooledPurchase) -> tuple[Refusal, ...]:
    """What each member's refusal of each class costs, of classes that it joins for and has units of.

    Every one is a draw of the lines with that one flag turned.
    """
    classes = purchase.problem.frame.ids("equipment")
    places = purchase.problem.frame.positions["provider"]
    refused = purchase.values(REFUSES)
    asked = [(member, kind) for member in purchase.members for kind, _ in purchase.bought_by(member)]
    turned = purchase.charges_with_turned([(places[member], kind) for member, kind in asked])
    now = purchase.by_member(CHARGE)
    found = []
    for number, (member, kind) in enumerate(asked):
        place = purchase.members.index(member)
        has = bool(refused[places[member], kind] > 0)
        # What the refusal adds: with it less without it, whichever of the two the case has.
        change = (now - turned[number]) if has else (turned[number] - now)
        own = float(change[place])
        found.append(Refusal(member, classes[kind], has, own, float(change.sum()) - own))
    return tuple(found)
