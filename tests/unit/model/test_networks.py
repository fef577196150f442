"""Random networks of hospitals and centres: what must hold whatever their size, need and capacity.

Everyone is willing to move and no travel loses a patient, so that pooling can only help; hospitals do what
they can, without relief, which test_relief.py is about.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from tests.published.support import Answer
from tests.unit.model.random_networks import (
    CLOSE,
    MONTHS,
    Network,
    by_trust,
    networks,
    over_six_weeks,
    patients_done,
)


def pooled_is_no_worse(network: Network) -> None:
    """More tests in all and fewer people over six weeks, by both rules of queues."""
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
    less, more = network.solve(), network.with_slots(network.slots * 1.2 + 5).solve()
    for option in ("bau", "preferred"):
        shorter = by_trust(more, "lists.waiting_list", option).sum(0)
        assert (shorter <= by_trust(less, "lists.waiting_list", option).sum(0) * (1 + CLOSE) + CLOSE).all()


def share_rises_with_cover(network: Network) -> None:
    """By the fitted rule too: longer cover has no smaller share, among trusts that nothing sets apart."""
    answer = network.solve(rule="calibrated", **{"waits.gap_kept_a_month": 0.0})
    shares = by_trust(answer, "waits.share_over_six_weeks", "bau").ravel()
    assert (np.diff(shares[np.argsort(cover(answer).ravel(), kind="stable")]) >= -1e-12).all()


def share_of_a_trust_rises_with_its_cover(network: Network) -> None:
    """Whatever sets it apart: in a month in which its cover is longer, its share is no smaller."""
    less, more = (
        of.solve(rule="calibrated") for of in (network, network.with_slots(network.slots * 1.2 + 5))
    )
    longer = cover(less) >= cover(more)
    share = by_trust(less, "waits.share_over_six_weeks", "bau")
    other = by_trust(more, "waits.share_over_six_weeks", "bau")
    assert longer.any()
    assert (share >= other - 1e-12)[longer].all() and (share <= other + 1e-12)[~longer].all()


def cover(answer: Answer) -> np.ndarray:
    """Months of cover of separate lists, without end where nobody is tested."""
    done = patients_done(answer, "bau")
    waiting = by_trust(answer, "lists.waiting_list", "bau")
    return np.where(done > 0, waiting / np.where(done > 0, done, 1), np.inf)


PROPERTIES = [
    pooled_is_no_worse,
    patients_are_conserved,
    done_is_within_capacity,
    more_capacity_never_lengthens_a_list,
    share_rises_with_cover,
    share_of_a_trust_rises_with_its_cover,
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
