"""`data did`: tables 1 and 2 of the imaging dataset, read and put into a case."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from casebuilder.cli.app import app
from casebuilder.errors import Fault
from casebuilder.inputs.dm01.headings import read_headings
from casebuilder.resources import resource
from casebuilder.tasks.data.did_files import Imaging, read_imaging, read_modalities
from tests.official import Cells, imaging_book, write_xlsx
from tests.unit.tasks.data.conftest import DATA

DAYS = "median_days_request_to_test"


@pytest.fixture(scope="module")
def published() -> pd.DataFrame:
    """Imaging as it ships, Cheshire and Merseyside and England; days are made from its counts."""
    rows = pd.read_csv(DATA / "did_three_systems_2018_25.csv.gz", dtype=str)
    rows = rows[rows.icb.isin(["C&M", "ENGLAND"])]
    return rows.assign(**{DAYS: [str(len(x)) if str(x).isdigit() else x for x in rows.tests]})


def read(path: Path) -> tuple[list[Imaging], list[str]]:
    faults: list[Fault] = []
    modalities = read_modalities(DATA / "did_modalities.csv")
    found = read_imaging(path, modalities, read_headings(DATA / "did_headings.csv"), faults)
    return found, [f"{Path(f.file).name}:{f.line}:{f.column}: {f.message}" for f in faults]


@pytest.mark.parametrize(("start", "row"), [(2018, 13), (2019, 14), (2023, 13), (2024, 14)])
@pytest.mark.parametrize("value", ["tests", DAYS])
def test_shipped_series_comes_out_again(
    tmp_path: Path, published: pd.DataFrame, start: int, row: int, value: str
) -> None:
    """A year of the table: each count and median, the header in row 13 or 14; England is dropped."""
    (found,), faults = read(write_xlsx(tmp_path / "a.xlsx", imaging_book(published, value, start, row)))
    assert faults == [] and found.measure == value
    periods = [f"{start}-{month:02d}" for month in range(4, 13)] + [
        f"{start + 1}-0{month}" for month in (1, 2, 3)
    ]
    keys = ["period", "provider_code", "modality"]
    year = published[published.period.isin(periods) & (published.provider_code != "-")].set_index(keys)
    expected = pd.to_numeric(year[value], errors="coerce").dropna().sort_index()
    got = found.rows.set_index(keys).value.dropna().sort_index()
    assert got.tolist() == expected.tolist() and got.index.tolist() == expected.index.tolist()
    assert "rows of England or without a code dropped" in found.notes[0]


def cells(published: pd.DataFrame) -> dict[str, Cells]:
    return imaging_book(published[published.provider_code == "RBL"], "tests", 2024)


@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        (13, 6, "many", "a.xlsx:14:7: sheet 'Provider', G14: 'many' is no number of tests"),
        (13, 6, -5, "a.xlsx:14:7: sheet 'Provider', G14: '-5' is no number of tests"),
        (
            13,
            4,
            "Computerised Axial Tomografy",
            "E14: 'Computerised Axial Tomografy' is no modality; did you mean",
        ),
        (12, 4, "Kind", "no column 'Modality' here: table 1 or 2 of the imaging dataset"),
        (
            1,
            2,
            "Diagnostic Imaging Dataset",
            "no financial year, as 2024-25, stands above the table or in its name",
        ),
        (2, 2, "Median number of days from test to report", "days from test to report, table 3"),
        (12, 3, "Source setting", "by setting or body site: tables 1 and 2 are read"),
    ],
)
def test_damaged_table_is_refused_with_its_place(
    tmp_path: Path, published: pd.DataFrame, row: int, column: int, value: object, said: str
) -> None:
    sheets = cells(published)
    sheets["Provider"][row][column] = value
    found, faults = read(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert found == [] and said in faults[0]


def test_row_twice_is_refused(tmp_path: Path, published: pd.DataFrame) -> None:
    sheets = cells(published)
    sheets["Provider"].append(sheets["Provider"][13])
    found, faults = read(write_xlsx(tmp_path / "a.xlsx", sheets))
    assert found == [] and "stands here again, first in row 14: once is right" in faults[0]


def run(case: Path, *words: str) -> Result:
    return CliRunner().invoke(app, ["data", "did", *words, "-o", str(case)])


def test_case_gets_its_imaging_and_its_x_rays(tmp_path: Path, published: pd.DataFrame) -> None:
    """Case cmast: March 2019 to February 2020 gives its extract and the X-rays of its table again."""
    case = Path(shutil.copytree(resource("assumptions/cases/cmast"), tmp_path / "cmast"))
    before = (case / "data/lists.csv").read_text(encoding="utf-8").splitlines()
    files = [
        write_xlsx(tmp_path / f"DID-Table-{table}-{start}.xlsx", imaging_book(published, value, start))
        for table, value in ((1, "tests"), (2, DAYS))
        for start in (2018, 2019)
    ]
    result = run(case, *map(str, files), "--last", "2020-02", "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    assert (said["first"], said["last"]) == ("2018-04", "2020-03")
    assert "RQ6 joined REM in 2019-10" in said["taken"]
    with (case / "data/did.csv").open(encoding="utf-8", newline="") as file:
        ours = {(r["period"], r["provider_code"], r["modality"]): r["tests"] for r in csv.DictReader(file)}
    with (case / "data/did_cm_2019_20.csv").open(encoding="utf-8", newline="") as file:
        extract = [row for row in csv.DictReader(file) if row["provider_code"] != "RY7"]
    numbers = [row for row in extract if row["tests"].replace(".", "", 1).isdigit()]
    assert len(numbers) > 500
    for row in numbers:
        assert float(ours[row["period"], row["provider_code"], row["modality"]]) == float(row["tests"])
    after = (case / "data/lists.csv").read_text(encoding="utf-8").splitlines()
    assert len(after) == len(before)
    for old, new in zip(before, after, strict=True):
        if ",xray," not in old:
            assert new == old
        else:
            assert float(new.split(",")[2]) == pytest.approx(float(old.split(",")[2]), abs=0.0006)
    assert any("rbt xray: no figure for " in note for note in said["left_out"])
