"""Longer hours on hospital kit.

The staff they need, as far as they can be had, and what they wear. By hand.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.published.support import Answer, reference, work_out

MONTHS = 12
STAFF = ("radiographer", "assistant")


def staffed(wanted: list[str], **more: Any) -> Answer:
    """A tenth more hours, full from the start; ten WTE of each role, of which a tenth can be had beside."""
    values = {
        "capacity.extended_hours_uplift": 0.1,
        "capacity.longer_hours_staff": 0.1,
        "capacity.longer_hours_wte": 1.0,
        "programme.relief_reached": 1.0,
        "hospital_staff.members_wte": 10.0,
        "hospital_staff.role_cover": 1.0,
        "workforce.agency_wte": 0.0,
        "workforce.limiting": 1.0,
        **more,
    }
    return work_out(wanted, values, members={"staff": STAFF}, unused_allowed=True)


def test_wte_that_longer_hours_need() -> None:
    """A tenth of 1,000 tests a month, half an hour each, is 600 hours a year of 365.25 days.

    37.5 × 0.8 a week worked.
    """
    found = work_out(
        ["capacity.longer_hours_wte"],
        {
            "demand.baseline_tests": 1_000.0,
            "capacity.extended_hours_uplift": 0.1,
            "hospital_staff.hours_a_test": 0.5,
            "workforce.contract_hours": 37.5,
            "workforce.headroom": 0.2,
        },
        members={"provider": ("trust",)},
    )
    assert found("capacity.longer_hours_wte") == pytest.approx(600 / (365.25 / 7) / 30)


def test_all_longer_hours_are_run_where_staff_can_be_had() -> None:
    """One WTE is needed and one can be had of each role."""
    found = staffed(["capacity.longer_hours"])
    assert found("capacity.longer_hours") == pytest.approx([0.1] * MONTHS)


def test_the_scarcest_role_sets_how_much_is_run() -> None:
    """Two WTE of radiographers are needed and one can be had: half of a tenth is run."""
    found = staffed(
        ["capacity.longer_hours_staffed", "capacity.longer_hours"],
        **{"capacity.longer_hours_wte": [2.0, 1.0]},
    )
    assert found("capacity.longer_hours_staffed")[0] == pytest.approx([0.5] * MONTHS)
    assert found("capacity.longer_hours_staffed")[1] == pytest.approx([1] * MONTHS)
    assert found("capacity.longer_hours") == pytest.approx([0.05] * MONTHS)


def test_a_role_that_a_room_can_do_without_stops_nothing() -> None:
    """Twice as many assistants are needed as can be had; the room runs without."""
    of = {"capacity.longer_hours_wte": [1.0, 2.0], "workforce.limiting": [1.0, 0.0]}
    found = staffed(["capacity.longer_hours"], **of)
    assert found("capacity.longer_hours") == pytest.approx([0.1] * MONTHS)


def test_those_who_left_and_agency_staff_of_centres_cannot_be_had() -> None:
    """A tenth of 10 × 0.9, less 0.4 of agency, is 0.5 of the one that is needed; less a whole one, none."""
    of = {"hospital_staff.role_cover": 0.9, "workforce.agency_wte": 0.4}
    found = staffed(["capacity.longer_hours"], **of)
    assert found("capacity.longer_hours") == pytest.approx([0.05] * MONTHS)
    found = staffed(["capacity.longer_hours"], **{"workforce.agency_wte": 1.0})
    assert found("capacity.longer_hours") == [0.0] * MONTHS


def test_hours_that_start_in_steps_need_staff_in_steps() -> None:
    """Half a WTE can be had: at half of the hours it is enough, in full it is half.

    So 0.05 is run in both.
    """
    reached = [0.0] * 4 + [0.5] * 4 + [1.0] * 4
    found = staffed(
        ["capacity.longer_hours"],
        **{"programme.relief_reached": reached, "capacity.longer_hours_staff": 0.05},
    )
    assert found("capacity.longer_hours") == pytest.approx([0.0] * 4 + [0.05] * 8)


def test_wte_in_longer_hours_follow_the_tests_done() -> None:
    """3,652.5 tests a year of half an hour: 35 hours a week of 30 worked."""
    found = work_out(
        ["longer_hours.wte"],
        {
            "activity.extended_hours_tests_year": 3_652.5,
            "hospital_staff.hours_a_test": 0.5,
            "workforce.contract_hours": 37.5,
            "workforce.headroom": 0.2,
        },
    )
    assert found("longer_hours.wte") == pytest.approx(35 / 30)


def test_tests_in_longer_hours_are_their_share_of_hospital_tests() -> None:
    """Of 1,100 tests a month 100 are done in a tenth more hours; so in a year after the months too."""
    found = work_out(
        ["activity.extended_hours_tests_year"],
        {
            "waits.hospital_tests": 1_100.0,
            "activity.hospital_tests_year": [13_200.0, 22_000.0],
            "capacity.longer_hours": 0.1,
            "timeline.days_in_month": 30.0,
        },
        years=2,
    )
    assert found("activity.extended_hours_tests_year") == pytest.approx([1_200, 2_000])


def test_only_hours_that_are_run_are_taken_from_own_capacity() -> None:
    """Of 1,050 tests a month 50 are in longer hours.

    12,000 a year are the hospital's own, and 20,000 of 21,000.
    """
    found = work_out(
        ["freed.own_capacity_year"],
        {
            "capacity.hospital_capacity_by_test": 1_050.0,
            "list_years.hospital_capacity": [0.0, 21_000.0],
            "capacity.longer_hours": 0.05,
            "timeline.days_in_month": 30.0,
        },
        members={"provider": ("trust",)},
        years=2,
    )
    assert found("freed.own_capacity_year") == pytest.approx([12_000, 20_000])


def worn(**more: Any) -> Answer:
    """A unit of £900,000 that lasts ten years of 3,000 hours, half of its life by use.

    One a room, 40 minutes a test.
    """
    values = {
        "equipment.unit_price": 900_000.0,
        "equipment.life": 10.0,
        "equipment.units_per_room": 1.0,
        "longer_hours.normal_hours": 3_000.0,
        "longer_hours.wear_share": 0.5,
        "longer_hours.hours_a_test": 2 / 3,
        "activity.extended_hours_tests_year": 1_200.0,
        **more,
    }
    return work_out(
        ["longer_hours.wear_an_hour", "longer_hours.wear_a_test", "longer_hours.wear_real"], values
    )


def test_wear_is_the_price_over_the_hours_of_a_life() -> None:
    """£450,000 over 30,000 hours is £15; £10 a test of 40 minutes; £12,000 for 1,200 tests."""
    found = worn()
    assert found("longer_hours.wear_an_hour") == pytest.approx(15)
    assert found("longer_hours.wear_a_test") == pytest.approx(10)
    assert found("longer_hours.wear_real") == pytest.approx(12_000)


def test_nothing_wears_where_life_goes_by_the_calendar() -> None:
    """No share of the life goes with use."""
    assert worn(**{"longer_hours.wear_share": 0.0})("longer_hours.wear_real") == 0


def test_hours_of_a_test_are_its_slot_over_tests_a_slot() -> None:
    """Three quarters of 30 minutes and a quarter of 50 are 35 minutes, over 1.25 tests a slot: 28 minutes."""
    found = work_out(
        ["longer_hours.hours_a_test"],
        {
            "throughput.examination_mix": [0.75, 0.25],
            "throughput.examination_minutes": [30.0, 50.0],
            "throughput.tests_per_slot": 1.25,
        },
        members={"examination": ("plain", "contrast")},
    )
    assert found("longer_hours.hours_a_test") == pytest.approx(28 / 60)


def test_price_a_test_and_range_moved_by_the_same_pounds() -> None:
    """Wear was taken out of the price a test.

    What stood before was £105 for MRI and £80 for CT, wear £10 and £4.
    """
    price = reference("revenue")["extended_hours_cost"]
    before = {"mri": (70, 105, 150), "ct": (55, 80, 110)}
    wear = {"mri": 10, "ct": 4}
    for test, (low, central, high) in before.items():
        assert price["values"][test] + wear[test] == central
        assert [end + wear[test] for end in price["range"][test]] == [low, high]
