"""Room to paste beside the rows of a sheet: whole columns, below a line that says what goes there."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.workbook.intake.columns import HEADER_ROW, Columns
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

_WIDTH, _GAP = 13, 3  # characters
HERE = "Go to where you paste \u2192"


def write_paste(
    sheet: FormulaSheet, columns: Columns, lines: Sequence[str], many: int, styles: Styles
) -> None:
    """Open columns right of the rows, and say above them what may be pasted.

    Parameters
    ----------
    sheet, columns
        The sheet and the columns of its rows.
    lines
        A heading, then what may be pasted.
    many
        How many columns are opened.
    styles
        The formats.
    """
    first = columns.last + 1  # from 0: one column is left between
    sheet.set_column(columns.last, columns.last, _GAP)
    sheet.set_column(first, first + many - 1, _WIDTH, styles["form_paste"])
    for row in range(HEADER_ROW):
        for column in range(first, first + many):
            style = "form_head" if row == HEADER_ROW - 1 else "cell_text"
            sheet.write_blank(row, column, None, styles[style])
    heading, *rest = lines
    sheet.write_string(0, first, heading, styles["title"])
    for row, line in enumerate(rest, 1):
        sheet.write_string(row, first, line, styles["quiet_text"])
    there = f"{letter(first + 1)}{HEADER_ROW + 1}"
    sheet.write_url(5, 1, f"internal:'{sheet.name}'!{there}", styles["link"], string=HERE)
