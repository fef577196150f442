"""The Lancashire and South Cumbria workbook: recalculated by engines that are not ours, and live."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.case import Case, load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.engines import IronCalc, libreoffice
from casebuilder.workbook.verify import verify
from tests.workbook.changing import choose_changes
from tests.workbook.reading import Sheet, read_sheets
from tests.workbook.test_cmast_workbook import TOLERANCE, _headlines, _input_cell, _same

QUICK, FULL = 4, 40


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("lancashire_south_cumbria")


@pytest.fixture(scope="module")
def workbook(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lancashire") / "lancashire_south_cumbria.xlsx"
    build(case.results, case.headlines, case.checks, path, "test")
    return path


@pytest.fixture(scope="module")
def sheets(workbook: Path) -> dict[str, Sheet]:
    return read_sheets(workbook)


def test_ironcalc_agrees_with_every_formula_cell(workbook: Path) -> None:
    """An engine that is not ours recalculates every cell to the value we stored."""
    found = verify(workbook, "ironcalc")
    assert found.mismatches == []
    assert found.compared == found.formula_cells > 100_000
    assert found.max_relative_error <= TOLERANCE


@pytest.mark.full
@pytest.mark.libreoffice
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_agrees_with_every_formula_cell(workbook: Path) -> None:
    """A second engine, made to recalculate, gives the same."""
    found = verify(workbook, "libreoffice")
    assert found.mismatches == []
    assert found.compared == found.formula_cells


@pytest.mark.parametrize("count", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_an_input_changed_in_the_workbook_moves_what_set_moves(
    count: int, case: Case, workbook: Path, sheets: dict[str, Sheet]
) -> None:
    """A value typed into Inputs gives the headlines that --set gives, for every kind of input."""
    engine = IronCalc(workbook)
    changes = choose_changes(case, count, seed=20261124)
    assert len(changes) == count
    moved = 0
    for change in changes:
        address = _input_cell(sheets["Inputs"], case, change)
        engine.put("Inputs", address, change.after)
        engine.calculate()
        live = _headlines(engine, sheets["Options"], case)
        engine.put("Inputs", address, change.before)
        again = load_case("lancashire_south_cumbria", [change.as_set])
        for (key, option), value in live.items():
            ours = again.headlines[option].headlines[key]
            assert _same(value, ours), (change.as_set, address, key, option, value, ours)
        moved += any(
            again.headlines[o].headlines != case.headlines[o].headlines for o in case.inputs.frame.option_ids
        )
    # The inputs of targets, performance and single places move their pages, not a headline.
    assert moved >= 0.5 * count
