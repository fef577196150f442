"""Members in a table that the case has not: each told once, with the count of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from casebuilder.algebra.dimensions import DIMENSIONS
from casebuilder.errors import Fault
from casebuilder.inputs.dates import month_of, year_of
from casebuilder.inputs.places import Place
from casebuilder.inputs.scalars import listed, nearest

_TOTALS = ("total", "totals", "grand total", "sum", "subtotal", "sub-total", "all", "overall")
_PERIODS = {"month": month_of, "year": year_of, "statement": year_of, "price_year": year_of}


def no_member(member: str, dimension: str, known: Sequence[str]) -> str:
    """What is said of a member that a dimension has not."""
    kind = DIMENSIONS[dimension].lower()
    named = kind if kind == dimension else f"{kind} ({dimension})"
    if not member.strip():
        return f"an empty cell, where a {named} is expected"
    hint = nearest(member, known) or (f"; it has {listed(known)}" if known else "")
    meant = _PERIODS[dimension](member) if dimension in _PERIODS else None
    if meant:
        hint = f"; write {meant}"
    if member.strip().lower() in _TOTALS:
        hint = ": delete the row of totals"
    return f"'{member}' is no {named} of this case{hint}"


@dataclass
class Strangers:
    """Gathers what a table names and the case has not.

    Attributes
    ----------
    met
        For a dimension and a member, or for a dimension whose periods Excel has turned into dates, the
        member and place met first, what the case has, and in how many rows.
    """

    met: dict[tuple[str, str], tuple[str, Place, Sequence[str], int]] = field(default_factory=dict)

    def meet(self, dimension: str, member: str, place: Place, known: Sequence[str]) -> None:
        """Note a member that is none."""
        turned = dimension in _PERIODS and _PERIODS[dimension](member) is not None
        key = (dimension, "" if turned else member)
        first, where, ids, count = self.met.get(key, (member, place, known, 0))
        self.met[key] = first, where, ids, count + 1

    def tell(self, faults: list[Fault]) -> None:
        """A fault for each, at its first place."""
        for (dimension, member), (first, place, known, count) in self.met.items():
            rows = f" ({count} rows, of which this is the first)" if count > 1 else ""
            turned = ""
            if not member and first.strip():
                what = "months" if dimension == "month" else "years"
                turned = f": Excel has made dates of the {what}; format the column as Text before typing them"
                turned = "" if count == 1 and "/" not in first and "-" not in first else turned
            faults.append(place.fault(f"{no_member(first, dimension, known)}{turned}{rows}"))
