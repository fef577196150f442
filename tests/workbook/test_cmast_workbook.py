"""The CMAST workbook as an assurer finds it: live, proved, and nothing typed where it should not be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from casebuilder.case import Case
from casebuilder.workbook.proof.cells import Error
from casebuilder.workbook.proof.engines import libreoffice
from casebuilder.workbook.proof.verify import verify
from tests.shipped import Reopened, ShippedCases
from tests.workbook.changing import (
    TOLERANCE,
    choose_changes,
    kinds,
    moved_by,
)
from tests.workbook.reading import (
    Sheet,
    calculation_sheets,
    refers_to_a_cell,
    relative,
)

CASE = "cmast"
QUICK, FULL = 7, 120


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(CASE)


@pytest.fixture(scope="module")
def workbook(shipped_cases: ShippedCases) -> Path:
    return shipped_cases.workbook(CASE)


@pytest.fixture(scope="module")
def sheets(shipped_cases: ShippedCases) -> dict[str, Sheet]:
    return shipped_cases.sheets(CASE)


@pytest.fixture(scope="module")
def engine(shipped_cases: ShippedCases) -> Reopened:
    """One for all tests of this file: each puts back what it types."""
    return shipped_cases.engine(CASE)


def test_ironcalc_agrees_with_every_formula_cell(shipped_cases: ShippedCases) -> None:
    """An engine that is not ours recalculates every cell to the value we stored."""
    found = shipped_cases.proof(CASE)
    assert found.engine == "ironcalc" and found.agrees
    assert found.mismatches == []
    assert found.compared == found.formula_cells
    assert found.max_relative_error <= TOLERANCE


@pytest.mark.full
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_agrees_with_every_formula_cell(workbook: Path) -> None:
    """A second engine, made to recalculate, gives the same."""
    found = verify(workbook, "libreoffice")
    assert found.mismatches == []
    assert found.compared == found.formula_cells


def test_size_is_within_bounds(sheets: dict[str, Sheet], workbook: Path) -> None:
    """With Sensitivity and stresses 100,000 to 900,000 formula cells, and at most 22 MB."""
    formulas = [c.formula for s in sheets.values() for c in s.cells.values() if c.formula is not None]
    assert sum(map(refers_to_a_cell, formulas)) >= 100_000
    assert len(formulas) <= 900_000
    assert workbook.stat().st_size <= 22_000_000
    assert {"Sensitivity", "Scenarios"} <= sheets.keys()


def test_calculation_sheets_hold_formulas_only(sheets: dict[str, Sheet]) -> None:
    """No number among the calculations is typed, and no cell is an error."""
    for sheet in calculation_sheets(sheets).values():
        for address, cell in sheet.cells.items():
            assert not isinstance(cell.value, Error), (sheet.name, address)
            assert cell.formula is not None or isinstance(cell.value, str | None), (sheet.name, address)


@pytest.mark.parametrize("options", [["preferred"], pytest.param(None, marks=pytest.mark.full)])
def test_each_row_has_one_formula_pattern(options: list[str] | None, sheets: dict[str, Sheet]) -> None:
    """From the first period to the last a row holds one formula, stepped along."""
    rows = 0
    for name, sheet in calculation_sheets(sheets).items():
        if options and name.partition(" ")[2] not in options:
            continue
        first = sheet.columns()["Opening"] + 1
        for row, cells in sheet.rows.items():
            patterns = {
                relative(cell.formula, row, column)
                for column, cell in cells.items()
                if column >= first and cell.formula is not None
            }
            assert len(patterns) <= 1, (sheet.name, row, sorted(patterns)[:2])
            rows += len(patterns)
    assert rows > 1_000


def test_options_share_one_layout(sheets: dict[str, Sheet]) -> None:
    """Every option has the same line in the same row, where it has the line; the baseline has all."""
    for kind in ("Months", "Years", "Statements"):
        rows = {name: dict(sheet.keyed()) for name, sheet in sheets.items() if name.startswith(f"{kind} ")}
        baseline = rows.pop(f"{kind} bau")
        assert len(rows) >= 3
        assert all(own.items() < baseline.items() for own in rows.values())


@pytest.mark.parametrize("count", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_an_input_changed_in_the_workbook_moves_what_set_moves(
    count: int, case: Case, engine: Reopened, sheets: dict[str, Sheet]
) -> None:
    """A value typed into Inputs gives the headlines that --set gives, for every kind of input."""
    changes = choose_changes(case, count)
    assert len(changes) == count
    moved = moved_by(changes, CASE, case, engine, sheets)
    # The inputs of targets, performance and single places move their pages, not a headline.
    assert moved.headline >= 0.5 * count
    assert moved.line >= 0.9 * count
    if os.environ.get("CASEBUILDER_REPORT"):
        print({"changes": count, "moved": moved, **kinds(changes)})
