"""`data ncc`: the national schedule of costs becomes a case's unit costs by currency."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner, Result

from casebuilder.case import load_case
from casebuilder.cli.app import app
from casebuilder.resources import resource
from tests.official import Cells, cost_book, write_csv, write_xlsx

# The national schedule of 2024/25, directly accessed services: what the reference set quotes.
PUBLISHED = {"rd01a": 177.95, "rd20a": 108.08, "rd40z": 72.28, "pf": 45.3, "dz59z": 43.02, "path08": 6.67}
DADS, DAPS = "Directly Accessed Diagnostic Services", "Directly Accessed Pathology Services"
ROWS = [
    (
        DADS,
        "RD01A",
        "Magnetic Resonance Imaging Scan of One Area, without Contrast, 19 years and over",
        512_345,
        177.95,
    ),
    (
        DADS,
        "RD20A",
        "Computerised Tomography Scan of One Area, without Contrast, 19 years and over",
        310_000,
        108.08,
    ),
    (
        DADS,
        "RD40Z",
        "Ultrasound Scan with duration of less than 20 minutes, without Contrast",
        1_200_000,
        72.28,
    ),
    (DADS, "PF", "Plain Film", 5_400_000, 45.3),
    (DADS, "DZ59Z", "Airflow Studies", 5055, 43.02),
    (DAPS, "PATH08", "Phlebotomy", 9_000_000, 6.67),
    ("Diagnostic Imaging", "RD01A", "Magnetic Resonance Imaging Scan of One Area", 90_000, 260.4),
    (
        "Diagnostic Imaging",
        "RD02A",
        "Magnetic Resonance Imaging Scan of One Area, with Contrast",
        40_000,
        229.04,
    ),
    ("Daycase", "RD03Z", "Magnetic Resonance Imaging Scan", 400, 900.0),
    (DADS, "AA33C", "Conventional EEG, 19 years and over", 571, 883.25),
]


def book() -> dict[str, Cells]:
    return cost_book(pd.DataFrame(ROWS))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(resource("assumptions/cases/cmast_2025"), tmp_path / "bid"))


def run(case: Path, path: Path, *more: str) -> Result:
    return CliRunner().invoke(app, ["data", "ncc", str(path), "-o", str(case), *more])


@pytest.mark.usefixtures("untried")
def test_unit_costs_of_the_cases_currencies(tmp_path: Path, case: Path) -> None:
    """Directly accessed services first, then pathology, then imaging; the rest is said."""
    result = run(case, write_xlsx(tmp_path / "schedule.xlsx", book()), "--json")
    assert result.exit_code == 0, result.output
    said = json.loads(result.stdout)
    with (case / "data/ncc.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["currency"]: row for row in csv.DictReader(file)}
    assert {id: float(rows[id]["unit_cost"]) for id in PUBLISHED} == PUBLISHED
    assert rows["rd02a"]["department"] == "Diagnostic Imaging" and rows["rd01a"]["activity"] == "512345"
    assert said["first"] == "2024/25"
    assert any(note.startswith("rd03z (Daycase): only in other departments") for note in said["left_out"])
    assert any(note == "1 currencies that are none of the case's" for note in said["left_out"])
    assert any("not in the files; no row" in note for note in said["left_out"])
    assert "prices_of: 2024/25, table: data/ncc.csv, column: unit_cost" in said["to_change"][0]


def test_case_reads_the_table_as_it_is_told_to(tmp_path: Path, case: Path) -> None:
    """The block that the command prints, with a source of the register, takes the table's values."""
    rows = [(DADS, id.upper(), id, 1000, 10.0 + at) for at, id in enumerate(_currencies())]
    assert (
        run(case, write_csv(tmp_path / "FY2024-25.csv", cost_book(pd.DataFrame(rows))["Total"])).exit_code
        == 0
    )
    (case / "benchmark.yaml").write_text(
        "national_cost: {unit: GBP_real / test, over: [currency], prices_of: 2024/25, table: data/ncc.csv, "
        "column: unit_cost, source: S74, state: published}\n",
        encoding="utf-8",
    )
    values = load_case(str(case)).inputs.values["benchmark.national_cost"]
    first, second = (values.base[(id,)].amount for id in _currencies()[:2])
    assert second / first == pytest.approx(1.1)


def _currencies() -> list[str]:
    return [member.id for member in load_case("cmast_2025").inputs.frame.members["currency"]]


@pytest.mark.usefixtures("untried")
@pytest.mark.parametrize(
    ("row", "column", "value", "said"),
    [
        (5, 4, "high", "sheet 'Total', E6: RD01A: 'high' is no unit cost, a number"),
        (5, 5, 1.0, "sheet 'Total', F6: RD01A: 512,345 at £177.95 are £91,171,793, and £1 stands here"),
        (4, 4, "Price", "sheet 'Total', A5: row 5 has no column 'Unit Cost'"),
        (
            6,
            1,
            "RD01A",
            "sheet 'Total', B7: RD01A stands here again for Directly Accessed Diagnostic Services",
        ),
    ],
)
def test_damaged_schedule_is_refused_with_its_place(
    tmp_path: Path, case: Path, row: int, column: int, value: object, said: str
) -> None:
    sheets = book()
    sheets["Total"][row][column] = value
    result = run(case, write_xlsx(tmp_path / "a.xlsx", sheets))
    assert result.exit_code == 1 and said in result.stderr
    assert not (case / "data/ncc.csv").exists()


@pytest.mark.usefixtures("untried")
def test_workbook_without_a_schedule(tmp_path: Path, case: Path) -> None:
    result = run(case, write_xlsx(tmp_path / "a.xlsx", {"Notes": [["Read me"]]}))
    assert result.exit_code == 1
    assert "no sheet with currency, activity and unit cost" in result.stderr and "Notes" in result.stderr


@pytest.mark.usefixtures("untried")
def test_suppressed_cost_is_not_nought(tmp_path: Path, case: Path) -> None:
    sheets = book()
    sheets["Total"][5][4] = "*"
    sheets["Total"][5][5] = "*"
    result = run(case, write_xlsx(tmp_path / "a.xlsx", sheets), "--json")
    assert result.exit_code == 0
    rows = (case / "data/ncc.csv").read_text(encoding="utf-8")
    assert "rd01a,RD01A,Magnetic Resonance Imaging Scan of One Area,Diagnostic Imaging,90000,260.4" in rows
