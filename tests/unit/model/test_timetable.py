"""The timetable of a purchase and the risks of a pool, worked by hand.

Two orders, of 2023/24 and 2024/25. A scanner takes six months from its order, an echo machine two. Funding is
approved by the end of month 2 and of month 14. The pool takes 210 days to the order, a framework 90.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.published.support import Answer, work_out

MONTH = 365 / 12
MEMBERS = {
    "route": ("alone", "pool", "framework"),
    "procurement_step": ("prepare", "tender", "assess", "standstill", "order"),
    "equipment": ("mri", "echo"),
    "tranche": ("first", "second"),
    "slip": ("none", "three", "six"),
    "provider": ("a", "b"),
    "tier": ("t1", "t2", "t3"),
    "pool_risk": ("missed_tier", "late_funding", "failed_supplier", "late_delivery"),
    "risk_holder": ("members", "supplier"),
}
DAYS = [60.0, 30, 60, 10, 0, 100, 35, 60, 10, 5, 40, 30, 20, 0, 0]
GIVEN: dict[str, Any] = {
    "regimes.step_months": [days / MONTH for days in DAYS],
    "regimes.funded_month": [2.0, 14.0],
    "routes.delivery_year": [1, 2],
    "routes.lead_months": [6.0, 2.0],
    "timetable.received_after": 0.0,
    "timetable.slip_tried": [0.0, 3.0, 6.0],
    "procurement.units": [1.0, 1.0, 0.0, 2.0, 1.0, 1.0, 2.0, 2.0],  # of A: MRI, echo; of B
    "procurement.route_taken": [0, 0, 1, 0, 0, 1],  # the pool for scanners, a framework for echo
    "procurement.price_paid": [1_000_000.0, 100_000.0],
    "funder.units": [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0],
    "capital.vat_rate": 0.2,
    "route_years.delivery_index": [1.0, 1.1],
    "procurement.factor": [1.0] * 4 + [0.93, 0.91, 0.97, 0.97] + [0.96] * 4,
    "procurement.tier_factor": [1.0, 0.98, 0.96] * 2 + [0.97, 0.93, 0.91] * 2 + [0.96] * 6,
    "procurement.tier_start": [1.0, 5.0, 10.0] * 6,
    "procurement.standard_units": [6.0, 12.0, 3.0, 4.0],
    "procurement.volume_delivered": 1.0,
    "apart.may_pool": [1, 1],
    "equipment.unit_price": [1_000_000.0, 100_000.0],
    "routes.delivery_discount": [1.0, 0.9],
    "procurement.framework_fee": [0.0, 0.01, 0.01],
    "lateness.value_a_month": [500_000.0, 40_000.0],
    "procurement.members_process_cost": [0.0, 0.0, 70_000.0, 30_000.0, 0.0, 0.0],
    "routes.months_of_float": 3.0,
    "pool_risks.holds": [1.0, 1.0, 0.5, 0.4, 0.0, 0.0, 0.5, 0.6],
    "sharing.value_alone": [1_000_000.0, 3_000_000.0],
}


def worked(*wanted: str, **changed: Any) -> Answer:
    values = GIVEN | {key.replace("__", "."): value for key, value in changed.items()}
    return work_out(wanted, values, members=MEMBERS, unused_allowed=True)


def test_back_from_the_end_of_the_year() -> None:
    """Scanners, six months from the order: the last order is at the end of September of each year."""
    answer = worked("timetable.last_order", "timetable.last_start", "timetable.to_spare")
    assert answer("timetable.last_order") == [6, 18]
    pool = answer("timetable.last_start")[1]
    left = [210, 110, 75, 15, 5]  # days from the start of each step to the order
    assert [step[0] for step in pool] == pytest.approx([6 - days / MONTH for days in left])
    assert [step[1] for step in pool] == pytest.approx([18 - days / MONTH for days in left])
    assert answer("timetable.to_spare")[1] == pytest.approx([4 - 210 / MONTH] * 2)
    assert answer("timetable.to_spare")[2] == pytest.approx([4 - 90 / MONTH] * 2)


def test_goods_that_must_be_installed_are_ordered_sooner() -> None:
    answer = worked("timetable.last_order", timetable__received_after=1.5)
    assert answer("timetable.last_order") == [4.5, 16.5]


def test_what_lapses_by_months_of_slip() -> None:
    """Approved in month 2, a pool's scanner comes 6.9 + 6 months later, in month 14.9: it misses March.

    The echo machine of the framework comes in month 2 + 2.96 + 2 = 6.96, three months late in 9.96, six in
    12.96, which is after 12.
    """
    answer = worked("timetable.arrival", "timetable.lapses", "timetable.received")
    assert answer("timetable.arrival")[0] == pytest.approx([2 + 210 / MONTH + 6, 14 + 210 / MONTH + 6])
    assert answer("timetable.arrival")[1] == pytest.approx([4 + 90 / MONTH, 16 + 90 / MONTH])
    scanner, echo = 1_200_000.0, 120_000.0
    first = [scanner, scanner, scanner + echo]
    second = [1.1 * amount for amount in first]
    assert answer("timetable.lapses") == [pytest.approx(first), pytest.approx(second)]
    assert answer("timetable.received")[0] == pytest.approx([echo, echo, 0])


def test_a_tier_down() -> None:
    """Six scanners at 0.93 fall to 0.97, twelve at 0.91 to 0.93; echo machines have no tier below."""
    answer = worked("pool_risks.factor_below", "pool_risks.missed_tier")
    assert answer("pool_risks.factor_below") == [[0.97, 0.93], [0.97, 0.97]]
    by_hand = 1.01 * 1_000_000 * (0.04 * 6 * 1.0 + 0.02 * 12 * 0.9)
    assert answer("pool_risks.missed_tier") == pytest.approx(by_hand)


def test_sizes_and_holders() -> None:
    """A tier, capital of the longest slip, a competition and months of tests, a month of tests."""
    answer = worked("pool_risks.size", "pool_risks.held", "pool_risks.held_by_trust")
    months = 210 / MONTH - 3
    lapsing = 2 * 120_000.0  # the echo machines of both orders; scanners lapse without a slip
    size = [1.01 * 1_000_000 * (0.24 + 0.216), lapsing, 100_000 + 540_000 * months, 540_000]
    assert answer("pool_risks.size") == pytest.approx(size)
    members = [1.0 * size[0], 1.0 * size[1], 0.5 * size[2], 0.4 * size[3]]
    assert answer("pool_risks.held")[0] == pytest.approx(members)
    assert answer("pool_risks.held_by_trust")[0] == pytest.approx([part / 4 for part in members])


def test_shares_that_do_not_add_up_are_a_failing_check() -> None:
    answer = worked("pool_risks.all_held", pool_risks__holds=[1.0, 0.9, 0.5, 0.4, 0.0, 0.0, 0.5, 0.6])
    assert answer("pool_risks.all_held") == [0, 1, 0, 0]


@given(st.integers(0, 4), st.integers(1, 400), st.floats(0, 6))
def test_a_later_route_never_has_more_to_spare_nor_loses_less(step: int, days: int, after: float) -> None:
    """More days in any step of the pool, or a later receipt: no more to spare, no less lapses."""
    wanted = ("timetable.to_spare", "timetable.lapses")
    now = worked(*wanted)
    longer = list(GIVEN["regimes.step_months"])
    longer[5 + step] += days / MONTH
    later = worked(*wanted, regimes__step_months=longer, timetable__received_after=after)
    assert all(x >= y for x, y in zip(now(wanted[0])[1], later(wanted[0])[1], strict=True))
    for sooner, after_all in zip(now(wanted[1]), later(wanted[1]), strict=True):
        assert all(x <= y + 1e-6 for x, y in zip(sooner, after_all, strict=True))
