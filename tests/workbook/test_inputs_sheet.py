"""The sheets of inputs as their user finds them: one row an input, cells in use, rules and protection."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from casebuilder.algebra.dimensions import time_of
from casebuilder.case import Case, load_case
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.layout.scenarios import (
    CHOSEN_ROW,
    FIRST_ROW,
    FIRST_SCENARIO,
    IN_FORCE,
    SCENARIOS,
    STATED,
)
from casebuilder.workbook.proof.engines import place
from tests.shipped import ShippedCases
from tests.workbook.changing import Change, headlines, input_cell, input_sheets, same
from tests.workbook.reading import Sheet, calculation_sheets

NAME, OPENED = "digital_diagnostics", "throughput.uptime"
SETS = ("programme:throughput.uptime[mri]=0.9", "home_reporting:demand.national_growth[ct,2023/24]=0.02")
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
INPUT_MESSAGE, TITLE = 255, 32
# What a cell in use says of a value that can be tried: the cell for trying, then what stands there otherwise.
TRIED = re.compile(r"^IF\(ISNUMBER\('Who joins'!([A-Z$\d]+)\),'Who joins'!\1,(.+)\)$")


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(NAME, *SETS)


@pytest.fixture(scope="module")
def workbook(shipped_cases: ShippedCases) -> Path:
    return shipped_cases.workbook(NAME, *SETS)


@pytest.fixture(scope="module")
def sheets(shipped_cases: ShippedCases) -> dict[str, Sheet]:
    return shipped_cases.sheets(NAME, *SETS)


@pytest.fixture(scope="module")
def xml(workbook: Path) -> dict[str, ElementTree.Element]:
    """The parts of the sheets by name."""
    with zipfile.ZipFile(workbook) as archive:
        relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {r.get("Id"): r.get("Target") for r in relations}
        found = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{SPREADSHEET}sheet")
        return {
            s.get("name"): ElementTree.fromstring(archive.read(f"xl/{targets[s.get(RELATION)]}"))
            for s in found
        }


@pytest.fixture(scope="module")
def unlocked(workbook: Path, xml: dict[str, ElementTree.Element]) -> dict[str, set[str]]:
    """The cells that a protected sheet lets anyone type in, by sheet."""
    with zipfile.ZipFile(workbook) as archive:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    formats = list(styles.find(f"{SPREADSHEET}cellXfs"))
    free = {
        n
        for n, xf in enumerate(formats)
        for p in xf.iter(f"{SPREADSHEET}protection")
        if p.get("locked") == "0"
    }
    return {
        name: {c.get("r") for c in part.iter(f"{SPREADSHEET}c") if int(c.get("s", 0)) in free}
        for name, part in xml.items()
    }


def typed_cells(case: Case, sheets: dict[str, Sheet]) -> Iterator[tuple[str, str]]:
    """Every cell that is an input: Base, options and periods, those that say as Base among them."""
    frame = case.inputs.frame
    periods = [*frame.ids("year"), *frame.ids("month")]
    for name, sheet in input_sheets(sheets).items():
        columns = sheet.columns()
        headers = {columns[h] for h in ("Base", *frame.option_ids, *periods)}
        for _, row in sheet.keyed():
            for column, cell in sheet.rows[row].items():
                if column in headers and cell.value not in ("by period →", "own row ↓"):
                    yield name, f"{letter(column)}{row}"


def test_headers_stand_in_the_order_of_the_contract(case: Case, sheets: dict[str, Sheet]) -> None:
    """Key to Fault, then the periods, each once; what an option needs has a column in use of its own."""
    frame, sheet = case.inputs.frame, sheets["Inputs"]
    header = [str(c.value) for _, c in sorted(sheet.rows[sheet.header()].items())]
    touching = [
        o
        for o in frame.option_ids
        if any(g.touched_by(o) for g in case.problem.values.values() if time_of(g.input.over) is None)
    ]
    start = [
        "Key",
        "Label",
        "Unit",
        "Base",
        *frame.option_ids,
        "In use",
        *(f"In use {o}" for o in touching),
        "Low",
        "High",
        "Least",
        "Most",
        "Kind",
        "State",
        "Source",
        "Changed",
        "Fault",
    ]
    assert header[: len(start)] == start
    assert len(set(header)) == len(header)
    years = header.index(frame.ids("year")[0])
    periods = [*frame.ids("year"), *frame.ids("month")]
    assert header[years : years + len(periods)] == periods
    assert sheet.value(3, 1) == "Unusable input cells" and sheet.value(3, 2) == 0


def test_a_row_an_input_and_member(case: Case, sheets: dict[str, Sheet]) -> None:
    """Column A holds every key once, as --set takes it, and OPTION:KEY for an option's row over time."""
    found = [key for sheet in input_sheets(sheets).values() for key, _ in sheet.keyed()]
    expected = set()
    for item, given in case.problem.values.items():
        timed = time_of(item.over) is not None
        rows = {m[:-1] if timed else m for m in given.base}
        keys = {f"{item.key}[{','.join(m)}]" if m else item.key for m in rows}
        own = [o for o in case.inputs.frame.option_ids if given.touched_by(o)] if timed else []
        expected |= keys | {f"{option}:{key}" for option in own for key in keys}
    assert len(found) == len(set(found)) and set(found) == expected
    assert "home_reporting:demand.national_growth[ct]" in expected
    for key in found[:: len(found) // 40]:  # --set takes them as they stand
        text = f"{key}={'x'}"
        assert re.fullmatch(r"(?:[a-z_]+:)?[a-z_]+\.[a-z_0-9]+(?:\[[^\]]+\])?=x", text), key


def test_an_option_has_cells_for_all_of_what_it_touches(case: Case, sheets: dict[str, Sheet]) -> None:
    """Constants where it differs, links to Base where it does not; the words as Base where it has none."""
    for item, given in case.problem.values.items():
        if time_of(item.over) is not None:
            continue
        for option in case.inputs.frame.option_ids:
            for members in given.base:
                name, address = input_cell(sheets, Change(item, members, option, 0.0, 0.0))
                cell = sheets[name].cells[place(address)]
                if not given.touched_by(option):
                    assert cell.value == "as Base" and cell.formula is None
                elif members in given.options.get(option, {}):
                    assert cell.formula is None and cell.value == given.options[option][members].amount
                else:
                    assert cell.formula == f"$D{address.lstrip('ABCDEFGHIJKLMNOPQRSTUVWXYZ')}"
                    assert cell.value == given.base[members].amount


def test_formulas_read_the_cells_in_use_and_nothing_typed(case: Case, sheets: dict[str, Sheet]) -> None:
    """No sheet but those of inputs names a typed cell; each cell in use names one typed cell.

    Where a scenario touches the value, it names the row of the sheet of scenarios that links to that cell;
    where it can be tried on the sheet of who joins, what is tried stands in front.
    """
    typed, uses = set(typed_cells(case, sheets)), 0
    chosen = sheets[SCENARIOS]
    stated = {
        f"{SCENARIOS}!${letter(IN_FORCE)}{row}": str(chosen.cells[row, STATED].formula)
        for _, row in chosen.keyed()
    }
    typed_columns = {re.sub(r"\d", "", address) for _, address in typed}
    names = input_sheets(sheets)
    for name, sheet in sheets.items():
        for (row, column), cell in sheet.cells.items():
            if cell.formula is None or name == SCENARIOS:
                continue
            if name in names:
                header = str(sheet.value(sheet.header(), column))
                if header.startswith("In use"):
                    formula = TRIED.sub(r"\2", cell.formula)
                    place = stated.get(formula, formula).replace("$", "").rpartition("!")[2]
                    assert (name, place) in typed, (name, row, column)
                    uses += 1
                continue
            for found in re.findall(r"(?:Inputs|'Data [^']+')!\$?([A-Z]+)\$?\d+", cell.formula):
                # B3 counts what cannot be used; a looked-up factor is found by its key in column A.
                assert found not in typed_columns or found in ("A", "B"), (name, row, column, cell.formula)
    assert uses > 2_000
    assert sum(len(s.cells) for s in calculation_sheets(sheets).values()) > 100_000


def test_every_input_cell_has_a_rule_within_excel_s_limits(
    case: Case, sheets: dict[str, Sheet], xml: dict[str, ElementTree.Element]
) -> None:
    """One rule each, with its bounds and unit in words; none anywhere else."""
    expected = {*typed_cells(case, sheets), ("Inputs", f"B{CHOSEN_ROW}")}
    ruled: list[tuple[str, str]] = []
    for name in input_sheets(sheets):
        for rule in xml[name].iter(f"{SPREADSHEET}dataValidation"):
            assert rule.get("promptTitle") and rule.get("prompt") and rule.get("error")
            assert len(rule.get("promptTitle")) <= TITLE and len(rule.get("errorTitle")) <= TITLE
            assert len(rule.get("prompt")) <= INPUT_MESSAGE and len(rule.get("error")) <= INPUT_MESSAGE
            assert rule.get("allowBlank") is None
            for span in rule.get("sqref").split():
                (top, left), (bottom, right) = (place(end) for end in (span.split(":") * 2)[:2])
                ruled += [
                    (name, f"{letter(c)}{r}") for r in range(top, bottom + 1) for c in range(left, right + 1)
                ]
    assert len(ruled) == len(set(ruled))
    assert set(ruled) == expected
    words = " ".join(r.get("prompt") for r in xml["Inputs"].iter(f"{SPREADSHEET}dataValidation"))
    for said in ("0 or more and 1 at most", "1 for yes, 0 for no", "Unit: £", "One of:"):
        assert said in words


def test_all_sheets_are_protected_and_only_inputs_and_choices_are_open(
    case: Case, sheets: dict[str, Sheet], xml: dict[str, ElementTree.Element], unlocked: dict[str, set[str]]
) -> None:
    """No password; columns may be widened and rows filtered; no formula can be overtyped."""
    for name, part in xml.items():
        protection = part.find(f"{SPREADSHEET}sheetProtection")
        assert protection is not None and protection.get("sheet") == "1", name
        assert protection.get("password") is None and protection.get("hashValue") is None
        if name not in ("Fingerprint", "Start"):  # hidden: nobody widens them
            assert (protection.get("formatColumns"), protection.get("autoFilter")) == ("0", "0"), name
    typed = {*typed_cells(case, sheets), ("Inputs", f"B{CHOSEN_ROW}")}
    chosen = sheets[SCENARIOS]
    last = chosen.columns()["Changed"]
    given = {
        f"{letter(column)}{row}"
        for (row, column), cell in chosen.cells.items()
        if row >= FIRST_ROW and FIRST_SCENARIO <= column < last and cell.formula is None
    }
    assert unlocked[SCENARIOS] == given
    for name in input_sheets(sheets):
        assert {(name, address) for address in unlocked[name]} == {t for t in typed if t[0] == name}
        assert xml[name].find(f"{SPREADSHEET}autoFilter") is not None
    read = (TRIED.match(cell.formula) for cell in sheets["Inputs"].cells.values() if cell.formula)
    tried = {found[1].replace("$", "") for found in read if found}
    assert unlocked["Who joins"] == tried and tried
    choosers = next(n for n, s in sheets.items() if s.value(5, 1) == "Month shown (choose)")
    for name in xml.keys() - input_sheets(sheets).keys() - {choosers, SCENARIOS, "Who joins"}:
        assert not unlocked[name], name


def test_choosers_are_text_with_a_list(
    workbook: Path,
    sheets: dict[str, Sheet],
    xml: dict[str, ElementTree.Element],
    unlocked: dict[str, set[str]],
) -> None:
    """2022-04 typed in the cell of the month stays 2022-04; both cells can be typed in."""
    with zipfile.ZipFile(workbook) as archive:
        styles = ElementTree.fromstring(archive.read("xl/styles.xml"))
    formats = list(styles.find(f"{SPREADSHEET}cellXfs"))
    name = next(n for n, s in sheets.items() if s.value(5, 1) == "Month shown (choose)")
    assert unlocked[name] == {"B4", "B5"}
    cells = {c.get("r"): int(c.get("s")) for c in xml[name].iter(f"{SPREADSHEET}c")}
    assert {formats[cells[address]].get("numFmtId") for address in ("B4", "B5")} == {"49"}  # 49 is @, text
    rules = {r.get("sqref"): r.get("type") for r in xml[name].iter(f"{SPREADSHEET}dataValidation")}
    assert rules == {"B4": "list", "B5": "list"}


@pytest.mark.parametrize(
    "text",
    [
        f"{OPENED}[mri]=0.8",  # programme keeps its own
        f"{OPENED}[ct]=0.8",  # programme follows Base
        f"programme:{OPENED}[ct]=0.7",  # typed over a link
        f"programme:{OPENED}[mri]=0.7",
        "demand.national_growth[ct,2024/25]=0.04",
        "home_reporting:demand.national_growth[ct,2024/25]=0.05",
        "home_reporting:demand.national_growth[ct,2023/24]=0.05",
        "digital.capital_cost[image_sharing,2021/22]=20000000",
    ],
)
def test_typed_in_the_workbook_is_what_set_says(
    text: str, case: Case, sheets: dict[str, Sheet], shipped_cases: ShippedCases
) -> None:
    """Base, an option's own value, a link typed over and a period: the headlines are those of --set."""
    key, _, value = text.partition("=")
    option, _, rest = key.rpartition(":")
    name, _, within = rest.partition("[")
    item = case.problem.inputs_by_key[name]
    change = Change(item, tuple(within.rstrip("]").split(",")), option or None, 0.0, float(value))
    engine = shipped_cases.engine(NAME, *SETS)
    engine.put(*input_cell(sheets, change), change.after)
    engine.calculate()
    assert engine.value("Inputs", "B3") == 0 and engine.value("Inputs", "B4") >= 1
    again = load_case(NAME, [*SETS, text])
    for (headline, of), live in headlines(engine, sheets["Options"], case).items():
        assert same(live, again.headlines[of].headlines[headline]), (text, headline, of)


def test_base_says_which_options_keep_their_own(sheets: dict[str, Sheet]) -> None:
    """In the note of an input with one value; in the label of one over time, with its own row below."""
    sheet = sheets["Inputs"]
    columns, rows = sheet.columns(), dict(sheet.keyed())
    note = sheet.value(rows[f"{OPENED}[ct]"], columns["Note"])
    assert str(note).startswith("Programme keeps its own")
    label = sheet.value(rows["demand.national_growth[ct]"], columns["Label"])
    assert str(label).endswith("Base (home_reporting keeps its own)")
    assert sheet.value(rows["demand.national_growth[ct]"], columns["home_reporting"]) == "own row ↓"


def test_formulas_of_inputs_are_short(sheets: dict[str, Sheet]) -> None:
    """None over 1,000 characters, and few over 160."""
    lengths = [len(c.formula) for s in input_sheets(sheets).values() for c in s.cells.values() if c.formula]
    assert max(lengths) <= 1_000
    assert sum(length > 160 for length in lengths) <= 0.02 * len(lengths)
