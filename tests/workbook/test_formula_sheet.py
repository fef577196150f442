"""Our fast worksheet writes byte for byte what stock XlsxWriter writes of values of fifteen digits."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

from xlsxwriter import Workbook

from casebuilder.workbook.writing.sheet import FormulaSheet, escape

FORMULAS = (
    "A1+B1",
    'IF(A1<>0,"less & more",B1)',
    "SUMIFS('Months bau'!$A$1:$A$9,$B$1:$B$9,\"<=\"&C4)",
    "1/3",
    "0",
    "A1>B1",
    'IF(A1="","",A1)',
)
VALUES: tuple[float | str, ...] = (3, "less & <more>", 0.1 + 0.2, 1 / 3, 0.0, -1.5e-12, "a")
MORE_VALUES: tuple[float | str, ...] = (1e14, 123456789.0, -2.0, 1e22, 0.1, 5e-300, "text")


def as_whole(value: float | str) -> float | str:
    """A whole number without a point, as people type it, another of fifteen digits: as we store it."""
    if isinstance(value, str):
        return value
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else float(f"{value:.15g}")


def sheet_xml(path: Path, ours: bool) -> bytes:
    """The XML of a sheet that holds the same cells, written by one class or the other."""
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet("One", FormulaSheet) if ours else workbook.add_worksheet("One")
    style = workbook.add_format({"num_format": "0.00"})
    sheet.write_string(0, 0, "label")
    for row, values in enumerate((VALUES, MORE_VALUES), 2):
        if ours:
            sheet.write_formula_row(row + 1, 28, [escape(f) for f in FORMULAS], style, list(values))
        else:
            for column, (formula, value) in enumerate(zip(FORMULAS, values, strict=True), 27):
                sheet.write_formula(row, column, f"={formula}", style, as_whole(value))
    sheet.write_number(6, 2, 4.5, style)
    # Texts with a format, comments, rows with a look of their own, rows beyond the first spans.
    sheet.write_string(9, 3, "with a format", style)
    sheet.write_comment(9, 5, "beside it")
    sheet.write_comment(12, 1, "alone")
    sheet.set_row(14, 30, style)
    sheet.set_row(20, None, style, {"level": 1})
    sheet.write_string(20, 0, "in a row with a format")
    sheet.write_blank(20, 40, None, style)
    for row in (15, 16, 31, 47, 63):
        sheet.write_string(row, row, f"row {row}", style)
    workbook.close()
    with zipfile.ZipFile(path) as archive:
        return archive.read("xl/worksheets/sheet1.xml")


def test_a_row_of_formulas_is_the_same_bytes(tmp_path: Path) -> None:
    """Formulas, escapes, styles and stored values come out as the stock class writes them."""
    assert sheet_xml(tmp_path / "ours.xlsx", True) == sheet_xml(tmp_path / "stock.xlsx", False)


def test_a_value_that_is_no_number_is_stored_as_empty_text(tmp_path: Path) -> None:
    """No NaN is ever written: an empty headline is an empty text, marked so that it is no missing value."""
    path = tmp_path / "empty.xlsx"
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet("One", FormulaSheet)
    sheet.write_ready(1, 1, 'IF(ROUND(B1,9)=0,"",A1/B1)', workbook.add_format(), math.nan)
    workbook.close()
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 't="str"><f>' in xml and "<v></v>" in xml and "nan" not in xml.lower()
