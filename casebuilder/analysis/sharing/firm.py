"""What the pool saves if only firm members buy: those whose letter is signed, class by class.

The cost is the line that prices every group of trusts, with the flags left to firm members; the lines of the
chapter commitment say the same in the sheet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.sharing.pooled_purchase import PooledPurchase

FIRM = "commitment.firm"


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
