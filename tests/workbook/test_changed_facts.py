"""`verify` names every row in which what is not for typing changed: a bound, a unit, a label, a result."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.alterations import FACTS, altered_formulas
from casebuilder.workbook.proof.engines import libreoffice
from casebuilder.workbook.sheets.selection import CHOOSE_OPTION
from casebuilder.workbook.sheets.sensitivity.page import SENSITIVITY
from tests.shipped import ShippedCases
from tests.short import SHORT
from tests.workbook.altering import stored
from tests.workbook.reading import Sheet
from tests.workbook.round_trip import type_in

KEY = "throughput.uptime[mri]"


@pytest.fixture(scope="module")
def path(shipped_cases: ShippedCases) -> Path:
    return shipped_cases.workbook(SHORT)


@pytest.fixture(scope="module")
def sheets(shipped_cases: ShippedCases) -> dict[str, Sheet]:
    return shipped_cases.sheets(SHORT)


def told(path: Path) -> list[tuple[str, str]]:
    """The sheet and row of each alteration, all of them of facts."""
    found = altered_formulas(path, stored(path))[1]
    assert all(each.change == FACTS for each in found), found
    return [(each.sheet, each.cell) for each in found]


def row_of(sheet: Sheet, key: str) -> int:
    """The row whose column A holds a text."""
    return next(row for (row, column), cell in sheet.cells.items() if column == 1 and cell.value == key)


FACTS_BESIDE = {
    "Most": 2.0, "Least": -5.0, "Unit": "hours", "State": "published", "Source": "S1: audited accounts",
    "Kind": "word", "Label": "Availability",
}  # fmt: skip


def test_what_stands_beside_an_input_is_told(path: Path, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    """A bound that lets anything pass, a state that nobody gave: their rows are named, and no other."""
    inputs = sheets["Inputs"]
    at = inputs.columns()
    first = row_of(inputs, KEY)
    typed, rows = {}, []
    for row, (name, value) in enumerate(FACTS_BESIDE.items(), first):
        column = {"Label": 2}.get(name) or next(at[header] for header in at if header.startswith(name))
        assert inputs.value(row, 1) and inputs.value(row, column) != value, (row, name)
        typed["Inputs", f"{letter(column)}{row}"] = value
        rows.append(("Inputs", f"{row}:{row}"))
    altered = tmp_path / "altered.xlsx"
    type_in(path, altered, typed)
    assert told(altered) == rows


def constants(sheet: Sheet, below: int = 5) -> Iterator[tuple[int, int, float]]:
    """The numbers of a page that no formula works out."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.formula is None and isinstance(cell.value, float) and row > below:
            yield row, column, cell.value


def test_a_result_of_the_engine_is_told(path: Path, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    """A share or a percentile on Sensitivity is a plain number: typed over, its row is named."""
    row, column, value = next(constants(sheets[SENSITIVITY]))
    altered = tmp_path / "altered.xlsx"
    type_in(path, altered, {(SENSITIVITY, f"{letter(column)}{row}"): value + 0.5})
    assert told(altered) == [(SENSITIVITY, f"{row}:{row}")]


def test_a_heading_is_told(path: Path, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    """Two options cannot change places by their names alone."""
    options = sheets["Options"]
    (row, column) = next(
        at for at, cell in sorted(options.cells.items()) if cell.value == "Business as usual"
    )
    altered = tmp_path / "altered.xlsx"
    type_in(path, altered, {("Options", f"{letter(column)}{row}"): "Digital programme"})
    assert told(altered) == [("Options", f"{row}:{row}")]


def test_what_is_for_typing_is_not(path: Path, sheets: dict[str, Sheet], tmp_path: Path) -> None:
    """A value typed into its cell and an option chosen for the pages are what the workbook is for."""
    inputs = sheets["Inputs"]
    base = f"{letter(inputs.columns()['Base'])}{row_of(inputs, KEY)}"
    page, row = next(
        (name, row)
        for name, sheet in sheets.items()
        for (row, column), cell in sheet.cells.items()
        if column == 1 and cell.value == CHOOSE_OPTION and sheet.cells[row, 2].formula is None
    )
    altered = tmp_path / "altered.xlsx"
    type_in(path, altered, {("Inputs", base): 0.9, (page, f"B{row}"): "Business as usual"})
    assert told(altered) == []


def test_a_text_added_is_told(path: Path, tmp_path: Path) -> None:
    """A line written below a page, saved by another program: nothing else of what it saves differs."""
    book = openpyxl.load_workbook(path)
    saved, altered = tmp_path / "saved.xlsx", tmp_path / "altered.xlsx"
    book.save(saved)
    assert told(saved) == []
    last = book["Summary"].max_row + 2
    book["Summary"].cell(last, 1).value = "Approved: NPSV £999m"
    book.save(altered)
    assert told(altered) == [("Summary", f"{last}:{last}")]


@pytest.mark.libreoffice
def test_libreoffice_saves_what_stands(path: Path, tmp_path: Path) -> None:
    """A workbook that LibreOffice saved holds what it held."""
    soffice = libreoffice()
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    copy = tmp_path / "in" / "saved.xlsx"
    copy.parent.mkdir()
    copy.write_bytes(path.read_bytes())
    command = [soffice, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(tmp_path), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    assert told(tmp_path / "saved.xlsx") == []
