"""Staff: skill mix, hires by source, and what centres take from the members' hospitals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.published.support import Answer, work_out

MONTHS = 12


def test_skill_mix_moves_posts_and_keeps_their_number() -> None:
    """Of ten radiographer posts a fifth goes to assistants: eight and four of twelve."""
    found = work_out(
        ["workforce.posts"],
        {
            "workforce.posts_of_rooms": [10.0, 2.0],
            "workforce.posts_moved_out": [0.2, 0.0],
            "workforce.posts_moved_in": [0.0, 1.0],
        },
        members={"staff": ("radiographer", "assistant")},
    )
    assert found("workforce.posts") == pytest.approx([8, 4])


def hiring(wanted: list[str], **more: Any) -> Answer:
    """A network that seeks twenty from the first month and loses nobody."""
    values = {
        "workforce.wte_sought": 20.0,
        "workforce.turnover": 0.0,
        "workforce.domestic_hires": 1.0,
        "workforce.international_hires": 2.0,
        "workforce.international_lead_months": 3.0,
        "workforce.trainees": 0.5,
        "workforce.trainee_lead_months": 6.0,
        **more,
    }
    return work_out(wanted, values)


def test_hires_come_at_home_then_abroad_then_from_training() -> None:
    """One a month; three from the fourth month; three and a half from the seventh; twenty in all."""
    found = hiring(["workforce.hires", "workforce.in_post"])
    hires = [1, 1, 1, 3, 3, 3, 3.5, 3.5, 1, 0, 0, 0]
    assert found("workforce.hires") == pytest.approx(hires)
    assert found("workforce.in_post") == pytest.approx(np.cumsum(hires))


def test_hires_are_those_who_qualify_first_then_domestic_then_abroad() -> None:
    """In the ninth month one is wanted: half of it qualifies, the rest is hired at home."""
    found = hiring(["workforce.domestic_joiners", "workforce.international_joiners"])
    assert found("workforce.domestic_joiners") == pytest.approx([1] * 8 + [0.5] + [0] * 3)
    assert found("workforce.international_joiners") == pytest.approx([0] * 3 + [2] * 5 + [0] * 4)


def test_staff_lent_fill_posts_that_need_not_be_hired() -> None:
    """Two of three centres open: two thirds of nine are lent, never more than are needed."""
    for needed, lent in ((20.0, 6.0), (4.0, 4.0)):
        found = work_out(
            ["workforce.lent_wte"],
            {
                "workforce.staff_lent": 9.0,
                "programme.centres_open": 2.0,
                "programme.centres_included": 3.0,
                "workforce.wte_required_network": needed,
            },
        )
        assert found("workforce.lent_wte") == pytest.approx([lent] * MONTHS)


def members(wanted: list[str], joiners: list[float], lent: float = 0.0) -> Answer:
    """Two hospitals with 30 and 10 WTE; half of the hires are theirs, replaced in ten months."""
    return work_out(
        wanted,
        {
            "workforce.domestic_joiners": joiners,
            "hospital_staff.from_members": 0.5,
            "hospital_staff.refill_months": 10.0,
            "workforce.lent_wte": lent,
            "hospital_staff.hospital_wte": [30.0, 10.0],
            "hospital_staff.tests_share": [0.5, 0.5],
            "workforce.posts_per_room": 1.0,
            "workforce.limits_room": 1.0,
            "timeline.last_month": [0.0] * (MONTHS - 1) + [1.0],
        },
        members={"provider": ("large", "small")},
        unused_allowed=True,
    )


def test_members_lack_whom_the_centres_hired_until_the_post_is_filled() -> None:
    """Four hired in the first month, two of them from members: a tenth of the gap closes each month."""
    found = members(["hospital_staff.left_members", "hospital_staff.cover"], [4.0] + [0.0] * 11)
    gap = [2 * 0.9**month for month in range(MONTHS)]
    assert found("hospital_staff.left_members") == pytest.approx(gap)
    assert found("hospital_staff.cover") == pytest.approx([1 - left / 40 for left in gap])


def test_staff_lent_lower_what_hospitals_can_do() -> None:
    """Four of forty lent: nine tenths are left."""
    found = members(["hospital_staff.cover"], [0.0] * 12, lent=4.0)
    assert found("hospital_staff.cover") == pytest.approx([0.9] * MONTHS)


def test_hospital_staff_follow_from_the_tests() -> None:
    """900 slots of half an hour with two on duty are 900 hours: 207 a week, 5.52 WTE, 7.08 with headroom."""
    found = work_out(
        ["hospital_staff.hospital_wte"],
        {
            "workforce.posts_per_room": 2.0,
            "throughput.examination_mix": 1.0,
            "throughput.examination_minutes": 30.0,
            "throughput.tests_per_slot": 0.9,
            "demand.baseline_tests": 810.0,
            "workforce.contract_hours": 37.5,
            "workforce.headroom": 0.22,
        },
        members={"provider": ("trust",), "examination": ("standard",)},
    )
    assert found("hospital_staff.hospital_wte") == pytest.approx(900 / (365.25 / 12 / 7) / 37.5 / 0.78)


@st.composite
def networks(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, float]:
    """Hires a month, staff of two to eight members (some with none), staff lent."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    trusts = draw(st.integers(2, 8))
    staff = random.uniform(0, 50, trusts) * (random.random(trusts) < 0.8)
    return random.uniform(0, 5, MONTHS), staff, draw(st.floats(0, 10))


def conserved(network: tuple[np.ndarray, np.ndarray, float]) -> None:
    """What each member lacks adds up to what was hired from them and lent, less who was replaced."""
    joiners, staff, lent = network
    trusts = tuple(f"trust_{i}" for i in range(len(staff)))
    share, refill = 0.4, 8.0
    found = work_out(
        ["hospital_staff.member_short_end", "hospital_staff.cover", "operating_checks.staff_lost_or_found"],
        {
            "workforce.domestic_joiners": joiners.tolist(),
            "hospital_staff.from_members": share,
            "hospital_staff.refill_months": refill,
            "workforce.lent_wte": lent,
            "hospital_staff.hospital_wte": staff.tolist(),
            "hospital_staff.tests_share": [1 / len(staff)] * len(staff),
            "workforce.posts_per_room": 1.0,
            "workforce.limits_room": 1.0,
            "timeline.last_month": [0.0] * (MONTHS - 1) + [1.0],
        },
        members={"provider": trusts},
    )
    left = replaced = 0.0
    for hired in joiners:
        replaced += left / refill
        left += share * hired - left / refill
    lacking = sum(found("hospital_staff.member_short_end"))
    assert lacking + replaced == pytest.approx(share * joiners.sum() + lent, rel=1e-9)
    assert found("operating_checks.staff_lost_or_found") == pytest.approx(0, abs=1e-9)
    cover = np.array(found("hospital_staff.cover"))
    assert ((cover >= 0) & (cover <= 1)).all()


def never_raised(network: tuple[np.ndarray, np.ndarray, float]) -> None:
    """Fewer hires never staff more of a centre's slots, nor make hospital and centre do more together."""
    joiners, _, unfilled = network
    required = 30.0
    cover = []
    for in_post in (np.cumsum(joiners), np.cumsum(joiners) * unfilled / 10):
        found = work_out(
            ["capacity.cdc_slots"],
            {
                "workforce.in_post": in_post.tolist(),
                "workforce.lent_wte": 0.0,
                "workforce.wte_required_network": required,
                "workforce.agency_cap": 0.1,
                "workforce.sessions_lost": 0.0,
                "workforce.posts_per_room": 1.0,
                "workforce.limits_room": 1.0,
                "capacity.equipment_slots": 500.0,
                "throughput.gross_slots": 150.0,
                "capacity.weeks_served": 4.0,
                "capacity.preparation_slots": 140.0,
                "capacity.hired_slots": 0.0,
                "capacity.hired_weeks": 0.0,
                "throughput.tests_per_slot": 0.8,
            },
        )
        cover.append(np.array(found("capacity.cdc_slots")))
    assert (cover[1] <= cover[0] + 1e-9).all()


@settings(max_examples=40, deadline=None)
@given(networks())
def test_staff_are_conserved_across_members(network: tuple[np.ndarray, np.ndarray, float]) -> None:
    """In forty random networks."""
    conserved(network)


@pytest.mark.full
@settings(max_examples=500, deadline=None)
@given(networks())
def test_staff_are_conserved_across_members_500(network: tuple[np.ndarray, np.ndarray, float]) -> None:
    """In 500 random networks."""
    conserved(network)


@settings(max_examples=40, deadline=None)
@given(networks())
def test_a_shortage_never_raises_capacity(network: tuple[np.ndarray, np.ndarray, float]) -> None:
    """In forty random networks."""
    never_raised(network)


@pytest.mark.full
@settings(max_examples=500, deadline=None)
@given(networks())
def test_a_shortage_never_raises_capacity_500(network: tuple[np.ndarray, np.ndarray, float]) -> None:
    """In 500 random networks."""
    never_raised(network)
