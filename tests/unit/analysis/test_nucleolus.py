"""The nucleolus, held to Kohlberg's criterion, to an exact linear programme apart, and to its promises."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy import optimize
from scipy.optimize import linprog

from casebuilder.analysis.sharing import least_excess
from casebuilder.analysis.sharing.core import core_test
from casebuilder.analysis.sharing.games import Game
from casebuilder.analysis.sharing.nucleolus import (
    individually_rational,
    nucleolus,
    per_capita_nucleolus,
    prenucleolus,
)
from casebuilder.analysis.sharing.shapley import shapley
from casebuilder.errors import CaseError
from tests.unit.analysis.nucleolus_criterion import meets_criterion
from tests.unit.analysis.random_games import (
    FULL,
    QUICK,
    Costs,
    all_kinds,
    any_costs,
    check,
    concave_costs,
    game,
    subadditive_costs,
    with_a_dummy,
)

UNITS = st.sampled_from([1.0, 1e-4, 1e7 / 3])


def core_holds_something(of: Game) -> bool:
    """Whether the most that members can pay without a group paying more than alone covers the cost."""
    groups = np.arange(1, len(of.cost))
    joined = (groups[:, None] >> np.arange(of.size) & 1).astype(float)
    found = linprog(-np.ones(of.size), joined, of.cost[groups], bounds=(None, None))
    assert found.status == 0
    return bool(-found.fun >= of.grand - 1e-8 * max(of.scale, 1))


def meets_kohlbergs_criterion(cost: Costs, unit: float) -> None:
    of = game(cost, unit=unit)
    limited = individually_rational(of)
    assert meets_criterion(of, nucleolus(of), limited=limited)
    assert meets_criterion(of, prenucleolus(of), limited=False)
    assert meets_criterion(of, per_capita_nucleolus(of), limited=limited, a_head=True)


def in_the_core_if_there_is_one(cost: Costs) -> None:
    of = game(cost)
    if core_holds_something(of):
        assert core_test(of, nucleolus(of)).in_core
        assert core_test(of, per_capita_nucleolus(of)).in_core
        assert nucleolus(of) == pytest.approx(prenucleolus(of), abs=1e-10 * of.scale)
    else:
        assert not core_test(of, nucleolus(of)).in_core


def dummy_pays_its_own(cost: Costs) -> None:
    of = game(with_a_dummy(cost, 7))
    assert nucleolus(of)[-1] == pytest.approx(7, rel=1e-10)


def follows_the_money(cost: Costs, unit: float, own: list[int]) -> None:
    """Costs in another unit, and a cost of each member's own on top: the shares follow."""
    of = game(cost)
    extra = np.array(own[: of.size], dtype=float)
    moved = Game(of.members, of.cost * unit + of.joined @ extra)
    rounding = 1e-10 * moved.scale + 1e-12
    for rule in (nucleolus, prenucleolus, per_capita_nucleolus):
        assert rule(moved) == pytest.approx(rule(of) * unit + extra, abs=rounding), rule.__name__


def no_worse_than_others(cost: Costs, seed: int) -> None:
    """Excesses listed from the greatest: no other shares tried come earlier in that order."""
    of = game(cost)
    chance = np.random.default_rng(seed)
    limited = individually_rational(of)
    best = nucleolus(of)
    start = np.sort((of.paid(best) - of.cost)[1:-1])[::-1]
    for width in (1.0, 0.1, 0.01):
        for _ in range(10):
            step = chance.normal(size=of.size) * width
            other = best + step - step.mean()
            if limited and (other > of.standalone).any():
                continue
            change = np.sort((of.paid(other) - of.cost)[1:-1])[::-1] - start
            moved = np.flatnonzero(np.abs(change) > 1e-9 * of.scale)
            assert not len(moved) or change[moved[0]] > 0


def rounding_moves_it_no_further_than_rounding(cost: Costs, seed: int, noise: float) -> None:
    """Costs that tie but for rounding: the shares move by no more than ten times as much."""
    of = game(cost)
    change = np.random.default_rng(seed).uniform(-noise, noise, len(cost)) * of.scale
    change[0] = 0.0
    near = Game(of.members, of.cost + change)
    for rule in (nucleolus, prenucleolus, per_capita_nucleolus):
        if rule is prenucleolus or individually_rational(of) == individually_rational(near):
            assert rule(near) == pytest.approx(rule(of), abs=10 * noise * of.scale), rule.__name__


PROMISES = {
    "Kohlberg": (meets_kohlbergs_criterion, all_kinds(2, 6), UNITS),
    "in the core": (in_the_core_if_there_is_one, all_kinds()),
    "dummy": (dummy_pays_its_own, subadditive_costs(most=4) | concave_costs(most=4)),
    "follows the money": (
        follows_the_money,
        all_kinds(),
        st.sampled_from([1e-3, 0.7, 1e7]),
        st.lists(st.integers(-50, 10**6), min_size=5, max_size=5),
    ),
    "rounding": (
        rounding_moves_it_no_further_than_rounding,
        any_costs(high=2) | all_kinds(),
        st.integers(0, 10**6),
        st.sampled_from([1e-12, 1e-10, 1e-9, 1e-8]),
    ),
    "no worse than others": (no_worse_than_others, all_kinds(), st.integers(0, 10**6)),
}


@pytest.mark.parametrize("name", PROMISES)
def test_promises(name: str) -> None:
    promise, *strategies = PROMISES[name]
    check(promise, QUICK, *strategies)


@pytest.mark.full
@pytest.mark.parametrize("name", PROMISES)
def test_promises_in_500_games(name: str) -> None:
    promise, *strategies = PROMISES[name]
    check(promise, FULL, *strategies)


def test_the_criterion_refuses_other_shares() -> None:
    """T1: the Shapley value, a share moved by a hundredth, and shares that do not add up are no nucleolus."""
    t1 = Game(("A", "B", "C"), np.array([0, 2.10, 3.10, 4.85, 4.85, 6.75, 7.70, 9.10]))
    assert meets_criterion(t1, nucleolus(t1), limited=True)
    assert not meets_criterion(t1, shapley(t1), limited=True)
    assert not meets_criterion(t1, nucleolus(t1) + np.array([0.01, -0.01, 0]), limited=True)
    assert not meets_criterion(t1, nucleolus(t1) + np.array([0.01, 0, 0]), limited=True)


def test_few_random_games_would_not_tell_a_core_from_none() -> None:
    """The games tried are of both kinds."""
    found: list[bool] = []
    check(lambda cost: found.append(core_holds_something(game(cost))), QUICK, all_kinds())
    assert 5 <= sum(found) <= len(found) - 5


def discount(size: int, seed: int, tiers: tuple[tuple[int, float], ...]) -> Game:
    """Trusts that buy 1 to 6 items of a price with all-unit tiers, and a fixed cost of a procurement."""
    bought = np.random.default_rng(seed).integers(1, 7, size)
    joined = np.arange(2**size)[:, None] >> np.arange(size) & 1
    items = joined @ bought
    price = np.full(len(items), 1e6)
    for least, off in tiers:
        price[items >= least] = 1e6 * (1 - off)
    cost = items * price + 45e3 * (items > 0) + 15e3 * joined.sum(axis=1)
    return Game(tuple(f"t{i}" for i in range(size)), cost)


TIERS = ((5, 0.05), (10, 0.10), (25, 0.15))


def all_rules_meet_the_criterion(of: Game) -> None:
    limited = individually_rational(of)
    assert meets_criterion(of, nucleolus(of), limited=limited)
    assert meets_criterion(of, prenucleolus(of), limited=False)
    assert meets_criterion(of, per_capita_nucleolus(of), limited=limited, a_head=True)


@pytest.mark.parametrize("seed", range(3))
def test_ten_trusts_in_pounds(seed: int) -> None:
    """Price tiers, where many groups tie, and costs without a pattern, where none do."""
    all_rules_meet_the_criterion(discount(10, seed, TIERS))
    chance = np.random.default_rng(seed).integers(1, 10**7, 2**10 - 1)
    all_rules_meet_the_criterion(game([0, *chance.tolist()]))


@pytest.mark.full
@pytest.mark.parametrize("size", [11, 12, 13])
@pytest.mark.parametrize("seed", range(3))
def test_up_to_thirteen_trusts_in_pounds(size: int, seed: int) -> None:
    all_rules_meet_the_criterion(discount(size, seed, TIERS))
    chance = np.random.default_rng(seed).integers(1, 10**7, 2**size - 1)
    all_rules_meet_the_criterion(game([0, *chance.tolist()]))


# Costs of 0, 1 or 2 only: nearly every programme has many best points.
FULL_OF_TIES = st.one_of(*(any_costs(size, size, high=2) for size in (3, 4, 5, 6, 7)))


def test_games_full_of_ties() -> None:
    check(meets_kohlbergs_criterion, QUICK, FULL_OF_TIES, UNITS)


@pytest.mark.full
def test_500_games_full_of_ties() -> None:
    check(meets_kohlbergs_criterion, FULL, FULL_OF_TIES, UNITS)


@pytest.mark.parametrize("size", [2, 5, 9, 13])
def test_members_all_alike_pay_alike(size: int) -> None:
    heads = (np.arange(2**size)[:, None] >> np.arange(size) & 1).sum(axis=1)
    of = Game(tuple(f"t{i}" for i in range(size)), 1e7 * np.sqrt(heads))
    for rule in (nucleolus, prenucleolus, per_capita_nucleolus):
        assert rule(of) == pytest.approx(np.full(size, of.grand / size), rel=1e-12)


def test_a_saving_of_rounding_alone_is_none() -> None:
    """0.1 + 0.2 is not 0.3 in a computer; in pounds of 1e7 that is no saving and no loss."""
    own = np.array([0.1, 0.2, 0.7]) * 1e7
    cost = np.array([0, own[0], own[1], 0.3e7, own[2], 0.8e7, 0.9e7, 1e7])
    for rule in (nucleolus, prenucleolus, per_capita_nucleolus):
        assert rule(Game(("A", "B", "C"), cost)) == pytest.approx(own, rel=1e-14)


def test_nobody_pays_more_than_alone_though_the_prenucleolus_would_have_it_so() -> None:
    """Peleg and Sudhölter, example 5.5.12, as costs: A and B by themselves are paid 10, all together 2."""
    of = game([0, 0, 0, -10, 0, 0, 0, -2])
    assert prenucleolus(of) == pytest.approx([-3, -3, 4], abs=1e-12)
    assert nucleolus(of) == pytest.approx([-1, -1, 0], abs=1e-12)


def test_a_solver_that_tells_nothing_is_a_fault_and_no_endless_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """No price above 0: no group is held, and no share can be told."""
    of = game([0, 3, 4, 5, 6, 7, 8, 9])
    monkeypatch.setattr(
        least_excess, "_solved", lambda objective, table, room: (0 * objective + 9, np.zeros(len(room)))
    )
    with pytest.raises(CaseError, match="hold no further group"):
        nucleolus(of)


def test_a_solver_that_gives_up_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class GivenUp:
        status, message = 4, "numerical difficulties"

    monkeypatch.setattr(optimize, "linprog", lambda *given, **settings: GivenUp())
    with pytest.raises(CaseError, match="found no fair shares of this cost game: numerical difficulties"):
        nucleolus(game([0, 3, 4, 5, 6, 7, 8, 9]))
