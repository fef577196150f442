"""CSV tables, read so that every fault names its line and column."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from casebuilder.errors import Fault
from casebuilder.inputs.places import Place, read_text
from casebuilder.inputs.scalars import listed, nearest


@dataclass(slots=True)
class Row:
    """The cells asked for of one row; where each stands is reckoned only when it is wanted."""

    cells: tuple[str, ...]
    start: Place
    raw: str
    columns: tuple[int, ...]

    def place(self, index: int) -> Place:
        """Where a cell stands, by its place among the cells asked for."""
        return self.start.at(self.start.line, _column(self.raw, self.columns[index]))


@dataclass(frozen=True)
class Table:
    """Some columns of a CSV file, row by row.

    Attributes
    ----------
    place
        The start of the file, where something missing belongs.
    header
        All columns of the file.
    rows
        The rows, each with the cells of the columns asked for, in that order.
    """

    place: Place
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def read_table(path: Path, shown: str, columns: Sequence[str], faults: list[Fault]) -> Table | None:
    """The columns asked for; None, with the faults noted, where one is missing or nothing can be read.

    Parameters
    ----------
    path
        The file.
    shown
        Its name as faults show it.
    columns
        The names of the columns wanted, in the order wanted; others are left alone.
    faults
        Takes what is wrong.
    """
    text = read_text(path, shown, faults)
    if text is None:
        return None
    start = Place(shown)
    lines = list(StringIO(text, newline=""))
    reader = csv.reader(lines, strict=True)
    try:
        header = tuple(name.strip() for name in next(reader, []))
        if not _good_header(header, columns, start, faults):
            return None
        wanted = tuple(header.index(column) for column in columns)
        rows: list[Row] = []
        line = reader.line_num + 1
        for record in reader:
            if record and len(record) != len(header):
                message = f"{len(record)} cells, where the header has {len(header)}"
                faults.append(start.at(line, 1).fault(message))
            elif record:
                cells = tuple([record[i].strip() for i in wanted])
                rows.append(Row(cells, Place(shown, line), lines[line - 1], wanted))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(start.at(max(reader.line_num, 1), 1).fault(f"not CSV: {error}"))
        return None
    return Table(start, header, tuple(rows))


def _good_header(header: tuple[str, ...], columns: Sequence[str], start: Place, faults: list[Fault]) -> bool:
    """Whether the header has each column asked for, once."""
    before = len(faults)
    if not header:
        faults.append(start.fault(f"the table is empty: a header with {listed(columns)} is expected"))
        return False
    for column in columns:
        if column not in header:
            hint = nearest(column, header) or f"; it has {listed(header)}"
            faults.append(start.fault(f"there is no column '{column}'{hint}"))
        elif header.count(column) > 1:
            faults.append(start.fault(f"there are two columns '{column}'"))
    return len(faults) == before


def _column(raw: str, index: int) -> int:
    """Where a cell starts in its line, from 1; quoted commas do not count."""
    if '"' not in raw:
        return len(",".join(raw.split(",")[:index])) + 2 if index else 1
    quoted, commas = False, 0
    for place, letter in enumerate(raw):
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            commas += 1
            if commas == index:
                return place + 2
    return 1
