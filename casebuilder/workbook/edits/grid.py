"""The rows of a sheet of inputs, whatever it is called and wherever they stand: found by header and key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from casebuilder.inputs.edits import Amount
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.inputs import IN_USE

KEY, BASE, VALUE, LOW, HIGH, SOURCE, WHY = "Key", "Base", "Value", "Low", "High", "Source", "Why"
# The header stands within these rows.
HEADER_ROWS = 30
# What the workbook works out by itself, and nobody types.
_OWN = ("Changed", "Fault", "Status")
# By these a sheet is known whose header of values was changed.
_ABOUT = {"Label", "Unit", "Least", "Most"}
_ROW_KEY = re.compile(
    r"(?:(?P<option>[^:\[\]]+):)?(?P<key>[a-z][a-z0-9_]*\.[a-z0-9_]+)(?:\[(?P<members>.*)\])?"
)


class Held(NamedTuple):
    """What a cell holds: a value, a formula, or an error; `formula` is without its equals sign."""

    value: Amount | bool | None
    formula: str | None = None
    error: str = ""


class RowKey(NamedTuple):
    """The key of a row, taken apart."""

    option: str | None
    key: str
    members: tuple[str, ...]


@dataclass
class Grid:
    """The rows of a sheet of inputs.

    Attributes
    ----------
    sheet
        Its name.
    headers
        The column of each header.
    header_row
        Where they stand.
    rows
        The row of each key.
    twice
        Keys that stand in a second row, with that row.
    cells
        What the cells hold, by row and column.
    """

    sheet: str
    headers: dict[str, int]
    header_row: int
    rows: dict[str, int] = field(default_factory=dict)
    twice: list[tuple[str, int]] = field(default_factory=list)
    cells: Mapping[tuple[int, int], Held] = field(default_factory=dict)

    def held(self, key: str, header: str) -> Held:
        """What the cell of a row under a header holds."""
        return self.cells.get((self.rows[key], self.headers[header]), Held(None))

    def address(self, key: str, header: str) -> str:
        """Where that cell stands."""
        return f"{letter(self.headers[header])}{self.rows[key]}"

    @property
    def typed(self) -> Iterator[str]:
        """The headers under which something is written that no formula of the workbook works out."""
        for header in self.headers:
            if header != KEY and header not in _OWN and not header.startswith(IN_USE):
                yield header


def grid_of(sheet: str, cells: Mapping[tuple[int, int], Held]) -> Grid | None:
    """The rows of a sheet; None where it has no header of inputs."""
    firsts = sorted(at for at, held in cells.items() if at[0] <= HEADER_ROWS and _text(held) == KEY)
    for row, _ in firsts:
        names = {column: _text(held) for (at, column), held in cells.items() if at == row and _text(held)}
        if BASE not in names.values() and VALUE not in names.values() and not {*names.values()} >= _ABOUT:
            continue
        headers: dict[str, int] = {}
        for column in sorted(names):
            headers.setdefault(names[column], column)
        grid = Grid(sheet, headers, row, cells=cells)
        for (at, column), held in sorted(cells.items()):
            key = _text(held)
            if at > row and column == headers[KEY] and key:
                if key in grid.rows:
                    grid.twice.append((key, at))
                else:
                    grid.rows[key] = at
        return grid
    return None


def value_column(headers: Mapping[str, int]) -> int | None:
    """The column of the base case's values, Base in a workbook and Value in a form; None where it is gone."""
    return headers.get(BASE, headers.get(VALUE))


def row_key(text: str) -> RowKey | None:
    """The option, key and members of a row; None where it is no key."""
    found = _ROW_KEY.fullmatch(text.strip())
    if found is None:
        return None
    members = tuple(part.strip() for part in found["members"].split(",")) if found["members"] else ()
    return RowKey(found["option"], found["key"], members)


def _text(held: Held) -> str:
    return held.value.strip() if isinstance(held.value, str) and held.formula is None else ""
