"""The baseline tables of the CMAST case, derived again from the extracts that lie beside them."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pandas as pd
import pytest
import yaml

from casebuilder.calibrate.waits_curve import calm_years, read_months
from casebuilder.case import load_case
from casebuilder.resources import resource

CASE = resource("assumptions/cases/cmast")
TESTS = {
    "MRI": "mri",
    "CT": "ct",
    "NON_OBSTETRIC_ULTRASOUND": "ultrasound",
    "DEXA_SCAN": "dexa",
    "ECHOCARDIOGRAPHY": "echocardiography",
}
MERGED = {"RQ6": "REM"}
LEFT_OUT = {"RY7"}
PARTIAL = {("RBT", "2019-03")}
STREAMS = {"act_waiting_list": "list_activity", "act_planned": "planned", "act_unscheduled": "unscheduled"}
ESTIMATED = {"spirometry", "phlebotomy"}
# What the lists of April 2021 are scaled to.
STARTING_LIST, STARTING_SHARE = 49_000, 0.2
FIRST, LAST, MONTHS_BETWEEN = "2019-03", "2020-02", 11
# Openings that are public, as the number of the month from April 2021.
PUBLIC_OPENINGS = {
    "st_helens": 4,
    "clatterbridge": 4,
    "northwich": 7,
    "ellesmere_port": 9,
    "liverpool_womens": 12,
    "paddington": 28,
    "warrington_halton": 47,
}


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the case."""
    with (CASE / "data" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def shipped_lists() -> dict[tuple[str, str], dict[str, float]]:
    """lists.csv by trust and test."""
    return {
        (row["provider"], row["test"]): {k: float(v) for k, v in row.items() if k not in ("provider", "test")}
        for row in rows("lists.csv")
    }


def derived_from_dm01() -> dict[tuple[str, str], dict[str, float]]:
    """The baseline of the tests with a list, from the DM01 extract."""
    sums: dict[tuple[str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
    months: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("dm01_cm_2019_20.csv"):
        code, month = row["provider_code"], row["period"]
        if code in LEFT_OUT:
            continue
        key = MERGED.get(code, code).lower(), TESTS[row["test"]]
        if month == LAST:
            sums[key]["list"] += int(row["total_wl"])
            sums[key]["over_six_weeks"] += int(row["wl_6plus"])
        if month in (FIRST, LAST):
            sums[key]["list_change"] += (1 if month == LAST else -1) * int(row["total_wl"]) / MONTHS_BETWEEN
        if (code, month) not in PARTIAL:
            months[key].add(month)
            sums[key]["mean_list"] += int(row["total_wl"])
            sums[key]["young_band"] += int(row["wk_00"])
            for column, name in STREAMS.items():
                sums[key][name] += int(row[column])
    for key, found in sums.items():
        for name in (*STREAMS.values(), "mean_list", "young_band"):
            found[name] /= len(months[key])
    return {key: found for key, found in sums.items() if sum(found[name] for name in STREAMS.values()) > 0}


def derived_from_did() -> dict[str, float]:
    """Monthly X-rays by trust, from the imaging extract."""
    counts: dict[str, float] = defaultdict(float)
    months: dict[str, set[str]] = defaultdict(set)
    for row in rows("did_cm_2019_20.csv"):
        code = row["provider_code"]
        if row["modality"] == "X-ray" and code not in LEFT_OUT and row["tests"].replace(".", "", 1).isdigit():
            counts[MERGED.get(code, code).lower()] += float(row["tests"])
            months[MERGED.get(code, code).lower()].add(row["period"])
    return {provider: counts[provider] / len(months[provider]) for provider in counts if counts[provider]}


def test_extracts_cover_the_twelve_months_before_the_pandemic() -> None:
    """The extracts hold every month from March 2019 to February 2020 and no other."""
    expected = [f"2019-{month:02d}" for month in range(3, 13)] + ["2020-01", "2020-02"]
    for name in ("dm01_cm_2019_20.csv", "did_cm_2019_20.csv"):
        assert sorted({row["period"] for row in rows(name)}) == expected


def test_lists_are_what_dm01_says() -> None:
    """Every figure of a test with a list follows from the DM01 extract."""
    derived, shipped = derived_from_dm01(), shipped_lists()
    listed = {key: found for key, found in shipped.items() if key[1] in TESTS.values()}
    assert set(listed) == set(derived)
    for key, found in derived.items():
        for name, value in listed[key].items():
            if name.startswith("calm"):
                continue
            assert value == pytest.approx(found[name], abs=0.0006), (key, name)


def test_xrays_are_what_the_imaging_dataset_says() -> None:
    """X-rays are the monthly mean of the imaging extract, and have no list."""
    shipped = {key[0]: found for key, found in shipped_lists().items() if key[1] == "xray"}
    derived = derived_from_did()
    assert set(shipped) == set(derived)
    for provider, found in shipped.items():
        assert found["list_activity"] == pytest.approx(derived[provider], abs=0.0006)
        assert sum(found.values()) == found["list_activity"] + found["calm_cover"]


def test_tests_without_a_return_stand_apart() -> None:
    """Spirometry and phlebotomy are zero in the table and an unverified estimate in the YAML."""
    for (_, test), found in shipped_lists().items():
        if test in ESTIMATED:
            assert not any(value for name, value in found.items() if name != "calm_cover")
    estimate = yaml.safe_load((CASE / "demand.yaml").read_text(encoding="utf-8"))["baseline_estimated"]
    assert estimate["state"] == "unverified"
    assert {test for tests in estimate["values"].values() for test in tests} == ESTIMATED


def test_season_is_the_mean_pattern_of_england() -> None:
    """Each month's season is England's mean tests a working day for that calendar month."""
    found = {row["period"]: row for row in rows("dm01_england_2013_19.csv")}
    totals = {period: int(row["tests"]) for period, row in found.items()}
    days = {period: int(row["working_days"]) for period, row in found.items()}
    assert len(totals) == 72
    years: dict[int, list[str]] = defaultdict(list)
    for period in totals:
        years[int(period[:4]) - (period[5:] < "04")].append(period)
    relative: dict[str, list[float]] = defaultdict(list)
    for periods in years.values():
        mean = sum(totals[period] for period in periods) / sum(days[period] for period in periods)
        for period in periods:
            relative[period[5:]].append(totals[period] / days[period] / mean)
    shipped = [(row["month"], float(row["season"])) for row in rows("season.csv")]
    assert len(shipped) == 72
    for month, season in shipped:
        assert season == pytest.approx(sum(relative[month[5:]]) / 6, abs=1e-6)
    # Working days differ between months, so the mean over months is near 1, not 1.
    for start in range(0, 72, 12):
        assert sum(season for _, season in shipped[start : start + 12]) / 12 == pytest.approx(1, abs=0.002)


def test_calm_years_are_what_the_shipped_months_say() -> None:
    """Each trust's share and cover in calm years come from DM01, April 2016 to March 2019."""
    months = read_months(resource("assumptions/reference/data"))
    here = months[(months.system == "C&M") & ~months.provider.isin(LEFT_OUT)]
    trusts = here.assign(provider=here.provider.replace(MERGED).str.lower())
    own, system = calm_years(trusts, ["provider", "test"]), calm_years(here, ["test"])
    for (provider, test), found in shipped_lists().items():
        if test in TESTS.values():
            known = own.loc[(provider, test)] if (provider, test) in own.index else system.loc[test]
            assert found["calm_share"] == pytest.approx(known.calm_share, abs=6e-5), (provider, test)
            assert found["calm_cover"] == pytest.approx(known.calm_cover, abs=2e-3), (provider, test)
        else:
            assert (found["calm_share"], found["calm_cover"]) == (0, 1)


def test_centres_open_on_their_public_dates() -> None:
    """Approval and durations give the opening months that are public."""
    results = load_case("cmast").results
    for site, month in PUBLIC_OPENINGS.items():
        assert results.value("programme.opening_month", "preferred", (site,)) == month


def test_the_start_is_made_by_its_rule() -> None:
    """Decision 156: February 2020's lists times England's change by test; 49,000, 20 % over six weeks."""
    england = pd.read_csv(resource("assumptions/reference/data/dm01_england_2012_20.csv.gz"))
    before, after = (england[england.period == period].set_index("test") for period in ("2020-02", "2020-09"))
    lists = {
        (provider, test): found["list"] * after.total_wl[name] / before.total_wl[name]
        for name, test in TESTS.items()
        for (provider, of), found in shipped_lists().items()
        if of == test
    }
    size = STARTING_LIST / sum(lists.values())
    start = {(row["provider"], row["test"]): row for row in rows("start.csv")}
    for key, value in lists.items():
        assert float(start[key]["list"]) == pytest.approx(size * value, abs=0.051), key
    long, every = after.wl_6plus, after.total_wl
    odds = {test: long[name] / (every[name] - long[name]) for name, test in TESTS.items()}
    factors = set()
    for (_, test), row in start.items():
        if float(row["list"]) > 300:
            share = float(row["over_six_weeks"]) / float(row["list"])
            factors.add(round(share / (1 - share) / odds[test], 2))
    assert len(factors) == 1
    over = sum(float(row["over_six_weeks"]) for row in start.values())
    assert over == pytest.approx(STARTING_SHARE * STARTING_LIST, abs=3)


def test_rooms_of_public_centres_are_left_by_the_fit_to_the_gaps() -> None:
    """Decision 156 moves unverified rooms only: eleven of ultrasound before, four now."""
    rooms = yaml.safe_load((CASE / "estate.yaml").read_text(encoding="utf-8"))["rooms"]["values"]
    assert rooms["clatterbridge"] == {
        "mri": 1,
        "ct": 1,
        "ultrasound": 2,
        "echocardiography": 1,
        "phlebotomy": 1,
    }
    assert rooms["paddington"] == {"mri": 1, "ct": 1, "ultrasound": 1}
    assert set(rooms["warrington_halton"]) == {"mri", "ct", "ultrasound", "xray", "dexa", "phlebotomy"}
    assert sum(sum(of.values()) for of in rooms.values()) == 44
    for site, of in rooms.items():
        assert max(of.get("mri", 0), of.get("ct", 0)) <= 1, site
    assert {test: sum(of.get(test, 0) for of in rooms.values()) for test in ("ultrasound", "ct", "mri")} == {
        "ultrasound": 4,
        "ct": 9,
        "mri": 5,
    }


def test_attribution_goes_with_the_data() -> None:
    """Wherever the tables are copied, the licence and the source go along."""
    text = (Path(CASE) / "data" / "README.md").read_text(encoding="utf-8")
    assert "Open Government Licence v3.0" in text
    assert "NHS England" in text
