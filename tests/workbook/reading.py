"""Read a built workbook as an assurer would: by the keys in column A and the words in the headers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.cells import Cell, read_cells
from casebuilder.workbook.proof.engines import place

_REFERENCE = re.compile(r"('[^']+'!|[A-Za-z]+!)?(\$?)([A-Z]{1,3})(\$?)(\d+)(?![\d(])")


@dataclass(frozen=True)
class Sheet:
    """One sheet's cells by row and column."""

    name: str
    cells: dict[tuple[int, int], Cell]

    @cached_property
    def rows(self) -> dict[int, dict[int, Cell]]:
        """The cells of each row by column."""
        rows: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in self.cells.items():
            rows.setdefault(row, {})[column] = cell
        return rows

    def header(self, first_word: str = "Key", within: int = 30) -> int:
        """The header row: the one whose first cell reads as given."""
        return next(r for r in range(1, within + 1) if self.value(r, 1) == first_word)

    def columns(self, within: int = 30) -> dict[str, int]:
        """The column under each header."""
        return {str(c.value): col for col, c in self.rows[self.header(within=within)].items()}

    def value(self, row: int, column: int) -> object:
        """The stored value of a cell."""
        cell = self.cells.get((row, column))
        return None if cell is None else cell.value

    def keyed(self) -> list[tuple[str, int]]:
        """Each key in column A below the header, with its row."""
        return self._keyed

    @cached_property
    def _keyed(self) -> list[tuple[str, int]]:
        header = self.header()
        keys = ((row, self.value(row, 1)) for row in sorted(self.rows) if row > header)
        return [(key, row) for row, key in keys if isinstance(key, str)]


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Every sheet of a workbook."""
    return sheets_of(read_cells(path))


def sheets_of(cells: Iterable[tuple[str, Sequence[Cell]]]) -> dict[str, Sheet]:
    """Every sheet, from its cells as read."""
    return {name: Sheet(name, {place(cell.address): cell for cell in of}) for name, of in cells}


def calculation_sheets(sheets: dict[str, Sheet]) -> dict[str, Sheet]:
    """The sheets of months, years and statements."""
    return {n: s for n, s in sheets.items() if n.startswith(("Months ", "Years ", "Statements "))}


def refers_to_a_cell(formula: str) -> bool:
    """Whether a formula names a cell."""
    return _REFERENCE.search(formula) is not None


def relative(formula: str, row: int, column: int) -> str:
    """A formula with every reference written relative to its cell: equal for one pattern."""

    def turned(found: re.Match[str]) -> str:
        sheet, fixed_column, letters, fixed_row, number = found.groups()
        target_row, target_column = place(f"{letters}{number}")
        across = letter(target_column) if fixed_column else f"C[{target_column - column}]"
        down = str(target_row) if fixed_row else f"R[{target_row - row}]"
        return f"{sheet or ''}{across}{down}"

    return _REFERENCE.sub(turned, formula)
