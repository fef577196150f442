"""The case of today: its table derived again from DM01, its rooms from the rule, its start as observed."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from casebuilder.case import Case
from casebuilder.resources import resource
from tests.shipped import ShippedCases

NAME = "cmast_2025"
TESTS = ("mri", "ct", "ultrasound", "dexa", "echocardiography")
FIRST, LAST = "2024-04", "2025-03"
MEANS = {
    "list_activity": "waiting_list_activity",
    "planned": "planned",
    "unscheduled": "unscheduled",
    "mean_list": "waiting_list",
    "young_band": "weeks_00",
}
# Share over six weeks by test in March 2025, all twelve trusts, as docs/cmast_2025.md has it.
SHARES = {"echocardiography": 17.2, "ultrasound": 5.4, "ct": 3.2, "mri": 1.6, "dexa": 0.4}
# At least so much of a test's rooms is used in the last year of the months (decision 157).
USED_AT_LEAST = 0.75
ONE_A_CENTRE = ("mri", "ct")


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case(NAME)


@pytest.fixture(scope="module")
def shipped() -> pd.DataFrame:
    return pd.read_csv(resource(f"assumptions/cases/{NAME}/data/lists.csv")).set_index(["provider", "test"])


@pytest.fixture(scope="module")
def months(shipped: pd.DataFrame) -> pd.DataFrame:
    """DM01 of the twelve trusts and five tests, March 2024 to March 2025."""
    every = pd.read_csv(resource("assumptions/reference/data/dm01_providers_2023_25.csv.gz"))
    every["provider"] = every.provider.str.lower()
    trusts = shipped.index.get_level_values("provider").unique()
    return every[every.provider.isin(trusts) & every.test.isin(TESTS) & (every.month >= "2024-03")]


def test_lists_are_what_dm01_says(shipped: pd.DataFrame, months: pd.DataFrame) -> None:
    """Means of the baseline year, the census at its end, and the change since a year before."""
    year = months[months.month >= FIRST].groupby(["provider", "test"])
    means = year[list(MEANS.values())].mean()
    means = means[means[["waiting_list_activity", "planned", "unscheduled"]].sum(axis=1) > 0]
    assert set(means.index) == set(shipped.index)
    census = months.set_index(["month", "provider", "test"])[["waiting_list", "over_6_weeks"]]
    end, start = census.loc[LAST], census.loc["2024-03"]
    for key, row in shipped.iterrows():
        for column, source in MEANS.items():
            assert row[column] == pytest.approx(means.loc[key, source], abs=6e-5), (key, column)
        assert row["list"] == end.loc[key, "waiting_list"]
        assert row.over_six_weeks == end.loc[key, "over_6_weeks"]
        change = (end.loc[key, "waiting_list"] - start.waiting_list.get(key, 0)) / 12
        assert row.list_change == pytest.approx(change, abs=6e-5), key


def test_the_start_is_what_was_observed(shipped: pd.DataFrame) -> None:
    """The shares by test that the page quotes."""
    by_test = shipped.groupby("test")[["list", "over_six_weeks"]].sum()
    assert by_test.over_six_weeks.sum() == 3_554
    for test, share in SHARES.items():
        assert round(100 * by_test.over_six_weeks[test] / by_test.list[test], 1) == share


def test_rooms_are_those_of_the_rule(case: Case, shipped: pd.DataFrame) -> None:
    """Decision 157: the first gap rounded down, each room to the centre with most long waits a room."""
    rooms, catchment = given(case, "estate.rooms"), given(case, "lists.catchment")
    long_waits = shipped.over_six_weeks.unstack("test").fillna(0)
    for test in TESTS:
        gap = case.results.value("targets.gap_in_rooms", "bau", (test, "2025-04"))
        assert gap is not None
        weights = {
            site: sum(
                catchment[trust, site] * waiting
                for trust, waiting in long_waits[test].items()
                if (trust, site) in catchment
            )
            for site in case.problem.frame.positions["site"]
        }
        named = {site: number for (site, of), number in rooms.items() if of == test}
        assert named == placed(weights, math.floor(gap), test in ONE_A_CENTRE), test


def given(case: Case, key: str) -> dict[tuple[str, ...], float]:
    """The values of an input in the base case."""
    values = case.problem.values[case.problem.inputs_by_key[key]]
    return {members: float(value.amount) for members, value in values.base.items()}


def placed(weights: dict[str, float], count: int, one_each: bool) -> dict[str, float]:
    """Rooms one by one to the site with the greatest weight for each room it has by then."""
    rooms = dict.fromkeys(weights, 0)
    for _ in range(count):
        open_sites = [site for site in weights if not (one_each and rooms[site])]
        rooms[max(open_sites, key=lambda site: weights[site] / (rooms[site] + 1))] += 1
    return {site: float(number) for site, number in rooms.items() if number}


def test_no_room_stands_idle(case: Case) -> None:
    """By the rule, a room of a test that is used less than three quarters would be taken out again."""
    months = list(case.problem.frame.positions["month"])[-12:]
    for test in ("mri", "ct", "ultrasound", "echocardiography"):
        used = [case.results.value("waits.slots_used", "preferred", (test, month)) for month in months]
        assert sum(used) / 12 >= USED_AT_LEAST, test


def test_waits_are_at_their_worst_before_the_rooms_open(case: Case) -> None:
    """The most of any month is a headline of its own: neither start nor end has it."""
    option = case.problem.frame.option_ids.index("preferred")
    monthly = {
        "list": case.results.array(case.problem.by_key["waits.list_total"])[0][option].ravel(),
        "over_six_weeks": case.results.array(case.problem.by_key["waits.over_six_weeks_share"])[0][
            option
        ].ravel(),
    }
    found = case.headlines["preferred"]
    for name, months in monthly.items():
        peak = found.further[f"{name}_peak"]
        assert peak == max(months)
        assert peak > 1.25 * max(found.headlines[f"{name}_start"], found.headlines[f"{name}_end"])
