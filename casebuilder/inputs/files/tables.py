"""CSV tables, read so that every fault names its line and column."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import pairwise
from pathlib import Path

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.habits import habit_of
from casebuilder.inputs.files.once import of_many
from casebuilder.inputs.files.places import Place, read_text
from casebuilder.inputs.files.scalars import bare, listed, nearest, shown

TO_DO = "to_do"


@dataclass(slots=True)
class Row:
    """The cells asked for of one row; where each stands is reckoned only when it is wanted.

    `to_do` is the cell of the column of that name, where the table has one: what is to be done about the row.
    """

    cells: tuple[str, ...]
    start: Place
    raw: str
    columns: tuple[int, ...]
    to_do: str = ""

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
    other = other_separator(lines)
    if other:
        faults.append(start.fault(other))
        return None
    reader = csv.reader(lines, strict=True)
    try:
        first = next(reader, [])
        header = tuple(name.strip() for name in first[: _width(first)])
        wanted = _wanted(header, columns, lines, start, faults)
        if wanted is None:
            return None
        to_do = header.index(TO_DO) if TO_DO in header else None
        # The last cell may be left out where it is of what is to be done.
        least = len(header) - (to_do == len(header) - 1)
        rows: list[Row] = []
        odd: list[tuple[int, list[str]]] = []
        line = reader.line_num + 1
        for record in reader:
            width = _width(record)
            # Excel leaves the same commas behind in every line, the header among them.
            if width and not (width <= len(header) and least <= len(record) <= len(first)):
                odd.append((line, record))
            elif width:
                cells = tuple([record[i].strip() for i in wanted])
                said = record[to_do].strip() if to_do is not None and to_do < len(record) else ""
                rows.append(Row(cells, Place(shown, line), lines[line - 1], wanted, said))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(_no_csv(error, reader.line_num, lines, start))
        return None
    if odd:
        faults.append(start.at(odd[0][0], 1).fault(_odd_rows(odd, header)))
    return Table(start, header, tuple(rows))


def _no_csv(error: csv.Error, line: int, lines: Sequence[str], start: Place) -> Fault:
    """What the reader of CSV could not read: a quote that is not closed is shown where it opens."""
    opened = next((number for number, text in enumerate(lines, 1) if text.count('"') % 2), None)
    if opened is not None:
        column = lines[opened - 1].rfind('"') + 1
        message = "not CSV: a quote is opened or closed here without its fellow: take it out, or write two"
        return start.at(opened, column).fault(message)
    return start.at(max(line, 1), 1).fault(f"not CSV: {error}")


def other_separator(lines: Sequence[str]) -> str:
    """What is said of a table whose cells are not separated by commas; empty where they are.

    Parameters
    ----------
    lines
        The lines of the file.
    """
    first = next((line for line in lines if line.strip()), "")
    if first.lower().startswith("sep="):
        return "the first line says 'sep=' to Excel: delete it, so that the header comes first"
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if mark in first and "," not in first:
            return (
                f"the cells are separated by {name}: save the table as CSV with commas "
                f"(in Excel: File, Save As, CSV UTF-8 (Comma delimited); if it still writes {name}, "
                "set the list separator of Windows to a comma)"
            )
    return ""


def _width(record: Sequence[str]) -> int:
    """The cells of a row up to the last that holds something: Excel leaves commas behind."""
    return next((place for place in range(len(record), 0, -1) if record[place - 1].strip()), 0)


def _odd_rows(odd: Sequence[tuple[int, list[str]]], header: Sequence[str]) -> str:
    """What is said of rows that have more or fewer cells than the header."""
    record = odd[0][1]
    cells = "1 cell" if len(record) == 1 else f"{len(record)} cells"
    message = f"{cells}, where the header has {len(header)}"
    if _width(record) <= len(header) < len(record):
        message += ": delete the comma at its end"
    elif len(record) < len(header) and not any(re.fullmatch(r"[-\d.,]*\d", cell.strip()) for cell in record):
        message += ": delete the row if it is a remark"
    for left, right in pairwise(record):
        found = habit_of(f"{left},{right}") if re.fullmatch(r"\d{3}(?:\.\d+)?", right.strip()) else None
        if len(record) > len(header) and found is not None and found.number is not None:
            message += f": a comma inside a number ends the cell; write {shown(found.number)}"
            break
    return f"{message}{of_many(len(odd), 'rows')}"


def _wanted(
    header: tuple[str, ...], columns: Sequence[str], lines: Sequence[str], start: Place, faults: list[Fault]
) -> tuple[int, ...] | None:
    """Where each column stands, whatever its capitals and blanks; None, with faults, if not once."""
    before = len(faults)
    if not header:
        faults.append(start.fault(f"the table is empty: a header with {listed(columns)} is expected"))
        return None
    plain = [bare(name) for name in header]
    found: list[int] = []
    lacking: list[str] = []
    for column in columns:
        names = header if column in header else plain
        if names.count(column) > 1:
            faults.append(start.fault(f"there are two columns '{column}'"))
        elif column in names:
            found.append(names.index(column))
        else:
            lacking.append(column)
    below = _header_below(columns, lines) if lacking else None
    if below:
        faults.append(start.fault(f"the header stands in line {below}: delete the lines above it"))
        return None
    if len(lacking) == len(columns) > 1:
        message = f"no header with {listed(columns, 12)}; the first line has {listed(header)}"
        message += f": write {','.join(columns)} above it, if the values start there"
        faults.append(start.fault(message))
        return None
    for column in lacking:
        close = nearest(column, [name for name in header if name not in columns])
        faults.append(start.fault(f"there is no column '{column}'{close or _has(header)}"))
    return tuple(found) if len(faults) == before else None


def _has(header: Sequence[str]) -> str:
    """What columns there are, so that one may be given the name that is wanted."""
    return f"; it has {listed(header)}: rename the one that is meant"


def _header_below(columns: Sequence[str], lines: Sequence[str]) -> int | None:
    """The line, from 1, of a header with every column, if one stands among the first lines."""
    for number, line in enumerate(lines[1:12], 2):
        names = [bare(name) for name in line.strip().split(",")]
        if all(column in names for column in columns):
            return number
    return None


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


def numbers(
    path: Path, keys: tuple[str, ...], columns: tuple[str, ...]
) -> dict[tuple[str, ...], tuple[float, ...]]:
    """Some columns of a table as numbers, by others.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    faults: list[Fault] = []
    table = read_table(path, str(path), (*keys, *columns), faults)
    found: dict[tuple[str, ...], tuple[float, ...]] = {}
    for row in table.rows if table else ():
        values: list[float] = []
        for i, cell in enumerate(row.cells[len(keys) :], len(keys)):
            try:
                values.append(float(cell))
            except ValueError:
                faults.append(row.place(i).fault(f"'{cell}' is no number"))
        found[row.cells[: len(keys)]] = tuple(values)
    if faults:
        raise InputError(faults)
    return found


def table_text(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as a file holds it."""
    stream = StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()


def as_cell(text: str) -> str:
    """A text as a cell of CSV: in quotes where it holds a comma, a quote or a line end."""
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\r\n') else text
