"""Months of DM01 as people paste them: titles, commas, per cent signs, dates of Excel, published headings.

The tables are written out here as they would stand in Excel; what is expected is read off them by eye.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from casebuilder.inputs.dm01.headings import read_headings
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.templates.read import template
from casebuilder.resources import resource
from casebuilder.tasks.data.sheets import Sheet
from casebuilder.tasks.dm01.baseline import MEASURES, baseline, shipped_rows
from casebuilder.tasks.intake.blocks import month_of
from casebuilder.tasks.intake.lists import lists_of
from casebuilder.tasks.intake.months import Known, Pasted, Point, known_words, read_months

DATA = resource("assumptions/reference/data")
NAMES = read_names(DATA)
TESTS = ("mri", "ct", "ultrasound")
LISTS: list[list[object]] = [["Waiting list"], ["Trust", "Test", "Mar-25"]]
TRUSTS = {"r0b": "R0B", "rxp": "RXP"}


def serial(year: int, month: int) -> float:
    """The number by which Excel keeps the first day of a month."""
    return float((date(year, month, 1) - date(1899, 12, 30)).days)


def read(*rows: list[object], alone: str = "") -> Pasted:
    """What is read of some rows, the first of them the first row of the sheet."""
    headings, measures = known_words(
        template("workbook/pasted.yaml"), read_headings(DATA / "dm01_headings.csv")
    )
    mine = {name: test for name, test in NAMES.tests.items() if test in TESTS}
    providers = {"r0b": "R0B", "rxp": "RXP", "city_hospital": "R0B"}
    known = Known(headings, measures, mine, frozenset(NAMES.tests.keys() - mine.keys()), providers, alone)
    width = max(len(row) for row in rows)
    return read_months(
        Sheet("form.xlsx", "Demand", [[*row, *[None] * (width - len(row))] for row in rows]), known
    )


def test_months_across_with_titles_and_commas() -> None:
    found = read(
        ["City Hospital"],
        [],
        ["Waiting list at the end of the month"],
        ["Test", serial(2025, 2), serial(2025, 3)],
        ["MRI", "1,400", 1_500.0],
        ["Computed Tomography", "-", "900"],
        ["Total", 1_400.0, 2_400.0],
    )
    counts = {point: amount for point, amount in found.counts.items() if amount == amount}
    assert counts == {
        Point("R0B", "mri", "2025-02", "waiting_list"): 1_400.0,
        Point("R0B", "mri", "2025-03", "waiting_list"): 1_500.0,
        Point("R0B", "ct", "2025-03", "waiting_list"): 900.0,
    }
    assert found.untaken == []


@pytest.mark.parametrize(
    "heading", [serial(2025, 3), "2025-03", "Mar-25", "March 2025", "31/03/2025", "01 Mar 2025"]
)
def test_month_headings_are_read_as_people_write_them(heading: object) -> None:
    assert month_of(heading) == "2025-03"


def test_a_count_is_no_month() -> None:
    assert month_of(4_100.0) is None and month_of(45_000.5) is None


def test_measures_in_a_column_and_shares_in_per_cent() -> None:
    found = read(
        ["Trust", "Test", "Measure", "Mar-25"],
        ["R0B", "MRI", "List size", "1,000"],
        [None, None, "% over six weeks", "12.5%"],
        ["RXP", "MRI", "Over six weeks", 0.25],
    )
    # A trust and a test stand until others are named, but a row without a test is none.
    assert found.counts == {
        Point("R0B", "mri", "2025-03", "waiting_list"): 1_000.0,
        Point("RXP", "mri", "2025-03", "over_6_share"): 0.25,
    }


def test_published_table_with_its_preamble() -> None:
    found = read(
        ["Title:", "Monthly Diagnostics Waiting Times and Activity"],
        ["Period:", "March 2025"],
        ["Revised:", "16th April 2026"],
        [],
        ["Provider Code", "Provider Name", "Diagnostic Test Name", "Total Waiting List", "Total Activity"],
        ["R0B", "CITY HOSPITAL", "MAGNETIC_RESONANCE_IMAGING", 1_491.0, 2_700.0],
        ["RBL", "ELSEWHERE", "MAGNETIC_RESONANCE_IMAGING", 7.0, 7.0],
        ["R0B", "CITY HOSPITAL", "COLONOSCOPY", 5.0, 5.0],
    )
    assert found.counts == {
        Point("R0B", "mri", "2025-03", "waiting_list"): 1_491.0,
        Point("R0B", "mri", "2025-03", "total_activity"): 2_700.0,
    }
    # Other trusts and tests of England are what such a table has.
    assert found.untaken == []


def test_commissioners_add_up_and_months_stand_below_one_another() -> None:
    header = ["Period", "Provider Org Code", "Commissioner Org Code", "Diagnostic Tests", "Total WL"]
    found = read(
        header,
        ["DM01-MARCH-2025", "R0B", "01A", "CT", 100.0],
        ["DM01-MARCH-2025", "R0B", "02B", "CT", 20.0],
        header,
        ["DM01-APRIL-2025", "R0B", "01A", "CT", 90.0],
    )
    assert found.counts == {
        Point("R0B", "ct", "2025-03", "waiting_list"): 120.0,
        Point("R0B", "ct", "2025-04", "waiting_list"): 90.0,
    }


def test_form_of_one_trust_needs_no_column_of_trusts() -> None:
    found = read(["Tests"], ["Test", "Mar-25"], ["CT", 300.0], alone="RXP")
    assert found.counts == {Point("RXP", "ct", "2025-03", "total_activity"): 300.0}


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([["some text"], ["and more"]], "no header is known here"),
        ([["Trust", "Test", "Mar-25"], ["R0B", "CT", 1.0]], "which measure is it?"),
        ([["Trust", "Test", "Total WL"], ["R0B", "CT", 1.0]], "which month is it?"),
        ([*LISTS, ["R0B", "Unicorn", 1.0]], "no test of this form (Unicorn)"),
        ([*LISTS, ["Elsewhere", "CT", 1.0]], "none of the trusts"),
        ([*LISTS, ["R0B", "CT", "many"]], "'many' is no count"),
        ([*LISTS, ["R0B", "CT", 1.5]], "'1.5' cannot be"),
        (
            [*LISTS, ["R0B", "CT", 1.0], ["R0B", "CT", 2.0]],
            "stands twice with two numbers",
        ),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_said_with_its_place(rows: list[list[object]], said: str) -> None:
    found = read(*rows)
    assert any(said in each.what and each.place.startswith("Demand!") for each in found.untaken)
    assert found.counts == {} or "twice" not in said


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    """The DM01 that ships."""
    return shipped_rows()


def points(rows: pd.DataFrame, measures: tuple[str, ...]) -> dict[Point, float]:
    """Rows of the long layout as if pasted."""
    return {
        Point(row.provider, row.test, row.month, measure): getattr(row, measure)
        for row in rows.itertuples()
        for measure in measures
    }


def test_published_months_pasted_give_the_baseline(shipped: pd.DataFrame) -> None:
    months = [f"2024-{month:02d}" for month in range(4, 13)] + ["2025-01", "2025-02", "2025-03"]
    mine = shipped[
        shipped.provider.isin(TRUSTS.values()) & shipped.test.isin(TESTS) & shipped.month.isin(months)
    ]
    found = lists_of(Pasted(points(mine, MEASURES)), shipped, TRUSTS, TESTS, {})
    expected = baseline(shipped, list(TRUSTS), TESTS, "2025-03", {})
    assert found.months == tuple(months)
    for pair, row in expected.rows.items():
        assert found.rows[pair] == pytest.approx(dict(row), abs=1e-4), pair


def test_lists_alone_leave_tests_as_they_are(shipped: pd.DataFrame) -> None:
    # R0B's MRI list of March 2025 is another; the mean of twelve months moves by a twelfth of that.
    before = baseline(shipped, ["R0B"], ["mri"], "2025-03", {}).rows["r0b", "mri"]
    point = Point("R0B", "mri", "2025-03", "waiting_list")
    found = lists_of(Pasted({point: before["list"] + 120.0}), shipped, TRUSTS, TESTS, {})
    row = found.rows["r0b", "mri"]
    assert set(row) == {"list", "list_change", "mean_list"}
    assert row["list"] == before["list"] + 120
    assert row["mean_list"] == pytest.approx(before["mean_list"] + 10, abs=1e-3)
    assert row["list_change"] == pytest.approx(before["list_change"] + 10, abs=1e-3)


def test_share_over_six_weeks_is_taken_of_the_list(shipped: pd.DataFrame) -> None:
    pasted = {
        Point("R0B", "mri", "2025-03", "waiting_list"): 1_000.0,
        Point("R0B", "mri", "2025-03", "over_6_share"): 0.123,
    }
    found = lists_of(Pasted(pasted), shipped, TRUSTS, TESTS, {})
    assert found.rows["r0b", "mri"]["over_six_weeks"] == 123.0


def test_tests_as_one_number_are_marked(shipped: pd.DataFrame) -> None:
    pasted = {Point("R0B", "mri", f"2025-0{month}", "total_activity"): 3_000.0 for month in (1, 2, 3)}
    found = lists_of(Pasted(pasted), shipped, TRUSTS, TESTS, {})
    assert found.totals == {("r0b", "mri")}
    assert set(found.rows["r0b", "mri"]) == {"list_activity"}
