"""Random networks of hospitals and centres: what must hold whatever their size, need and capacity.

Each network is worked out twice by the model's own lines, with separate lists and with one pooled
list. Everyone is willing to move and no travel loses a patient, so that pooling can only help.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.resources import resource
from tests.published.support import Answer, reference, work_out

MONTHS = 12
CLOSE = 1e-9
LINES = [
    "lists.waiting_list",
    "lists.cdc_done",
    "lists.hospital_list_done",
    "lists.overdue",
    "lists.bookable",
    "waits.share_over_six_weeks",
    "waits.removals",
    "waits.conservation_gap",
    "waits.over_capacity",
    "waits.list_by_test",
    "waits.cdc_done_by_test",
    "waits.cdc_tests",
    "waits.over_six_weeks_by_test",
]


@dataclass(frozen=True)
class Network:
    """A random network: arrays by trust and month (referrals), by trust (the rest), by site and month."""

    referrals: np.ndarray
    hospital: np.ndarray
    planned: np.ndarray
    unscheduled: np.ndarray
    opening: np.ndarray
    slots: np.ndarray
    catchment: np.ndarray
    removal_rate: float
    booking_weeks: float
    moves: float = 1.0

    @property
    def trusts(self) -> tuple[str, ...]:
        """The ids of the trusts."""
        return tuple(f"trust_{i}" for i in range(len(self.hospital)))

    @property
    def sites(self) -> tuple[str, ...]:
        """The ids of the sites."""
        return tuple(f"site_{i}" for i in range(len(self.slots)))

    def solve(self, *, rule: str = "fifo", slots: np.ndarray | None = None, **more: Any) -> Answer:
        """Separate lists under `bau`, one list under `preferred`."""
        slots = self.slots if slots is None else slots
        values = {
            "demand.referrals": self.referrals.ravel().tolist(),
            "demand.referrals_by_test": self.referrals.sum(axis=0).tolist(),
            "demand.opening_list": self.opening.tolist(),
            "demand.opening_list_by_test": float(self.opening.sum()),
            "demand.opening_over_six_weeks": float(self.opening.sum()) * 0.02,
            "demand.baseline_planned": self.planned.tolist(),
            "demand.baseline_unscheduled": self.unscheduled.tolist(),
            "demand.other_index": 1.0,
            "demand.other_by_test": float((self.planned + self.unscheduled).sum()),
            "demand.urgent_share": 0.2,
            "demand.removal_rate": self.removal_rate,
            "demand.movable_share": self.moves,
            "demand.transferable_share": self.moves,
            "demand.holds_list": 1.0,
            "capacity.hospital_capacity": self.hospital.ravel().tolist(),
            "capacity.hospital_capacity_by_test": self.hospital.sum(axis=0).tolist(),
            "capacity.cdc_slots": slots.ravel().tolist(),
            "capacity.centre_slots": slots.sum(axis=0).tolist(),
            "capacity.bought_slots": 0.0,
            "lists.has_list": 1.0,
            "lists.booking_weeks": self.booking_weeks,
            "lists.catchment": self.catchment.ravel().tolist(),
            "lists.pooling": 0.0,
            "lists.referrals_redirected": 1.0,
            "lists.freed_slots_used": 1.0,
            "timeline.days_in_month": 30.0,
            "waits.rule": rule,
            "waits.cover_multiple": reference("waits")["cover_multiple"]["values"],
            "waits.rise_at_multiple": rises("ct"),
            "waits.calm_share": 0.02,
            "waits.calm_cover": 2.0,
            "waits.long_waits_kept": 0.8,
            "waits.standard_weeks": 6.0,
            "waits.longest_cover": 104.0,
            **more,
        }
        members = {
            "provider": self.trusts,
            "site": self.sites,
            "point": tuple(reference("waits")["cover_multiple"]["values"]),
        }
        return work_out(LINES, values, members=members, by_option={"preferred": {"lists.pooling": 1.0}})


def rises(test: str) -> dict[tuple[str, str], float]:
    """The shipped curve of a test."""
    with resource("assumptions/reference/data/waits_curve.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["test"] == test]
    return {(row["point"], test): float(row["rise"]) for row in rows}


def by_trust(answer: Answer, key: str, option: str) -> np.ndarray:
    """A line by trust and month."""
    return np.reshape(answer(key, option), (-1, MONTHS))


def patients_done(answer: Answer, option: str) -> np.ndarray:
    """Tests done from each trust's list, by month."""
    return by_trust(answer, "lists.cdc_done", option) + by_trust(answer, "lists.hospital_list_done", option)


def over_six_weeks(answer: Answer, option: str) -> np.ndarray:
    """Patients over six weeks in all trusts, by month."""
    return np.array(answer("waits.over_six_weeks_by_test", option))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    """Two to six trusts and one to three centres; some short of capacity, some with more than they need."""
    trusts, sites = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    need = random.uniform(100, 3_000, (trusts, 1))
    planned = need[:, 0] * random.uniform(0, 0.2, trusts)
    unscheduled = need[:, 0] * random.uniform(0, 0.4, trusts)
    share = random.dirichlet(np.ones(trusts), sites)
    return Network(
        referrals=need * random.uniform(0.7, 1.3, (trusts, MONTHS)),
        hospital=(need + (planned + unscheduled)[:, None])
        * random.uniform(0.5, 1.4, (trusts, 1))
        * random.uniform(0.9, 1.1, (trusts, MONTHS)),
        planned=planned,
        unscheduled=unscheduled,
        opening=need[:, 0] * random.uniform(0.1, 3, trusts),
        slots=need.sum() * random.uniform(0, 0.3, (sites, 1)) * np.linspace(0, 1, MONTHS),
        catchment=share.T,
        removal_rate=draw(st.sampled_from([0.0, 0.05, 0.1])),
        booking_weeks=draw(st.sampled_from([0.0, 1.0, 1.7])),
    )


def pooled_is_no_worse(network: Network) -> None:
    """More tests in all and fewer people over six weeks, by both rules and the fitted curve."""
    answer = network.solve()
    done = {option: patients_done(answer, option).sum() for option in ("bau", "preferred")}
    assert done["preferred"] >= done["bau"] * (1 - CLOSE)
    lists = {o: by_trust(answer, "lists.waiting_list", o).sum(0) for o in ("bau", "preferred")}
    assert (lists["preferred"] <= lists["bau"] * (1 + CLOSE) + CLOSE).all()
    for rule in ("fifo", "exponential"):
        ruled = network.solve(rule=rule)
        separate, pooled = over_six_weeks(ruled, "bau"), over_six_weeks(ruled, "preferred")
        if network.booking_weeks == 0:
            assert (pooled <= separate * (1 + CLOSE) + 1e-6).all(), rule


def patients_are_conserved(network: Network) -> None:
    """Opening + referrals + overdue = list + tests + removals, trust by trust and to the last one."""
    answer = network.solve()
    for option in ("bau", "preferred"):
        waiting = by_trust(answer, "lists.waiting_list", option)
        done = patients_done(answer, option)
        overdue = by_trust(answer, "lists.overdue", option)
        before = np.column_stack([network.opening, waiting[:, :-1]])
        gone = before * network.removal_rate
        assert np.allclose(before + network.referrals + overdue, waiting + done + gone, rtol=1e-12)
        assert not np.any(answer("waits.conservation_gap", option))
        assert (waiting >= -1e-6).all() and (done >= -1e-9).all() and (overdue >= -1e-9).all()


def done_is_within_capacity(network: Network) -> None:
    """Hospitals do no more than they can, centres no more than their slots."""
    answer = network.solve()
    for option in ("bau", "preferred"):
        assert not np.any(answer("waits.over_capacity", option))
        centres = by_trust(answer, "lists.cdc_done", option).sum(0)
        assert (centres <= network.slots.sum(0) + 1e-6).all()
        # The centres' own tests are the tests away from hospital, trust by trust or site by site.
        assert np.allclose(np.reshape(answer("waits.cdc_tests", option), (-1, MONTHS)).sum(0), centres)


def more_capacity_never_lengthens_a_list(network: Network) -> None:
    """At equal referrals, a fifth more centre slots leave no network longer lists in any month."""
    less, more = network.solve(), network.solve(slots=network.slots * 1.2 + 5)
    for option in ("bau", "preferred"):
        shorter = by_trust(more, "lists.waiting_list", option).sum(0)
        assert (shorter <= by_trust(less, "lists.waiting_list", option).sum(0) * (1 + CLOSE) + CLOSE).all()


def cover_rises_with_the_curve(network: Network) -> None:
    """By the fitted curve too, a trust with longer cover has no smaller share over six weeks."""
    answer = network.solve(rule="calibrated")
    waiting = by_trust(answer, "lists.waiting_list", "bau")
    done = patients_done(answer, "bau")
    cover = np.where(done > 0, waiting / np.where(done > 0, done, 1), np.inf).ravel()
    shares = by_trust(answer, "waits.share_over_six_weeks", "bau").ravel()
    assert (np.diff(shares[np.argsort(cover, kind="stable")]) >= -1e-12).all()


PROPERTIES = [
    pooled_is_no_worse,
    patients_are_conserved,
    done_is_within_capacity,
    more_capacity_never_lengthens_a_list,
    cover_rises_with_the_curve,
]


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_network_properties(holds: Any) -> None:
    """Some random networks; `test_500_networks` tries five hundred."""
    settings(max_examples=15, deadline=None, derandomize=True)(given(networks())(holds))()


@pytest.mark.full
@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_500_networks(holds: Any) -> None:
    """Five hundred random networks for each property."""
    settings(max_examples=500, deadline=None)(given(networks())(holds))()
