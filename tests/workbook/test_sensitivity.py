"""Sensitivity: ranges of so many draws, marked and set beside live figures; stresses as worked out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from casebuilder.analysis.uncertainty.ranking import VALUE
from casebuilder.case import Case, load_case
from casebuilder.evaluate.headlines import HEADLINES, headline_line
from casebuilder.inputs.edits import AS_STATED, sets_of
from casebuilder.inputs.values import Members, Value
from casebuilder.workbook.build import build
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.layout.scenarios import CHOSEN_ROW
from casebuilder.workbook.proof.cells import Cell
from casebuilder.workbook.proof.engines import IronCalc
from casebuilder.workbook.sheets.checks import ENGINE_FITS
from casebuilder.workbook.sheets.options import CURRENT, STALE
from casebuilder.workbook.sheets.sensitivity.page import NO_RANGES, NONE_RUN, SENSITIVITY
from casebuilder.workbook.sheets.sensitivity.ranges import NOW
from casebuilder.workbook.sheets.sensitivity.stresses import LEFT, LIVE
from tests.shipped import opened, proved
from tests.starter import starter_case
from tests.unit.mini import mini_case
from tests.workbook.reading import Sheet, read_sheets

DRAWS, BID = 24, "preferred"
FITS, CHOSEN = "Do they fit the inputs of the workbook?", f"B{CHOSEN_ROW}"


@dataclass(frozen=True)
class Book:
    """A workbook of the small case with a few draws."""

    path: Path
    case: Case
    sheets: dict[str, Sheet]

    @property
    def sheet(self) -> Sheet:
        """Sensitivity."""
        return self.sheets[SENSITIVITY]

    @property
    def cells(self) -> dict[str, list[Cell]]:
        """The cells of each sheet, in the order of the file."""
        return {name: list(sheet.cells.values()) for name, sheet in self.sheets.items()}

    def open(self) -> IronCalc:
        """The engine, to type into."""
        return opened(self.path)

    def row(self, text: str, after: int = 0) -> int:
        """The first row below another whose column A reads so."""
        last = max(row for row, _ in self.sheet.cells)
        return next(r for r in range(after + 1, last + 1) if str(self.sheet.value(r, 1)).startswith(text))

    def table(self, title: str) -> tuple[int, dict[str, int]]:
        """The header row of a table, and the column under each header."""
        top = self.row(title)
        header = next(r for r in range(top, top + 4) if self.sheet.value(r, 2) not in (None, ""))
        return header, {str(cell.value): column for column, cell in self.sheet.rows[header].items()}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    case, path = starter_case(), tmp_path_factory.mktemp("sensitivity") / "starter.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test", draws=DRAWS)
    return Book(path, case, read_sheets(path))


def test_every_formula_is_recalculated_to_what_is_stored(book: Book) -> None:
    """With ranges, stresses and scenarios in it another engine finds nothing to differ."""
    found = proved(book.path, book.cells)
    assert found.agrees, (found.mismatches[:3], found.cannot[:3], found.changed_formulas[:3])


def test_every_range_says_how_many_draws_and_of_which_inputs(book: Book) -> None:
    """Draws, seed and hash stand on top, and in each title of a table with percentiles."""
    simulation = book.case.findings.simulation(DRAWS)
    assert simulation is not None
    assert book.sheet.value(book.row("Draws"), 2) == f"{DRAWS} of {len(simulation.drawing.inputs)} inputs"
    assert book.sheet.value(book.row("Seed"), 2) == str(simulation.drawing.seed)
    assert book.sheet.value(book.row("Hash"), 2) == book.case.inputs.sha256[:16]
    headers = [row for (row, column), cell in book.sheet.cells.items() if cell.value == "P50" and column > 2]
    assert len(headers) == 4
    for row in headers:
        assert f": {DRAWS} draws" in f"{book.sheet.value(row - 2, 1)} {book.sheet.value(row - 1, 1)}"


def test_percentiles_are_those_of_the_draws(book: Book) -> None:
    """Mean and percentiles of every headline, reckoned by numpy from the draws themselves."""
    simulation = book.case.findings.simulation(DRAWS)
    assert simulation is not None
    header, columns = book.table("Range of every headline")
    for headline in HEADLINES:
        line = headline_line(book.case.problem, headline)
        if line is None:
            continue
        row = book.row(line.label, header)
        known = simulation.column(BID, headline)
        draws, known = len(known), known[np.isfinite(known)]
        if len(known) < draws / 2:
            assert book.sheet.value(row, columns["P50"]) == "–"
            assert book.sheet.value(row, columns["Empty"]) == pytest.approx(1 - len(known) / draws)
            continue
        assert book.sheet.value(row, columns["Mean"]) == pytest.approx(known.mean(), rel=1e-9, abs=1e-9)
        for number in (5, 10, 50, 80, 90, 95):
            expected = np.percentile(known, number)
            assert book.sheet.value(row, columns[f"P{number}"]) == pytest.approx(expected, rel=1e-9, abs=1e-9)
        case = book.case.headlines[BID].value(headline)
        if case is not None:
            share = (known <= case + 1e-9 * abs(case)).mean()  # one that no draw moves is the case's
            assert book.sheet.value(row, columns["As stated or lower"]) == pytest.approx(share)


def test_summary_has_the_range_of_the_value(book: Book) -> None:
    """Below the value of each option what nine in ten draws are above, and below, with their number."""
    simulation = book.case.findings.simulation(DRAWS)
    assert simulation is not None
    summary, options = book.sheets["Summary"], book.case.problem.frame.option_ids
    for number in (10, 90):
        row = next(
            row
            for (row, column), cell in summary.cells.items()
            if column == 1 and f", P{number} of {DRAWS} draws" in str(cell.value)
        )
        for column, option in enumerate(options, 3):
            expected = np.percentile(simulation.column(option, "npsv"), number)
            assert summary.value(row, column) == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_figures_under_now_are_live_and_ranges_go_stale(book: Book) -> None:
    """A value typed moves Now and no range; the words and the check tell, until it is put back."""
    engine, inputs = book.open(), book.sheets["Inputs"]
    header, columns = book.table("Range of every headline")
    row, fits = book.row("Net present cost", header), book.row(FITS)
    check = next(row for key, row in book.sheets["Checks"].keyed() if key == ENGINE_FITS)
    state = f"{letter(book.sheets['Checks'].columns()['State'])}{check}"
    now, p50 = (f"{letter(columns[name])}{row}" for name in (NOW, "P50"))
    before = engine.value(SENSITIVITY, now), engine.value(SENSITIVITY, p50)
    assert (engine.value(SENSITIVITY, f"B{fits}"), engine.value("Checks", state)) == (CURRENT, "OK")
    place = next(row for key, row in inputs.keyed() if key == "capacity.productivity[mri]")
    year = inputs.columns()["2026/27"]
    stated = inputs.value(place, year)
    engine.put("Inputs", f"{letter(year)}{place}", 0.11)
    assert engine.value(SENSITIVITY, now) != before[0] and engine.value(SENSITIVITY, p50) == before[1]
    assert (engine.value(SENSITIVITY, f"B{fits}"), engine.value("Checks", state)) == (STALE, "WARN")
    assert isinstance(stated, float)
    engine.put("Inputs", f"{letter(year)}{place}", stated)
    assert engine.value(SENSITIVITY, f"B{fits}") == CURRENT


def test_a_stress_does_what_its_values_set_do(book: Book) -> None:
    """The change of each measure, before and after the mitigation, from the case read with `--set`."""
    header, _ = book.table("Stresses and scenarios")
    stress = next(each.stress for each in book.case.findings.stressed if each.stress.name == "demand_up")
    row = book.row(stress.label, header)
    for at, edits in ((row, stress.edits), (row + 1, stress.mitigated)):
        other = load_case(str(book.case.folder), sets_of(edits))
        for column, name in enumerate(("npsv", "surplus_steady_state"), 3):
            before = book.case.headlines[BID].value(name)
            after = other.headlines[BID].value(name)
            assert before is not None and after is not None
            assert book.sheet.value(at, column) == pytest.approx(after - before, abs=0.005)
    assert book.sheet.value(row + 1, 1) == LEFT
    words = book.row(stress.label, row + 1)
    assert (book.sheet.value(words, 2), book.sheet.value(words, 3)) == (stress.owner, stress.mitigation)
    assert "The mitigation makes worse: surplus at steady state" in book.sheet.value(words + 1, 3)


def test_a_mitigation_that_changes_nothing_has_words_in_place_of_figures(book: Book) -> None:
    """The row of what is left says which input moves none of the figures."""
    header, _ = book.table("Stresses and scenarios")
    idle = [each for each in book.case.findings.stressed if each.unmitigated and not each.stress.cannot]
    assert "opening_slip" in {each.stress.name for each in idle}
    for each in idle:
        row = book.row(each.stress.label, header) + 1
        assert book.sheet.value(row, 3) == f"All of it: {each.unmitigated}"


def test_the_scenario_in_force_is_live_beside_the_engines(book: Book) -> None:
    """Chosen on Inputs, the live row shows what the row of the stress says, and that row says in force."""
    engine = book.open()
    header, columns = book.table("Stresses and scenarios")
    live, last = book.row(LIVE, header), max(columns.values())
    assert {engine.value(SENSITIVITY, f"{letter(c)}{live}") for c in range(3, last)} <= {0.0, ""}
    for name in ("demand_up", "opening_slip"):
        stress = next(each.stress for each in book.case.findings.stressed if each.stress.name == name)
        row = book.row(stress.label, header)
        engine.put("Inputs", CHOSEN, name)
        assert engine.value(SENSITIVITY, f"B{row}") == f"{name}: in force"
        assert engine.value(SENSITIVITY, f"{letter(last)}{live}") in (None, "")  # of options not laid out
        for column in range(3, last):
            told, shown = book.sheet.value(row, column), engine.value(SENSITIVITY, f"{letter(column)}{live}")
            if isinstance(told, float):
                told = pytest.approx(told, rel=1e-7, abs=1e-5)
            assert shown == ("" if told is None else told), (name, column)
    engine.put("Inputs", CHOSEN, AS_STATED)


def test_the_tornado_is_the_ranking(book: Book) -> None:
    """The ten inputs that move the value most, with the change at either end."""
    ranking = book.case.findings.ranking
    assert ranking is not None
    header, _ = book.table("What moves net present social value most")
    base = ranking.base.figures[VALUE]
    for row, each in enumerate(ranking.inputs[:10], header + 1):
        assert book.sheet.value(row, 1) == each.label
        for column, end in zip((3, 4), each.ends, strict=True):
            moved = end.figures[VALUE] - base if end.stands else None
            assert book.sheet.value(row, column) == (None if moved is None else pytest.approx(moved))


def test_a_switching_value_put_back_meets_its_target(book: Book) -> None:
    """The words of the table are those of a place at which the figure is at its limit."""
    header, _ = book.table("Switching values")
    found = {
        (target, switch.path.item.label): switch
        for target, switches in book.case.findings.switching.items()
        for switch in switches
    }
    targets = list(book.case.findings.switching)
    shown = 0
    for place, target in enumerate(targets):
        for row in range(header + 1, header + 11):
            switch = found.get((target, str(book.sheet.value(row, 1))))
            if switch is not None:
                assert book.sheet.value(row, 3 + 3 * place) == switch.told
                shown += switch.found
    assert shown
    target, switch = next((t, s) for (t, _), s in found.items() if s.found and not s.jumps)
    other = load_case(str(book.case.folder), switch.sets)
    value = other.headlines[BID].value(target.figure)
    assert value is not None
    if target.name == "ranking":
        best = max(own.value("npsv") or 0.0 for key, own in other.headlines.items() if key != BID)
        assert value == pytest.approx(best, abs=1.0)
    else:
        assert value == pytest.approx(target.limit, abs=1e-6)


def test_curves_rise_and_the_fan_opens(book: Book) -> None:
    """What the charts are drawn from, and that there are four with words for the blind."""
    first, _ = book.table("Cumulative distributions")
    rows = [r for r in range(first + 1, first + 40) if str(book.sheet.value(r, 1)).startswith("P")]
    for column in (3, 4):
        values = [book.sheet.value(row, column) for row in rows]
        assert len(values) == 21 and values == sorted(values)
    header, columns = book.table("Change in adjusted financial performance")
    for row in range(header + 1, header + 6):
        low, middle, high = (book.sheet.value(row, columns[name]) for name in ("P10", "P50", "P90"))
        assert low <= middle <= high
        assert book.sheet.value(row, columns["P10 to P90"]) == pytest.approx(high - low)
    with zipfile.ZipFile(book.path) as archive:
        drawings = [archive.read(n).decode() for n in archive.namelist() if "drawings/drawing" in n]
    words = [text for d in drawings for text in re.findall(r'descr="([^"]+)"', d)]
    assert sum(text.startswith(("S-curve", "Fan", "Tornado")) for text in words) == 5


def test_it_stands_where_a_reader_looks_for_it(book: Book) -> None:
    """After what is decided and afforded, before benefits and risks; Contents says what it holds."""
    names = list(book.sheets)
    assert names.index("Governance") + 1 == names.index(SENSITIVITY) < names.index("Benefits")


def without_ranges(case: Case) -> Case:
    """The same case with every value as certain."""

    def certain(values: Mapping[Members, Value]) -> dict[Members, Value]:
        return {members: replace(value, low=None, high=None) for members, value in values.items()}

    values = {
        key: replace(
            given, base=certain(given.base), options={o: certain(own) for o, own in given.options.items()}
        )
        for key, given in case.inputs.values.items()
    }
    return Case(case.folder, case.model, replace(case.inputs, values=values))


def test_without_draws_or_ranges_the_sheet_says_so(tmp_path: Path) -> None:
    """None were run, or there was nothing to draw: no percentile stands there, and how to get some does."""
    path = tmp_path / "mini.xlsx"
    for case, draws, said in ((mini_case(), 0, NONE_RUN), (without_ranges(mini_case()), 50, NO_RANGES)):
        build(case.results, case.headlines, case.checks, case.findings, path, "test", draws=draws)
        sheet = read_sheets(path)[SENSITIVITY]
        held = {str(cell.value) for cell in sheet.cells.values()}
        assert said in held and "P50" not in held
