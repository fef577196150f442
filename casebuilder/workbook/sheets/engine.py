"""The technical sheet of engine results: what each rests on, added up, then and now.

A board has no use for a checksum such as the sum of the GDP deflator, each cell times its row. The sheet is
hidden, so that it is not printed with the rest, and an assurer may show it.
"""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter import Workbook

from casebuilder.evaluate.checks import MODELLER, WARN, CheckResult
from casebuilder.inputs.files.scalars import listed
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.writing.engine_fingerprint import Print
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

SHEET = "Engine results"
ENGINE_FITS = "workbook.engine_results_fit"
_HEADS = ("What it rests on: cells, each times its row", "Now", "When built (engine)", "Changed")


class EngineSheet:
    """Keeps the sums under each engine result; the sheet is made when the first is written.

    Parameters
    ----------
    workbook
        The workbook.
    styles
        The formats.
    """

    def __init__(self, workbook: Workbook, styles: Styles) -> None:
        """Make no sheet yet."""
        self._workbook, self._styles = workbook, styles
        self.sheet: FormulaSheet | None = None
        self.cells = 0
        self._row = 5

    def write(self, title: str, prints: Sequence[Print]) -> str:
        """Write the sums under a result, live beside what they were; gives a formula: how many changed."""
        if self.sheet is None:
            self.sheet = self._made()
        sheet, styles = self.sheet, self._styles
        sheet.write_string(self._row - 1, 0, title, styles["heading"])
        for column, name in enumerate(_HEADS):
            sheet.write_string(self._row, column, name, styles["header"])
        first = self._row + 2
        for row, each in enumerate(prints, first):
            sheet.write_string(row - 1, 0, each.label, styles["cell_text"])
            sheet.write_ready(row, 2, each.text, styles.number("calculation", "number"), each.value)
            sheet.write_number(row - 1, 2, each.value, styles.number("engine", "number"))
            text = f"IF(ABS(B{row}-C{row})<=1E-11*ABS(C{row}),0,1)"
            sheet.write_ready(row, 4, text, styles.number("calculation", "flag"), 0.0)
            self.cells += 2
        last = first + len(prints) - 1
        self._row = last + 2
        return f"SUM('{SHEET}'!$D${first}:$D${last})"

    def _made(self) -> FormulaSheet:
        sheet: FormulaSheet = self._workbook.add_worksheet(SHEET, FormulaSheet)
        sheet.write_string(0, 0, SHEET, self._styles["title"])
        what = "Whether results that a sheet cannot work out still fit the workbook. For assurers."
        sheet.write_string(2, 0, what, self._styles["subtitle"])
        sheet.set_column(0, 0, 66)
        sheet.set_column(1, 2, 24)
        sheet.hide()
        return sheet


def engine_check(layout: Layout, ranges: str) -> list[CheckResult]:
    """The check that engine results still fit, where there are any.

    Parameters
    ----------
    layout
        Which options are laid out; of the others there are engine results.
    ranges
        What is said of the ranges on Sensitivity; empty where there are none.
    """
    rest = layout.not_laid_out
    if not rest and not ranges:
        return []
    own = [*rest, *([ranges] if ranges else [])]
    basis = "Once an input is changed, or a scenario chosen, build again"
    basis += "; options can be laid out (--options)." if rest else "."
    return [
        CheckResult(
            ENGINE_FITS,
            f"Engine results fit the inputs of this workbook: {listed(own)}",
            WARN,
            dict.fromkeys(layout.problem.frame.option_ids, 0),
            basis,
            MODELLER,
        )
    ]
