"""What was pasted beside the rows of a form's sheet, as a sheet of its own with the addresses that it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from casebuilder.tasks.data.sheets import Cell, Sheet
from casebuilder.workbook.edits.grid import grid_of
from casebuilder.workbook.edits.typed import Untaken, held_cells
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.proof.cells import Cell as FileCell


def pasted_region(
    path: Path, name: str, cells: Mapping[str, Sequence[FileCell]], untaken: list[Untaken]
) -> Sheet | None:
    """The cells right of a sheet's rows; None where the sheet is not there or nothing was pasted.

    Parameters
    ----------
    path
        The file, as faults name it.
    name
        The name of the sheet.
    cells
        The cells of the file by sheet.
    untaken
        Takes formulas and errors: what a formula last came to is not read.
    """
    if name not in cells:
        return None
    held = held_cells(cells[name])
    grid = grid_of(name, held)
    if grid is None:
        return None
    right = max(grid.headers.values())
    found: dict[int, dict[int, Cell]] = {}
    formulas: list[str] = []
    for (row, column), cell in sorted(held.items()):
        if row <= grid.header_row or column <= right:
            continue
        if cell.formula is not None or cell.error:
            formulas.append(f"{letter(column)}{row}")
        elif cell.value is not None:
            found.setdefault(row - 1, {})[column - 1] = cell.value
    if formulas:
        more = f" and {len(formulas) - 1:,} more cells" if len(formulas) > 1 else ""
        what = f"a formula or an error where values are pasted{more}: paste values only"
        untaken.append(Untaken(f"{name}!{formulas[0]}", what))
    if not found:
        return None
    width = 1 + max(column for row in found.values() for column in row)
    rows = [[found.get(at, {}).get(column) for column in range(width)] for at in range(max(found) + 1)]
    return Sheet(str(path), name, rows)
