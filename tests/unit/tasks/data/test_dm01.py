"""`data dm01` into a case: what it writes, what it says, and that nothing is lost."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from casebuilder.cli.app import app
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.start.tests import read_tests
from casebuilder.resources import resource
from casebuilder.tasks.data import dm01_files
from casebuilder.tasks.dm01.read import PROVIDER, read_observed
from tests.official import full_extract, provider_book, write_csv, write_xls
from tests.unit.tasks.data.conftest import DATA

CASE = "cmast_2025"
TRUSTS = ["RBL", "RBN", "RBQ", "RBS", "RBT", "REM", "REN", "REP", "RET", "RJN", "RJR", "RWW"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of a shipped case, to be written to."""
    return Path(shutil.copytree(resource(f"assumptions/cases/{CASE}"), tmp_path / "bid"))


def run(case: Path, files: Sequence[Path], *more: str) -> Result:
    return CliRunner().invoke(app, ["data", "dm01", *map(str, files), "-o", str(case), *more])


def done(case: Path, files: Sequence[Path], *more: str) -> dict[str, object]:
    """What `--json` says of a run that ends well."""
    result = run(case, files, "--json", *more)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def lists(case: Path) -> dict[tuple[str, str], dict[str, str]]:
    with (case / "data/lists.csv").open(encoding="utf-8", newline="") as file:
        return {(row["provider"], row["test"]): row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def ours(shipped: pd.DataFrame) -> pd.DataFrame:
    """March 2025 of the case's trusts and a stranger."""
    return shipped[(shipped.month == "2025-03") & shipped.provider.isin([*TRUSTS, "RJ1"])]


def april(ours: pd.DataFrame) -> pd.DataFrame:
    """The next month: the same numbers."""
    return ours.assign(month="2025-04")


def test_month_that_ships_given_again_changes_no_byte(tmp_path: Path, case: Path, ours: pd.DataFrame) -> None:
    """March 2025 as published gives the case's table back, with the eleven months that ship."""
    before = (case / "data/lists.csv").read_bytes()
    said = done(case, [write_xls(tmp_path / "march.xls", provider_book(ours, 2025))])
    assert (case / "data/lists.csv").read_bytes() == before
    assert (said["first"], said["last"]) == ("2024-04", "2025-03")
    assert "2024-04 to 2025-02 from the DM01 that ships" in said["taken"]
    assert "2025-03 from march.xls" in said["taken"]
    assert said["to_change"] == [
        "notes and sources of the values from data/lists.csv must name the months to 2025-03"
    ]


def test_newer_month_moves_the_twelve_and_says_what_follows(
    tmp_path: Path, case: Path, ours: pd.DataFrame, shipped: pd.DataFrame
) -> None:
    """April 2025 takes the place of April 2024; the list stands at its end, its change is over the year."""
    said = done(case, [write_csv(tmp_path / "april.csv", full_extract(april(ours), 2))])
    series = shipped[(shipped.provider == "RBL") & (shipped.test == "ct")].set_index("month")
    done_before = series.waiting_list_activity["2024-05":"2025-03"].sum()  # type: ignore[misc]
    mean = (done_before + series.waiting_list_activity["2025-03"]) / 12
    row = lists(case)["rbl", "ct"]
    assert float(row["list_activity"]) == pytest.approx(mean, abs=6e-5)
    change = (series.waiting_list["2025-03"] - series.waiting_list["2024-04"]) / 12
    assert float(row["list_change"]) == pytest.approx(change, abs=6e-5)
    first = said["to_change"][0]  # type: ignore[index]
    assert "the month after is 2025-05; case.yaml has first_month 2025-04 (base year 2025/26)" in first
    assert "Write first_month: 2025-05, base_year: 2025/26 and operating_months: 47" in first
    changes = {each["file"]: each["rows"] for each in said["files"]}  # type: ignore[attr-defined]
    assert changes["data/lists.csv"] == {"before": 48, "after": 48}


@pytest.mark.usefixtures("untried")
def test_case_keeps_its_own_months_in_the_layout_that_a_hindcast_reads(
    tmp_path: Path, case: Path, ours: pd.DataFrame
) -> None:
    """The stranger is left out; the reader of DM01 folders takes the file."""
    said = done(case, [write_csv(tmp_path / "april.csv", full_extract(april(ours)))])
    path = case / "data/dm01.csv"
    observed, _ = read_observed(PROVIDER, read_names(DATA), path)
    assert observed.places == tuple(sorted(TRUSTS)) and observed.months == ("2025-04",)
    assert "the rows of 1 other providers" in said["left_out"]
    again = done(case, [write_csv(tmp_path / "march.csv", full_extract(ours))])
    assert again["last"] == "2025-04"
    assert read_observed(PROVIDER, read_names(DATA), path)[0].months == ("2025-03", "2025-04")


@pytest.mark.usefixtures("untried")
def test_newer_file_of_a_month_holds_whatever_the_order(
    tmp_path: Path, case: Path, ours: pd.DataFrame
) -> None:
    """Revised in April 2026 holds over published in May 2025, named first or last."""
    more = ours.assign(planned=ours.planned + 100)
    first = write_xls(tmp_path / "first.xls", provider_book(ours, 2025))
    revised = write_xls(tmp_path / "revised.xls", provider_book(more, 2025, "16th April 2026"))
    for files in ([first, revised], [revised, first]):
        said = done(case, files)
        assert "2025-03 stands in first.xls too: revised.xls holds, of 16 April 2026" in said["taken"]
        rows = pd.read_csv(case / "data/dm01.csv")
        assert rows.planned.sum() == more[more.provider != "RJ1"].planned.sum()


@pytest.mark.usefixtures("untried")
def test_month_given_again_replaces_what_the_case_had_and_says_so(
    tmp_path: Path, case: Path, ours: pd.DataFrame
) -> None:
    """One row of 114 differs, one trust is gone."""
    done(case, [write_csv(tmp_path / "a.csv", full_extract(april(ours)))])
    second = april(ours)[ours.provider != "REP"].copy()
    second.iloc[0, second.columns.get_loc("planned")] += 1
    said = done(case, [write_csv(tmp_path / "b.csv", full_extract(second))])
    (note,) = [each for each in said["taken"] if "stood in data/dm01.csv" in each]  # type: ignore[attr-defined]
    assert note.startswith("2025-04 stood in data/dm01.csv: the new file holds (1 of ")
    assert "without REP " in note


@pytest.mark.usefixtures("untried")
def test_twelve_months_end_where_they_are_asked_to(tmp_path: Path, case: Path, ours: pd.DataFrame) -> None:
    """`--last` takes an earlier end, as for a case of the year before."""
    said = done(case, [write_csv(tmp_path / "a.csv", full_extract(ours))], "--last", "2024-12")
    assert (said["first"], said["last"]) == ("2024-01", "2024-12")


def test_month_without_a_return_is_left_out_and_said(
    tmp_path: Path, case: Path, shipped: pd.DataFrame
) -> None:
    """Guy's and St Thomas' in a case of its own: no activity in February and March 2024."""
    text = (
        (case / "case.yaml")
        .read_text(encoding="utf-8")
        .replace("    rem: Liverpool University", "    rj1: Liverpool University")
    )
    (case / "case.yaml").write_text(text, encoding="utf-8")
    table = (case / "data/lists.csv").read_text(encoding="utf-8").replace("\nrem,", "\nrj1,")
    (case / "data/lists.csv").write_text(table, encoding="utf-8")
    rows = shipped[(shipped.month == "2024-06") & shipped.provider.isin([*TRUSTS, "RJ1"])]
    said = done(case, [write_csv(tmp_path / "a.csv", full_extract(rows))])
    assert any(
        note.startswith(
            "RJ1, mri, ct, ultrasound, dexa, echocardiography: a list and no test in 2024-02, 2024-03"
        )
        for note in said["left_out"]  # type: ignore[attr-defined]
    )
    assert any("the case had " in note for note in said["taken"])  # type: ignore[attr-defined]


@pytest.mark.usefixtures("untried")
def test_figure_far_from_the_months_around_it_is_told(tmp_path: Path, case: Path, ours: pd.DataFrame) -> None:
    """A list of nine times as many people in March."""
    rows = ours.copy()
    one = (rows.provider == "RBL") & (rows.test == "mri")
    columns = ["waiting_list", "over_6_weeks", "over_13_weeks", *(f"weeks_{week:02d}" for week in range(14))]
    rows.loc[one, columns] *= 9
    said = done(case, [write_csv(tmp_path / "a.csv", full_extract(rows))])
    value = int(rows[one].waiting_list.iloc[0])
    assert any(
        note.startswith(f"RBL mri, 2025-03: a list of {value:,}, where the months around have ")
        for note in said["unusual"]  # type: ignore[attr-defined]
    )


def test_file_at_fault_writes_nothing(tmp_path: Path, case: Path, ours: pd.DataFrame) -> None:
    """One good file and one bad one: every fault with its place, and the case as it was."""
    before = {path: path.read_bytes() for path in sorted(case.rglob("*")) if path.is_file()}
    good = write_csv(tmp_path / "good.csv", full_extract(april(ours)))
    cells = full_extract(ours)
    cells[1][25] = "many"
    result = run(case, [good, write_csv(tmp_path / "bad.csv", cells), tmp_path / "none.xls"])
    assert result.exit_code == 1 and result.stdout == ""
    lines = result.stderr.splitlines()
    assert (
        f"{tmp_path / 'bad.csv'}:2:26: 'many' is no count: a number of 0 or more is expected, or a blank"
        in lines
    )
    assert f"{tmp_path / 'none.xls'}:1:1: no such file" in lines
    assert {path: path.read_bytes() for path in sorted(case.rglob("*")) if path.is_file()} == before


def test_table_that_would_break_the_case_is_not_written(
    tmp_path: Path, case: Path, ours: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A case that can be read stays one: with text for numbers in the new table nothing is replaced."""
    before = (case / "data/lists.csv").read_bytes()
    monkeypatch.setattr("casebuilder.tasks.dm01.baseline.shown_number", lambda number: "lots")
    result = run(case, [write_csv(tmp_path / "a.csv", full_extract(ours))])
    assert result.exit_code == 1
    assert "with the new tables the case could not be read" in result.stderr
    assert f"{case}/data/lists.csv:2:" in result.stderr and "nothing was written" in result.stderr
    assert (case / "data/lists.csv").read_bytes() == before and not (case / "data/dm01.csv").exists()


def test_trusts_that_are_not_in_the_file(tmp_path: Path, case: Path, ours: pd.DataFrame) -> None:
    path = write_csv(tmp_path / "a.csv", full_extract(ours[ours.provider == "RJ1"]))
    result = run(case, [path])
    assert result.exit_code == 1
    assert result.stderr == (
        f"casebuilder: none of the trusts of bid is in the files: it has {', '.join(TRUSTS)}\n"
    )


@pytest.mark.usefixtures("untried")
def test_columns_and_tests_of_its_own_stay(tmp_path: Path, shipped: pd.DataFrame) -> None:
    """Case cmast has calm years beside the columns, and tests that DM01 does not count."""
    case = Path(shutil.copytree(resource("assumptions/cases/cmast"), tmp_path / "cmast"))
    before = lists(case)
    rows = shipped[(shipped.month == "2023-06") & shipped.provider.isin([*TRUSTS, "RVY"])]
    said = done(case, [write_csv(tmp_path / "a.csv", full_extract(rows))])
    after = lists(case)
    assert list(after) == list(before)
    for key, row in after.items():
        assert row["calm_cover"] == before[key]["calm_cover"]
        if key[1] in ("xray", "phlebotomy", "spirometry"):
            assert row == before[key]
    assert "phlebotomy, spirometry, xray: no test of DM01; their rows stay as they were" in said["left_out"]
    assert after["rvy", "ct"]["list"] == str(
        int(rows[(rows.provider == "RVY") & (rows.test == "ct")].waiting_list.iloc[0])
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("data", "dm02", "a.csv", "-o", "x"), "'dm02' is no kind of file: it is dm01, did, ncc"),
        (("data", "dm01", "a.csv", "-o", "x", "--last", "March"), "'March' is no month: write it as 2025-03"),
        (("data", "ncc", "a.csv", "-o", "x", "--last", "2025-03"), "ncc is of a year and has no months"),
        (("data", "dm01", "a.csv"), "-o"),
    ],
)
def test_wrong_usage_ends_with_2(words: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(app, list(words))
    assert result.exit_code == 2 and said in result.output


@pytest.mark.usefixtures("untried")
def test_people_read_what_changed_and_what_was_left_out(
    tmp_path: Path, case: Path, ours: pd.DataFrame
) -> None:
    """Rows and sums before and after, then each part under its heading."""
    result = run(case, [write_csv(tmp_path / "a.csv", full_extract(april(ours)))])
    assert result.exit_code == 0
    assert "Wrote data/lists.csv: 48 rows (48 before)" in result.stdout
    for heading in ("Taken:", "Far from the months around it:", "To change in the case:", "Left out:"):
        assert f"\n{heading}\n" in result.stdout


def test_every_reference_test_with_a_list_finds_its_own_in_dm01() -> None:
    """The catalogue says what DM01 calls a test; tests without a return have none, and a name serves."""
    names = read_names(DATA)
    found = dm01_files.tests_of(names, (*read_tests(), "sleep"))
    assert {id for id, test in read_tests().items() if test.dm01} | {"sleep"} == set(found)
    assert (found["ultrasound"], found["peripheral_neurophysiology"]) == (
        "ultrasound",
        "peripheral_neurophysiology",
    )
    assert found["sleep"] == "sleep_studies" and "phlebotomy" not in found and "xray" not in found
