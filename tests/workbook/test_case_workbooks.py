"""The other cases' workbooks: recalculated by engines that are not ours, and live."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from casebuilder.case import Case
from casebuilder.workbook.layout.holders import own_lines
from casebuilder.workbook.proof.engines import libreoffice
from casebuilder.workbook.proof.verify import verify
from tests.shipped import ShippedCases
from tests.workbook.changing import TOLERANCE, choose_changes, moved_by

FULL, SMALL = 40, "digital_diagnostics"


@dataclass(frozen=True)
class Shipped:
    """A case, how many changes the quick run takes, and the share of changes that move a headline, a line."""

    name: str
    quick: int
    moves: float
    lines: float


CASES = [
    # The inputs of targets, performance, hosts, funds and single places move their pages, not a headline.
    # What a case has no use for (a lease, a lead host, a digital system, a fund) moves nothing at all.
    Shipped("norfolk_waveney", 4, 0.5, 0.8),
    Shipped("lancashire_south_cumbria", 4, 0.4, 0.75),
    Shipped("cmast_2025", 4, 0.4, 0.75),
    # No centre opens in this one, so that most inputs of sites move nothing.
    Shipped("digital_diagnostics", 20, 0.1, 0.6),
]


@pytest.fixture(scope="module", params=CASES, ids=lambda shipped: shipped.name)
def shipped(request: pytest.FixtureRequest) -> Shipped:
    found: Shipped = request.param
    return found


@pytest.fixture(scope="module")
def case(shipped: Shipped, shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(shipped.name)


@pytest.fixture(scope="module")
def workbook(shipped: Shipped, shipped_cases: ShippedCases) -> Path:
    return shipped_cases.workbook(shipped.name)


def test_ironcalc_agrees_with_every_formula_cell(shipped: Shipped, shipped_cases: ShippedCases) -> None:
    """An engine that is not ours recalculates every cell to the value we stored."""
    found = shipped_cases.proof(shipped.name)
    assert found.engine == "ironcalc" and found.agrees
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


@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.full)])
def test_an_input_changed_in_the_workbook_moves_what_set_moves(
    full: bool, shipped: Shipped, case: Case, shipped_cases: ShippedCases
) -> None:
    """A value typed into Inputs gives the headlines that --set gives, for every kind of input."""
    count = FULL if full else shipped.quick
    changes = choose_changes(case, count, seed=20261124)
    assert len(changes) == count
    moved = moved_by(
        changes, shipped.name, case, shipped_cases.engine(shipped.name), shipped_cases.sheets(shipped.name)
    )
    assert moved.headline >= shipped.moves * count
    assert moved.line >= shipped.lines * count


def test_a_cell_that_an_option_has_not_named_is_there_when_asked_for(shipped_cases: ShippedCases) -> None:
    """`--set OPTION:KEY` gives the option cells of its own, which move what the same --set moves."""
    option, plain = "programme", shipped_cases.case(SMALL)
    untouched = [
        change
        for change in choose_changes(plain, 400, seed=20261129)
        if change.option is None
        and not plain.inputs.values[change.item.key].touched_by(option)
        and change.item.key != "routes.serves"  # the case has one class of kit, which a route must serve
    ]
    kinds = {
        (c.item.unit if c.item.unit in ("flag", "share", "choice") else "number", len(c.item.over)): c
        for c in untouched
    }
    asked = [replace(change, option=option) for change in kinds.values()]
    assert len(asked) >= 6
    sets = [replace(change, after=change.before).as_set for change in asked]
    opened = shipped_cases.case(SMALL, *sets)
    assert opened.headlines == plain.headlines
    assert len(own_lines(opened.problem)[option]) > len(own_lines(plain.problem)[option])
    sheets, engine = shipped_cases.sheets(SMALL, *sets), shipped_cases.engine(SMALL, *sets)
    moved = moved_by(asked, SMALL, opened, engine, sheets)
    assert moved.line >= len(asked) / 3
