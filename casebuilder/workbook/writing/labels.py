"""Labels that a cell beside them would cut: their column is widened, and beyond a bound they wrap."""

from __future__ import annotations

import textwrap

from xlsxwriter.worksheet import CellBlankTuple

from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

_LINE_HEIGHT = 13.5


def fit_column(sheet: FormulaSheet, styles: Styles, column: int, least: float, most: float) -> None:
    """Fit one of the first two columns of a sheet to its labels.

    Parameters
    ----------
    sheet
        A sheet that is written.
    styles
        Its formats.
    column
        From 0.
    least, most
        Its width in characters.
    """
    beside = {row: text for row, text in sheet.labels[column].items() if _is_beside(sheet, row, column)}
    width = min(max([least, *map(width_of, beside.values())]), most)
    sheet.set_column(column, column, width)
    for row, text in beside.items():
        if width_of(text) > width:
            sheet.restyle(row, column, styles.wrapped)
            sheet.set_row(row - 1, _LINE_HEIGHT * len(textwrap.wrap(text, int(width))))


def width_of(text: str) -> float:
    """How wide a column must be to show a text whole: letters are narrower than the digits it counts in."""
    return 0.9 * len(text) + 1


def _is_beside(sheet: FormulaSheet, row: int, column: int) -> bool:
    """Whether something stands to the right of a text; a heading, whose row has its own height, wraps."""
    right = sheet.table[row - 1].get(column + 1)
    return right is not None and not isinstance(right, CellBlankTuple) and row - 1 not in sheet.row_info
