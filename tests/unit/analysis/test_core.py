"""Who would rather leave: the core, the least core, and what one member's leaving does to the others."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog

from casebuilder.analysis.sharing.core import (
    core_is_empty,
    core_test,
    if_one_leaves,
    least_core,
    leavers,
)
from casebuilder.analysis.sharing.games import Game
from casebuilder.analysis.sharing.rules import RULES, Rule, by_volume, equal_charge, moriarity
from casebuilder.analysis.sharing.shapley import shapley
from casebuilder.errors import CaseError
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
)

T1 = Game(("A", "B", "C"), np.array([0, 2.10, 3.10, 4.85, 4.85, 6.75, 7.70, 9.10]), np.array([2.0, 3.0, 5.0]))
# One or two pay 1, all three 2: some two always pay more than 1 of the 2, and would rather leave.
THREE_WAY = [0, 1, 1, 1, 1, 1, 1, 2]


def whole_programme(of: Game) -> float:
    """The least core by one programme over every group, with nothing left out."""
    groups = np.arange(1, len(of.cost) - 1)
    joined = (groups[:, None] >> np.arange(of.size) & 1).astype(float)
    found = linprog(
        np.append(np.zeros(of.size), 1.0),
        np.column_stack([joined, -np.ones(len(groups))]),
        of.cost[groups],
        A_eq=[[1.0] * of.size + [0.0]],
        b_eq=[of.grand],
        bounds=(None, None),
    )
    assert found.status == 0
    return float(found.fun)


def least_core_by_the_whole_programme(cost: Costs) -> None:
    of = game(cost)
    found, expected = least_core(of), whole_programme(of)
    assert found.epsilon == pytest.approx(expected, abs=1e-8 * max(of.scale, 1))
    assert found.shares.sum() == pytest.approx(of.grand, abs=1e-9 * max(of.scale, 1))
    assert (of.paid(found.shares) - of.cost)[1:-1].max() == pytest.approx(
        found.epsilon, abs=1e-8 * max(of.scale, 1)
    )
    if abs(expected) > 1e-6:
        assert core_is_empty(of) == (expected > 0)


def core_by_listing(cost: Costs) -> None:
    """Every group's gain from leaving, added up one by one in whole numbers."""
    of = game(cost)
    size = of.size
    shares = [cost[-1] // size + (place < cost[-1] % size) for place in range(size)]
    gains = {
        group: sum(share for place, share in enumerate(shares) if group >> place & 1) - cost[group]
        for group in range(1, len(cost) - 1)
    }
    better = {of.names(group): gain for group, gain in gains.items() if gain > 0}
    found = core_test(of, shares, limit=1000)
    assert {group.members: group.gain for group in found.better_alone} == pytest.approx(better)
    assert found.in_core == (not better)
    assert found.count == len(better)
    assert found.worst is not None and found.worst.gain == pytest.approx(max(gains.values()))
    ordered = [group.gain for group in found.better_alone]
    assert ordered == sorted(ordered, reverse=True)
    alone = {name: gain for (name, *rest), gain in better.items() if not rest}
    assert {of_one.members[0]: of_one.gain for of_one in leavers(of, shares)} == pytest.approx(alone)


def concave_by_definition(cost: Costs) -> None:
    """c(S) + c(T) is at least c(S or T) + c(S and T), for every two groups."""
    groups = range(len(cost))
    expected = all(cost[s] + cost[t] >= cost[s | t] + cost[s & t] for s in groups for t in groups)
    assert is_concave(game(cost)) == expected


def concave_costs_have_a_core(cost: Costs) -> None:
    assert is_concave(game(cost)) and not core_is_empty(game(cost))


PROMISES = {
    "least core": (least_core_by_the_whole_programme, all_kinds(2, 6)),
    "core": (core_by_listing, all_kinds()),
    "concave": (concave_by_definition, all_kinds() | any_costs(2, 3, low=3, high=6)),
    "concave costs have a core": (concave_costs_have_a_core, concave_costs()),
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


def test_a_core_with_nothing_in_it() -> None:
    """Shares of 2/3 each are the best for the worst-treated pair: it pays 4/3, a third too much."""
    of = game(THREE_WAY)
    assert core_is_empty(of) and not is_concave(of)
    assert least_core(of).epsilon == pytest.approx(1 / 3, rel=1e-12)
    assert least_core(of).shares == pytest.approx([2 / 3] * 3, abs=1e-9)


def test_least_core_in_pounds() -> None:
    of = Game(("A", "B", "C"), np.array(THREE_WAY) * 1e7)
    assert least_core(of).epsilon == pytest.approx(1e7 / 3, rel=1e-12)
    assert core_is_empty(of)


def test_shares_on_the_edge_of_the_core_are_in_it() -> None:
    """A gain of rounding alone is no reason to leave; one above the tolerance is."""
    own = np.array([0.1, 0.2, 0.7]) * 1e7
    cost = np.array([0, own[0], own[1], 0.3e7, own[2], 0.8e7, 0.9e7, 1e7])
    of = Game(("A", "B", "C"), cost)
    assert core_test(of, own).in_core and not core_is_empty(of)
    moved = own + np.array([0.02, -0.02, 0])
    assert [group.members for group in core_test(of, moved).better_alone] == [("A",), ("A", "C")]
    assert core_test(of, moved, tolerance=1e-8).in_core


def test_only_the_largest_gains_are_listed() -> None:
    of = game([0, *[1] * 30, 100])
    found = core_test(of, [20] * 5, limit=3)
    assert (found.count, len(found.better_alone)) == (30, 3)
    assert [group.gain for group in found.better_alone] == [79, 79, 79]
    assert (found.better_alone[0].paid, found.better_alone[0].alone) == (80, 1)


def test_the_worst_group_of_shares_in_the_core_would_lose() -> None:
    found = core_test(T1, shapley(T1))
    assert found.in_core and found.better_alone == () and found.count == 0
    assert found.worst is not None and found.worst.members == ("C",)
    assert found.worst.gain == pytest.approx(4.575 - 4.85)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([3, 3, 3], r"add up to 9\.00: the cost to share is 9\.10"),
        ([9.1], "3 numbers are due"),
        ([9.1, np.nan, 0], "every one must be a number"),
    ],
)
def test_shares_that_are_none_are_refused(shares: list[float], words: str) -> None:
    with pytest.raises(CaseError, match=words):
        core_test(T1, shares)


def test_one_member_has_nobody_to_leave() -> None:
    of = game([0, 7])
    assert core_test(of, [7]).in_core and core_test(of, [7]).worst is None
    assert least_core(of).epsilon == 0 and least_core(of).shares.tolist() == [7]
    assert not core_is_empty(of) and is_concave(of)
    assert if_one_leaves(of, equal_charge) == ()
    assert leavers(of, [7]) == ()


def test_what_one_leaving_costs_the_others() -> None:
    """T1 by volume: without C, A and B pay 4.85 in place of 4.55, two fifths and three."""
    without_c = if_one_leaves(T1, by_volume)[2]
    assert without_c.leaver == "C"
    assert (without_c.share, without_c.alone) == (pytest.approx(4.55), 4.85)
    assert without_c.loss == pytest.approx(0.30)
    assert [other.member for other in without_c.others] == ["A", "B"]
    assert [other.before for other in without_c.others] == pytest.approx([1.82, 2.73])
    assert [other.after for other in without_c.others] == pytest.approx([1.94, 2.91])
    assert [other.loss for other in without_c.others] == pytest.approx([0.12, 0.18])


def test_a_leaver_and_those_who_stay_may_gain() -> None:
    """T1, an equal charge: A pays 2.10 in place of 3.0333 and gains; B and C pay 3.85 and lose."""
    without_a = if_one_leaves(T1, equal_charge)[0]
    assert without_a.loss == pytest.approx(2.10 - 9.10 / 3)
    assert [other.loss for other in without_a.others] == pytest.approx([3.85 - 9.10 / 3] * 2)
    dear = game([0, 1, 1, 2, 9, 12, 12, 15])  # B adds 3 to A and C, and pays 1 alone
    assert if_one_leaves(dear, moriarity)[1].others[0].loss < 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.key)
def test_shares_after_a_departure_add_up_to_the_cost_of_those_left(rule: Rule) -> None:
    for place, departure in enumerate(if_one_leaves(T1, rule.shares)):
        left = sum(other.after for other in departure.others)
        assert left == pytest.approx(T1.cost[7 - (1 << place)])


@pytest.mark.parametrize(
    "rule", [each for each in RULES if each.shares is not by_volume], ids=lambda rule: rule.key
)
def test_departures_where_the_core_is_empty_or_two_are_left(rule: Rule) -> None:
    """Whoever leaves pays 1 in place of 2/3, and the two left pay a half each."""
    for departure in if_one_leaves(game(THREE_WAY), rule.shares):
        assert departure.loss == pytest.approx(1 / 3)
        assert [other.loss for other in departure.others] == pytest.approx([1 / 2 - 2 / 3] * 2)
    (one, _) = if_one_leaves(game([0, 3, 5, 6]), rule.shares)
    assert (one.alone, [other.after for other in one.others]) == (3, [5])
