"""The rules for sharing: what all of them promise, what some do, and their edges."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import strategies as st

from casebuilder.analysis.sharing.games import Game
from casebuilder.analysis.sharing.nucleolus import individually_rational
from casebuilder.analysis.sharing.rules import (
    RULES,
    Rule,
    avoided_rest,
    by_volume,
    equal_rest,
    moriarity,
)
from casebuilder.errors import CaseError
from tests.unit.analysis import exact_rules
from tests.unit.analysis.random_games import (
    FULL,
    QUICK,
    Costs,
    all_kinds,
    check,
    game,
    made_symmetric,
    subadditive_costs,
)

BY_KEY = {rule.key: rule for rule in RULES}
VOLUMES = [4, 4, 1, 2, 3]  # the first two alike, for symmetry
UNITS = st.sampled_from([1.0, 1e-3, 1e6 / 7])
RATIONAL = ("equal_saving", "moriarity", "aca", "nucleolus", "per_capita_nucleolus")


def made(cost: Costs, unit: float = 1.0) -> Game:
    return game(cost, VOLUMES[: len(cost).bit_length() - 1], unit)


def adds_up(cost: Costs, unit: float) -> None:
    of = made(cost, unit)
    for rule in RULES:
        assert rule.shares(of).sum() == pytest.approx(of.grand, rel=1e-12, abs=1e-12 * of.scale), rule.key


def alike_pay_alike(cost: Costs) -> None:
    of = made(made_symmetric(cost))
    for rule in RULES:
        first, second = rule.shares(of)[:2]
        assert first == pytest.approx(second, rel=1e-10, abs=1e-10 * of.scale), rule.key


def order_of_naming_does_not_matter(cost: Costs) -> None:
    """The members named in reverse: every share follows its member."""
    size = len(cost).bit_length() - 1
    turned = [cost[int(f"{group:0{size}b}"[::-1], 2)] for group in range(len(cost))]
    one = game(cost, VOLUMES[:size])
    other = game(turned, VOLUMES[:size][::-1])
    for rule in RULES:
        assert rule.shares(other)[::-1] == pytest.approx(rule.shares(one), abs=1e-10 * one.scale), rule.key


def nobody_pays_more_than_alone(cost: Costs) -> None:
    of = made(cost)
    for key in RATIONAL:
        assert (BY_KEY[key].shares(of) <= of.standalone + 1e-10 * of.scale).all(), key


def by_definition(cost: Costs) -> None:
    exact = [Fraction(of) for of in cost]
    of = made(cost)
    for key in ("equal_charge", "equal_saving", "eca"):
        expected = [float(share) for share in getattr(exact_rules, key)(exact)]
        assert BY_KEY[key].shares(of) == pytest.approx(expected, rel=1e-12, abs=1e-12), key
    if sum(exact_rules.alone(exact)):
        expected = [float(share) for share in exact_rules.moriarity(exact)]
        assert moriarity(of) == pytest.approx(expected, rel=1e-12, abs=1e-12)
    if sum(exact_rules.alone(exact)) != sum(exact_rules.added_last(exact)):
        expected = [float(share) for share in exact_rules.aca(exact)]
        assert avoided_rest(of) == pytest.approx(expected, rel=1e-11, abs=1e-11 * of.scale)


PROMISES = {
    "adds up": (adds_up, all_kinds(), UNITS),
    "alike pay alike": (alike_pay_alike, all_kinds()),
    "order of naming": (order_of_naming_does_not_matter, all_kinds()),
    "not more than alone": (nobody_pays_more_than_alone, subadditive_costs()),
    "by definition": (by_definition, all_kinds()),
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


def test_some_rules_do_not_promise_what_others_do() -> None:
    """Alone A pays 1: an equal charge and ECA ask more of it."""
    of = game([0, 1, 8, 8, 9, 9, 9, 9])
    assert BY_KEY["equal_charge"].shares(of)[0] > 1
    assert BY_KEY["eca"].shares(of)[0] > 1
    assert all(BY_KEY[key].shares(of)[0] <= 1 for key in RATIONAL)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_one_member_pays_all(rule: Rule) -> None:
    assert rule.shares(Game(("A",), np.array([0.0, 7.0]), np.array([3.0]))).tolist() == [7.0]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_nothing_to_pay_is_shared_as_nothing(rule: Rule) -> None:
    of = Game(("A", "B", "C"), np.zeros(8), np.ones(3))
    assert rule.shares(of) == pytest.approx(np.zeros(3), abs=0)


@pytest.mark.parametrize("key", ["equal_saving", "moriarity", "eca", "aca", "shapley", "nucleolus"])
def test_costs_that_pooling_does_not_change_are_each_ones_own(key: str) -> None:
    own = np.array([0.1, 0.2, 0.7]) * 1e7
    joined = np.arange(8)[:, None] >> np.arange(3) & 1
    assert BY_KEY[key].shares(Game(("A", "B", "C"), joined @ own)) == pytest.approx(own, rel=1e-12)


def test_where_nothing_is_avoided_the_rest_is_split_equally() -> None:
    """Each adds 1 to the others and pays 1 alone, yet all together pay 2: ACA has no proportion, as ECA."""
    of = game([0, 1, 1, 1, 1, 1, 1, 2])
    assert of.standalone.tolist() == of.separable.tolist() == [1, 1, 1]
    assert avoided_rest(of) == pytest.approx(equal_rest(of))
    assert avoided_rest(of) == pytest.approx([2 / 3] * 3)


def test_where_nobody_pays_alone_the_cost_is_split_equally() -> None:
    assert moriarity(game([0, 0, 0, 6])).tolist() == [3, 3]


@pytest.mark.parametrize(
    ("volume", "words"),
    [
        (None, "the game has no volumes"),
        ([1, -2], "below 0 for B"),
        ([0, 0], "all of them are 0"),
    ],
)
def test_volumes_that_nothing_can_be_shared_by(volume: list[int] | None, words: str) -> None:
    of = game([0, 4, 5, 6], volume)
    with pytest.raises(CaseError, match=words):
        by_volume(of)


def test_every_rule_is_named_and_explained_in_a_sentence() -> None:
    assert len(BY_KEY) == len({rule.name for rule in RULES}) == len(RULES) == 9
    for rule in RULES:
        assert rule.sentence.endswith(".") and rule.sentence[0].isupper(), rule.key
        assert not {"excess", "lexicographic", "coalition", "core"} & set(rule.sentence.lower().split()), (
            rule.key
        )


def test_pooling_that_costs_more_still_shares_all_of_it() -> None:
    """Alone 2 and 3, together 9: nobody can be kept at its cost alone, and every rule shares the 9."""
    of = game([0, 2, 3, 9], [2, 3])
    assert not individually_rational(of)
    assert BY_KEY["nucleolus"].shares(of) == pytest.approx([4, 5])
    assert all(rule.shares(of).sum() == pytest.approx(9) for rule in RULES)
