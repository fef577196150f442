"""The published kit and hours of the Norfolk and Waveney centres, through the model's own lines."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml

from casebuilder.resources import resource
from tests.published.support import Answer, published, reference, work_out

BOOK = published("norfolk")
SITES = list(BOOK["kit"])
TESTS = list(BOOK["slots_an_hour"])
KINDS = ["short", "standard", "long"]
WEEKS = 365 / 7


@cache
def shipped(chapter: str) -> Any:
    """A chapter of the case as it ships."""
    path = resource(f"assumptions/cases/norfolk_waveney/{chapter}.yaml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def slots(hours: dict[str, float], days: float = 7) -> Answer:
    """Rates and gross slots of the published kit, with the case's examinations, at some hours a day."""
    minutes = shipped("throughput")["examination_minutes"]["values"]
    mix = reference("throughput")["examination_share"]["values"]
    values = {
        "estate.rooms": {(s, t): BOOK["kit"][s][t] for s in SITES for t in TESTS},
        "estate.part_rooms": 0.0,
        "estate.included": 1.0,
        "estate.hub": 1.0,
        "estate.opening_hours_per_day": hours,
        "estate.opening_days_per_week": float(days),
        "throughput.examination_minutes": {(t, k): minutes[t][k] for t in TESTS for k in KINDS},
        "throughput.examination_share": {(t, k): mix[t][k] for t in TESTS for k in KINDS},
        "throughput.done_at_spokes": 1.0,
        "throughput.list_points": 0.0,
        "throughput.points_a_list": 12.0,
        "throughput.hours_a_list": 4.0,
        "throughput.own_hours_per_day": 0.0,
        "throughput.own_days_per_week": 0.0,
        "throughput.set_up_hours_per_day": shipped("throughput")["set_up_hours_per_day"]["value"],
    }
    wanted = ["throughput.slots_per_hour", "throughput.gross_slots"]
    return work_out(wanted, values, members={"site": SITES, "test": TESTS, "examination": KINDS})


def test_one_set_of_rates_serves_all_three_sites() -> None:
    """MRI 2, CT 3, ultrasound 3 and X-ray 6 slots an hour, the same everywhere."""
    rates = slots(dict.fromkeys(SITES, 12.0))("throughput.slots_per_hour")
    assert len(rates) == 3
    for site in rates:
        assert site == pytest.approx([BOOK["slots_an_hour"][test] for test in TESTS], rel=1e-12)


def test_norwich_has_480_slots_a_day_and_430_patients_fit() -> None:
    """Five MRI, four CT, two ultrasound and two X-ray, 08:00 to 20:00: 430 patients use 89.6 %."""
    book = BOOK["norwich"]
    found = slots({"norwich": 12.0, "james_paget": 12.0, "kings_lynn": 12.0})("throughput.gross_slots")
    a_day = sum(found[SITES.index("norwich")]) / book["days_a_week"]
    assert a_day == pytest.approx(book["slots_a_day"], rel=1e-12)
    # By hand: 5 × 2 + 4 × 3 + 2 × 3 + 2 × 6 = 40 an hour.
    assert a_day == pytest.approx(40 * book["hours_a_day"])
    used = book["patients_a_day"] / a_day
    assert used == pytest.approx(book["slots_used"], abs=5e-5)
    assert used <= BOOK["hubs_planned_at"]


@pytest.mark.parametrize(
    ("used", "named"), [(1.0, "hours_a_week_at_every_slot"), (0.85, "hours_a_week_at_85_per_cent")]
)
def test_hours_that_40_000_appointments_imply(used: float, named: str) -> None:
    """17 slots an hour: 40,000 a year are 45 hours a week with every slot used, 53 at 85 %."""
    book = BOOK["each_of_the_others"]
    hours = book[named]
    found = slots({"norwich": 12.0, "james_paget": hours / 7, "kings_lynn": hours / 7})
    for site in ("james_paget", "kings_lynn"):
        a_week = sum(found("throughput.gross_slots")[SITES.index(site)])
        assert a_week == pytest.approx(book["slots_an_hour"] * hours)
        assert a_week * WEEKS * used == pytest.approx(book["appointments_a_year"], rel=0.02)


def test_the_awards_by_fund_are_the_published_sums() -> None:
    """£69.7m national and £1.6m of charity; what is left of £85.9m is the system's."""
    award = shipped("funding")["award"]["values"]
    funds = {
        fund: sum(sum(years.values()) for years in sites.values())
        for fund, sites in award.items()
        if fund != "others"
    }
    capital = BOOK["capital"]
    assert funds["national_pdc"] == capital["national"]
    assert funds["charity"] == capital["charity"]
    assert funds["system_cdel"] == capital["all"] - capital["national"] - capital["charity"]
