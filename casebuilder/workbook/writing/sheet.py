"""A worksheet that writes rows of ready-made formulas fast.

XlsxWriter scans each formula with some thirty regular expressions for functions newer than Excel
2007. Our formulas hold none (`formulas` writes only what all engines share), so a row of them is
stored ready for the file: escaped once a row, and stepped along the columns. What is written is
byte for byte what the stock class writes, but that a stored result has fifteen digits, as many as
Excel shows; a test holds that. What is typed is written in full.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellStringTuple, Worksheet

from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.layout.limits import (
    MOST_COLUMNS,
    MOST_ROWS,
    Limits,
    Refused,
    over_formula,
    over_text,
    over_validation,
)

_WHOLE = 1e15
_ROWS_OF_A_SPAN = 16


class Ready(NamedTuple):
    """A formula cell whose text is already escaped for XML."""

    formula: str
    format: Format
    value: float | str


class Exact(NamedTuple):
    """A number that is written in full."""

    value: float
    format: Format


def escape(formula: str) -> str:
    """Formula text as XML needs it."""
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(escaped: str) -> str:
    """Formula text without the escapes of XML."""
    return escaped.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def constant_of(cell: Any, texts: Mapping[int, str]) -> float | str | None:
    """What a cell about to be written holds that no formula gives; None for a formula and an empty cell.

    Parameters
    ----------
    cell
        A cell of a sheet's table.
    texts
        The workbook's texts by number.
    """
    kind = cell.__class__.__name__
    if kind == "String":
        return texts[cell.string]
    if kind == "Number":
        return float(cell.number)
    return float(cell.value) if kind == "Exact" else None


class FormulaSheet(Worksheet):  # type: ignore[misc]
    """A worksheet with `write_formula_row` and `write_ready`, which cuts nothing.

    What Excel would refuse is kept in `limits`, which the sheets of a workbook share.
    """

    def __init__(self) -> None:
        """Start with limits of its own."""
        super().__init__()
        self.limits = Limits()
        # The texts of the first two columns by row, from 1.
        self.labels: tuple[dict[int, str], dict[int, str]] = ({}, {})
        # By row and column, from 1: the first of formulas side by side that are one, and how many they are.
        self.stepped: dict[tuple[int, int], int] = {}

    def write_stepped_row(
        self,
        row: int,
        column: int,
        pattern: str,
        marks: Sequence[Sequence[str]],
        style: Format,
        values: Sequence[float],
    ) -> None:
        """Write one formula along a row from a column on: escaped, with marks for columns."""
        self.write_formula_row(row, column, [pattern.format(*each) for each in marks], style, values)
        self.stepped[row, column] = len(marks)

    def write_ready(self, row: int, column: int, formula: str, style: Format, value: float) -> None:
        """Write one formula; row and column count from 1. NaN becomes an empty text."""
        self.write_formula_row(row, column, [escape(formula)], style, [value])

    def write_words(self, row: int, column: int, text: str, style: Format) -> None:
        """Write one text as it is; from 1. `write_string` looks first for addresses in letters."""
        self._write_string(row - 1, column - 1, text, style)

    def write_exact(self, row: int, column: int, value: float, style: Format) -> None:
        """Write one number in full, so that it is to the last digit what a formula would give; from 1."""
        if not self._check_dimensions(row - 1, column - 1):
            self.table[row - 1][column - 1] = Exact(float(value), style)

    def restyle(self, row: int, column: int, change: Callable[[Format], Format]) -> None:
        """Give the text of a cell another format; the row from 1, the column from 0."""
        cell = self.table[row - 1][column]
        self.table[row - 1][column] = cell._replace(format=change(cell.format))

    def write_text_formula(self, row: int, column: int, formula: str, style: Format, value: str) -> None:
        """Write one formula whose value is text."""
        self.write_formula_row(row, column, [escape(formula)], style, [value])

    def write_formula_row(
        self,
        row: int,
        column: int,
        formulas: Sequence[str],
        style: Format,
        values: Sequence[float | str],
    ) -> None:
        """Write escaped formulas side by side, from a column on; both count from 1."""
        longest = max(formulas, key=len, default="")
        if wrong := over_formula(plain(longest)):
            self._refuse(row, column + formulas.index(longest), wrong)
        cells: dict[int, Any] = self.table[row - 1]
        for offset, (formula, value) in enumerate(zip(formulas, values, strict=True)):
            empty = not isinstance(value, str) and math.isnan(value)
            stored = value if isinstance(value, str) else float(value)
            cells[column - 1 + offset] = Ready(formula, style, "" if empty else stored)
        outside = self._check_dimensions(row - 1, column - 1)
        if self._check_dimensions(row - 1, column - 2 + len(formulas)) or outside:
            self._refuse_outside(row, column - 1 + len(formulas))

    def data_validation(self, *range_and_rule: Any) -> Any:
        """Add a rule to cells, as XlsxWriter does; one that Excel would refuse is kept in `limits`."""
        *cells, rule = range_and_rule
        if len(cells) == 4:
            self._refuse(cells[0] + 1, cells[1] + 1, over_validation(rule))
        return super().data_validation(*range_and_rule)

    def _write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> Any:
        if col < len(self.labels):
            self.labels[col][row + 1] = string
        self._refuse(row + 1, col + 1, over_text(string))
        done = super()._write_string(row, col, string, cell_format)
        if done == -1:
            self._refuse_outside(row + 1, col + 1)
        return done

    def _refuse_outside(self, row: int, column: int) -> None:
        what = f"row {row:,} and column {column:,}, {MOST_ROWS:,} and {MOST_COLUMNS:,} at most"
        self._refuse(row, column, what)

    def _refuse(self, row: int, column: int, what: str) -> None:
        if what:
            cell = f"{letter(column)}{row}"
            self.limits.refused.append(Refused(self.name, cell, self.labels[0].get(row, ""), what))

    def _get_range_data(self, row_start: int, col_start: int, row_end: int, col_end: int) -> list[Any]:
        """The values of a range for the cache of a chart, which previewers draw; None for an empty text."""
        data: list[Any] = []
        for row in range(row_start, row_end + 1):
            for column in range(col_start, col_end + 1):
                cell = self.table[row].get(column) if row in self.table else None
                if isinstance(cell, Ready | Exact):
                    data.append(None if cell.value == "" else cell.value)
                elif cell is None:
                    data.append(None)
                else:
                    data += super()._get_range_data(row, column, row, column)
        return data

    def _write_rows(self) -> None:
        """Write the rows as the stock class does, the cells of a row that we know in one piece."""
        self._calculate_spans()
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells = self.table.get(row)
            span, info = self.row_spans.get(row // _ROWS_OF_A_SPAN), self.row_info.get(row)
            if cells:
                self._write_row(row, span, info)
                self._write_cells(row, cells)
                self._xml_end_tag("row")
            elif info is not None or row in self.comments:
                self._write_empty_row(row, span, info)

    def _write_cells(self, row: int, cells: Mapping[int, Any]) -> None:
        """Write the cells of a row, those that are not of our kinds as the stock class does."""
        ready: list[str] = []
        for column in sorted(cells):
            cell = cells[column]
            text = _text_of(cell, f"{letter(column + 1)}{row + 1}")
            if text is None:
                self.fh.write("".join(ready))
                ready = []
                super()._write_cell(row, column, cell)
            else:
                ready.append(text)
        self.fh.write("".join(ready))

    def _calculate_spans(self) -> None:
        """The first and last column used in each sixteen rows, as the stock class has them."""
        found: dict[int, tuple[int, int]] = {}
        for held in (self.table, self.comments):
            for row, cells in held.items():
                if cells:
                    of = row // _ROWS_OF_A_SPAN
                    first, last = found.get(of, (MOST_COLUMNS, -1))
                    found[of] = min(first, *cells), max(last, *cells)
        self.row_spans = {of: f"{first + 1}:{last + 1}" for of, (first, last) in found.items()}


def _text_of(cell: Any, address: str) -> str | None:
    """A cell as the file has it; None for one that the stock class writes."""
    kind = cell.__class__
    if kind is Ready:
        # An empty text is marked as one: without the mark it reads as a cell that was never worked out.
        mark = ' t="str"' if isinstance(cell.value, str) else ""
        style = cell.format._get_xf_index()
        return f'<c r="{address}" s="{style}"{mark}><f>{cell.formula}</f><v>{_stored(cell.value)}</v></c>'
    if kind is Exact:
        return f'<c r="{address}" s="{cell.format._get_xf_index()}"><v>{_shown(cell.value)}</v></c>'
    if kind is CellStringTuple and cell.format:
        return f'<c r="{address}" s="{cell.format._get_xf_index()}" t="s"><v>{cell.string}</v></c>'
    return None


def _stored(value: float | str) -> str:
    """A stored result: fifteen digits, and whole numbers without a point."""
    if isinstance(value, str):
        return escape(value)
    return repr(int(value)) if value.is_integer() and abs(value) < _WHOLE else f"{value:.15g}"


def _shown(value: float) -> str:
    """A number in full: every digit, and whole numbers without a point."""
    return repr(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
