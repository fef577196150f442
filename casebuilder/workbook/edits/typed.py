"""What was typed into a workbook or a form since it was written, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from casebuilder.errors import CaseError
from casebuilder.inputs.edits import name_of
from casebuilder.inputs.files.scalars import rounded, shown
from casebuilder.workbook.edits import start as starts
from casebuilder.workbook.edits.grid import (
    BASE,
    HIGH,
    LOW,
    SOURCE,
    VALUE,
    WHY,
    Grid,
    Held,
    RowKey,
    grid_of,
    row_key,
    value_column,
)
from casebuilder.workbook.edits.start import INTAKE, LINK, DamagedStartError, Start, Then
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.inputs import AS_BASE
from casebuilder.workbook.proof.cells import Cell, Error, place
from casebuilder.workbook.sheets.inputs import BY_PERIOD, OWN_ROW

_POINTERS = (BY_PERIOD, OWN_ROW)
# What vouches for a value: typed in a form, and only told in a workbook.
VOUCHING = (LOW, HIGH, SOURCE, WHY)
# Nobody types under these: what stands there describes the row.
DESCRIBED = (
    "Label", "Unit", "Least", "Most", "Kind", "State", "Prices of", "Note", "Words", "Owner", "Chapter",
    "Reference value",
)  # fmt: skip


class Typed(NamedTuple):
    """A cell that holds something other than was written.

    Attributes
    ----------
    row
        The key of its row.
    header
        What its column is headed with.
    then, held
        What was written, and what it holds.
    sheet, address
        Where it stands.
    """

    row: RowKey
    header: str
    then: Then
    held: Held
    sheet: str
    address: str

    @property
    def place(self) -> str:
        """Where it stands, as `Inputs!D14`."""
        return f"{self.sheet}!{self.address}"


class Untaken(NamedTuple):
    """Something in the file that is no edit of a value, with its place and what to do."""

    place: str
    what: str


@dataclass
class TypedCells:
    """All that was typed.

    Attributes
    ----------
    start
        What the file was written with.
    typed
        The cells that hold something else, those that hold a value or a formula.
    untaken
        What is no edit: cells emptied, errors, words of a row, rows and columns that came or went.
    positions
        Every cell that may be typed in, by sheet.
    grids
        The rows of each sheet of inputs.
    notes
        What is worth saying of what was pasted: nothing of it is left out.
    """

    start: Start
    typed: list[Typed] = field(default_factory=list)
    untaken: list[Untaken] = field(default_factory=list)
    positions: dict[str, set[str]] = field(default_factory=dict)
    grids: list[Grid] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_typed(path: Path, cells: Mapping[str, Sequence[Cell]]) -> TypedCells:
    """What was typed into a file that casebuilder wrote.

    Parameters
    ----------
    path
        The file, as faults name it.
    cells
        Its cells by sheet.

    Raises
    ------
    CaseError
        The file does not say what it was written with: it is none of ours, or its hidden sheet is gone.
    """
    start = _start(path, cells)
    found = TypedCells(start)
    grids = [grid for name, own in cells.items() if (grid := grid_of(name, held_cells(own))) is not None]
    if not grids:
        raise CaseError(
            f"{path}: no sheet has a header row with Key and Base within its first 30 rows, so that no value "
            "can be told from another; take the workbook as it was built and type the values into it again"
        )
    found.grids = grids
    where: dict[str, Grid] = {}
    for grid in grids:
        for key, row in grid.twice:
            found.untaken.append(Untaken(f"{grid.sheet}!{row}", f"a second row for {key}: neither is taken"))
        for key in grid.rows:
            if key in where:
                what = f"{key} stands on {where[key].sheet} too: neither is taken"
                found.untaken.append(Untaken(f"{grid.sheet}!{grid.rows[key]}", what))
            where.setdefault(key, grid)
    instead = {header for grid in grids for header in _tell_headers(found, grid)}
    double = {key for grid in grids for key, _ in grid.twice}
    double |= {key for key in where if sum(key in grid.rows for grid in grids) > 1}
    for key, then in start.rows.items():
        holder = where.get(key)
        if holder is None:
            found.untaken.append(
                Untaken("", f"the row of {key} is gone: its value stays as it is in the case")
            )
        elif key not in double:
            _read_row(found, holder, key, then, instead)
    for key, holder in where.items():
        if key not in start.rows and (row_key(key) or _typed_beside(holder, key)):
            what = f"'{key}' was no row of this file when it was written: nothing in it is taken"
            found.untaken.append(Untaken(f"{holder.sheet}!{holder.rows[key]}", what))
    return found


def _start(path: Path, cells: Mapping[str, Sequence[Cell]]) -> Start:
    """What the file says it was written with."""
    if starts.SHEET not in cells:
        raise CaseError(
            f"{path}: the hidden sheet '{starts.SHEET}', which says what every cell held when the file was "
            "written, is not there: pull takes a workbook or a form that casebuilder wrote, saved as .xlsx"
        )
    texts = [str(cell.value) for cell in sorted(cells[starts.SHEET], key=lambda each: place(each.address))]
    try:
        return starts.unpack(texts)
    except DamagedStartError as fault:
        raise CaseError(
            f"{path}: the hidden sheet '{starts.SHEET}' is damaged ({fault}): take the file as it was "
            "written, and type the values into it again"
        ) from fault


def held_cells(cells: Sequence[Cell]) -> dict[tuple[int, int], Held]:
    """What the cells of a sheet hold, by row and column from 1."""
    found = {}
    for cell in cells:
        error = cell.value.text if isinstance(cell.value, Error) else ""
        value = None if isinstance(cell.value, Error) else cell.value
        found[place(cell.address)] = Held(value, cell.formula, error)
    return found


def _read_row(
    found: TypedCells, grid: Grid, key: str, then: Mapping[str, Then], instead: Collection[str]
) -> None:
    """Set one row against what was written in it."""
    row = row_key(key)
    if row is None:
        return
    described = DESCRIBED if found.start.kind == INTAKE else (*DESCRIBED, *VOUCHING)
    for header in grid.typed:
        if header in instead:
            continue  # told by its header
        was, held = then.get(header), grid.held(key, header)
        address = grid.address(key, header)
        here = f"{grid.sheet}!{address}"
        if header not in described and (was is not None or header in VOUCHING):
            found.positions.setdefault(grid.sheet, set()).add(address)
        if _same(was, held, grid, row):
            continue
        if header in described:
            found.untaken.append(Untaken(here, f"{header} of {key} was changed: {_describes(header)}"))
        elif was in _POINTERS:
            there = "by period in the columns to the right" if was == BY_PERIOD else "in its own row"
            found.untaken.append(Untaken(here, f"{key}: its values stand {there}: type them there"))
        elif was is None and header not in VOUCHING:
            found.untaken.append(Untaken(here, f"{key} has no value for {header}: nothing reads this cell"))
        elif held.error:
            found.untaken.append(Untaken(here, f"{key}: {held.error} is no value: type the value"))
        elif held.formula is None and (held.value is None or held.value == ""):
            found.untaken.append(Untaken(here, f"{key}: the cell was emptied: {_emptied(was, row, header)}"))
        else:
            found.typed.append(Typed(row, header, was, held, grid.sheet, address))


def _tell_headers(found: TypedCells, grid: Grid) -> set[str]:
    """Name each header that is gone, once; gives those that stand instead, which no row is told of."""
    written = [found.start.rows[key] for key in grid.rows if key in found.start.rows]
    wanted = list(dict.fromkeys(header for row in written for header in row))
    gone = [header for header in wanted if header not in grid.headers]
    known = {header for row in found.start.rows.values() for header in row}
    new = [header for header in grid.typed if header not in known]
    for header in gone:
        put = f": put '{header}' back where the header now says '{new[0]}'" if new else ""
        what = f"the column headed '{header}' is gone{put}; until then nothing of it is taken"
        found.untaken.append(Untaken(grid.sheet, what))
    return {*new} if gone else set()


def _describes(header: str) -> str:
    """What is said of a changed cell that describes its row."""
    if header in (*VOUCHING, "State", "Note"):
        return "say it in a form (casebuilder intake) or in the case's files; here it changes nothing"
    return "it describes the row, and changes no value"


def _emptied(was: Then, row: RowKey, header: str) -> str:
    """What is said of a cell that was emptied."""
    if was == LINK or was is None:
        return "type the value"
    held = shown(was) if isinstance(was, float | str) else was
    option = row.option or (header if header not in (BASE, VALUE) and not header[:1].isdigit() else "")
    back = f"; to read the base case again delete {row.key} from options/{option}.yaml" if option else ""
    return f"type the value, which was {held}{back}"


def _same(was: Then, held: Held, grid: Grid, row: RowKey) -> bool:
    """Whether a cell holds what was written in it."""
    if held.formula is not None:
        return was == LINK and _links(held.formula, grid, row)
    if held.error:
        return False
    value = held.value
    if isinstance(value, str) and value.strip().casefold() == AS_BASE.casefold():
        return was in (LINK, AS_BASE)
    if was is None or was == LINK:
        return was is None and (value is None or value == "")
    if isinstance(was, str) or isinstance(value, str):
        return isinstance(value, str) and value.strip() == str(was).strip()
    return value is not None and not isinstance(was, tuple) and rounded(float(value)) == was


def _links(formula: str, grid: Grid, row: RowKey) -> bool:
    """Whether a formula is nothing but a link to a cell of the base case of the same input."""
    found = re.fullmatch(r"=?\$?([A-Z]{1,3})\$?([0-9]+)", formula.strip())
    if found is None:
        return False
    if int(found[2]) != grid.rows.get(name_of(None, row.key, row.members)):
        return False
    column = value_column(grid.headers)
    if column is None:  # its header is gone, and that is told
        return True
    base = letter(column)
    return found[1] == base if row.option is None else found[1] != base


def _typed_beside(grid: Grid, key: str) -> bool:
    """Whether a row that is none of ours holds a number where values stand."""
    return any(
        isinstance(grid.held(key, header).value, float) for header in grid.typed if header not in DESCRIBED
    )
