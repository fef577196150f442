"""Lancashire and South Cumbria: where it starts, what each step takes off, and what is not reproduced."""

from __future__ import annotations

import csv
import itertools

import numpy as np
import pytest

from casebuilder.case import Case
from casebuilder.resources import resource
from tests.shipped import ShippedCases

FOLDER = resource("assumptions/cases/lancashire_south_cumbria")
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


def test_activity_returned_is_the_imaging_datasets() -> None:
    """CT and MRI of the four trusts against the same month of March 2019 to February 2020, at most 1."""
    scans: dict[str, float] = {}
    for row in rows("did_lsc_2018_25.csv"):
        scans[row["period"]] = scans.get(row["period"], 0.0) + float(row["tests"] or 0)
    for row in rows("returned.csv"):
        month, shipped = row["month"], float(row["activity_returned"])
        before = f"{2019 if month[5:] >= '03' else 2020}-{month[5:]}"
        expected = min(scans[month] / scans[before], 1) if month <= "2021-03" else 1.0
        assert shipped == pytest.approx(expected, abs=5e-5), month


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
    """Published: under 1 % by March 2023. With all steps 4.1 %, with the return alone 17.8 %."""
    assert share(case, "centres", PUBLISHED) == pytest.approx(0.041, abs=5e-4)
    assert share(case, "bau", PUBLISHED) == pytest.approx(0.178, abs=5e-4)


def test_the_steps_add_up_and_each_has_its_sign(case: Case) -> None:
    """Start, return, pooling, hours, mobile units, centres: only pooling lengthens, by 0.4 points."""
    start = 3_105 / 6_664
    ends = [share(case, option, PUBLISHED) for option in STEPS]
    changes = np.diff([start, *ends])
    assert start + changes.sum() == pytest.approx(ends[-1], abs=1e-12)
    assert (np.delete(changes, 1) <= 1e-3).all()
    assert changes[1] == pytest.approx(0.004, abs=5e-4)
    assert changes[0] < -0.1
    assert changes[2] < -0.1


def test_in_the_first_months_pooling_makes_the_share_lower(case: Case) -> None:
    """One list in 2020, judged as the network's: the trusts with long waits share the others' slots."""
    assert share(case, "pooling", "2020-07") < share(case, "bau", "2020-07")


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
