"""How far each member has committed its volume, and what the pool saves if only firm members buy.

The cost is the line that prices every group of trusts, with the flags left to firm members; the lines of the
chapter commitment say the same in the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.sharing.pooled_purchase import PooledPurchase

STAGE, FIRM, LAPSED = "commitment.stage", "commitment.firm", "commitment.lapsed"
SIGNED_BY, SIGNED_MONTH, STANDS_UNTIL = (
    "commitment.signed_by", "commitment.signed_month", "commitment.stands_until",
)  # fmt: skip


@dataclass(frozen=True)
class Commitment:
    """The letter of one member as it stands.

    Attributes
    ----------
    stages
        By class for which it joins and has units, the word of its stage.
    firm
        Those classes in which its volume is firm.
    signed_by
        The office that signed; empty where nobody has.
    signed, until
        The months in which it signed and to which its letter stands ("2021-09"), or "month 70" off the axis
        of the case; empty where there is none.
    lapsed
        Whether the letter has lapsed.
    """

    stages: Mapping[str, str]
    firm: frozenset[str]
    signed_by: str
    signed: str
    until: str
    lapsed: bool


def commitments(purchase: PooledPurchase) -> dict[str, Commitment]:
    """The letter of each member, by member in the case's order."""
    problem, values = purchase.problem, purchase.values
    given = {item.key: found for item, found in problem.values.items()}
    months = problem.frame.ids("month")

    def month(key: str, member: str) -> str:
        number = round(float(given[key].amount(purchase.option, (member,))))
        if number == 0:
            return ""
        return months[number - 1] if 1 <= number <= len(months) else f"month {number}"

    found = {}
    for member in purchase.members:
        place = problem.frame.positions["provider"][member]
        own = purchase.bought_by(member)
        by = str(given[SIGNED_BY].amount(purchase.option, (member,)))
        found[member] = Commitment(
            {each: str(given[STAGE].amount(purchase.option, (member, each))) for _, each in own},
            frozenset(each for number, each in own if values(FIRM)[place, number] > 0),
            "" if by == "nobody" else by,
            month(SIGNED_MONTH, member),
            month(STANDS_UNTIL, member),
            bool(values(LAPSED)[place] > 0),
        )
    return found


@dataclass(frozen=True)
class FirmSaving:
    """The pool of firm members alone, GBP real at present value.

    Attributes
    ----------
    members
        The trusts that are firm for a class or more, in the case's order.
    saving
        What they save by themselves, against each member's cheapest route.
    saved
        What each member of the whole pool saves then, at one price; 0 for who is not firm.
    rests_on_unsigned
        The saving of the whole pool less that of firm members.
    """

    members: tuple[str, ...]
    saving: float
    saved: Mapping[str, float]
    rests_on_unsigned: float


def firm_saving(purchase: PooledPurchase) -> FirmSaving:
    """Let only firm members buy.

    Parameters
    ----------
    purchase
        The pool at hoped volume.
    """
    flags = purchase.values(FIRM)
    alone, shares = purchase.if_joined(flags)
    providers = purchase.problem.frame.positions["provider"]
    firm = tuple(member for member in purchase.members if flags[providers[member]].any())
    saved = alone - shares
    whole = float(purchase.alone.sum()) - purchase.together
    saving = float(saved.sum())
    return FirmSaving(
        firm, saving, dict(zip(purchase.members, map(float, saved), strict=True)), whole - saving
    )
