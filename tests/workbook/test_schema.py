"""Workbooks are valid by the published schema, and their charts carry the values that they draw.

The schema is that of Office Open XML as Microsoft publishes it with the Open XML SDK (openxml-audit, MIT):
ISO/IEC 29500 with what Office adds to it.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree

import pytest
from lxml.etree import _Element, fromstring
from openxml_audit import FileFormat, OpenXmlValidator, context
from xlsxwriter import Workbook

from casebuilder.case import load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.cells import read_cells
from casebuilder.workbook.proof.engines import place
from tests.shipped import ShippedCases

CASES = ("digital_diagnostics", "norfolk_waveney", "lancashire_south_cumbria", "cmast")
ROWS = 40  # of each sheet in the quick run; the rows of a calculation sheet are alike
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_ROW = re.compile(rb'<row r="(\d+)".*?(?:</row>|/>)', re.DOTALL)


class Positions:
    """Where an element stands among those of its name, which the validator counts from the first for each.

    It goes through them in order, so that the one before has been counted: thousands of texts take seconds.
    """

    def __init__(self) -> None:
        """None is counted yet."""
        self.counted: dict[_Element, tuple[_Element, int]] = {}

    def __call__(self, element: _Element) -> int:
        """From 1; as `openxml_audit.context._sibling_position`."""
        parent, before = element.getparent(), next(element.itersiblings(element.tag, preceding=True), None)
        if parent is None:
            return 1
        last, place = self.counted.get(parent, (None, 0))
        if before is None:
            place = 0
        elif before is not last:
            place = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
        self.counted[parent] = element, place + 1
        return place + 1


def faults(path: Path) -> list[str]:
    """What the schema does not allow in any part of a workbook."""
    with patch.object(context, "_sibling_position", Positions()):
        found = OpenXmlValidator(FileFormat.OFFICE_2016, max_errors=100).validate(str(path))
    return [str(fault) for fault in found.errors]


def test_positions_are_those_of_the_validator() -> None:
    """Of elements of two names, in order, again and out of order."""
    tree = fromstring("<a><b/><c/><b/><b><d/><d/></b><c/></a>")
    positions, every = Positions(), list(tree.iter())
    for element in (*every, *every, *every[::-1]):
        assert positions(element) == context._sibling_position(element)


def built(name: str, folder: Path) -> Path:
    """The workbook of a case."""
    case, path = load_case(name), folder / f"{name}.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    return path


def shortened(path: Path, out: Path) -> Path:
    """A copy with the first rows of each sheet; every part is there."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(out, "w") as to:
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename.startswith("xl/worksheets/sheet"):
                content = _ROW.sub(lambda row: row.group() if int(row[1]) <= ROWS else b"", content)
            to.writestr(item.filename, content)
    return out


@pytest.fixture(scope="module")
def workbook(shipped_cases: ShippedCases) -> Path:
    return shipped_cases.workbook("digital_diagnostics")


def test_the_schema_finds_what_excel_would_mend(tmp_path: Path) -> None:
    """Two fills in a series, an unknown element and a wrong type of cell are all found."""
    path = tmp_path / "wrong.xlsx"
    book = Workbook(str(path))
    sheet, chart = book.add_worksheet("One"), book.add_chart({"type": "column"})
    sheet.write_formula("A1", "=1", None, 1)
    look = {"fill": {"color": "#FF0000"}, "pattern": {"pattern": "percent_20", "fg_color": "#FF0000"}}
    chart.add_series({"values": "=One!$A$1:$A$1", **look})
    sheet.insert_chart("C3", chart)
    book.close()
    assert ["pattFill" in fault for fault in faults(path)] == [True]
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tmp_path / "more.xlsx", "w") as to:
        for item in source.infolist():
            content = source.read(item.filename).replace(b'<c r="A1"', b'<c r="A1" t="word"')
            to.writestr(item.filename, content.replace(b"<a:themeElements>", b"<a:own/><a:themeElements>"))
    assert {"sheet1.xml", "theme1.xml", "chart1.xml"} <= {
        fault.split("/xl/")[1].split(":")[0].rpartition("/")[2] for fault in faults(tmp_path / "more.xlsx")
    }


def test_every_part_is_valid_by_the_schema(workbook: Path, tmp_path: Path) -> None:
    """Sheets, styles, texts, charts, drawings, theme and properties of a shipped workbook."""
    assert faults(shortened(workbook, tmp_path / "short.xlsx")) == []


@pytest.mark.full
@pytest.mark.parametrize("name", CASES)
def test_every_part_of_every_case_is_valid_by_the_schema(name: str, tmp_path: Path) -> None:
    """Every row of every sheet of all four workbooks."""
    assert faults(built(name, tmp_path)) == []


def test_charts_carry_the_values_they_draw(workbook: Path) -> None:
    """A previewer draws a chart from what it carries: each range's values, those of the cells."""
    cells = {name: {place(c.address): c.value for c in of} for name, of in read_cells(workbook)}
    ranges = points = 0
    with zipfile.ZipFile(workbook) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        for name in charts:
            for of in ElementTree.fromstring(archive.read(name)).iter():
                if of.tag not in (f"{_C}numRef", f"{_C}strRef"):
                    continue
                sheet, _, area = str(of.findtext(f"{_C}f")).rpartition("!")
                first, _, last = area.replace("$", "").partition(":")
                (top, left), (bottom, right) = place(first), place(last or first)
                area_cells = [(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)]
                expected = [cells[sheet.strip("'")].get(cell) for cell in area_cells]
                kept = {int(str(p.get("idx"))): p.findtext(f"{_C}v") for p in of.iter(f"{_C}pt")}
                for number, value in enumerate(expected):
                    text = kept.get(number)
                    if value in (None, ""):
                        assert text is None, (name, of, number)
                    elif of.tag == f"{_C}strRef" or isinstance(value, str):
                        assert text == value or (isinstance(value, str) and text == "0"), (name, value, text)
                    else:
                        assert text is not None and float(text) == pytest.approx(value, rel=1e-12)
                ranges, points = ranges + 1, points + len(kept)
    assert len(charts) >= 30 and ranges >= 200 and points >= 5_000
