"""Changes to a CSV table that leave every other byte as it was."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from io import StringIO

from casebuilder.inputs.edit.text import Changes, Span, changed
from casebuilder.inputs.files.tables import TO_DO, as_cell


@dataclass(frozen=True)
class Record:
    """A row: its cells as they are read, where each stands, and where its text ends."""

    cells: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def span(self) -> Span:
        """From its first character to its last, without the end of the line."""
        return self.spans[0][0], self.spans[-1][1]


class TableEdit(Changes):
    """A table that is being changed.

    Attributes
    ----------
    header
        The names of its columns.
    rows
        Its rows, those without any cell left out.
    """

    def __init__(self, text: str) -> None:
        """Read where every cell stands."""
        super().__init__(text)
        records = list(_records(text))
        self.line_end = "\r\n" if "\r\n" in text else "\n"
        self.header = tuple(cell.strip() for cell in records[0].cells) if records else ()
        self._head = records[0] if records else None
        self.rows = [record for record in records[1:] if any(cell.strip() for cell in record.cells)]
        self._marked = False

    def runs(self, column: str, value: str) -> list[list[Record]]:
        """The rows with a value in a column, those that follow each other together."""
        found: list[list[Record]] = []
        before = False
        for row in self.rows:
            here = self.cell(row, column) == value
            if here and before:
                found[-1].append(row)
            elif here:
                found.append([row])
            before = here
        return found

    def copy_rows(
        self, rows: list[Record], cells: Mapping[str, str], halved: Collection[str], to_do: str, shared: str
    ) -> None:
        """Put copies of some rows after the last of them.

        Parameters
        ----------
        rows
            Rows that follow each other.
        cells
            What stands in some columns of the copies.
        halved
            The columns whose number is divided between a row and its copy.
        to_do
            What the copies say is to be done about them.
        shared
            What a row says whose number was divided, unless it says something already.
        """
        self._mark_header()
        copies = []
        for row in rows:
            halves = [
                (span, half)
                for name in halved
                if (span := self._span(row, name)) and (half := _half(row, span, self.text))
            ]
            for span, half in halves:
                self.replace(span, half)
            made = [(*span, half) for span, half in halves]
            made += [
                (*span, as_cell(value)) for name, value in cells.items() if (span := self._span(row, name))
            ]
            copies.append(self._said(row, made, to_do))
            if halves and not self.cell(row, TO_DO):
                self._say(row, shared)
        end = rows[-1].span[1]
        self.insert(end, "".join(f"{self.line_end}{copy}" for copy in copies))

    @property
    def head(self) -> Record:
        """The header; of a table without one an empty row at its start."""
        return self._head or Record(("",), ((0, 0),))

    def put_cell(self, row: Record, column: str, cell: str) -> None:
        """Put a cell, as the file writes it, in place of one."""
        span = self._span(row, column)
        if span is not None:
            self.replace(span, cell)

    def put_row(self, after: Record, like: Record, cells: Mapping[str, str], to_do: str = "") -> None:
        """Put a row after one: as another is, with some cells of its own and what is to be done about it."""
        made = [(*span, as_cell(value)) for name, value in cells.items() if (span := self._span(like, name))]
        if to_do:
            self._mark_header()
            text = self._said(like, made, to_do)
        else:
            marked = self._span(like, TO_DO)
            text = changed(self.text, like.span, [*made, *([(*marked, "")] if marked else [])])
        self.insert(after.span[1], f"{self.line_end}{text}")

    def _mark_header(self) -> None:
        """Give the table the column of what is to be done, where it has none."""
        if TO_DO not in self.header and not self._marked and self._head is not None:
            self.insert(self._head.span[1], f",{TO_DO}")
        self._marked = True

    def _said(self, row: Record, made: list[tuple[int, int, str]], to_do: str) -> str:
        """The text of a row with some cells changed, and with what is to be done about it."""
        span = self._span(row, TO_DO)
        if span is not None:
            return changed(self.text, row.span, [*made, (*span, as_cell(to_do))])
        return f"{changed(self.text, row.span, made)},{as_cell(to_do)}"

    def _say(self, row: Record, to_do: str) -> None:
        span = self._span(row, TO_DO)
        if span is not None:
            self.replace(span, as_cell(to_do))
        else:
            self.insert(row.span[1], f",{as_cell(to_do)}")

    def cell(self, row: Record, column: str) -> str:
        """What stands in a column of a row; nothing where it has no such cell."""
        at = self.header.index(column) if column in self.header else len(row.cells)
        return row.cells[at].strip() if at < len(row.cells) else ""

    def _span(self, row: Record, column: str) -> Span | None:
        at = self.header.index(column) if column in self.header else len(row.cells)
        return row.spans[at] if at < len(row.spans) else None


def _records(text: str) -> Iterator[Record]:
    """Every line as a row, a cell in quotes over several lines as one."""
    start = at = 0
    spans: list[Span] = []
    inside = False
    while at <= len(text):
        mark = text[at] if at < len(text) else "\n"
        if mark == '"':
            inside = not inside
        elif at == len(text) or (not inside and mark in ",\r\n"):
            spans.append((start, at))
            start = at + 1
            if mark != ",":
                if mark == "\r" and text[at : at + 2] == "\r\n":
                    at += 1
                    start = at + 1
                if at < len(text) or spans != [(at, at)]:
                    yield Record(tuple(_read(text[a:b]) for a, b in spans), tuple(spans))
                spans = []
        at += 1


def _read(cell: str) -> str:
    """A cell as it is meant: without its quotes."""
    return next(iter(next(csv.reader(StringIO(cell, newline="")), [])), "") if '"' in cell else cell


def _half(row: Record, span: Span, text: str) -> str:
    return half(text[slice(*span)])


def half(number: str) -> str:
    """Half of a number as it is written; nothing where it is none, or nought."""
    try:
        value = float(number.strip().replace("_", ""))
    except ValueError:
        return ""
    return f"{value / 2:.12g}" if value else ""
