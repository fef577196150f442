"""No page shows a figure that says nothing: from a bound on it is in words, live."""

from __future__ import annotations

import math
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from casebuilder.case import load_case
from casebuilder.inputs.templates.read import pages
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.engines import IronCalc
from casebuilder.workbook.proof.verify import verify
from casebuilder.workbook.sheets.engine import SHEET
from casebuilder.workbook.writing.bounds import bounded, is_above, worded
from casebuilder.workbook.writing.sheet import FormulaSheet, escape

SHOWN = [
    ("share", True, 4_076.31, "more than tenfold"),
    ("share", True, -42.9, "more than tenfold"),
    ("share", True, 10.0, 10.0),
    ("share", True, -9.99, -9.99),
    ("share", True, 0.0, 0.0),
    ("share", False, 12.0, 12.0),
    ("weeks", True, -2_515.0, "over 2 years shorter"),
    ("weeks", True, 105.0, "over 2 years longer"),
    ("weeks", True, 104.0, 104.0),
    ("weeks", True, -104.0, -104.0),
    ("weeks", False, 2_515.0, "over 2 years"),
    ("weeks", False, -0.5, "–"),
    ("weeks", False, 0.0, 0.0),
    ("weeks / month", False, 2_515.0, 2_515.0),
    ("GBP_real", True, -2_515.0, -2_515.0),
    ("tests", False, 1e6, 1e6),
]


@pytest.mark.parametrize(("unit", "signed", "value", "shown"), SHOWN)
def test_a_figure_beyond_its_bound_is_in_words(
    unit: str, signed: bool, value: float, shown: float | str
) -> None:
    """The value stored for a figure of each kind, on both sides of its bounds."""
    assert bounded("A1", value, unit, signed)[1] == shown


def one_sheet(path: Path) -> tuple[Workbook, FormulaSheet, Format]:
    """A workbook with a sheet of formulas, and a style."""
    book = Workbook(str(path))
    return book, book.add_worksheet("One", FormulaSheet), book.add_format()


def test_the_words_are_live(tmp_path: Path) -> None:
    """An engine that is not ours shows the same words, and others when the number changes."""
    path = tmp_path / "bounds.xlsx"
    book, sheet, style = one_sheet(path)
    for row, (unit, signed, value, _) in enumerate(SHOWN, 1):
        sheet.write_number(row - 1, 0, value)
        text, shown = bounded(f"A{row}", value, unit, signed)
        sheet.write_formula_row(row, 2, [escape(text)], style, [shown])
    text, shown = bounded('""', math.nan, "share", True)
    sheet.write_formula_row(1, 4, [escape(text)], style, [shown])
    sheet.write_formula_row(1, 5, [escape(is_above("B8", 0)[1:])], style, ["TRUE"])
    book.close()
    found = verify(path)
    assert [each["cell"] for each in found.mismatches] == ["E1"]  # a truth, stored as a word
    engine = IronCalc(path)
    engine.put("One", "A8", -500.0)
    engine.calculate()
    assert engine.value("One", "B8") == "over 2 years shorter" and engine.value("One", "E1") is False
    engine.put("One", "A8", 3.0)
    engine.calculate()
    assert engine.value("One", "B8") == 3.0 and engine.value("One", "E1") is True


WORDED: list[tuple[float, str, str, float | str]] = [
    (0.0, "not public", "", "not public"),
    (1_200.0, "not public", "", 1_200.0),
    (1.154, "", "not at full use", "not at full use"),
    (1.0, "", "not at full use", 1.0),
    (0.4, "", "not at full use", 0.4),
    (0.0, "", "not at full use", 0.0),
]


def test_what_is_unknown_or_cannot_be_is_in_words(tmp_path: Path) -> None:
    """An unknown figure, and a use above all of it, are words in the cell, and a number once it is one."""
    path = tmp_path / "worded.xlsx"
    book, sheet, style = one_sheet(path)
    for row, (value, none, above_one, wanted) in enumerate(WORDED, 1):
        sheet.write_number(row - 1, 0, value)
        text, shown = worded(f"A{row}", value, none, above_one)
        assert shown == wanted
        sheet.write_formula_row(row, 2, [escape(text)], style, [shown])
    text, shown = worded('""', math.nan, "", "not at full use")
    sheet.write_formula_row(1, 4, [escape(text)], style, [shown])
    book.close()
    assert not verify(path).mismatches
    engine = IronCalc(path)
    engine.put("One", "A1", 900.0)
    engine.put("One", "A5", 1.2)
    engine.calculate()
    assert engine.value("One", "B1") == 900.0 and engine.value("One", "B5") == "not at full use"


def test_what_pages_show_in_words() -> None:
    """Breaking even beyond all of its capacity, a missing national cost and an area that is not public."""
    found = {
        column["line"]: (column.get("none"), column.get("above_one"))
        for page in pages()
        for block in page["blocks"]
        for column in block.get("columns", ())
    }
    for key in ("cost_by_use.break_even", "cost_by_use.break_even_of_site"):
        assert found[key] == (None, "not at full use")
    assert found["benchmark.national"] == ("none published", None)
    for name in ("gross_area", "room_area", "imaging_tests", "unit_cost"):
        assert found[f"reference_class.{name}"] == ("not public", None)


@pytest.mark.parametrize(
    "name",
    [
        "digital_diagnostics",
        *(
            pytest.param(name, marks=pytest.mark.full)
            for name in ("norfolk_waveney", "lancashire_south_cumbria", "cmast")
        ),
    ],
)
def test_no_page_of_a_case_shows_an_absurd_figure(name: str, tmp_path: Path) -> None:
    """No share beyond tenfold, no number beyond ten thousand million or next to nothing, no checksum."""
    case, path = load_case(name), tmp_path / f"{name}.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    shown = [
        s
        for s in book.worksheets
        if s.sheet_state == "visible"
        and not s.title.startswith(("Months ", "Years ", "Statements ", "Inputs", "Data ", "Sources"))
    ]
    assert len(shown) > 20
    if SHEET in book.sheetnames:
        assert book[SHEET].sheet_state == "hidden"
    numbers = 0
    for page in shown:
        for cell in (cell for row in page.iter_rows() for cell in row):
            if isinstance(cell.value, str):
                assert "times its row" not in cell.value, (page.title, cell.coordinate)
            if isinstance(cell.value, bool) or not isinstance(cell.value, int | float):
                continue
            numbers += 1
            most = 10 if "%" in cell.number_format else 1e10
            assert abs(cell.value) <= most, (page.title, cell.coordinate, cell.value)
            # What is left of 1 less 1 is the last bit of the machine's own functions, and is shown as 0.
            dust = abs(cell.value) < 1e-14
            assert dust or abs(cell.value) >= 1e-6, (page.title, cell.coordinate, cell.value)
    assert numbers > 1_000
