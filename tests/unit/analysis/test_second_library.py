"""The same games in a library written apart (coopgame, in Rust): its nucleolus is in exact fractions.

It takes what a group earns, we what it costs: a cost of 5 is an earning of -5, and so are the shares.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import coopgame
import numpy as np
import pytest

from casebuilder.analysis.sharing.core import core_is_empty, least_core
from casebuilder.analysis.sharing.games import Game
from casebuilder.analysis.sharing.nucleolus import (
    individually_rational,
    nucleolus,
    per_capita_nucleolus,
    prenucleolus,
)
from casebuilder.analysis.sharing.shapley import shapley
from tests.unit.analysis.random_games import Costs, game, subadditive_cover

UNIT = 12_345.67  # pounds a unit of the whole numbers that the other library is given


@cache
def costs() -> tuple[Costs, ...]:
    """A hundred games of 3 to 6 members, of four kinds in turn.

    Without a pattern; never dearer together than apart; together hardly less than each alone, so that what
    each pays alone binds; and of few values, so that groups tie, together often dearer than each alone.
    """
    chance = np.random.default_rng(20261126)
    found = []
    for place in range(100):
        size, kind = 3 + place % 4, place // 4 % 4
        cost = [0, *chance.integers(1, 5 if kind == 3 else 200, 2**size - 1).tolist()]
        if kind == 1:
            cost = subadditive_cover(cost)
        if kind == 2:
            cost[-1] = sum(cost[1 << member] for member in range(size)) - 5
        if kind == 3:
            cost[-1] = int(chance.integers(1, 5 * size))
        found.append(cost)
    return tuple(found)


def theirs(cost: Costs) -> coopgame.Game:
    return coopgame.Game([-float(of) for of in cost[1:]])


def exact(cost: Costs, domain: str) -> list[float]:
    found = coopgame.nucleolus_exact([Fraction(-of) for of in cost[1:]], domain)
    return [-float(share) * UNIT for share in found["allocation"]]


def ours(cost: Costs) -> Game:
    return game(cost, unit=UNIT)


# The other library takes a quarter of a second for the fractions of six members.
NUMBERS = [*range(32), *(pytest.param(number, marks=pytest.mark.full) for number in range(32, 100))]


@pytest.mark.parametrize("number", NUMBERS)
def test_shares_are_those_of_the_other_library(number: int) -> None:
    cost = costs()[number]
    of = ours(cost)
    close = {"rel": 1e-11, "abs": 1e-11 * of.scale}
    assert shapley(of) == pytest.approx(-UNIT * np.array(coopgame.shapley(theirs(cost))), **close)
    assert prenucleolus(of) == pytest.approx(exact(cost, "preimputation"), **close)
    if individually_rational(of):
        assert nucleolus(of) == pytest.approx(exact(cost, "imputation"), **close)
    else:
        assert nucleolus(of).tolist() == prenucleolus(of).tolist()
    domain = "imputation" if individually_rational(of) else "preimputation"
    a_head = coopgame.per_capita_nucleolus(theirs(cost), domain)["allocation"]
    assert per_capita_nucleolus(of) == pytest.approx(-UNIT * np.array(a_head), rel=1e-9, abs=1e-9 * of.scale)
    epsilon = coopgame.least_core(theirs(cost), "preimputation")["epsilon"]
    assert least_core(of).epsilon == pytest.approx(UNIT * epsilon, abs=1e-9 * of.scale)


def test_the_games_are_of_every_kind() -> None:
    """With a core and without, with a saving and without, of each size."""
    games = [ours(cost) for cost in costs()]
    saves = [individually_rational(of) for of in games]
    empty = [core_is_empty(of) for of in games]
    assert {of.size for of in games} == {3, 4, 5, 6}
    assert 30 <= sum(empty) <= 80
    assert sum(none and saved for none, saved in zip(empty, saves, strict=True)) >= 10
    assert len(games) - sum(saves) >= 5


def test_what_a_member_pays_alone_binds_in_some_games() -> None:
    """In games 8 to 11 the nucleolus is not the prenucleolus."""
    for cost in costs()[8:12]:
        assert nucleolus(ours(cost)) != pytest.approx(prenucleolus(ours(cost)), rel=1e-6)
