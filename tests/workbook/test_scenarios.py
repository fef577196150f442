"""The scenario chosen on Inputs: the workbook gives what `--set` gives with the same edits, and says so."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from casebuilder.case import Case, load_case
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.inputs.edits import AS_STATED, Edit, Scenario, sets_of
from casebuilder.tasks.pull.run import read_pull
from casebuilder.workbook.build import build
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.layout.scenarios import CHOSEN_ROW, SCENARIOS, selectable, settles
from casebuilder.workbook.proof.cells import Cell
from casebuilder.workbook.proof.engines import IronCalc
from casebuilder.workbook.proof.unusable_inputs import unusable_inputs
from casebuilder.workbook.sheets.options import FIRST_OPTION, row_of
from casebuilder.workbook.sheets.scenarios import CHOOSE, FAULT, IN_FORCE_HEAD, NOT_LISTED
from tests.shipped import opened, proved
from tests.starter import starter_case, starter_copy
from tests.unit.mini import mini_case
from tests.workbook.reading import Sheet, read_sheets
from tests.workbook.round_trip import type_in

MORE = ("do_minimum", "buy_tests")
CHOSEN = f"B{CHOSEN_ROW}"
GROWTH, BIAS, OWN, TOGETHER = "demand_up", "costs_run_over", "preferred_alone", "together"


FILES = {
    GROWTH: """\
label: Demand two points up a year
inputs:
  demand.national_growth: {value: 0.045, state: chosen}
""",
    BIAS: """\
label: Running costs run over
inputs:
  economics.running_cost_bias: {value: 0.12, state: chosen}
options:
  do_minimum:
    economics.running_cost_bias: {value: 0.21, state: chosen}
""",
    OWN: """\
label: Income of the preferred option falls
options:
  preferred:
    timeline.income_uplift: {value: 0.01, state: chosen}
    income.lost_share: {value: 0.3, state: chosen}
""",
    TOGETHER: """\
label: Pay up and income lost
inputs:
  timeline.pay_growth: {value: 0.05, state: chosen}
  income.lost_share: {value: 0.2, state: chosen}
""",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The small case with scenarios over time; of an input that options override; of an option alone."""
    folder = starter_copy(tmp_path_factory.mktemp("scenarios") / "starter")
    (folder / "scenarios").mkdir()
    for name, text in FILES.items():
        (folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_case(str(folder))


@dataclass(frozen=True)
class Book:
    """A workbook of the small case with every option laid out."""

    path: Path
    sheets: dict[str, Sheet]

    @property
    def cells(self) -> dict[str, list[Cell]]:
        """The cells of each sheet, in the order of the file."""
        return {name: list(sheet.cells.values()) for name, sheet in self.sheets.items()}

    def open(self) -> IronCalc:
        """The engine, to type into."""
        return opened(self.path)

    def place(self, key: str, header: str) -> str:
        """The address of a value on the sheet of scenarios."""
        sheet = self.sheets[SCENARIOS]
        (row,) = [row for found, row in sheet.keyed() if found == key]
        return f"{letter(sheet.columns()[header])}{row}"


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, case: Case) -> Book:
    """Its workbook with every option laid out."""
    path = tmp_path_factory.mktemp("book") / "starter.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test", more=MORE)
    return Book(path, read_sheets(path))


def test_every_formula_is_recalculated_to_what_is_stored(book: Book) -> None:
    """As built, with what is stated in force: nothing differs, and no formula is unknown to the seal."""
    found = proved(book.path, book.cells)
    assert found.agrees, (found.mismatches[:3], found.cannot[:3], found.changed_formulas[:3])


def same_as_set(book: Book, case: Case, scenario: Scenario | None) -> int:
    """Hold every headline with a scenario chosen to the same values under `--set`; gives how many moved."""
    engine = book.open()
    engine.put("Inputs", CHOSEN, scenario.name if scenario else AS_STATED)
    wanted = load_case(str(case.folder), sets_of(scenario.edits)) if scenario else case
    moved = 0
    for column, option in enumerate(case.inputs.frame.option_ids, FIRST_OPTION):
        for headline in HEADLINES:
            value = wanted.headlines[option].value(headline)
            found = engine.value("Options", f"{letter(column)}{row_of(headline)}")
            same = "" if value is None else pytest.approx(value, rel=1e-9, abs=1e-9)
            assert found == same, (scenario, option, headline)
            moved += value != case.headlines[option].value(headline)
    return moved


@pytest.mark.parametrize("name", [*FILES, "opening_slip", "demand_up"])
def test_a_scenario_chosen_gives_what_its_values_set_give(book: Book, case: Case, name: str) -> None:
    """Every headline of every option, to nine figures, under scenarios of the case and under stresses."""
    (scenario,) = [each for each in case.findings.scenarios if each.name == name]
    assert same_as_set(book, case, scenario)


@pytest.mark.full
def test_every_stress_chosen_gives_what_its_values_set_give(book: Book, case: Case) -> None:
    """The same for all that can be chosen, and for what is stated."""
    assert len(case.findings.scenarios) >= len(FILES) + 5
    for scenario in (*case.findings.scenarios, None):
        same_as_set(book, case, scenario)


def test_the_band_of_every_sheet_names_the_scenario_and_engine_results_go_stale(book: Book) -> None:
    """Amber words beside the counts, and no engine result passes for one of the scenario's."""
    engine = book.open()
    visible = [name for name in book.sheets if name not in ("Fingerprint", "Start")]
    before = engine.value("Checks", "A2")
    fits = [
        (name, row, column)
        for name, sheet in book.sheets.items()
        for (row, column), cell in sheet.cells.items()
        if cell.formula is not None and cell.value == "engine result: fits"
    ]
    assert fits
    engine.put("Inputs", CHOSEN, BIAS)
    assert engine.value("Inputs", f"C{CHOSEN_ROW}") == "Running costs run over"
    for name in visible:
        assert str(engine.value(name, "A2")).endswith(f" · scenario {BIAS}"), name
    for name, row, column in fits:
        assert "STALE" in str(engine.value(name, f"{letter(column)}{row}"))
    engine.put("Inputs", CHOSEN, AS_STATED)
    assert engine.value("Checks", "A2") == before
    assert "STALE" not in {engine.value(name, f"{letter(column)}{row}") for name, row, column in fits}


def test_only_what_a_scenario_touches_is_read_from_its_sheet(book: Book, case: Case) -> None:
    """All other cells in use stay links to what is typed, so that the workbook stays light."""
    inputs = book.sheets["Inputs"]
    held = [cell.formula for cell in inputs.cells.values() if cell.formula]
    # A value that can be tried on the sheet of who joins is read past the cell for trying.
    tried = re.compile(rf"(IF\(ISNUMBER\('Who joins'!.+,)?{SCENARIOS}!\$D\d+\)?")
    reading = [formula for formula in held if tried.fullmatch(formula)]
    rows = list(book.sheets[SCENARIOS].keyed())
    assert len(reading) == len(rows) >= len({e.name for s in case.findings.scenarios for e in s.edits})
    assert max(len(c.formula) for c in book.sheets[SCENARIOS].cells.values() if c.formula) <= 160


def test_a_value_typed_where_an_option_follows_the_base_is_kept(book: Book) -> None:
    """As `--set OPTION:KEY` beside the scenario's: what is typed for an option is not the base's any more."""
    engine, inputs = book.open(), book.sheets["Inputs"]
    key = "economics.running_cost_bias"
    (row,) = [row for found, row in inputs.keyed() if found == key]
    typed = 0.31
    engine.put("Inputs", f"{letter(inputs.columns()['buy_tests'])}{row}", typed)
    engine.put("Inputs", CHOSEN, BIAS)
    in_use = engine.value("Inputs", f"{letter(inputs.columns()['In use buy_tests'])}{row}")
    assert in_use == pytest.approx(typed)


def test_a_word_that_is_no_scenario_is_an_input_that_cannot_be_used(book: Book) -> None:
    """Also `*`, which a search takes for anything: the band is red, and `verify` names the cell."""
    engine = book.open()
    for word in ("demand", "demand*", "*"):
        engine.put("Inputs", CHOSEN, word)
        assert engine.value("Inputs", f"C{CHOSEN_ROW}") == NOT_LISTED, word
        assert "1 input unusable" in str(engine.value("Cover", "A2")), word
        assert CHOOSE in {found["key"] for found in unusable_inputs(book.cells, engine)}


def test_a_value_of_a_scenario_is_tested_like_any_input(book: Book) -> None:
    """Beyond its bounds it counts as unusable; within them as changed, so that engine results go stale."""
    engine = book.open()
    key = "economics.running_cost_bias"
    at = book.place(key, BIAS)
    before = engine.value(SCENARIOS, at)
    engine.put(SCENARIOS, at, "none")
    assert engine.value(SCENARIOS, book.place(key, FAULT)) == 1
    assert "1 input unusable" in str(engine.value("Checks", "A2"))
    engine.put(SCENARIOS, at, 0.17)
    assert engine.value(SCENARIOS, book.place(key, FAULT)) == 0
    assert engine.value("Inputs", "B4") == 1
    engine.put("Inputs", CHOSEN, BIAS)
    assert engine.value(SCENARIOS, book.place(key, IN_FORCE_HEAD)) == pytest.approx(0.17)
    assert isinstance(before, float)
    engine.put(SCENARIOS, at, before)
    assert engine.value("Inputs", "B4") == 0


def test_pull_takes_no_scenario_for_a_value(book: Book, case: Case, tmp_path: Path) -> None:
    """The scenario that a workbook was left at is told; a value typed on its sheet is named, not taken."""
    copy = tmp_path / "left.xlsx"
    at = book.place("economics.running_cost_bias", BIAS)
    type_in(book.path, copy, {("Inputs", CHOSEN): GROWTH, (SCENARIOS, at): 0.19})
    pulled = read_pull(copy, case)
    assert not pulled.plan.edits and not pulled.plan.clashes and not pulled.altered
    assert any(GROWTH in note for note in pulled.plan.notes)
    (left,) = pulled.plan.untaken
    assert left.place == f"{SCENARIOS}!{at}" and f"scenarios/{BIAS}.yaml" in left.what
    shutil.copy(book.path, copy)
    untouched = read_pull(copy, case).plan
    assert not untouched.untaken and not untouched.notes


def test_a_scenario_that_settles_rows_cannot_be_chosen() -> None:
    """A workbook's rows are those of the case as stated: what would need others is not offered."""
    case = starter_case()
    fixed = next(given for item, given in case.problem.values.items() if item.fixed)
    (members, value), *_ = fixed.base.items()
    own = Scenario("other_rows", "Other rows", "", (Edit(fixed.input.key, members, value.amount),))
    assert settles(case.problem, own) == (fixed.input.key,)
    assert selectable(case.problem, [own]) == ()


def test_a_case_without_scenarios_has_neither_sheet_nor_cell(tmp_path: Path) -> None:
    """Nothing is offered where there is nothing to choose: no stress says anything of a case so small."""
    case, path = mini_case(), tmp_path / "plain.xlsx"
    assert case.findings.scenarios == ()
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    sheets = read_sheets(path)
    assert SCENARIOS not in sheets and sheets["Inputs"].value(CHOSEN_ROW, 1) is None
    assert "scenario" not in str(sheets["Checks"].cells[2, 1].formula)
