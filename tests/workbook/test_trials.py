"""Who joins, tried beside what comes of it: the workbook gives what `--set` gives and says it is tried."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from casebuilder.case import Case, load_case
from casebuilder.tasks.pull.run import read_pull
from casebuilder.workbook.layout.inputs import CHANGED_ROWS, UNUSABLE
from casebuilder.workbook.layout.trials import SHEET, TRIED, TrialLayout, lay_out_trials
from casebuilder.workbook.pages.engine import CURRENT, STALE
from casebuilder.workbook.proof.cells import read_cells
from casebuilder.workbook.proof.engines import IronCalc
from casebuilder.workbook.proof.unusable_inputs import unusable_inputs
from tests.shipped import Reopened, ShippedCases
from tests.short import POOL, folder_of
from tests.workbook.changing import headlines, same
from tests.workbook.money_cells import Cells, agree
from tests.workbook.reading import Sheet
from tests.workbook.round_trip import type_in
from tests.workbook.test_procurement_workbook import CHAPTERS, FITS, status

NAME = POOL
JOINS, OWN_MAKE = TRIED
TRIALS = (
    {(JOINS, "rgp", "mri"): 0.0},
    {(JOINS, "rm1", "ct"): 0.0, (OWN_MAKE, "rcx", "mri"): 1.0},
    {(OWN_MAKE, "rm1", "mri"): 1.0, (OWN_MAKE, "rgp", "xray"): 1.0, (JOINS, "rcx", "ultrasound"): 0.0},
)


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(NAME)


@pytest.fixture(scope="module")
def trials(case: Case) -> TrialLayout:
    return lay_out_trials(case.problem)


@pytest.fixture(scope="module")
def sheets(shipped_cases: ShippedCases) -> dict[str, Sheet]:
    return shipped_cases.sheets(NAME)


@pytest.fixture
def engine(shipped_cases: ShippedCases) -> Reopened:
    return shipped_cases.engine(NAME)


def address(trials: TrialLayout, key: str, trust: str, kind: str) -> str:
    """The cell in which a value is tried."""
    return next(at for item, members, at in trials.cells() if (item.key, *members) == (key, trust, kind))


def count(engine: IronCalc, at: str) -> object:
    """A count on the sheet Inputs."""
    sheet, cell = at.replace("$", "").split("!")
    return engine.value(sheet, cell)


@pytest.mark.parametrize("place", range(len(TRIALS)))
def test_what_is_tried_gives_what_set_gives(
    case: Case, trials: TrialLayout, sheets: dict[str, Sheet], engine: Reopened, place: int
) -> None:
    """Every cell of procurement and every headline, for every option; shares of the engine are stale."""
    tried = TRIALS[place]
    cells = Cells(sheets, case, CHAPTERS)
    assert status(engine, sheets["Procurement"], FITS) == CURRENT
    for (key, trust, kind), value in tried.items():
        engine.put(SHEET, address(trials, key, trust, kind), value)
    engine.calculate()
    again = load_case(
        folder_of(NAME), [f"{key}[{trust},{kind}]={value}" for (key, trust, kind), value in tried.items()]
    )
    wrong = np.flatnonzero(~agree(cells.live(engine), cells.ours(again.results)))
    assert not wrong.size, cells.name(int(wrong[0]))
    assert not agree(cells.live(engine), cells.ours(case.results)).all()
    for (key, option), value in headlines(engine, sheets["Options"], case).items():
        assert same(value, again.headlines[option].headlines[key]), (key, option)
    assert status(engine, sheets["Procurement"], FITS) == STALE
    assert count(engine, CHANGED_ROWS) == len(tried)
    assert count(engine, UNUSABLE) == 0


def test_what_is_neither_0_nor_1_cannot_be_used(trials: TrialLayout, engine: Reopened) -> None:
    """Each is counted with the input cells that cannot be used, wherever it stands."""
    assert count(engine, UNUSABLE) == 0
    typed: tuple[float | str, ...] = (2.0, 0.5, -1.0, "in", "1")
    places = [at for item, _, at in trials.cells() if item.key == OWN_MAKE][: len(typed)]
    for at, value in zip(places, typed, strict=True):
        engine.put(SHEET, at, value)
    assert count(engine, UNUSABLE) == count(engine, CHANGED_ROWS) == len(typed)


def test_verify_names_what_cannot_be_used(
    trials: TrialLayout, engine: Reopened, shipped_cases: ShippedCases, tmp_path: Path
) -> None:
    """A file in which 2 and a word were typed, in the first table and in the last row of the second."""
    path = tmp_path / "typed.xlsx"
    one, other = address(trials, JOINS, "rm1", "mri"), address(trials, OWN_MAKE, "rcx", "ct")
    typed: dict[tuple[str, str], float | str] = {(SHEET, one): 2.0, (SHEET, other): "yes"}
    type_in(shipped_cases.workbook(NAME), path, typed)
    for place, value in typed.items():
        engine.put(*place, value)
    told = unusable_inputs(dict(read_cells(path)), engine)
    assert [(each["sheet"], each["cell"]) for each in told] == [(SHEET, one), (SHEET, other)]


def test_pull_names_what_was_tried_and_takes_nothing(
    case: Case, trials: TrialLayout, shipped_cases: ShippedCases, tmp_path: Path
) -> None:
    """It says which value is meant and where it is kept."""
    path = tmp_path / "tried.xlsx"
    at = address(trials, JOINS, "rgp", "mri")
    type_in(shipped_cases.workbook(NAME), path, {(SHEET, at): 0})
    pulled = read_pull(path, case)
    assert not pulled.plan.edits
    (told,) = [each for each in pulled.plan.untaken if each.place == f"{SHEET}!{at}"]
    assert "procurement.joins[rgp,mri] is tried at 0" in told.what


def test_no_cell_for_trying_stands_where_there_is_no_pool() -> None:
    """A case without trusts that buy has no such sheet, and its inputs read past none."""
    none = TrialLayout()
    assert list(none.cells()) == []
    assert none.count == none.unusable == ""
