"""A discount over several classes by hand: by trust, in the pool, and when one member leaves.

Scanners at 1,000 and machines at 100, one of each alone. A needs 2 scanners and a machine, B 3 scanners, C 2
machines. Two classes from one maker are 2 % off in the pool, 1 % off for a trust by itself.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.model.random_pools import Pool

POOL: dict[str, Any] = {
    "size": 3,
    "owner": (0, 0, 0),
    "needed": ((0, 0), (0, 0), (0, 0)),
    "own": ((2, 1), (3, 0), (0, 2)),
    "award": (0.0, 0.0, 0.0),
    "second": (0, 0, 0),
    "price": (1000, 100),
    "factors": {"alone": (1.0, 1.0, 1.0), "framework": (1.2, 1.2, 1.2), "pool": (1.0, 1.0, 1.0)},
    "rebate": 0.0,
    "fee": 0.0,
    "competition": {"alone": 10, "framework": 10, "pool": 10},
    "coordination": 0,
    "kept": 0.0,
    "several": (0.01, 0.0, 0.02),
}
LATER = 0.9  # all of it is bought in the second order


def test_a_trust_by_itself_has_it_where_it_buys_both() -> None:
    """A buys scanners and machines and is 1 % better off; B and C buy one class each."""
    alone = Pool(**POOL).answer(["pool.alone"])("pool.alone")
    assert alone == pytest.approx([(2000 + 100) * 0.99 * LATER + 20, 3000 * LATER + 10, 200 * LATER + 10])


def test_the_pool_has_it_on_both_classes() -> None:
    """Five scanners and three machines, 2 % off, and a competition for each class."""
    together = Pool(**POOL).answer(["pool.together"])("pool.together")
    assert together == pytest.approx((5000 + 300) * 0.98 * LATER + 20)


def test_whoever_leaves_may_take_it_from_the_others() -> None:
    """Without A nobody shares a class; without B or C one class is pooled, so that nothing is off."""
    answer = Pool(**POOL).answer(["pool.without"])
    b, c = 3000 * LATER + 10, 200 * LATER + 10
    scanners_of_a, machines_of_a = 2000 * 0.99 * LATER + 10, 100 * 0.99 * LATER + 10
    machines_pooled, scanners_pooled = 300 * LATER + 10, 5000 * LATER + 10
    assert answer("pool.without") == pytest.approx(
        [
            b + c,
            scanners_of_a + min(machines_pooled, machines_of_a + c),
            machines_of_a + min(scanners_pooled, scanners_of_a + b),
        ]
    )


def test_from_three_classes_on_two_are_not_enough() -> None:
    pool = Pool(**POOL | {"several_from": 3})
    assert pool.answer(["pool.together"])("pool.together") == pytest.approx(5300 * LATER + 20)
