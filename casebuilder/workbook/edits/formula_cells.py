"""Which cells a typed formula reads, and what it reads by the keys of inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from casebuilder.workbook.edits.grid import KEY, Grid, value_column
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.proof.cells import place

_TEXT = re.compile(r'("(?:[^"]|"")*")')
_CELL = r"\$?[A-Za-z]{1,3}\$?[0-9]+"
_READS = re.compile(
    rf"(?:(?P<sheet>'(?:[^']|'')+'|[A-Za-z_][\w.]*)!)?(?<![\w.$])(?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w(!])"
)
_ELSEWHERE = re.compile(r"![^=]|\[")
# A range of more cells than this is told by its ends.
_MOST = 20_000


def reads_cells(formula: str) -> bool:
    """Whether a formula reads anything beside its own numbers and texts: a cell, another sheet, a table."""
    return any(_READS.search(part) or _ELSEWHERE.search(part) for part in _TEXT.split(formula)[::2])


def cells_read(formula: str, sheet: str) -> Iterator[str]:
    """The cells that a formula on a sheet reads, as `Inputs!D14`; ranges cell by cell."""
    for part in _TEXT.split(formula)[::2]:
        for found in _READS.finditer(part):
            of = (found["sheet"] or sheet).strip("'").replace("''", "'")
            top, left = place(_plain(found["first"]))
            bottom, right = place(_plain(found["last"] or found["first"]))
            rows, columns = sorted((top, bottom)), sorted((left, right))
            if (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) > _MOST:
                continue
            for row in range(rows[0], rows[1] + 1):
                for column in range(columns[0], columns[1] + 1):
                    yield f"{of}!{letter(column)}{row}"


def by_keys(formula: str, sheet: str, grids: Sequence[Grid]) -> str:
    """A formula with the keys of inputs in place of single cells of theirs: the next build moves cells."""
    names = {grid.sheet: _names(grid) for grid in grids}

    def one(found: re.Match[str]) -> str:
        of = (found["sheet"] or sheet).strip("'").replace("''", "'")
        known = names.get(of, {}).get(place(_plain(found["first"]))[0])
        if known is None or found["last"]:
            return found[0]
        key, headers, base = known
        column = place(_plain(found["first"]))[1]
        header = headers.get(column, "")
        if column == base:
            return key
        return f"{key} ({header})" if header else found[0]

    parts = _TEXT.split(formula)
    return "".join(part if number % 2 else _READS.sub(one, part) for number, part in enumerate(parts))


def _names(grid: Grid) -> Mapping[int, tuple[str, Mapping[int, str], int]]:
    headers = {column: header for header, column in grid.headers.items() if header != KEY}
    base = value_column(grid.headers) or 0
    return {row: (key, headers, base) for key, row in grid.rows.items()}


def _plain(address: str) -> str:
    return address.replace("$", "").upper()
