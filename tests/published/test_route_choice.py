"""The choice of routes for three trusts (shared cost vectors, T11), to the penny.

Trusts A, B and C need 2, 3 and 5 units at a list price of 1,200 (£k). Alone each pays list and 45 for its
own competition; on a framework 6 % less, a fee of 1 %, and 12; in a pool the list price less 5 % from 5
units and 10 % from 10, 15 each, and 60 once.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from casebuilder.analysis.routes.cost import cost_of_choice
from casebuilder.analysis.routes.mix import cheapest_mix
from casebuilder.analysis.routes.problem import RouteProblem

UNITS = {"A": 2, "B": 3, "C": 5}
ALONE, FRAMEWORK, POOL = range(3)
NAN = float("nan")


def choice_of(trusts: str) -> RouteProblem:
    units = np.array([float(UNITS[trust]) for trust in trusts])
    own = np.stack([1200 * units + 45, 1200 * 0.94 * 1.01 * units + 12, np.full(len(units), 15.0)], axis=1)
    return RouteProblem(
        trusts=tuple(trusts),
        classes=("ct",),
        routes=("alone", "framework", "pool"),
        years=("2023/24",),
        orders=("one order",),
        units=units[:, None, None],
        order_year=np.array([0]),
        own_cost=own[:, None],
        own_capital=np.zeros((len(units), 1, 3, 1)),
        pools=np.array([False, False, True]),
        fixed=np.array([[0.0, 0, 60]]),
        starts=np.tile([0.0, 5, 10], (3, 1, 1)),
        factors=np.tile([1, 0.95, 0.9], (3, 1, 1)),
        all_units=np.ones(3, bool),
        cost_per_unit=np.full((1, 3, 1), 1200.0),
        capital_per_unit=np.zeros((1, 3, 1)),
        rebate_starts=np.zeros((3, 1, 1)),
        rebate=np.zeros((3, 1, 1)),
        rebate_per_unit=np.zeros((1, 3)),
        serves=np.ones((1, 3), bool),
        delivery_months=np.zeros((1, 3)),
        delivery_limit=np.array([NAN]),
        supplier_share=np.zeros((1, 3)),
        supplier_limit=np.array([NAN]),
        capital_limit=np.array([NAN]),
        mixing=np.array([True]),
    )


def served_by(trusts: str, *routes: int) -> RouteProblem:
    problem = choice_of(trusts)
    return replace(problem, serves=np.isin(np.arange(3), routes)[None])


@pytest.mark.parametrize(("route", "total"), [(ALONE, 12_135.0), (FRAMEWORK, 11_428.8), (POOL, 10_905.0)])
def test_every_trust_on_one_route(route: int, total: float) -> None:
    """All alone, all on the framework, all in the pool."""
    cost = cost_of_choice(choice_of("ABC"), np.full((3, 1), route))
    assert cost.total == pytest.approx(total, rel=1e-12)


def test_the_cheapest_mix_is_one_pool() -> None:
    """The best of the 27 mixes, and what it saves on the best without a pool."""
    mix = cheapest_mix(choice_of("ABC"))
    assert mix.routes == {"ct": {"A": "pool", "B": "pool", "C": "pool"}}
    assert mix.total == pytest.approx(10_905.0, rel=1e-12)
    assert mix.alone == pytest.approx(11_428.8, rel=1e-12)
    assert mix.saving == pytest.approx(523.8, rel=1e-9)
    assert (mix.status, mix.gap, mix.bought_up) == ("optimal", 0.0, {})


def test_without_the_pool_the_next_best_is_the_framework() -> None:
    """Every trust on the framework."""
    mix = cheapest_mix(served_by("ABC", ALONE, FRAMEWORK))
    assert mix.total == pytest.approx(11_428.8, rel=1e-12)


@pytest.mark.parametrize(("pair", "total"), [("AB", 5_790.0), ("AC", 8_070.0), ("BC", 9_210.0)])
def test_a_pool_of_two(pair: str, total: float) -> None:
    """What each pair pays in a pool of its own."""
    assert cheapest_mix(served_by(pair, POOL)).total == pytest.approx(total, rel=1e-12)


def test_a_leaves_the_pool() -> None:
    """B and C pool for 9,210.00 and A goes to the framework for 2,290.56."""
    cost = cost_of_choice(choice_of("ABC"), np.array([[FRAMEWORK], [POOL], [POOL]]))
    assert cost.total == pytest.approx(11_500.56, rel=1e-12)
    assert cost.costs[0, 0] == pytest.approx(2_290.56, rel=1e-12)


def test_nine_units_are_bought_as_ten() -> None:
    """At 5 % off from 5 and 20 % off from 10, nine units cost 8.55 and ten 8.00 times the price."""
    problem = replace(
        served_by("ABC", POOL),
        units=np.array([2.0, 3, 4])[:, None, None],
        factors=np.tile([1, 0.95, 0.8], (3, 1, 1)),
    )
    assert cheapest_mix(problem).total == pytest.approx(1200 * 8.55 + 60 + 45, rel=1e-12)
    mix = cheapest_mix(replace(problem, buy_up=True))
    assert mix.total == pytest.approx(1200 * 8.0 + 60 + 45, rel=1e-12)
    assert mix.bought_up == {("ct", "pool", "one order"): 1.0}
