"""Walk-in waits: published queues through the model's lines, and a queue that never settles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.published.support import Answer, work_out

VECTORS = json.loads((Path(__file__).parents[2] / "published" / "queue.json").read_text(encoding="utf-8"))
LINES = ["utilisation", "probability_of_waiting", "mean_wait", "over_threshold", "rooms_needed", "unstable"]


def queue(arrivals: float, rate: float, rooms: float, *, service: float = 1, factor: float = 1) -> Answer:
    """Arrivals and tests an hour and room; 15 minutes are too long."""
    return work_out(
        [f"walk_in.{name}" for name in LINES],
        {
            "walk_in.arrivals": arrivals,
            "walk_in.service_rate": rate,
            "walk_in.own_rooms": rooms,
            "walk_in.arrival_variation": 1.0,
            "walk_in.service_variation": service,
            "walk_in.threshold_minutes": 15.0,
            "walk_in.longest_minutes": 240.0,
            "walk_in.safety_factor": factor,
        },
    )


@pytest.mark.parametrize("case", VECTORS["erlang_c"], ids=lambda c: f"{c['lam']}-{c['mu']}-{c['c']}")
def test_published_queues(case: dict[str, float]) -> None:
    """M/M/c: probability of waiting, mean wait and share over a quarter of an hour."""
    found = queue(case["lam"], case["mu"], case["c"])
    assert found("walk_in.utilisation") == pytest.approx(case["lam"] / case["mu"] / case["c"])
    assert found("walk_in.probability_of_waiting") == pytest.approx(case["P_wait"], abs=1e-6)
    assert found("walk_in.mean_wait") == pytest.approx(case["Wq"] * 60, abs=1e-4)
    assert found("walk_in.over_threshold") == pytest.approx(case["P_Wq_gt_15min_if_hours"], abs=1e-6)


@pytest.mark.parametrize(
    ("arrivals", "rate", "rooms", "variance", "hours"),
    [
        (0.8, 1, 1, 0, 2.0),
        (10, 3, 4, 0.25, 0.205538),
        (3.4, 2, 2, 0.25, 0.813626),
        (17, 2, 10, 0.25, 0.110388),
    ],
)
def test_allen_cunneen(arrivals: float, rate: float, rooms: float, variance: float, hours: float) -> None:
    """The published mean waits with room times more even than random; the first is exact (M/D/1)."""
    found = queue(arrivals, rate, rooms, service=variance**0.5)
    assert found("walk_in.mean_wait") == pytest.approx(hours * 60, abs=1e-4)


@pytest.mark.parametrize(("load", "rooms"), [(10, 14), (90, 100)])
def test_square_root_rule(load: float, rooms: float) -> None:
    """Busy rooms and their square root: 10 + 3.16 and 90 + 9.49, to the next room."""
    assert queue(load, 1, 200)("walk_in.rooms_needed") == rooms


@pytest.mark.parametrize("arrivals", [6.0, 7.5])
def test_a_queue_that_never_settles(arrivals: float) -> None:
    """Six or more an hour for a room that serves six: all wait too long, the longest wait is shown."""
    found = queue(arrivals, 6, 1)
    assert found("walk_in.unstable") == 1
    assert found("walk_in.over_threshold") == 1
    assert found("walk_in.mean_wait") == 240


def test_a_site_with_nobody() -> None:
    """No arrivals, no rooms: nobody waits."""
    found = queue(0, 6, 0)
    assert [found(f"walk_in.{name}") for name in LINES] == [0] * len(LINES)


def test_arrivals_an_hour() -> None:
    """The last month's 520 tests over 10 hours × 6 days × 4 weeks, a fifth more when busy: 2.6 an hour."""
    months = 12
    found = work_out(
        ["walk_in.arrivals"],
        {
            "waits.cdc_tests": [0.0] * (months - 1) + [520.0],
            "walk_in.is_walk_in": 1.0,
            "walk_in.busy_factor": 1.2,
            "throughput.patient_hours": 10.0,
            "throughput.open_days": 6.0,
            "estate.included": 1.0,
            "capacity.open_weeks": [5.0] * (months - 1) + [4.0],
        },
    )
    assert found("walk_in.arrivals") == pytest.approx(2.6)
