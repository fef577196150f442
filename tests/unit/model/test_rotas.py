"""Rotas: relief for a level of cover at each site or shared, and what each leaves uncovered.

The binomial probabilities are scipy's; the mean shortfall is summed outcome by outcome.
"""

from __future__ import annotations

from typing import Any

import pytest
from scipy.stats import binom

from tests.published.support import Answer, work_out

HEADROOM, LEVEL = 0.22, 0.95
RELIEF = {f"k{i:02d}": float(i) for i in range(16)}


def rotas(posts: list[float], wanted: list[str], **more: Any) -> Answer:
    """Sites with so many posts of one role on duty, 75 hours a week: two full-time weeks."""
    sites = tuple(f"site_{i}" for i in range(len(posts)))
    values = {
        "workforce.posts": posts,
        "workforce.headroom": HEADROOM,
        "workforce.rota_level": LEVEL,
        "workforce.relief": RELIEF,
        "workforce.hours_per_post": 75.0,
        "workforce.contract_hours": 37.5,
        "workforce.rota_travel_share": 0.0,
        "workforce.rota": "mean",
        "workforce.rota_gain": "fewer_staff",
        **more,
    }
    members = {"site": sites, "relief": tuple(RELIEF)}
    return work_out(wanted, values, members=members, unused_allowed=True)


def shortfall(needed: int, size: int) -> float:
    """The mean of the posts missing on a shift."""
    return sum((needed - there) * binom.pmf(there, size, 1 - HEADROOM) for there in range(needed))


@pytest.mark.parametrize(("needed", "size"), [(4, 7), (20, 30), (80, 112)])
def test_a_rota_has_the_published_size(needed: int, size: int) -> None:
    """demand.md 4.3: exact binomial, 22 % headroom, 95 % of shifts fully staffed."""
    found = rotas([needed], ["workforce.site_rota", "workforce.shared_rota"])
    assert found("workforce.site_rota") == size
    assert found("workforce.shared_rota") == size


def test_sites_together_need_less_relief_than_apart() -> None:
    """Five sites with four posts: 5 × 7 apart, 30 together; two full-time weeks a post."""
    wanted = ["workforce.separate_rotas", "workforce.shared_rota", "workforce.rota_saving"]
    found = rotas([4.0] * 5, wanted)
    assert found("workforce.separate_rotas") == 35
    assert found("workforce.shared_rota") == 30
    assert found("workforce.rota_saving") == pytest.approx(5 * 2)


def test_travel_between_sites_comes_off_what_sharing_saves() -> None:
    """60 WTE over 0.95 is 63.2: of the ten saved 6.8 are left."""
    found = rotas([4.0] * 5, ["workforce.rota_saving"], **{"workforce.rota_travel_share": 0.05})
    assert found("workforce.rota_saving") == pytest.approx(70 - 60 / 0.95)


def test_a_rota_holds_whole_people() -> None:
    """Three and a half posts are four on duty."""
    assert rotas([3.5], ["workforce.site_rota"])("workforce.site_rota") == 7


@pytest.mark.parametrize(
    ("rota", "gain", "required"),
    [
        # 20 posts × 2 full-time weeks, over 0.78
        ("mean", "fewer_staff", 40 / 0.78),
        ("site", "fewer_staff", 70),
        ("shared", "fewer_staff", 60),
        ("shared", "fewer_cancellations", 70),
    ],
)
def test_staff_required_by_how_absence_is_covered(rota: str, gain: str, required: float) -> None:
    """What sharing gives is fewer staff, or the staff of separate rotas: never both."""
    wanted = ["workforce.wte_required"]
    found = rotas([4.0] * 5, wanted, **{"workforce.rota": rota, "workforce.rota_gain": gain})
    assert sum(found("workforce.wte_required")) == pytest.approx(required)


@pytest.mark.parametrize(
    ("rota", "gain", "lost"),
    [
        ("mean", "fewer_staff", 0),
        ("site", "fewer_staff", shortfall(4, 7) / 4),
        ("shared", "fewer_staff", shortfall(20, 30) / 20),
        ("shared", "fewer_cancellations", shortfall(20, 35) / 20),
    ],
)
def test_post_time_left_uncovered(rota: str, gain: str, lost: float) -> None:
    """At equal staff a shared rota leaves next to nothing uncovered."""
    wanted = ["workforce.sessions_lost"]
    found = rotas([4.0] * 5, wanted, **{"workforce.rota": rota, "workforce.rota_gain": gain})
    assert found("workforce.sessions_lost") == pytest.approx(lost, abs=1e-12)


def test_a_site_without_the_role_needs_nobody() -> None:
    """No posts: no rota, nothing uncovered."""
    wanted = ["workforce.site_rota", "workforce.sessions_lost", "workforce.shared_rota_wte"]
    found = rotas([0.0, 0.0], wanted, **{"workforce.rota": "shared"})
    assert found("workforce.site_rota") == [0, 0]
    assert found("workforce.sessions_lost") == 0
    assert found("workforce.shared_rota_wte") == 0
