"""Find the header of a published sheet below its preamble, and what the preamble says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from casebuilder.errors import Fault
from casebuilder.inputs.dm01.headings import Headings, plain
from casebuilder.inputs.files.scalars import listed, nearest
from casebuilder.tasks.data.sheets import Cell, Sheet, words

# A header stands among the first rows: publications have a preamble of about twelve lines.
_DEPTH = 60
_LEAST_KNOWN = 3


@dataclass(frozen=True)
class Header:
    """The header of a sheet.

    Attributes
    ----------
    sheet
        The sheet.
    row
        Its row from 0.
    columns
        By column as it is called here, where it stands from 0.
    others
        Headings that are none of them, as published.
    """

    sheet: Sheet
    row: int
    columns: Mapping[str, int]
    others: tuple[str, ...]

    @property
    def preamble(self) -> Mapping[str, Cell]:
        """What stands above the header as `Name:` with its value to the right, by name in small letters."""
        found: dict[str, Cell] = {}
        for row in self.sheet.rows[: self.row]:
            cells = [cell for cell in row if words(cell)]
            if len(cells) >= 2 and words(cells[0]).endswith(":"):
                found.setdefault(words(cells[0])[:-1].strip().lower(), cells[1])
        return found


def find_header(sheet: Sheet, headings: Headings, faults: list[Fault]) -> Header | None:
    """The row with most known headings; None where no row has three, or one stands there twice.

    Parameters
    ----------
    sheet
        The sheet.
    headings
        The columns of the publication.
    faults
        Takes a column that is there twice.
    """
    known = [
        [headings.columns.get(plain(words(cell)), "") for cell in row] if any(row) else []
        for row in sheet.rows[:_DEPTH]
    ]
    counts = [len({name for name in row if name}) for row in known]
    if not counts or max(counts) < _LEAST_KNOWN:
        return None
    row = counts.index(max(counts))
    columns: dict[str, int] = {}
    before = len(faults)
    for place, name in enumerate(known[row]):
        if name and name in columns:
            first, second = (words(sheet.rows[row][at]) for at in (columns[name], place))
            faults.append(sheet.fault(row, place, f"'{second}' stands twice in the header (first '{first}')"))
        elif name:
            columns[name] = place
    others = tuple(
        words(cell)
        for cell, name in zip(sheet.rows[row], known[row], strict=True)
        if words(cell) and not name
    )
    return Header(sheet, row, columns, others) if len(faults) == before else None


def require(header: Header, wanted: Collection[str], headings: Headings, faults: list[Fault]) -> bool:
    """Whether all columns wanted are there; those that are not are faults, with what they are called.

    Parameters
    ----------
    header
        The header.
    wanted
        Columns as they are called here.
    headings
        The columns of the publication.
    faults
        Takes what is missing.
    """
    lacking = [name for name in wanted if name not in header.columns]
    left = [plain(other) for other in header.others]
    for name in lacking[:4]:
        called = headings.published[name]
        near = nearest(plain(called), left)
        meant = next((other for other in header.others if f"'{plain(other)}'" in near), None)
        hint = f"; is '{meant}' it, renamed?" if meant else f"; not known are {listed(header.others, 6)}"
        more = f" ({len(lacking)} columns are missing)" if len(lacking) > 4 else ""
        what = f"row {header.row + 1} has no column '{called}'{hint if header.others else ''}{more}"
        faults.append(header.sheet.fault(header.row, 0, what))
    return not lacking
