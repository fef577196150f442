"""Long texts of the cover: over as many rows as they need, none higher than Excel allows, nothing cut."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from xlsxwriter import Workbook

from casebuilder.inputs.templates.read import template
from casebuilder.workbook.layout.limits import HIGHEST_ROW
from casebuilder.workbook.sheets.front import rows_of_text, write_cover
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles
from tests.unit.mini import mini_case

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.mark.parametrize(
    "text", ["", "Short.", "word " * 480, "word " * 6_553, "x" * 32_767, "line\n" * 300, "One.\n\nTwo."]
)
def test_nothing_of_a_text_is_cut(text: str) -> None:
    """All its words stand in the rows, in their order."""
    assert "".join("".join(rows_of_text(text)).split()) == "".join(text.split())


@pytest.mark.parametrize("length", [100, 2_400, 32_767])
def test_no_row_is_higher_than_excel_allows(tmp_path: Path, length: int) -> None:
    """The heights written are 409.5 points at most, and the facts follow below."""
    text = " ".join(f"word{n}" for n in range(5_000))[:length]
    problem = mini_case().problem
    object.__setattr__(problem.inputs.info, "description", text)
    book = Workbook(str(tmp_path / "cover.xlsx"))
    sheet = book.add_worksheet("Cover", FormulaSheet)
    write_cover(sheet, problem, Styles(book, template("workbook/styles.yaml")), "0")
    book.close()
    with zipfile.ZipFile(tmp_path / "cover.xlsx") as parts:
        root = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        shared = parts.read("xl/sharedStrings.xml").decode()
    heights = [float(row.get("ht", 0)) for row in root.iter(f"{SHEET}row")]
    assert max(heights) <= HIGHEST_ROW
    assert "Host" in shared and all(word in shared for word in text.split())
