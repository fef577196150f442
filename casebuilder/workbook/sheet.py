"""A worksheet that writes rows of ready-made formulas fast.

XlsxWriter scans each formula with some thirty regular expressions for functions newer than Excel
2007. Our formulas hold none (`formulas` writes only what all engines share), so a row of them is
stored ready for the file: escaped once a row, and stepped along the columns. What is written is
byte for byte what the stock class writes; a test holds that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from casebuilder.workbook.layout import letter

_WHOLE = 1e15


class Ready(NamedTuple):
    """A formula cell whose text is already escaped for XML."""

    formula: str
    format: Format
    value: float | str


def escape(formula: str) -> str:
    """Formula text as XML needs it."""
    return formula.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescape(formula: str) -> str:
    """Formula text as it was before `escape`."""
    return formula.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&")


class FormulaSheet(Worksheet):  # type: ignore[misc]
    """A worksheet with `write_formula_row` and `write_ready`."""

    def write_ready(self, row: int, column: int, formula: str, style: Format, value: float) -> None:
        """Write one formula; row and column count from 1. NaN becomes an empty text."""
        self.write_formula_row(row, column, [escape(formula)], style, [value])

    def write_text_formula(
        self, row: int, column: int, formula: str, style: Format, value: str
    ) -> None:
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
        cells: dict[int, Any] = self.table[row - 1]
        for offset, (formula, value) in enumerate(zip(formulas, values, strict=True)):
            empty = not isinstance(value, str) and math.isnan(value)
            stored = value if isinstance(value, str) else float(value)
            cells[column - 1 + offset] = Ready(formula, style, "" if empty else stored)
        self._check_dimensions(row - 1, column - 1)
        self._check_dimensions(row - 1, column - 2 + len(formulas))

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        if cell.__class__ is not Ready:
            super()._write_cell(row, col, cell)
            return
        # An empty text is marked as one: without the mark it reads as a cell that was never worked out.
        text = ' t="str"' if isinstance(cell.value, str) else ""
        self.fh.write(
            f'<c r="{letter(col + 1)}{row + 1}" s="{cell.format._get_xf_index()}"{text}>'
            f"<f>{cell.formula}</f><v>{_shown(cell.value)}</v></c>"
        )


def _shown(value: float | str) -> str:
    """A cached value in full: every digit, and whole numbers without a point."""
    if isinstance(value, str):
        return escape(value)
    return repr(int(value)) if value.is_integer() and abs(value) < _WHOLE else repr(value)
