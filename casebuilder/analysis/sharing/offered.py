"""All that the offers of a pool rest on, worked out together: offers, departures, participation, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.sharing.core import Departure
from casebuilder.analysis.sharing.offers import PUT_FORWARD, Offer, offers
from casebuilder.analysis.sharing.participation import Participation, participation
from casebuilder.analysis.sharing.pool_shares import PoolShares
from casebuilder.analysis.sharing.refusals import Refusal, refusals
from casebuilder.analysis.sharing.rules import Rule

_PENNY = 0.01
NOTHING_TOGETHER = (
    "nothing is bought together: no class that the pool may buy costs less there than on each trust's own"
    " cheapest route, so nobody saves"
)
_ROUNDED = 10_000  # pounds from which a sentence says thousands


@dataclass(frozen=True, eq=False)
class Offered:
    """The offers of a pool, and what a finance director asks beside them.

    Attributes
    ----------
    shares
        Shares by every rule, and the cost of every group.
    offers
        One a member, in the case's order, under the rule put forward.
    departures
        What each member's leaving costs it and each of the others under that rule; empty for more than 15
        members.
    participation
        The least volume and the least members at which the offers stand.
    refusals
        What keeping its own make of a class costs each member and the others.
    """

    shares: PoolShares
    offers: tuple[Offer, ...]
    departures: tuple[Departure, ...]
    participation: Participation
    refusals: tuple[Refusal, ...]

    @property
    def rule(self) -> Rule:
        """The rule put forward."""
        return self.offers[0].rule

    @property
    def names(self) -> Mapping[str, str]:
        """The members' names, by key."""
        return {offer.member: offer.name for offer in self.offers}

    def offer(self, member: str) -> Offer:
        """The offer of a member."""
        return next(offer for offer in self.offers if offer.member == member)

    def if_others_leave(self, member: str) -> Mapping[str, float]:
        """By leaver, what a member pays more when another leaves; below 0 where it pays less."""
        return {
            departure.leaver: other.loss
            for departure in self.departures
            for other in departure.others
            if other.member == member
        }

    def own_make(self, member: str) -> tuple[Refusal, ...]:
        """What keeping its own make of each class costs a member and the others."""
        return tuple(each for each in self.refusals if each.member == member)

    def rules(self, every: bool = False) -> tuple[Rule, ...]:
        """The rules to show: the three that are put before members and the one put forward, or all."""
        shown = (*PUT_FORWARD, self.rule.key)
        return tuple(rule for rule in self.shares.rules if every or rule.key in shown)

    def would_leave(self, rule: Rule) -> str:
        """Who would leave under a rule, in one sentence."""
        leavers = self.shares.leavers(rule.key)
        if leavers:
            verb = "pays" if len(leavers) == 1 else "pay"
            return f"Would leave: {self._named(leavers)}, who {verb} less alone."
        core = self.shares.cores.get(rule.key)
        if core is None:
            return "Nobody alone would leave."
        if core.in_core or core.worst is None:
            return "Nobody would leave, alone or with others."
        worst = core.worst
        everyone_else = [m for m in self.shares.members if m not in worst.members]
        group = (
            f"all but {self._named(everyone_else)}"
            if len(everyone_else) < len(worst.members)
            else self._named(worst.members)
        )
        return f"Nobody alone would leave, but {group} would together save {money(worst.gain)} by leaving."

    @property
    def decisions(self) -> tuple[str, ...]:
        """Members that the others would do better without, each as a decision in one sentence."""
        found = []
        for offer in sorted(self.offers, key=lambda each: each.lost_by_leaving):
            if offer.lost_by_leaving >= -_PENNY:
                break
            gain, saves = -offer.lost_by_leaving, offer.saves
            said = (
                f"The others are {money(gain)} better off without {offer.name}, which under the rule put "
                f"forward ({self.rule.name.lower()}) is offered {money(saves)}"
            )
            if saves > gain + _PENNY:
                said += (
                    f": let it leave, or let it pay the others {money(gain)} on the side, and it still saves "
                    f"{money(saves - gain)}."
                )
            else:
                said += ": whatever it pays that still leaves it a saving, the others do better without it."
            found.append(said)
        return tuple(found)

    @property
    def least(self) -> tuple[str, ...]:
        """The least participation at which the offers stand, in sentences."""
        if not any(offer.buys_together for offer in self.offers):
            return (f"{NOTHING_TOGETHER[0].upper()}{NOTHING_TOGETHER[1:]}.",)
        part, said = self.participation, []
        if part.volume is None:
            said.append(f"Even in full some pay more than alone: {self._named(part.first_to_lose)}.")
        elif not any(offer.saves > _PENNY for offer in self.offers):
            said.append("Nobody saves, even in full; nobody pays more than alone.")
        else:
            below = f"; below it {self._named(part.first_to_lose)} would not" if part.first_to_lose else ""
            said.append(f"From {part.volume:.0%} of the volume on every member saves{below}.")
        if part.fewest:
            said.append(
                f"The smallest group that saves by itself is {self._named(part.fewest)}: "
                f"{money(part.saves_least)}."
            )
        if part.nothing_without:
            said.append(f"Without {self._named(part.nothing_without, 'or')} the others save nothing.")
        elif self.shares.game is not None:
            said.append("Whoever leaves alone, the others still save.")
        return tuple(said)

    def _named(self, members: tuple[str, ...] | list[str], word: str = "and") -> str:
        names = [self.names[member] for member in members]
        if len(names) == 1:
            return names[0]
        return f"{', '.join(names[:-1])} {word} {names[-1]}"


def offered(shares: PoolShares) -> Offered | None:
    """Work out the offers of a pool and what hangs on them; None where the case has no such lines."""
    found = offers(shares)
    if not found:
        return None
    return Offered(
        shares,
        found,
        shares.departures(found[0].rule),
        participation(shares),
        refusals(shares.purchase),
    )


def money(amount: float) -> str:
    """A sum in a sentence: to the thousand from ten thousand on, else to the pound."""
    shown = round(amount, -3) if abs(amount) >= _ROUNDED else amount
    return f"£{shown:,.0f}"
