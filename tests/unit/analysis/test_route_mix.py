"""The cheapest mix of routes is the best of every mix, tried one by one."""

from __future__ import annotations

import re
from dataclasses import replace
from math import isnan

import numpy as np
import pytest

from casebuilder.analysis.routes.cost import cost_of_choice
from casebuilder.analysis.routes.mix import RouteMix, cheapest_mix
from casebuilder.analysis.routes.problem import RouteProblem
from casebuilder.errors import CaseError
from tests.unit.analysis.route_problems import (
    NAN,
    every_mix,
    keeps_capital,
    route_problem,
    small_problem,
)

QUICK, FULL = 30, 1_000


@pytest.mark.parametrize("count", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_the_mix_is_the_best_of_every_mix(count: int) -> None:
    """Where there is none, each single limit that stands in the way is named."""
    for seed in range(count):
        problem = small_problem(seed)
        allowed = [tried.cost for tried in every_mix(problem) if keeps_capital(problem, tried)]
        if allowed:
            mix = cheapest_mix(problem)
            assert mix.total == pytest.approx(min(allowed), rel=1e-9), seed
            _adds_up(problem, mix)
        else:
            with pytest.raises(CaseError) as fault:
                cheapest_mix(problem)
            _names_what_stands_in_the_way(problem, str(fault.value))


def _adds_up(problem: RouteProblem, mix: RouteMix) -> None:
    assert sum(mix.by_class.values()) == pytest.approx(mix.total, rel=1e-9)
    assert sum(mix.by_trust.values()) == pytest.approx(mix.total, rel=1e-9)
    for y, limit in enumerate(problem.capital_limit):
        assert isnan(limit) or mix.cost.capital[y] <= limit * (1 + 2e-9) + 1e-9
    if not problem.buy_up:
        assert mix.bought_up == {}
    assert (mix.cost.bought >= mix.cost.joined).all()


def _names_what_stands_in_the_way(problem: RouteProblem, message: str) -> None:
    for y, year in enumerate(problem.years):
        left = [tried.capital[y] for tried in every_mix(problem) if keeps_capital(problem, tried, but=y)]
        if left:
            said = re.search(rf"capital of {year} within £.*: the least is £([\d.]+)m", message)
            assert said is not None, message
            printed = said.group(1)
            digits = len(printed.partition(".")[2])
            assert 0 <= float(printed) * 1e6 - min(left) <= 10 ** (6 - digits), message
    for k, name in enumerate(problem.classes):
        for field in ("delivery_limit", "supplier_limit", "mixing"):
            lifted = getattr(problem, field).copy()
            lifted[k] = True if field == "mixing" else NAN
            without = replace(problem, **{field: lifted})
            if any(keeps_capital(without, tried) for tried in every_mix(without)):
                assert name in message, message


def test_the_random_problems_hold_every_kind() -> None:
    """So that the count above means something."""
    problems = [small_problem(seed) for seed in range(QUICK)]
    assert {problem.buy_up for problem in problems} == {True, False}
    assert {bool(kind) for problem in problems for kind in problem.all_units} == {True, False}
    assert {bool(kind) for problem in problems for kind in problem.mixing} == {True, False}
    for name in ("delivery_limit", "supplier_limit", "capital_limit"):
        assert any(not np.isnan(getattr(problem, name)).all() for problem in problems), name
    assert any(len(problem.orders) > 1 and problem.rebate.any() for problem in problems)


def simple(**changes: object) -> RouteProblem:
    """Two trusts, 1 and 2 units of ct; alone a unit costs 100; pooled 100, or 60 for all from 3."""
    problem = route_problem(np.random.default_rng(0), trusts=2, classes=1, routes=4, orders=1)
    given: dict[str, object] = {
        "units": np.array([[[1.0]], [[2.0]]]),
        "own_cost": np.array([[[100.0, 120, 0, 0]], [[200.0, 240, 0, 0]]]),
        "own_capital": np.array(
            [[[[100.0, 0], [60, 60], [0, 0], [0, 0]]], [[[200.0, 0], [120, 120], [0, 0], [0, 0]]]]
        ),
        "order_year": np.array([1]),
        "fixed": np.zeros((1, 4)),
        "starts": np.tile([0.0, 3, 9], (4, 1, 1)),
        "factors": np.tile([1, 0.6, 0.6], (4, 1, 1)),
        "all_units": np.ones(4, bool),
        "cost_per_unit": np.full((1, 4, 1), 100.0),
        "capital_per_unit": np.full((1, 4, 1), 100.0),
        "rebate": np.zeros((4, 1, 3)),
        "serves": np.array([[True, True, True, False]]),
        "delivery_months": np.array([[6.0, 9, 12, 3]]),
        "supplier_share": np.array([[0.5, 0.3, 0.9, 0.1]]),
        "mixing": np.array([True]),
    }
    return replace(problem, **{**given, **changes})  # type: ignore[arg-type]


def test_pooling_pays_together() -> None:
    mix = cheapest_mix(simple())
    assert (mix.total, mix.alone) == pytest.approx((180, 300), rel=1e-12)
    assert mix.by_trust == pytest.approx({"trust_0": 60, "trust_1": 120})
    assert mix.cost.capital.tolist() == pytest.approx([0, 180], rel=1e-12)
    assert mix.cost.tiers[0, 2, 0] == 1


def test_units_a_hair_below_a_start_do_not_reach_it() -> None:
    """0.9999999 + 2 units: HiGHS cannot tell them from 3, and ROUND(x, 9) can."""
    below = simple(units=np.array([[[0.9999999]], [[2.0]]]), own_cost=np.full((2, 1, 4), [1e3, 1e3, 0, 0]))
    assert cheapest_mix(below).total == pytest.approx(299.99999, rel=1e-12)
    at = replace(below, units=np.array([[[1 - 1e-10]], [[2.0]]]))
    assert cheapest_mix(at).total == pytest.approx(180, rel=1e-9)


@pytest.mark.parametrize("price", [1.5, 0.2])
def test_a_next_tier_may_be_dearer(price: float) -> None:
    """From 3 units on the price is 1.5 times: at 3 it is paid, although the tier before ends there."""
    pool = np.array([[False, False, True, False]])
    dearer = simple(factors=np.tile([1, price, price], (4, 1, 1)), serves=pool)
    assert cheapest_mix(dearer).total == pytest.approx(300 * price, rel=1e-12)


def test_a_rebate_counts_all_orders() -> None:
    """1 + 2 units in two orders, at 100 each as neither reaches 3; 10 % back on 3 units over both."""
    problem = route_problem(np.random.default_rng(0), trusts=1, classes=1, routes=3, orders=2)
    both = replace(
        problem,
        units=np.array([[[1.0, 2.0]]]),
        own_cost=np.array([[[900.0, 900, 10]]]),
        fixed=np.zeros((1, 3)),
        starts=np.tile([0.0, 3, 9], (3, 1, 1)),
        factors=np.tile([1, 0.5, 0.5], (3, 1, 1)),
        all_units=np.ones(3, bool),
        cost_per_unit=np.full((1, 3, 2), 100.0),
        rebate_starts=np.tile([1.0, 3, 9], (3, 1, 1)),
        rebate=np.tile([0, 0.1, 0.2], (3, 1, 1)),
        rebate_per_unit=np.full((1, 3), 100.0),
        serves=np.ones((1, 3), bool),
    )
    assert cheapest_mix(both).total == pytest.approx(10 + 300 - 30, rel=1e-12)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"serves": np.zeros((1, 4), bool)}, "no route is offered for ct"),
        (
            {"delivery_limit": np.array([5.0])},
            "no route delivers ct within 5 months: the quickest, alone, takes 6",
        ),
        (
            {"supplier_limit": np.array([0.2])},
            "no mix of routes keeps one supplier to 0.2 of ct: the least is 0.3, by framework",
        ),
        (
            {"supplier_limit": np.array([0.4]), "delivery_limit": np.array([8.0])},
            "no mix of routes keeps one supplier to 0.4 of ct: the least is 0.5, by alone, unless ct may "
            "take longer than 8 months: framework takes 9",
        ),
    ],
)
def test_what_a_class_cannot_keep_is_named(changes: dict[str, object], message: str) -> None:
    with pytest.raises(CaseError, match=f"^{re.escape(message)}$"):
        cheapest_mix(simple(**changes))


def million(**changes: object) -> RouteProblem:
    problem = simple()
    return replace(
        problem,
        own_capital=problem.own_capital * 1e4,
        capital_per_unit=problem.capital_per_unit * 1e4,
        **changes,
    )  # type: ignore[arg-type]


def test_capital_that_cannot_be_kept_is_named_with_the_least() -> None:
    """Pooled 1.8 in 2024/25 and nothing before; within 1.0 of 2024/25, 2 units are bought alone, 2.0."""
    with pytest.raises(CaseError) as fault:
        cheapest_mix(million(capital_limit=np.array([0.5e6, 1e6])))
    assert str(fault.value) == (
        "no mix of routes keeps capital of 2023/24 within £0.5m: the least is £2.0m\n"
        "no mix of routes keeps capital of 2024/25 within £1.0m: the least is £1.8m"
    )


def test_a_limit_set_to_the_least_named_is_kept() -> None:
    mix = cheapest_mix(million(capital_limit=np.array([0.5e6, 1.8e6])))
    assert mix.cost.capital.tolist() == pytest.approx([0, 1.8e6])


def test_a_limit_of_a_class_may_stand_in_the_way_of_capital() -> None:
    """Pooled they keep 2023/24; pooling takes 12 months."""
    with pytest.raises(CaseError, match="the delivery limit of ct, 10 months, stands in the way"):
        cheapest_mix(million(capital_limit=np.array([0.5e6, NAN]), delivery_limit=np.array([10.0])))


def test_the_choice_is_reckoned_without_the_solver() -> None:
    problem = simple()
    mix = cheapest_mix(problem)
    assert mix.total == cost_of_choice(problem, mix.cost.choice).total
