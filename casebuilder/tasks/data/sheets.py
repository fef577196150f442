"""A sheet of a published file: its cells, what they say, and where each of them stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite, nan

from casebuilder.errors import Fault
from casebuilder.inputs.shape.calendar import month_label

Cell = object
# How the publications write that nothing was returned, or that a small number is kept back.
BLANK = frozenset({"", "-", "–", "*", "**", ".", "..", ":", "n/a", "na", "z", "[c]", "[x]", "[z]", "null"})
_COUNT = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(rf"\b({'|'.join(_MONTHS)})[a-z]*[\s_,-]+((?:20)?\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b(20\d\d)-(0[1-9]|1[0-2])(?:-\d\d)?\b")
_DAY_FIRST = re.compile(r"\b\d{1,2}/(0?[1-9]|1[0-2])/(20\d\d)\b")
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({'|'.join(_MONTHS)})[a-z]*\s+(20\d\d)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet, or of a CSV file, which has no sheets.

    Attributes
    ----------
    file
        The file as it is shown.
    name
        The sheet's name; nothing for a CSV file.
    rows
        The cells from the first row and column on.
    """

    file: str
    name: str
    rows: Sequence[Sequence[Cell]]

    def fault(self, row: int, column: int, message: str) -> Fault:
        """Something wrong in a cell, by its row and column from 0."""
        where = f"sheet '{self.name}', {address(row, column)}: " if self.name else ""
        return Fault(self.file, row + 1, column + 1, f"{where}{message}")

    @property
    def shown(self) -> str:
        """The sheet as people name it."""
        return f"sheet '{self.name}'" if self.name else "the table"


def address(row: int, column: int) -> str:
    """A cell as Excel names it, from row and column counted from 0: `B14`."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"


def words(cell: Cell) -> str:
    """A cell as text, its blanks and line ends single blanks."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def number(cell: Cell) -> float | None:
    """A cell as a number; NaN where it is blank or kept back, None where it is something else."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return float(cell) if isfinite(cell) else None
    text = words(cell).removeprefix("£").strip()
    if text.lower() in BLANK:
        return nan
    return float(text.replace(",", "")) if _COUNT.fullmatch(text) else None


def month_in(cell: Cell) -> str | None:
    """The month that a cell names, as 2025-03: a date, `March 2025`, `31st March 2025`, `DM01-MARCH-2025`."""
    if isinstance(cell, date | datetime):
        return month_label(cell.year * 12 + cell.month - 1)
    text = words(cell).replace("_", " ")
    if found := _ISO.search(text):
        return f"{found[1]}-{found[2]}"
    if found := _DAY_FIRST.search(text):
        return f"{found[2]}-{int(found[1]):02d}"
    if found := _NAMED.search(text):
        year = int(found[2]) % 100 + 2000
        return f"{year}-{_MONTHS.index(found[1].lower()) + 1:02d}"
    return None


def day_in(cell: Cell) -> date | None:
    """The day that a cell names, as `16th April 2026`; None where it names none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DATE.search(words(cell))
    try:
        return date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1])) if found else None
    except ValueError:
        return None
