"""Values typed in a built workbook come home: the case read again has the headlines that the workbook had."""

from __future__ import annotations

import json
import random
import shutil
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from casebuilder.case import load_case
from casebuilder.cli.app import app
from casebuilder.resources import resource
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.engines import libreoffice
from tests.shipped import ShippedCases
from tests.short import SHORT, SINGLE
from tests.workbook.changing import Change, same
from tests.workbook.round_trip import Book, brought_home, case_headlines, some, type_in, typeable
from tests.workbook.test_changed_formulas import saved_by_libreoffice

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]


def book_of(folder: Path, path: Path) -> Book:
    case = load_case(str(folder))
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    return Book.open(case, path)


def kept_book(name: str, shipped: ShippedCases) -> Book:
    """A book that other tests share the workbook of."""
    return Book(shipped.case(name), shipped.workbook(name), shipped.engine(name), shipped.sheets(name))


@pytest.fixture(scope="module")
def single(shipped_cases: ShippedCases) -> Book:
    """A bid of one site, as `new` makes it from its answers."""
    return kept_book(SINGLE, shipped_cases)


def round_trip(book: Book, seed: int, folder: Path, saved_again: bool = False) -> None:
    """Type some edits, bring them home, and set the headlines of the case against the workbook's."""
    chance = random.Random(seed)
    changes = some(typeable(book.case), chance)
    typed, into = folder / "typed.xlsx", folder / "home"
    shutil.rmtree(into, ignore_errors=True)
    type_in(book.path, typed, book.cells(changes))
    if saved_again:
        openpyxl.load_workbook(typed).save(typed)
    live = book.recalculated(changes)
    home = brought_home(typed, book.case.folder, into)
    for change in changes:
        given = home.case.inputs.values[change.item.key]
        now = (
            given.amount(change.option, change.members)
            if change.option
            else given.base[change.members].amount
        )
        assert now == change.after, change.as_set
    ours = case_headlines(home.case)
    apart = [key for key, value in live.items() if not same(value, ours[key])]
    assert not apart, [(key, live[key], ours[key]) for key in apart]
    assert not home.comments_lost
    told = {change.item.name for change in changes}
    for name, lines in home.removed.items():
        # What is not a line of an edited value would be a change that nobody made.
        assert len(lines) <= 4 * len(changes), (name, sorted(told), lines)


@pytest.fixture(scope="module")
def short(shipped_cases: ShippedCases) -> Book:
    """The short case, of two options."""
    return kept_book(SHORT, shipped_cases)


@pytest.mark.parametrize("seed", [1, 2])
def test_edits_of_a_small_case_come_home(short: Book, tmp_path: Path, seed: int) -> None:
    """Base, option, period, word and flag cells."""
    round_trip(short, seed, tmp_path)


def test_edits_saved_again_by_openpyxl_come_home(short: Book, tmp_path: Path) -> None:
    """openpyxl writes every cell again and loses what was worked out."""
    round_trip(short, 4, tmp_path, saved_again=True)


@pytest.mark.full
def test_200_random_sets_of_edits_come_home(single: Book, tmp_path: Path) -> None:
    """Of a bid of one site, each set of a handful or more."""

    @settings(max_examples=200, deadline=None, database=None, suppress_health_check=SLOW, derandomize=True)
    @given(st.integers(0, 2**32))
    def one(seed: int) -> None:
        round_trip(single, seed, tmp_path)

    one()


@pytest.mark.full
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_edits_saved_again_by_libreoffice_come_home(single: Book, tmp_path: Path) -> None:
    """Recalculated and written again by another program, in its own spelling."""
    changes = some(typeable(single.case), random.Random(4))
    type_in(single.path, tmp_path / "typed.xlsx", single.cells(changes))
    live = single.recalculated(changes)
    home = brought_home(
        saved_by_libreoffice(tmp_path / "typed.xlsx", tmp_path), single.case.folder, tmp_path / "home"
    )
    ours = case_headlines(home.case)
    assert all(same(value, ours[key]) for key, value in live.items())


@pytest.mark.full
def test_ten_sets_of_edits_of_cmast_come_home(tmp_path: Path) -> None:
    """The largest of the shipped cases."""
    book = book_of(resource("assumptions/cases/cmast"), tmp_path / "cmast.xlsx")
    for seed in range(10):
        round_trip(book, seed, tmp_path)


KEY = "timeline.band_end[b301]"
NO_DATE = ("--who", "A finance lead", "--why", "Board of May")


def typed_band(book: Book, out: Path, value: float | str) -> Path:
    """The workbook with the last year of the last discount-rate band typed."""
    sheet = book.sheets["Inputs"]
    row = next(row for key, row in sheet.keyed() if key == KEY)
    type_in(book.path, out, {("Inputs", f"D{row}"): value})
    return out


def pulled(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["pull", *words])
    return result.exit_code, result.output


def text_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_command_shows_writes_and_says_when_all_is_there(short: Book, tmp_path: Path) -> None:
    """Shown only; refused where nobody can be asked; written; and a second time already so."""
    bid, file = tmp_path / "bid", typed_band(short, tmp_path / "typed.xlsx", 2_000)
    shutil.copytree(short.case.folder, bid)
    before = text_of(bid)
    code, said = pulled(str(file), str(bid), "--dry-run")
    assert code == 0 and "1,000 → 2,000" in said and text_of(bid) == before
    for words in ((), ("--yes",), ("--yes", "--who", "A finance lead"), NO_DATE):
        assert pulled(str(file), str(bid), *words)[0] == 2 and text_of(bid) == before
    code, said = pulled(str(file), str(bid), *NO_DATE, "--yes")
    assert code == 0 and "Wrote 1 value" in said
    assert set(text_of(bid)) - set(before) == {"changes.csv", "timeline.yaml"}
    log = (bid / "changes.csv").read_text(encoding="utf-8").splitlines()
    assert len(log) == 2 and log[1].endswith(f"A finance lead,Board of May,{KEY},1000,2000,,typed.xlsx")
    code, said = pulled(str(file), str(bid), "--dry-run")
    assert code == 0 and "No value to take" in said and "1 value typed stands in the case already" in said
    assert load_case(str(bid)).inputs.values["timeline.band_end"].base[("b301",)].amount == 2_000


def test_a_clash_is_listed_until_a_side_is_chosen(short: Book, tmp_path: Path) -> None:
    """The case says 1,500 since, the file 2,000."""
    bid, file = tmp_path / "bid", typed_band(short, tmp_path / "typed.xlsx", 2_000)
    shutil.copytree(short.case.folder, bid)
    assert pulled(str(typed_band(short, tmp_path / "other.xlsx", 1_500)), str(bid), *NO_DATE, "--yes")[0] == 0
    before = text_of(bid)
    code, said = pulled(str(file), str(bid), *NO_DATE, "--yes")
    assert code == 1 and "was 1,000, the file 2,000, the case 1,500" in said and text_of(bid) == before
    code, said = pulled(str(file), str(bid), *NO_DATE, "--yes", "--prefer", "case", "--json")
    told = json.loads(said)
    assert code == 0 and text_of(bid) == before
    assert [(c["input"], c["from"], c["to"], c["case"]) for c in told["clashes"]] == [(KEY, 1000, 2000, 1500)]
    assert pulled(str(file), str(bid), *NO_DATE, "--yes", "--prefer", "file")[0] == 0
    # What the log says it was is what stood in the case, not what the file was built with.
    assert (bid / "changes.csv").read_text(encoding="utf-8").endswith(f"{KEY},1500,2000,,typed.xlsx\n")
    assert load_case(str(bid)).inputs.values["timeline.band_end"].base[("b301",)].amount == 2_000


def test_what_would_put_the_case_at_fault_is_not_written(short: Book, tmp_path: Path) -> None:
    """A text, a log in semicolons, another's workbook, none, a case that ships: each says why."""
    bid = tmp_path / "bid"
    shutil.copytree(short.case.folder, bid)
    before = text_of(bid)
    code, said = pulled(str(typed_band(short, tmp_path / "text.xlsx", "soon")), str(bid), *NO_DATE, "--yes")
    assert code == 1 and "'soon' is not a number" in said and text_of(bid) == before
    typed = typed_band(short, tmp_path / "good.xlsx", 2_000)
    (bid / "changes.csv").write_text("date;who;why;input;from;to;source;brought_by\n", encoding="utf-8")
    code, said = pulled(str(typed), str(bid), *NO_DATE, "--yes")
    assert (
        code == 1 and "separated by semicolons" in said and set(text_of(bid)) - set(before) == {"changes.csv"}
    )
    other = openpyxl.Workbook()
    other.active["A1"] = "Key"
    other.save(tmp_path / "other.xlsx")
    code, said = pulled(str(tmp_path / "other.xlsx"), str(bid), "--dry-run")
    assert code == 1
    assert pulled(str(tmp_path / "none.xlsx"), str(bid), "--dry-run")[0] == 1
    assert pulled(str(typed_band(short, tmp_path / "t.xlsx", 2_000)), "cmast", *NO_DATE, "--yes")[0] == 2


def test_a_check_that_would_fail_is_named_before_it_is_written(short: Book, tmp_path: Path) -> None:
    """A risk whose cost no longer falls in full: its author may write it, and the end is no green one."""
    bid = tmp_path / "bid"
    shutil.copytree(short.case.folder, bid)
    given = short.case.inputs.values["risks.profile"]
    members = next(m for m, value in given.base.items() if 0 < float(value.amount) <= 0.5)
    change = Change(given.input, members, None, given.base[members].amount, 0.9)
    type_in(short.path, tmp_path / "typed.xlsx", short.cells([change]))
    code, said = pulled(str(tmp_path / "typed.xlsx"), str(bid), *NO_DATE, "--yes")
    assert code == 1 and "1 check that holds now does not hold with these values" in said
    assert "risks.profiles_sum fails: A risk's cost falls in full" in said and "Wrote 1 value" in said
