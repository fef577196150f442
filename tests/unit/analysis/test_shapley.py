"""The Shapley value: by its definition, by its axioms, and sampled where groups are too many."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from casebuilder.analysis.sharing.core import core_test
from casebuilder.analysis.sharing.shapley import sampled_shapley, shapley
from casebuilder.errors import CaseError
from tests.unit.analysis import exact_rules
from tests.unit.analysis.concave import is_concave
from tests.unit.analysis.random_games import (
    FULL,
    QUICK,
    Costs,
    all_kinds,
    any_costs,
    check,
    concave_costs,
    game,
    with_a_dummy,
)


def by_definition(cost: Costs) -> None:
    exact = exact_rules.shapley([Fraction(of) for of in cost])
    assert shapley(game(cost)) == pytest.approx([float(share) for share in exact], rel=1e-12, abs=1e-12)


def adds_up(cost: Costs, more: Costs) -> None:
    """The value of two games played together is the sum of their values."""
    size = min(len(cost), len(more))
    cost, more = cost[:size], more[:size]
    both = [one + other for one, other in zip(cost, more, strict=True)]
    found = shapley(game(cost)) + shapley(game(more))
    assert shapley(game(both)) == pytest.approx(found, rel=1e-12, abs=1e-12)


def dummy_pays_its_own(cost: Costs) -> None:
    assert shapley(game(with_a_dummy(cost, 7)))[-1] == pytest.approx(7, rel=1e-12)


def in_the_core_of_concave_costs(cost: Costs) -> None:
    of = game(cost)
    assert is_concave(of)
    assert core_test(of, shapley(of)).in_core


PROMISES = {
    "by definition": (by_definition, all_kinds()),
    "adds up": (adds_up, any_costs(), any_costs()),
    "dummy": (dummy_pays_its_own, all_kinds(most=4)),
    "in the core": (in_the_core_of_concave_costs, concave_costs(most=6)),
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


def airport(needs: np.ndarray) -> np.ndarray:
    """The Shapley value of c(S) = max: each stretch is shared by all who need it (Littlechild, Owen 1973)."""
    order = np.argsort(needs)
    stretches = np.diff(needs[order], prepend=0.0) / np.arange(len(needs), 0, -1)
    found = np.empty(len(needs))
    found[order] = np.cumsum(stretches)
    return found


def test_thirteen_and_fifteen_members_against_the_airport_formula() -> None:
    for size in (13, 15):
        needs = np.random.default_rng(size).integers(1, 50, size).astype(float) * 1e6
        joined = (np.arange(2**size)[:, None] >> np.arange(size) & 1) * needs
        found = shapley(game(joined.max(axis=1).tolist()))
        assert found == pytest.approx(airport(needs), rel=1e-12)


def test_sampled_shares_beyond_fifteen_members() -> None:
    """Twenty members: within four standard errors of the formula, and adding up exactly."""
    needs = np.random.default_rng(7).integers(1, 50, 20).astype(float) * 1e6
    found = sampled_shapley(
        [f"t{i}" for i in range(20)], lambda joined: (joined * needs).max(axis=1), pairs=500, seed=3
    )
    assert found.shares.sum() == pytest.approx(needs.max(), rel=1e-13)
    assert (np.abs(found.shares - airport(needs)) <= 4 * found.standard_error + 1e-3).all()
    assert found.standard_error.max() < 0.03 * needs.max()
    assert found.groups <= 500 * 2 * 20


def sampled(cost: Costs, seed: int, pairs: int = 300) -> tuple[np.ndarray, np.ndarray]:
    of = game(cost)
    weights = 1 << np.arange(of.size)
    found = sampled_shapley(
        of.members, lambda joined: of.cost[(joined @ weights).astype(int)], pairs=pairs, seed=seed
    )
    return found.shares, found.standard_error


def test_standard_errors_are_as_wide_as_they_say() -> None:
    """Of 600 shares about 95 in 100 lie within two standard errors."""
    inside = []
    for seed in range(100):
        cost = [0, *np.random.default_rng(seed).integers(0, 1000, 2**6 - 1).tolist()]
        shares, error = sampled(cost, seed)
        inside += (np.abs(shares - shapley(game(cost))) <= 2 * error).tolist()
    assert 0.93 <= np.mean(inside) <= 0.98


def test_four_times_the_orders_halve_the_error() -> None:
    cost = [0, *np.random.default_rng(1).integers(0, 1000, 2**7 - 1).tolist()]
    few, many = sampled(cost, 1, 400)[1], sampled(cost, 2, 1600)[1]
    assert many / few == pytest.approx(np.full(7, 0.5), abs=0.1)


def test_an_order_and_its_reverse_tell_all_about_costs_of_pairs() -> None:
    """A cost made of single and pair costs is met exactly: what one order adds early, the other adds late."""
    pairs = {(0, 1): -3, (1, 2): -5, (0, 3): -2}
    cost = [
        sum(10 * (group >> i & 1) for i in range(4))
        + sum(of for (i, j), of in pairs.items() if group >> i & 1 and group >> j & 1)
        for group in range(16)
    ]
    shares, error = sampled(cost, 5, 2)
    assert shares == pytest.approx([10 - 2.5, 10 - 4, 10 - 2.5, 10 - 1], rel=1e-13)
    assert error == pytest.approx(np.zeros(4), abs=1e-12)


def test_the_same_seed_gives_the_same_shares() -> None:
    cost = [0, *range(5, 36)]
    assert sampled(cost, 1)[0].tolist() == sampled(cost, 1)[0].tolist()


def test_groups_are_costed_once_and_in_batches() -> None:
    asked: list[np.ndarray] = []

    def cost_of(joined: np.ndarray) -> np.ndarray:
        asked.append(joined)
        return joined.sum(axis=1)

    found = sampled_shapley([f"t{i}" for i in range(18)], cost_of, pairs=200, batch=1000)
    rows = np.concatenate(asked)
    assert [len(of) for of in asked[:-1]] == [1000] * (len(asked) - 1)
    assert len(np.unique(rows, axis=0)) == len(rows) == found.groups
    assert found.shares == pytest.approx(np.ones(18))


def test_what_cannot_be_sampled_is_refused() -> None:
    with pytest.raises(CaseError, match="nobody to share"):
        sampled_shapley([], lambda joined: joined.sum(axis=1))
    with pytest.raises(CaseError, match="at least 2 pairs of orders: 1 asked for"):
        sampled_shapley("AB", lambda joined: joined.sum(axis=1), pairs=1)
    with pytest.raises(CaseError, match="no numbers"):
        sampled_shapley("AB", lambda joined: joined.sum(axis=1) * np.nan)
