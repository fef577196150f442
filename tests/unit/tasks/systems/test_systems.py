"""The cases of England's systems: what they are made from adds up to England, and one is a sound case."""

from __future__ import annotations

import csv
import gzip
import json
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebuilder.case import Case, load_case
from casebuilder.cli.app import app
from casebuilder.inputs.portfolio import read_portfolio
from casebuilder.inputs.shape.calendar import month_number
from casebuilder.inputs.start.shipped import shipped
from casebuilder.resources import resource
from casebuilder.tasks.new.bid import Bid
from casebuilder.tasks.new.make import make_case
from casebuilder.tasks.systems import make
from casebuilder.tasks.systems.bids import bids, system_names
from casebuilder.tasks.systems.national import COUNTED, PREFERRED, national, returned
from casebuilder.tasks.systems.openings import dealt, opening_months
from casebuilder.tasks.whole_check import whole_check

DATA = resource("assumptions/reference/data")
SMALL = "QSL"
# What the first figures of August 2024 were, and DM01 as it was revised since.
FIRST = {"ct": 723_243, "mri": 398_199}
# DM01's own names of the tests that cases have, in the table before 2020.
BEFORE = {
    "mri": "MRI",
    "ct": "CT",
    "ultrasound": "NON_OBSTETRIC_ULTRASOUND",
    "dexa": "DEXA_SCAN",
    "echocardiography": "ECHOCARDIOGRAPHY",
}


def rows(name: str) -> list[dict[str, str]]:
    """A shipped table, read by nothing of ours."""
    path = DATA / name
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as stream:
        return list(csv.DictReader(stream))


@cache
def every() -> Mapping[str, Bid]:
    """The bid of every system."""
    return bids()


@cache
def _case(folder: Path) -> Case:
    make_case(every()[SMALL], lambda last: {}, folder, lambda _: None)
    return load_case(str(folder))


@pytest.fixture
def small(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The case of a small system, made once."""
    return _case(tmp_path_factory.getbasetemp() / "systems" / SMALL.lower())


def test_systems_add_up_to_england() -> None:
    """Tests from the list, planned and unscheduled are England's means of the year before the pandemic."""
    table = [row for row in rows("dm01_england_2012_20.csv.gz") if "2019-03" <= row["period"] <= "2020-02"]
    streams = {
        "list_activity": "act_waiting_list",
        "planned": "act_planned",
        "unscheduled": "act_unscheduled",
    }
    for test, name in BEFORE.items():
        for field, column in streams.items():
            months = [float(row[column]) for row in table if row["test"] == name]
            assert len(months) == 12
            summed = sum(
                getattr(row, field) for bid in every().values() for row in bid.lists if row.test == test
            )
            assert summed == pytest.approx(sum(months) / 12, rel=1e-9)


def test_every_system_of_2024_has_a_case() -> None:
    """Forty-two, each with a name and a centre or more; what NHS England pays for itself is none of them."""
    found = every()
    assert len(found) == 42
    assert "X24" not in found
    assert all(bid.sites for bid in found.values())
    titles = {bid.title for bid in found.values()}
    assert titles == {name for code, name in system_names().items() if code != "X24"}


def test_shares_follow_the_systems_own_tests() -> None:
    """A system's CT from the list is its share in 2023/24, counted from the file."""
    table = [
        row
        for row in rows("dm01_systems_2023_25.csv.gz")
        if row["test"] == "ct" and "2023-04" <= row["month"] <= "2024-03" and row["icb"] != "X24"
    ]
    own, whole = (
        sum(float(row["waiting_list_activity"] or 0) for row in table if code in ("", row["icb"]))
        for code in ("QYG", "")
    )
    found = {code: next(row for row in bid.lists if row.test == "ct") for code, bid in every().items()}
    total = sum(row.list_activity for row in found.values())
    assert found["QYG"].list_activity / total == pytest.approx(own / whole, rel=1e-9)


def test_as_many_centres_open_as_were_open() -> None:
    """At each month that is known, the cases have as many centres as England had; each goes to one system."""
    opened = opening_months()
    for row in rows("centres_open.csv"):
        assert sum(month <= row["month"] for month in opened) == int(row["open"])
    ours = Counter(site.opens for bid in every().values() for site in bid.sites)
    assert ours == Counter(opened)


def test_dealing_is_in_proportion() -> None:
    """Nobody is a whole centre away from its share, at the end or on the way."""
    shares = {"a": 0.55, "b": 0.35, "c": 0.10}
    found = dealt(shares, 100)
    assert Counter(found) == {"a": 55, "b": 35, "c": 10}
    for count in range(1, 101):
        had = Counter(found[:count])
        assert all(abs(had[name] - share * count) < 1 for name, share in shares.items())


def test_returns_of_august_are_near_what_was_first_published() -> None:
    """DM01 as it ships is the return that shares were first published of, revised by less than 1 %."""
    for test, first in FIRST.items():
        assert returned("2024-08", only=[test]) == pytest.approx(first, rel=0.01)
    assert returned("2024-08") == pytest.approx(2_339_119, rel=0.01)


def test_what_hours_are_set_to_is_what_was_published() -> None:
    """The groups add up to a tenth of DM01's tests and to all tests at centres in August 2024."""
    done = {name: group["done"] for name, group in shipped("england.yaml")["hours"]["groups"].items()}
    assert done["mri"] + done["ct"] + done["other_dm01"] == pytest.approx(0.10 * 2_339_119, abs=1)
    assert sum(done.values()) == pytest.approx(481_045, abs=1)


def test_a_case_is_sound(small: Case) -> None:
    """A system's case has no fault, no failing check and a workbook; what it leaves out is named."""
    found = whole_check(small, lambda _: None)
    assert not found.faults
    assert found.composed
    assert not small.checks.failed
    assert not small.checks.cannot
    assert not small.problem.lost
    assert "maps districts" in small.problem.why_absent("access.minutes")
    assert small.headlines[PREFERRED].headlines["within_30_minutes"] is None


def test_centres_open_when_they_did(small: Case) -> None:
    """The model's own network of steps opens each centre in its month."""
    first = month_number(small.problem.frame.ids("month")[0])
    for site in every()[SMALL].sites:
        opens = small.results.value("programme.opening_month", PREFERRED, (site.id,))
        assert opens == month_number(site.opens) - first + 1


def test_shifting_is_by_scenario(small: Case) -> None:
    """No centre does no test; longer hours do more than those set, twice the rooms no fewer,."""
    tests, capital = (
        {option: of.headlines[name] or 0.0 for option, of in small.headlines.items()}
        for name in ("tests_steady_state", "capital_outturn")
    )
    assert tests["bau"] == 0 < tests[PREFERRED] < tests["full_hours"] <= tests["more_rooms"]
    assert capital["full_hours"] == capital[PREFERRED] < capital["more_rooms"]


def test_national_sums_are_the_lines_of_the_cases(small: Case) -> None:
    """Shares of one system are its tests at centres over all its tests, and the rest as returned."""
    found = national([small.folder])
    month = "2024-08"
    line = small.problem.by_key["waits.cdc_tests"]
    place = small.problem.frame.ids("month").index(month)
    tests = small.problem.frame.ids("test")
    by_hand = {
        test: small.results.array(line)[0][-1][:, number, place].sum() for number, test in enumerate(tests)
    }
    assert found.done(PREFERRED, month, tests) == pytest.approx(sum(by_hand.values()))
    shares = found.shares(PREFERRED, month)
    hospital = found.in_hospital[PREFERRED][month]
    assert shares["ct"] == pytest.approx(by_hand["ct"] / (by_hand["ct"] + hospital["ct"]))
    done = sum(by_hand[test] for test in COUNTED)
    whole = done + sum(hospital[test] for test in COUNTED) + returned(month, without=COUNTED)
    assert shares["all"] == pytest.approx(done / whole)
    assert found.centres["2025-03"] == len(every()[SMALL].sites)


def test_a_case_that_stands_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small: Case) -> None:
    """What somebody edited is not written over; cases that are missing are made, and all are listed."""
    two = {code: bid for code, bid in every().items() if code in (SMALL, "QOX")}
    monkeypatch.setattr(make, "bids", lambda: two)
    edited = tmp_path / "qsl"
    edited.mkdir()
    (edited / "case.yaml").write_text("edited: true\n")
    assert make.make_england(tmp_path) == (1, 1)
    assert (edited / "case.yaml").read_text() == "edited: true\n"
    assert (tmp_path / "qox" / "filled.md").is_file()
    assert set(read_portfolio(tmp_path).folders) == {"qsl", "qox"}
    assert make.make_england(tmp_path) == (0, 2)


def test_one_system_is_made_alone(tmp_path: Path) -> None:
    """Who asks for one system waits for one; a code that is none is refused with the nearest."""
    done = CliRunner().invoke(app, ["england", "QOX", "--draws", "0", "-o", str(tmp_path), "--json"])
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    assert list(told["cases"]) == ["qox"]
    assert "england" not in told  # a part is no nation
    assert [path.parent.name for path in tmp_path.glob("cases/*/case.yaml")] == ["qox"]
    wrong = CliRunner().invoke(app, ["england", "qoxx", "-o", str(tmp_path)])
    assert wrong.exit_code == 1
    assert "did you mean 'qox'" in wrong.stderr
