"""The intake form: what stands on it, whose it is, and that what is typed is what is read back.

What is expected is read from the values of the case, and the form as openpyxl reads it.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from casebuilder.case import Case
from casebuilder.errors import CaseError
from casebuilder.inputs.values import Members
from casebuilder.tasks.intake.make import find_trust, make_intake
from casebuilder.tasks.pull.run import Pull, prepare, read_pull
from casebuilder.workbook.edits.typed import read_typed
from casebuilder.workbook.proof.cells import read_cells
from casebuilder.workbook.proof.engines import IronCalc
from tests.cases.new_bids import made_case

ONE, MANY, TRUST = "single", "north_east", "r0b"
HEADER = 7
COVER, TO_DO = "Read me", "To do"


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The form of one trust's bid for all, and that of one of three trusts."""
    folder = tmp_path_factory.mktemp("intake")
    paths = {ONE: folder / "one.xlsx", MANY: folder / "many.xlsx"}
    make_intake(made_case(ONE), paths[ONE], "test")
    make_intake(made_case(MANY), paths[MANY], "test", "R0B")
    return paths


@pytest.fixture(scope="session")
def one(forms: dict[str, Path]) -> Rows:
    """The form for all; nobody types into it."""
    return Rows(forms[ONE])


@pytest.fixture(scope="session")
def many(forms: dict[str, Path]) -> Rows:
    """The form of one of three trusts; nobody types into it."""
    return Rows(forms[MANY])


@pytest.fixture
def form(forms: dict[str, Path], tmp_path: Path) -> Path:
    """A form of one's own to type into."""
    return Path(shutil.copy(forms[ONE], tmp_path / "form.xlsx"))


class Rows:
    """A form as openpyxl reads it: where the row of a key stands."""

    def __init__(self, path: Path) -> None:
        self.path, self.book = path, openpyxl.load_workbook(path)
        self.at: dict[str, tuple[Any, int]] = {}
        self.headers: dict[str, dict[str, int]] = {}
        for sheet in self.book.worksheets:
            headers = {str(cell.value): cell.column for cell in sheet[HEADER] if cell.value}
            if "Key" not in headers:
                continue
            self.headers[sheet.title] = headers
            for row in range(HEADER + 1, sheet.max_row + 1):
                key = sheet.cell(row, headers["Key"]).value
                if key:
                    assert key not in self.at, key
                    self.at[key] = sheet, row

    def cell(self, key: str, header: str) -> Any:
        """The cell of a row under a header."""
        sheet, row = self.at[key]
        return sheet.cell(row, self.headers[sheet.title][header])

    def type(self, key: str, header: str, value: object) -> None:
        """Type into a cell that is open."""
        cell = self.cell(key, header)
        assert not cell.protection.locked, f"{key}, {header} is locked"
        cell.value = value

    def save(self) -> Path:
        """Save it in its place."""
        self.book.save(self.path)
        return self.path


@cache
def keys_in_use(name: str) -> dict[str, float | str | None]:
    """The rows of the base case that there should be, each with its value; None where it is by period."""
    case, found = made_case(name), {}
    for key in {item.key for item in case.problem.values} & set(case.inputs.values):
        given = case.inputs.values[key]
        over_time = bool(given.input.over) and given.input.over[-1] in ("month", "year", "statement")
        for members, value in given.base.items():
            inside = members[:-1] if over_time else members
            found[f"{key}[{','.join(inside)}]" if inside else key] = None if over_time else value.amount
    return found


def pulled(path: Path, name: str = ONE) -> Pull:
    """What pull would do with a form."""
    return read_pull(path, made_case(name))


def edits_of(pull: Pull) -> dict[tuple[str | None, str, Members], float | str]:
    """The new values by option, key and members."""
    return {(edit.option, edit.key, edit.members): edit.new for edit in pull.plan.edits}


@pytest.mark.parametrize("name", [ONE, MANY])
def test_untouched_form_has_no_edit(forms: dict[str, Path], name: str) -> None:
    """A form sent back as it was changes nothing, and nothing is said of it."""
    found = read_typed(forms[name], dict(read_cells(forms[name])))
    assert found.start.kind == "intake"
    assert found.typed == [] and found.untaken == []


def test_every_input_stands_in_one_place_with_its_value(one: Rows) -> None:
    """Each input that a line uses has one row for each of its members, with the value of the case."""
    rows, expected = one, keys_in_use(ONE)
    base = {key for key in rows.at if ":" not in key}
    assert base == set(expected)
    for key, amount in expected.items():
        if amount is not None:
            assert rows.cell(key, "Value").value == pytest.approx(amount), key


def test_values_by_period_are_those_of_the_case(one: Rows) -> None:
    """Each period has its own cell, or follows the one value of its row."""
    rows, case = one, made_case(ONE)
    for key in ("funding.award", "procurement.register", "demand.national_growth", "demand.season"):
        for members, value in case.inputs.values[key].base.items():
            row = f"{key}[{','.join(members[:-1])}]" if members[:-1] else key
            held = rows.cell(row, members[-1]).value
            if isinstance(held, str):  # it follows the one value of its row
                assert held.startswith("=$")
                held = rows.cell(row, "Value").value
            assert held == pytest.approx(value.amount), members


def test_options_have_rows_for_what_they_override(one: Rows) -> None:
    """What an option has of its own can be typed over."""
    rows, case = one, made_case(ONE)
    used = {item.key for item in case.problem.values}
    expected = {
        (option, key)
        for key, given in case.inputs.values.items()
        for option, own in given.options.items()
        if own and key in used
    }
    shown = {(key.split(":")[0], key.split(":")[1].split("[")[0]) for key in rows.at if ":" in key}
    assert shown == expected


def test_typed_values_are_the_edits(form: Path) -> None:
    """Base case, period and option: the edits are what was typed, with range, source and reason."""
    rows = Rows(form)
    rows.type("estate.rooms[seacroft,mri]", "Value", 2)
    rows.type("estate.rooms[seacroft,mri]", "Low", 1)
    rows.type("estate.rooms[seacroft,mri]", "High", 3)
    rows.type("estate.rooms[seacroft,mri]", "Source", "Estates schedule of May")
    rows.type("estate.rooms[seacroft,mri]", "Why", "A second scanner was agreed")
    rows.type("funding.award[national_pdc,seacroft]", "2026/27", 4_000_000)
    rows.type("demand.baseline_list[rr8,ct]", "Value", 4_100)
    rows.type("preferred:estate.included[seacroft]", "Value", 0)
    found = pulled(rows.save())
    assert edits_of(found) == {
        (None, "estate.rooms", ("seacroft", "mri")): 2.0,
        (None, "funding.award", ("national_pdc", "seacroft", "2026/27")): 4_000_000.0,
        (None, "demand.baseline_list", ("rr8", "ct")): 4_100.0,
        ("preferred", "estate.included", ("seacroft",)): 0.0,
    }
    assert found.plan.clashes == [] and found.plan.untaken == []
    rooms = next(edit for edit in found.plan.edits if edit.key == "estate.rooms")
    assert (rooms.low, rooms.high, rooms.source) == (1.0, 3.0, "Estates schedule of May")
    assert rooms.note == "A second scanner was agreed" and rooms.old == 1.0


def test_one_value_serves_every_period_and_a_period_holds_over_it(form: Path) -> None:
    """A growth rate typed once is that of every year; one year may be typed apart."""
    rows, case = Rows(form), made_case(ONE)
    key = "capacity.productivity"
    before = {m[-1]: v.amount for m, v in case.inputs.values[key].base.items() if m[0] == "mri"}
    assert len(set(before.values())) == 1
    rows.type(f"{key}[mri]", "Value", 0.04)
    rows.type(f"{key}[mri]", "2028/29", 0.05)
    found = pulled(rows.save())
    expected = {(None, key, ("mri", year)): 0.05 if year == "2028/29" else 0.04 for year in before}
    assert edits_of(found) == expected and found.plan.clashes == []


def test_amounts_are_read_as_people_write_them_and_status_is_live(form: Path) -> None:
    """Thousands, millions, per cent as text; fewer rooms than none are a fault, here and when pulled."""
    rows = Rows(form)
    rows.type("capital.works_rate[seacroft]", "Value", "£4.1k")
    rows.type("funding.award[national_pdc,seacroft]", "2026/27", "4.5m")
    rows.type("health.health_attribution", "Value", "40%")
    rows.type("estate.rooms[seacroft,mri]", "Value", 2)
    rows.type("estate.rooms[seacroft,ct]", "Value", -1)
    found = pulled(rows.save())
    assert edits_of(found) == {
        (None, "capital.works_rate", ("seacroft",)): 4_100.0,
        (None, "funding.award", ("national_pdc", "seacroft", "2026/27")): 4_500_000.0,
        (None, "health.health_attribution", ()): 0.4,
        (None, "estate.rooms", ("seacroft", "mri")): 2.0,
    }
    assert ["-1 is negative" in each.what for each in found.plan.untaken] == [True]
    engine = IronCalc(form)
    said = {
        key: engine.value(sheet.title, rows.cell(key, "Status").coordinate)
        for key, (sheet, _) in rows.at.items()
        if key.startswith(("estate.rooms", "capital.works_rate", "funding.award", "pay.growth"))
    }
    assert said["capital.works_rate[seacroft]"] == "text"
    assert said["funding.award[national_pdc,seacroft]"] == "text"
    assert said["estate.rooms[seacroft,mri]"] == "changed"
    assert said["estate.rooms[seacroft,ct]"] == "fault"
    assert said["estate.rooms[seacroft,xray]"] == "to do"


def test_money_is_typed_by_year(one: Rows) -> None:
    """Twelve million typed once would stand in every year."""
    cell = one.cell("funding.award[national_pdc,seacroft]", "Value")
    assert cell.value == "by period →" and cell.protection.locked


def test_your_bid_has_some_forty_rows_chosen_by_rule(one: Rows) -> None:
    """Openings, rooms and award are there, and what is still to do with the largest effect."""
    rows, case = one, made_case(ONE)
    bid = [key for key, (sheet, _) in rows.at.items() if sheet.title == "Your bid"]
    assert 30 <= len(bid) <= 45
    shown = {key.split(":")[-1].split("[")[0] for key in bid}
    assert {"programme.approval_month", "estate.rooms", "funding.award"} <= shown
    ranking = case.findings.ranking
    assert ranking is not None
    # Of what is still to do, that with the largest effect is there.
    most = next(each for each in case.findings.to_do if each.value)
    assert most.to_do.key in shown


def test_form_of_a_trust_shows_nothing_of_another(forms: dict[str, Path], many: Rows) -> None:
    """Neither rows, nor names of others, nor the hidden sheet."""
    case, rows = made_case(MANY), many
    others = {id for id in case.problem.frame.ids("provider") if id != TRUST}
    # Seaham is its own; Hartlepool is hosted by another, and only its own share of it is shown.
    for key in rows.at:
        members = key.partition("[")[2].rstrip("]").split(",")
        assert not others & set(members), key
        assert TRUST in members or "seaham" in members, key
    kept = read_typed(forms[MANY], dict(read_cells(forms[MANY]))).start
    assert set(kept.rows) == set(rows.at)
    names = [case.problem.frame.label("provider", other) for other in others]
    for sheet in rows.book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            texts = " ".join(str(value) for value in row if value is not None)
            assert not any(name in texts for name in names), texts


def test_form_of_a_trust_has_all_that_it_owns(many: Rows) -> None:
    """Its own rows, and those of the site that it hosts."""
    case, rows = made_case(MANY), many
    for key in {item.key for item in case.problem.values} & set(case.inputs.values):
        given = case.inputs.values[key]
        over = [d for d in given.input.over if d not in ("month", "year", "statement")]
        for members in given.base:
            own = dict(zip(over, members, strict=False))
            inside = ",".join(members[: len(over)])
            whose = own.get("provider")
            if whose == TRUST or (whose is None and own.get("site") == "seaham"):
                assert f"{key}[{inside}]" in rows.at


def test_form_says_whose_it_is_and_what_it_leaves_out(many: Rows) -> None:
    """The first sheet names the trust and its sites, and how the form comes back."""
    sheet = many.book[COVER]
    text = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert made_case(MANY).problem.frame.label("provider", TRUST) in text
    assert "Seaham" in text and "not shown" in text
    assert "casebuilder pull many.xlsx" in text


@pytest.mark.parametrize(
    "text",
    [
        "r0b",
        "R0B",
        "South Tyneside and Sunderland NHS Foundation Trust",
        "South Tyneside & Sunderland",
        "sunderland",
    ],
)
def test_trust_is_found_by_id_code_and_name(text: str) -> None:
    """As people write it."""
    assert find_trust(made_case(MANY), text) == TRUST


def test_trust_that_is_none_is_refused_with_those_there_are() -> None:
    """A code of another case is told."""
    case: Case = made_case(MANY)
    with pytest.raises(CaseError, match="no trust 'RBL'"):
        find_trust(case, "RBL")
    with pytest.raises(CaseError, match=r"'and' fits several trusts: .+ \(r\w\w\), .+; give the id"):
        find_trust(case, "and")


def test_form_is_an_excel_workbook(tmp_path: Path) -> None:
    """No other ending is written."""
    with pytest.raises(CaseError, match=r"\.xlsx"):
        make_intake(made_case(ONE), tmp_path / "form.csv", "test")


def test_only_typed_cells_are_open(one: Rows) -> None:
    """Every sheet is protected without a password; keys and labels are locked."""
    rows = one
    for sheet in rows.book.worksheets:
        if sheet.title != "Start":
            assert sheet.protection.sheet and not sheet.protection.password
    locked = [rows.cell(key, h).protection.locked for key in list(rows.at)[:60] for h in ("Key", "Label")]
    assert all(locked)


@pytest.mark.parametrize("name", ["Demand", "Asset register"])
def test_room_to_paste_is_open_below_its_heading(one: Rows, name: str) -> None:
    """Whole columns right of the rows; what stands above them is locked."""
    sheet = one.book[name]
    first = max(one.headers[name].values()) + 2
    columns = next(each for each in sheet.column_dimensions.values() if each.min <= first <= each.max)
    assert not columns.protection.locked and columns.max - first > 40
    assert sheet.cell(HEADER, first).protection.locked


def test_what_may_be_typed_is_said_in_words(one: Rows) -> None:
    """The unit, and that 1.2m is read."""
    sheet = one.book["Your bid"]
    at = one.cell("capital.works_rate[seacroft]", "Value").coordinate
    rule = next(each for each in sheet.data_validations.dataValidation if at in each.sqref)
    assert "Unit: £" in rule.error and "1.2m" in rule.error


def test_to_do_leads_to_its_row(one: Rows) -> None:
    """In the order of what it does, with a link to the first row of it."""
    rows, case = one, made_case(ONE)
    sheet = rows.book[TO_DO]
    shown = [sheet.cell(row, 2).value for row in range(6, sheet.max_row + 1) if sheet.cell(row, 1).value]
    assert shown == [each.to_do.what for each in case.findings.to_do]
    first = case.findings.to_do[0]
    link = sheet.cell(6, 4).hyperlink.location
    name, _, cell = link.partition("!B")
    target = rows.book[name.strip("'")].cell(int(cell), 1).value
    assert target.startswith(first.to_do.key)


def paste(path: Path, sheet: str, rows: Sequence[Sequence[object]]) -> None:
    """Put cells into the open columns of a sheet, as one pastes them: from the second of them on."""
    book = openpyxl.load_workbook(path)
    into = book[sheet]
    first = max(cell.column for cell in into[HEADER] if cell.value) + 3
    for down, row in enumerate(rows, HEADER + 2):
        for right, value in enumerate(row, first):
            if value is not None:
                into.cell(down, right).value = value
    book.save(path)


def test_pasted_months_are_the_values_of_the_case(forms: dict[str, Path], tmp_path: Path) -> None:
    """A list of March in Excel's own dates and with commas; what is typed in its row holds over it."""
    form = Path(shutil.copy(forms[MANY], tmp_path / "pasted.xlsx"))
    rows = Rows(form)
    rows.type("demand.baseline_mean_list[r0b,mri]", "Value", 1_300)
    rows.save()
    case = made_case(MANY)
    now = case.inputs.values["demand.baseline_list"].base["r0b", "mri"].amount
    assert isinstance(now, float)
    months = ["Test", date(2025, 2, 1), date(2025, 3, 1)]
    paste(form, "Demand", [["Waiting list"], [], months, ["MRI", None, f"{now + 24:,.0f}"]])
    found = pulled(form, MANY)
    change = case.inputs.values["demand.baseline_list_change"].base["r0b", "mri"].amount
    assert isinstance(change, float)
    key = ("r0b", "mri")
    assert edits_of(found) == {
        (None, "demand.baseline_list", key): now + 24,
        (None, "demand.baseline_mean_list", key): 1_300.0,
        # Over twelve months two more a month.
        (None, "demand.baseline_list_change", key): pytest.approx(change + 2, abs=1e-3),
    }
    listed = next(edit for edit in found.plan.edits if edit.key == "demand.baseline_list")
    assert "pasted" in listed.source and listed.old == now
    assert ["what is typed holds" in each.what for each in found.plan.untaken] == [True]


def test_pasted_register_is_that_of_its_trust(forms: dict[str, Path], tmp_path: Path) -> None:
    """Two scanners by date; that the trust has given its register is taken up with them."""
    form = Path(shutil.copy(forms[MANY], tmp_path / "register.xlsx"))
    rows = [
        ["Kit", "Units", "Due for replacement"],
        ["CT scanner", 2, date(2028, 6, 1)],
        ["MRI", 1, "2029/30"],
    ]
    paste(form, "Asset register", rows)
    assert edits_of(pulled(form, MANY)) == {
        (None, "procurement.register", ("r0b", "ct", "2028/29")): 2.0,
        (None, "procurement.register", ("r0b", "mri", "2029/30")): 1.0,
        (None, "procurement.registered", ("r0b",)): 1.0,
    }


def test_the_pool_asks_each_trust_and_its_answers_come_back(forms: dict[str, Path], tmp_path: Path) -> None:
    """Joining, kit in place, a price last paid and a signed letter, typed by the trust and read back."""
    form = Path(shutil.copy(forms[MANY], tmp_path / "pool.xlsx"))
    rows = Rows(form)
    own = {key.split("[")[0] for key, (sheet, _) in rows.at.items() if sheet.title == "The pool"}
    assert own == {
        *(f"procurement.{each}" for each in ("joins", "refuses_standard", "installed", "last_price")),
        *(f"commitment.{each}" for each in ("stage", "signed_by", "signed_month", "stands_until")),
    }
    rows.type("procurement.last_price[r0b,ct]", "Value", "£640k")
    rows.type("procurement.last_price[r0b,ct]", "Source", "Order of May 2023")
    rows.type("procurement.installed[r0b,mri]", "Value", "tied to image system")
    rows.type("procurement.refuses_standard[r0b,mri]", "Value", 1)
    rows.type("commitment.stage[r0b,ct]", "Value", "letter signed")
    rows.type("commitment.stage[r0b,ct]", "Source", "Letter of 3 November")
    rows.type("commitment.signed_by[r0b]", "Value", "director_of_finance")
    rows.type("commitment.signed_month[r0b]", "Value", 4)
    rows.type("commitment.stands_until[r0b]", "Value", 16)
    found = pulled(rows.save(), MANY)
    assert found.plan.untaken == [] and found.plan.clashes == []
    assert edits_of(found) == {
        (None, "procurement.last_price", ("r0b", "ct")): 640_000.0,
        (None, "procurement.installed", ("r0b", "mri")): "tied_to_image_system",
        (None, "procurement.refuses_standard", ("r0b", "mri")): 1.0,
        (None, "commitment.stage", ("r0b", "ct")): "letter_signed",
        (None, "commitment.signed_by", ("r0b",)): "director_of_finance",
        (None, "commitment.signed_month", ("r0b",)): 4.0,
        (None, "commitment.stands_until", ("r0b",)): 16.0,
    }
    ready = prepare(found, found.plan.edits, "A finance lead", "Asked", date(2026, 4, 1))
    assert ready.refused == ()
    after = ready.case
    stage = after.inputs.values["commitment.stage"].base["r0b", "ct"]
    assert stage.amount == "letter_signed"
    joined = after.inputs.values["procurement.joins"].base["r0b", "ct"].amount
    firm = after.results.array(after.problem.by_key["commitment.firm"])
    frame = after.problem.frame
    assert firm.max() == joined
    of = frame.positions["provider"]["r0b"], frame.positions["equipment"]["ct"]
    assert firm[0, -1, *of] == joined
    price = after.inputs.values["procurement.last_price"]
    assert price.base["r0b", "ct"].amount == 640_000
