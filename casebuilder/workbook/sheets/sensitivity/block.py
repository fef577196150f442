"""A sheet written from the top down: titles, headers and rows of engine results beside live cells."""

from __future__ import annotations

import math
from collections.abc import Sequence

from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles


class Block:
    """The row that is written next, and what was written so far.

    Parameters
    ----------
    sheet
        The sheet.
    layout, styles
        Addresses and formats.
    """

    def __init__(self, sheet: FormulaSheet, layout: Layout, styles: Styles) -> None:
        """Start at the first row."""
        self.sheet, self.layout, self.styles = sheet, layout, styles
        self.row, self.cells, self.widest = 1, 0, 1

    def title(self, text: str, note: str = "") -> None:
        """Write a heading, and below it what there is to say."""
        self.text(1, text, "heading")
        self.row += 1
        if note:
            self.text(1, note, "note")
            self.row += 1

    def header(self, names: Sequence[str], texts: int = 2, height: float = 30) -> None:
        """Write the header of a table, of which the first columns hold texts."""
        for column, name in enumerate(names, 1):
            self.text(column, name, "header" if column <= texts else "header_right")
        self.sheet.set_row(self.row - 1, height)
        self.widest = max(self.widest, len(names))
        self.row += 1

    def text(self, column: int, text: str, role: str = "cell_text") -> None:
        """Write a text in the current row."""
        self.sheet.write_string(self.row - 1, column - 1, text, self.styles[role])

    def number(self, column: int, value: float | None, unit: str, signed: bool = False) -> None:
        """Write a result of the engine in the current row; a blank where there is none."""
        if value is not None and math.isfinite(value):
            style = self.styles.number("engine", unit, signed)
            self.sheet.write_exact(self.row, column, value, style)

    def live(self, column: int, formula: str, value: float | None, unit: str, signed: bool = False) -> None:
        """Write a formula that gives a number, or an empty text."""
        style = self.styles.number("calculation", unit, signed)
        self.sheet.write_ready(self.row, column, formula, style, math.nan if value is None else value)
        self.cells += 1

    def live_text(self, column: int, formula: str, value: str, role: str = "cell_text") -> None:
        """Write a formula that gives a text."""
        self.sheet.write_text_formula(self.row, column, formula, self.styles[role], value)
        self.cells += 1
