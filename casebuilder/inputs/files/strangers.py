"""Members in a table that the case has not: each told once, with the count of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field

from casebuilder.algebra.dimensions import Frame
from casebuilder.errors import Fault
from casebuilder.inputs.files.dates import made_by_excel, month_cure, year_cure
from casebuilder.inputs.files.once import of_many
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed, nearest, seen

_TOTALS = ("total", "totals", "grand total", "sum", "subtotal", "sub-total", "all", "overall")
_FIGURES = ("average", "averages", "mean", "median", "minimum", "maximum", "min", "max", "check", "count")
_REMARKS = ("unit", "units", "note", "notes", "source", "sources", "(text)", "key")
_STARTS = ("source:", "sources:", "note:", "notes:", "total ", "*", "#")
# What stands beside values: in a block, not under it.
_BESIDE = ("unit", "note", "source", "state", "range", "over", "hold", "prices_of", "of")
# So many strangers of one dimension are told one by one.
_FEW = 5


def no_member(member: str, dimension: str, frame: Frame, *, row: bool = False) -> str:
    """What is said of a member that a dimension has not.

    Parameters
    ----------
    member, dimension
        What was named.
    frame
        What the case has.
    row
        Whether it stands in a row of a table.
    """
    kind = frame.title(dimension).lower()
    named = kind if kind == dimension else f"{kind} ({dimension})"
    if not member.strip():
        return f"an empty cell, where a {named} is expected"
    return f"'{member}' is no {named} of this case{_cure(member, dimension, frame, row)}"


def _cure(member: str, dimension: str, frame: Frame, row: bool) -> str:
    """What to do about it."""
    known = frame.ids(dimension)
    low = member.strip().lower()
    if low in _TOTALS:
        return ": delete the row of totals"
    if row and (low in (dimension, *_FIGURES, *_REMARKS) or low.startswith(_STARTS)):
        return ": delete the row, which holds no value of the case"
    if not row and low in _BESIDE:
        return f"; {low}: stands beside values:, not under it"
    clean = seen(member)
    if clean != member.strip() and clean in known:
        return f"; write {clean}: a character that nobody sees stands in it"
    if _of_periods(dimension, frame):
        cure = period_cure(member, dimension, frame)
        # The nearest of some periods is none that was meant.
        return cure or (f"; write it as {known[0]}" if known else "")
    return nearest(member, known) or (f"; it has {listed(known)}" if known else "")


def _of_periods(dimension: str, frame: Frame) -> bool:
    return dimension == "month" or frame.dimensions[dimension].years


def period_cure(text: str, dimension: str, frame: Frame) -> str:
    """What to write for a period of a dimension; empty where that cannot be told or it has no periods."""
    if dimension == "month":
        return month_cure(text, frame.ids(dimension))
    return year_cure(text) if _of_periods(dimension, frame) else ""


@dataclass
class Strangers:
    """Gathers what a table names and the case has not.

    Attributes
    ----------
    frame
        What the case has.
    met
        For a dimension and a member, or for a dimension whose periods are written in another way, the
        member and place met first, and in how many rows.
    """

    frame: Frame
    met: dict[tuple[str, str], tuple[str, Place, int]] = field(default_factory=dict)

    def meet(self, dimension: str, member: str, place: Place) -> None:
        """Note a member that is none."""
        key = (dimension, "" if period_cure(member, dimension, self.frame) else member)
        first, where, count = self.met.get(key, (member, place, 0))
        self.met[key] = first, where, count + 1

    def tell(self, faults: list[Fault]) -> None:
        """A fault for each, at its first place; of very many in one dimension, one fault."""
        many: dict[str, list[str]] = {}
        for dimension, member in self.met:
            many.setdefault(dimension, []).append(member)
        for (dimension, member), (first, place, count) in self.met.items():
            others = [name for name in many[dimension] if name]
            rows = of_many(count, "rows")
            if member and len(others) > _FEW:
                if member != others[0]:
                    continue
                rows = f" (and {len(others) - 1} more are none: {listed(others[1:], 4)})"
            turned = ""
            if not member and made_by_excel(first):
                what = "months" if dimension == "month" else "years"
                turned = f": Excel has made dates of the {what}; format the column as Text before typing them"
            faults.append(place.fault(f"{no_member(first, dimension, self.frame, row=True)}{turned}{rows}"))
