"""What is filled in of a site, and what is warned of."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.inputs.start.answers import read_answers
from casebuilder.inputs.start.tests import read_tests
from casebuilder.tasks.england.near_sites import nearest_hospital
from casebuilder.tasks.england.places import locate
from casebuilder.tasks.england.shipped import choices
from casebuilder.tasks.england.trusts import find_trust
from casebuilder.tasks.new.assemble import assemble
from casebuilder.tasks.new.bid import Worked
from casebuilder.tasks.new.fill import Filling, sites_of, trusts_of
from casebuilder.tasks.new.planned import told_beside_plans

ANSWERS = Path("answers.yaml")


def text(trust: str, site: str) -> str:
    return f"title: A bid\ntrusts: [{trust}]\nsites:\n  - {{name: Eden, {site}}}\n"


def filled(trust: str, site: str) -> Filling:
    """What one site of one trust makes the answers gather."""
    filling = Filling(read_answers(ANSWERS, text(trust, site)))
    sites_of(filling, trusts_of(filling), read_tests(), "2026-04", "standard")
    assert not filling.faults
    return filling


def test_a_site_far_from_every_hospital_of_the_trusts_is_warned_of():
    """Carlisle is no place for Medway's patients: minutes and both names are said, and the line."""
    filling = filled("RPA", "place: Carlisle")
    (warning,) = filling.warnings
    assert (warning.file, warning.line) == ("answers.yaml", 4)
    for part in (
        "Carlisle",
        "Medway NHS Foundation Trust",
        "Gillingham",
        " km, ",
        "road minutes",
        "more than 90",
    ):
        assert part in warning.message
    assert "Eden, far away" in dict(filling.filled)


@pytest.mark.parametrize(
    ("site", "leased", "said"),
    [
        ("build: retail", True, "leased, as shops and offices are: rent is paid"),
        ("build: modular", False, "owned: no rent is paid"),
        ("build: retail, tenure: own", False, None),
        ("build: modular, tenure: lease", True, None),
    ],
)
def test_shops_are_leased_where_nobody_says_otherwise(site: str, leased: bool, said: str | None):
    """What is taken is told; an answer is not."""
    filling = Filling(read_answers(ANSWERS, text("RPA", f"place: Chatham, {site}")))
    sites, _ = sites_of(filling, trusts_of(filling), read_tests(), "2026-04", "standard")
    assert [each.leased for each in sites] == [leased]
    assert dict(filling.filled).get("Eden, tenure") == said


@pytest.mark.parametrize(
    ("trust", "place"),
    [("RPA", "Chatham"), ("REF", "Bude"), ("RNN", "Workington"), ("RTF", "Berwick-upon-Tweed")],
)
def test_a_long_way_inside_a_county_is_not_warned_of(trust: str, place: str):
    assert not filled(trust, f"place: {place}").warnings
    near = nearest_hospital([find_trust(trust)], locate(place))
    assert near is not None
    assert near.minutes < choices()["far_site_minutes"]


def test_a_trust_without_a_place_says_nothing_of_how_far_a_site_is():
    assert nearest_hospital([find_trust("RW1")], locate("Carlisle")) is None
    assert not filled("RW1", "place: Carlisle").warnings


def test_rooms_of_a_plan_of_tests_stand_once_and_say_whose_they_are():
    """60,000 tests and no rooms answered: those of the kind are the least, and are not called answered."""
    rooms = [
        where
        for what, where in filled("RNN", "place: Workington, planned_tests: 60000").filled
        if what == "Eden, rooms"
    ]
    assert len(rooms) == 1
    assert "at least those of a standard centre (kinds.yaml), and as many as" in rooms[0]
    (own,) = [
        where
        for what, where in filled("RNN", "place: Workington, planned_tests: 60000, rooms: {mri: 1}").filled
        if what == "Eden, rooms"
    ]
    assert own.startswith("mri 1: at least those answered, and as many as")


def test_what_rooms_of_a_plan_do_is_said_beside_it():
    """Both numbers, the tests farthest from the plan, and why; nothing where no plan was answered."""
    site = "place: Workington, rooms: {mri: 1, ultrasound: 1, ecg: 1}"
    bid = assemble(read_answers(ANSWERS, text("RNN", f"{site}, planned_tests: 60000")))
    done = {"eden": {"mri": 5_900.0, "ultrasound": 22_000.0, "ecg": 700.0}}
    (told,) = told_beside_plans(bid, Worked(site_tests=done))
    assert told.what == "Eden, tests"
    assert told.where.startswith("28,600 a year once full, beside 60,000 planned.")
    assert "ultrasound 22,000 (plan 7,200)" in told.where
    assert "ECG 700 (no share in the plan)" in told.where
    assert "patients, hours and staff" in told.where
    without = assemble(read_answers(ANSWERS, text("RNN", site)))
    assert not told_beside_plans(without, Worked(site_tests=done))
