"""Lancashire and South Cumbria: where it starts, what each step takes off, and what is not reproduced."""

from __future__ import annotations

import csv
import gzip
import itertools
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from casebuilder.calibrate.returned import BY_STREAM, IMAGING, REFERRALS, write_returned
from casebuilder.case import Case, load_case
from casebuilder.resources import resource
from tests.shipped import ShippedCases

FOLDER = resource("assumptions/cases/lancashire_south_cumbria")
REFERENCE = resource("assumptions/reference/data")
ENDS = ("2019-06", "2020-06")
STEPS = ["bau", "pooling", "hours", "mobile", "centres"]
SCANS = ["mri", "ct"]
PUBLISHED = "2023-03"  # the month of the network's figures


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case("lancashire_south_cumbria")


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the case."""
    with (FOLDER / "data" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def share(case: Case, option: str, month: str) -> float:
    """CT and MRI together: over six weeks, of the network's list."""

    def of(key: str) -> float:
        return sum(case.results.value(key, option, (test, month)) or 0.0 for test in SCANS)

    return of("waits.over_six_weeks_by_test") / of("waits.list_by_test")


def test_it_starts_at_the_published_share() -> None:
    """DM01, end of April 2020: 3,105 of 6,664 for CT and MRI, 46.6 %; the network published 47 %."""
    lists = [row for row in rows("lists.csv") if row["test"] in SCANS]
    over, waiting = (sum(int(row[column]) for row in lists) for column in ("over_six_weeks", "list"))
    assert (over, waiting) == (3_105, 6_664)
    assert over / waiting == pytest.approx(0.466, abs=0.0005)
    census = {
        (row["provider_code"], row["test"]): row
        for row in rows("dm01_lsc_2019_20.csv")
        if row["period"] == "2020-04" and row["test"] in ("CT", "MRI")
    }
    assert sum(int(row["wl_6plus"]) for row in census.values()) == over
    assert sum(int(row["total_wl"]) for row in census.values()) == waiting


def test_what_is_back_is_written_as_shipped(tmp_path: Path) -> None:
    """Both tables, byte for byte, from the shipped DM01 of England and the trusts' imaging dataset."""
    shutil.copy(FOLDER / "data" / IMAGING, tmp_path)
    write_returned(REFERENCE, tmp_path)
    for name in (BY_STREAM, REFERRALS):
        assert (tmp_path / name).read_bytes() == (FOLDER / "data" / name).read_bytes(), name


def test_ct_of_june_2020_by_hand() -> None:
    """A stream over all three in England, times all CT of the trusts, per working day."""
    with gzip.open(REFERENCE / "dm01_england_2012_20.csv.gz", "rt", encoding="utf-8") as file:
        england = {row["period"]: row for row in csv.DictReader(file) if row["test"] == "CT"}
    scans = [row for row in rows(IMAGING) if row["modality"] == "CT"]
    own = {month: sum(float(row["tests"]) for row in scans if row["period"] == month) for month in ENDS}
    streams = ("act_waiting_list", "act_planned", "act_unscheduled")
    counts = {month: [float(england[month][stream]) for stream in streams] for month in ENDS}
    before, after = (counts[month] for month in ENDS)
    much = own[ENDS[1]] / own[ENDS[0]] * 20 / 22  # working days of June 2019 and of June 2020
    whole = sum(after) / sum(before)
    found = next(row for row in rows(BY_STREAM) if (row["month"], row["test"]) == (ENDS[1], "ct"))
    for stream, was, now in zip(("list", "planned", "unscheduled"), before, after, strict=True):
        assert float(found[f"{stream}_returned"]) == pytest.approx(min(now / was / whole * much, 1), abs=5e-5)


def test_unscheduled_tests_came_back_before_the_list() -> None:
    """In every month and test of the table."""
    for row in rows(BY_STREAM):
        assert float(row["list_returned"]) < float(row["unscheduled_returned"]), row


def test_what_the_hospitals_do_for_their_lists_follows_the_stream(case: Case) -> None:
    """Hospital capacity less other demand, over the same without lockdown: the list's return."""
    full = load_case(
        "lancashire_south_cumbria",
        ["capacity.list_returned=1", "demand.planned_returned=1", "demand.unscheduled_returned=1"],
    )
    for row in rows(BY_STREAM):
        at = (row["test"], row["month"])
        left, whole = (
            given.results.value("capacity.hospital_capacity_by_test", "bau", at)
            - given.results.value("demand.other_by_test", "bau", at)
            for given in (case, full)
        )
        assert left / whole == pytest.approx(float(row["list_returned"]), abs=0.01), at


def test_all_sources_of_request_grew_by_less_than_the_elective_figures() -> None:
    """2022/23 over 2019/20: CT 117 %, MRI 107 %; 150 and 137 % were published for elective scans."""
    years: dict[tuple[str, int], float] = {}
    for row in rows("did_lsc_2018_25.csv"):
        year = int(row["period"][:4]) - (row["period"][5:] < "04")
        key = (row["modality"], year)
        years[key] = years.get(key, 0.0) + float(row["tests"] or 0)
    assert years["CT", 2022] / years["CT", 2019] == pytest.approx(1.17, abs=0.005)
    assert years["MRI", 2022] / years["MRI", 2019] == pytest.approx(1.07, abs=0.005)


def test_the_published_month_is_not_reproduced(case: Case) -> None:
    """Published: under 1 % by March 2023. With all steps 3.8 %, with the return alone 16.7 %."""
    assert share(case, "centres", PUBLISHED) == pytest.approx(0.038, abs=5e-4)
    assert share(case, "bau", PUBLISHED) == pytest.approx(0.167, abs=5e-4)


def test_what_the_trusts_returned_a_month_later() -> None:
    """April 2023: CT 0.7 % over six weeks, MRI 13.2, both 8.2; March 2025 7.4 and, of three tests, 10.6."""
    with gzip.open(REFERENCE / "dm01_providers_2023_25.csv.gz", "rt", encoding="utf-8") as file:
        census = [row for row in csv.DictReader(file) if row["provider"] in {"RXL", "RXR", "RXN", "RTX"}]

    def of(month: str, *tests: str) -> tuple[int, int]:
        held = [row for row in census if row["month"] == month and row["test"] in tests]
        assert len(held) == 4 * len(tests)
        over, waiting = (sum(int(row[column]) for row in held) for column in ("over_6_weeks", "waiting_list"))
        return over, waiting

    assert of("2023-04", "ct") == (27, 3_888)
    assert of("2023-04", "mri") == (768, 5_833)
    assert of("2023-04", *SCANS) == (795, 9_721)
    assert of("2025-03", *SCANS) == (781, 10_553)
    assert of("2025-03", *SCANS, "ultrasound") == (2_689, 25_405)


def test_what_the_page_says_of_tests_done(case: Case) -> None:
    """2022/23 over the baseline year, MRI 113 and CT 116 %; 120,000 tests at centres by April 2023."""
    months = case.inputs.frame.ids("month")
    year = months[months.index("2022-04") : months.index("2023-04")]

    def done(line: str, test: str, when: Sequence[str]) -> float:
        return sum(case.results.value(line, "centres", (test, month)) or 0.0 for month in when)

    for test, expected in (("mri", 1.13), ("ct", 1.16)):
        before = 12 * sum(
            case.results.value("demand.baseline_tests", "centres", (trust, test)) or 0.0
            for trust in case.inputs.frame.ids("provider")
        )
        tests = done("waits.hospital_tests", test, year) + done("waits.cdc_done_by_test", test, year)
        assert tests / before == pytest.approx(expected, abs=5e-3)
    to_april = months[: months.index("2023-04") + 1]
    centres = {test: done("waits.cdc_done_by_test", test, to_april) for test in (*SCANS, "ultrasound")}
    assert sum(centres.values()) == pytest.approx(120_000, abs=500)
    assert centres["ultrasound"] == pytest.approx(52_000, abs=500)


def test_the_steps_add_up_and_each_has_its_sign(case: Case) -> None:
    """Start, return, pooling, hours, mobile units, centres: only pooling lengthens, by 0.5 points."""
    start = 3_105 / 6_664
    ends = [share(case, option, PUBLISHED) for option in STEPS]
    changes = np.diff([start, *ends])
    assert start + changes.sum() == pytest.approx(ends[-1], abs=1e-12)
    assert (np.delete(changes, 1) <= 1e-3).all()
    assert changes[1] == pytest.approx(0.0045, abs=5e-4)
    assert changes[0] < -0.1
    assert changes[2] < -0.1


def test_in_the_first_two_months_only_pooling_makes_the_share_lower(case: Case) -> None:
    """One list, judged as the network's: at first the trusts with long waits share the others' slots."""
    changes = [
        share(case, "pooling", month) - share(case, "bau", month)
        for month in ("2020-05", "2020-06", "2020-07", "2020-09", "2021-03")
    ]
    assert (np.array(changes) < 0).tolist() == [True, True, False, False, False]


def test_options_contain_one_another(case: Case) -> None:
    """Each option sets all that the one before it sets, and more."""
    given = {
        option: {
            key.input.key if hasattr(key, "input") else key.key: values.options.get(option, {})
            for key, values in case.problem.values.items()
            if values.options.get(option)
        }
        for option in STEPS
    }
    for before, after in itertools.pairwise(STEPS):
        assert given[before].keys() <= given[after].keys()
        assert len(given[after]) > len(given[before]) or given[after] != given[before]


def test_centres_open_when_the_public_record_says(case: Case) -> None:
    """Tests since July 2021; all four hubs by October 2021."""
    months = case.inputs.frame.ids("month")
    opens = {
        site: months[int(case.results.value("programme.opening_month", "centres", (site,)) or 0) - 1]
        for site in case.inputs.frame.ids("site")
    }
    assert min(opens.values()) == "2021-07"
    assert (
        max(opens[site] for site in ("westmorland", "rossendale", "preston", "whitegate_drive")) == "2021-10"
    )
