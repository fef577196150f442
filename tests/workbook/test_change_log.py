"""The sheet Change log: the rows of the case's log, and a bridge that tells when it is stale."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from casebuilder.case import load_case
from casebuilder.cli.app import app
from casebuilder.inputs.edit.change_log import CHANGE_LOG, Logged, with_rows
from casebuilder.tasks.diff.run import moved_since
from casebuilder.workbook.build import build
from casebuilder.workbook.sheets.changes import CURRENT, NONE, SHEET, STALE
from tests.cases.starter import starter
from tests.shipped import ShippedCases, opened
from tests.short import SHORT
from tests.starter import starter_copy
from tests.workbook.round_trip import type_in

SETS = ("capital.contingency_share=0.2", "preferred:equipment.unit_price[ct]=700000")
LOG = Logged(
    "2026-04-01",
    "Ann",
    "Trial of April",
    "preferred:equipment.unit_price[ct]",
    "600000",
    "700000",
    "",
    "a.xlsx",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter with a log and two values set, since the starter as it was made."""
    folder = tmp_path_factory.mktemp("changes")
    case_folder = starter_copy(folder / "seacroft")
    (case_folder / CHANGE_LOG).write_text(with_rows("", [LOG]), encoding="utf-8")
    case = load_case(str(case_folder), SETS)
    since = moved_since(str(starter()), case)
    path = folder / "seacroft.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test", since=since)
    return path


def rows(path: Path) -> list[list[object]]:
    """The cells of the sheet as stored."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    return [[cell.value for cell in row] for row in book[SHEET].iter_rows()]


def test_a_row_of_the_log_has_its_label_and_unit(built: Path) -> None:
    """All that the log says, with the label and the unit of the input."""
    found = next(row for row in rows(built) if row[0] == LOG.date)
    assert [found[place] for place in (1, 2, 3, 6, 7, 9)] == [
        "Ann", "Trial of April", LOG.input, "600000", "700000", "a.xlsx"
    ]  # fmt: skip
    assert found[4] == "Price alone" and "£" in str(found[5])


def test_it_is_the_last_sheet_that_is_shown(built: Path) -> None:
    """After Sources; what comes after it is hidden."""
    book = openpyxl.load_workbook(built, read_only=True)
    shown = [sheet.title for sheet in book.worksheets if sheet.sheet_state == "visible"]
    assert shown[-2:] == ["Sources", SHEET]


def test_the_steps_add_up_and_are_the_engines(built: Path) -> None:
    """Start and steps as `diff` has them; their sum is the headline, both recalculated by another engine."""
    case = load_case(str(starter()), SETS)
    expected = moved_since(str(starter()), case).bridges["preferred"]["capital_outturn"]
    cells = rows(built)
    place = next(i for i, row in enumerate(cells) if any(str(v).startswith("Capital outturn") for v in row))
    column = next(i for i, v in enumerate(cells[place]) if str(v).startswith("Capital outturn"))
    names = [row[0] for row in cells[place + 1 : place + 7]]
    assert names[:1] == ["From (engine)"] and names[-3:-1] == ["Sum of these", "Headline of this workbook"]
    stored = [row[column] for row in cells[place + 1 : place + 7]]
    assert stored[0] == pytest.approx(expected.start)
    assert stored[1:3] == pytest.approx([step.change for step in expected.steps])
    assert stored[3] == pytest.approx(expected.end) and stored[4] == pytest.approx(expected.end)
    assert stored[5] == CURRENT
    engine = opened(built)
    letters = openpyxl.utils.get_column_letter(column + 1)
    live = [engine.value(SHEET, f"{letters}{place + 5 + i}") for i in range(3)]
    assert live[:2] == pytest.approx([expected.end, expected.end]) and live[2] == CURRENT


def test_a_value_typed_makes_the_bridge_stale(built: Path) -> None:
    """The contingency typed in Inputs moves the headline and not the engine's steps."""
    engine = opened(built)
    book = openpyxl.load_workbook(built, read_only=True)["Inputs"]
    header = next(r for r in book.iter_rows(max_row=30) if any(c.value == "Key" for c in r))
    base = next(cell.column for cell in header if cell.value == "Base")
    key = next(cell.column for cell in header if cell.value == "Key")
    place = next(row for row in book.iter_rows() if row[key - 1].value == "capital.contingency_share")
    engine.put("Inputs", f"{openpyxl.utils.get_column_letter(base)}{place[0].row}", 0.3)
    engine.calculate()
    cells = rows(built)
    last = [i for i, row in enumerate(cells, 1) if row[0] == "Does the sum meet it?"]
    assert STALE in {engine.value(SHEET, f"D{row}") for row in last}


def test_a_case_without_a_log_says_so(shipped_cases: ShippedCases) -> None:
    """In words, where the rows would stand."""
    found = rows(shipped_cases.workbook(SHORT))
    assert [row[0] for row in found if row[0]][-1] == NONE


@pytest.mark.libreoffice
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_it_prints_on_a_few_pages(built: Path, tmp_path: Path) -> None:
    """Alone, as a PDF, it takes at most three pages; every heading of the log is on them."""
    book = openpyxl.load_workbook(built, data_only=True)
    for name in book.sheetnames:
        if name != SHEET:
            del book[name]
    book.save(tmp_path / "alone.xlsx")
    subprocess.run(
        ["soffice", "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "alone.xlsx"],
        check=True,
        capture_output=True,
        timeout=240,
    )
    data = (tmp_path / "alone.pdf").read_bytes()
    assert 1 <= data.count(b"/Type/Page/") <= 3


def test_a_workbook_is_a_side_of_a_comparison(built: Path, tmp_path: Path) -> None:
    """What was typed in a cell of Inputs is a change of the case, and moves the headlines as `--set` does."""
    page = openpyxl.load_workbook(built, read_only=True)["Inputs"]
    header = next(row for row in page.iter_rows(max_row=30) if any(cell.value == "Key" for cell in row))
    base = next(cell.column_letter for cell in header if cell.value == "Base")
    row = next(cells[0].row for cells in page.iter_rows() if cells[0].value == "capital.contingency_share")
    type_in(built, tmp_path / "typed.xlsx", {("Inputs", f"{base}{row}"): 0.3})
    folder = built.parent / "seacroft"
    words = ["diff", str(folder), str(tmp_path / "typed.xlsx"), "--json"]
    data = json.loads(CliRunner().invoke(app, words).stdout)
    changed = {each["key"]: (each["from"]["value"], each["to"]["value"]) for each in data["changes"]}
    assert changed["capital.contingency_share"] == (0.075, 0.3)
    expected = load_case(str(folder), ["capital.contingency_share=0.3"]).headlines["preferred"].headlines
    assert data["bridge"]["preferred"]["capital_outturn"]["end"] == pytest.approx(expected["capital_outturn"])
