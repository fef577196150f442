"""The digital diagnostics case: its table from the extracts beside it, and what each system does."""

from __future__ import annotations

import csv

import pytest

from casebuilder.case import Case
from casebuilder.resources import resource
from tests.shipped import ShippedCases

FOLDER = resource("assumptions/cases/digital_diagnostics")
TESTS = {"MRI": "mri", "CT": "ct", "NON_OBSTETRIC_ULTRASOUND": "ultrasound"}


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case("digital_diagnostics")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the case."""
    with (FOLDER / "data" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_lists_are_england_s() -> None:
    """Means of twelve months, the list at their end, and a twelfth of its change."""
    shipped = {row["test"]: row for row in rows("lists.csv")}
    for name, test in TESTS.items():
        months = sorted(
            (row for row in rows("dm01_england_2019_20.csv") if row["test"] == name),
            key=lambda row: row["period"],
        )
        before, year = months[0], months[1:]
        assert (before["period"][:7], len(year)) == ("2019-02", 12)

        def mean(column: str, year: list[dict[str, str]] = year) -> float:
            return sum(float(row[column]) for row in year) / 12

        row = shipped[test]
        for column, source in (
            ("list_activity", "act_waiting_list"),
            ("planned", "act_planned"),
            ("unscheduled", "act_unscheduled"),
            ("mean_list", "total_wl"),
            ("young_band", "wk_00"),
        ):
            assert float(row[column]) == pytest.approx(mean(source), abs=5e-4)
        assert int(row["list"]) == int(year[-1]["total_wl"])
        assert int(row["over_six_weeks"]) == int(year[-1]["wl_6plus"])
        change = int(year[-1]["total_wl"]) - int(before["total_wl"])
        assert float(row["list_change"]) == pytest.approx(change / 12, abs=5e-4)


def test_plain_films_are_the_imaging_datasets() -> None:
    """The monthly mean of all providers."""
    films = [float(row["tests"]) for row in rows("did_england_xray_2019_20.csv")]
    xray = next(row for row in rows("lists.csv") if row["test"] == "xray")
    assert len(films) == 12
    assert float(xray["list_activity"]) == pytest.approx(sum(films) / 12, abs=5e-4)


def test_capital_is_the_award_and_what_nobody_funded(case: Case) -> None:
    """£248m buys the systems; joining the trusts' own is £27m more at base-year prices, in cash £28.9m."""
    headlines = case.headlines["programme"].headlines
    assert headlines["capital_pdc"] == pytest.approx(248e6)
    unfunded = case.results.value("digital.unfunded_interoperability", "programme", ("2022/23",))
    assert unfunded == pytest.approx(27e6)
    assert headlines["capital_outturn"] == pytest.approx(248e6 + headlines["capital_unfunded"], rel=1e-9)


def test_each_system_does_what_it_is_for(case: Case) -> None:
    """Decision support and shared images shorten the list; home reporting cuts what is sent out."""
    found = {option: result.headlines for option, result in case.headlines.items()}
    assert (
        found["decision_support"]["list_end"] < found["image_sharing"]["list_end"] < found["bau"]["list_end"]
    )
    assert found["home_reporting"]["list_end"] == pytest.approx(found["bau"]["list_end"])
    assert found["home_reporting"]["revenue_cost_steady_state"] < 0
    assert found["programme"]["list_end"] < found["decision_support"]["list_end"]


def test_no_centre_opens(case: Case) -> None:
    """England stands as one trust; the site that the model needs is in no option."""
    for result in case.headlines.values():
        assert result.headlines["wte_steady_state"] == 0
        assert result.headlines["tests_steady_state"] == 0
