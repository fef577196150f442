"""Sharing a pooled saving: the worked cost games, to the digits given, and three games of the literature.

`cost_games.json` holds the answers. The rules are worked out a second time in fractions, from a cost that
is reckoned here from the prices; the nucleolus is checked by its own criterion in the unit tests.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from casebuilder.analysis.sharing.core import core_is_empty, core_test, leavers
from casebuilder.analysis.sharing.games import Game, tabulate
from casebuilder.analysis.sharing.nucleolus import nucleolus, prenucleolus
from casebuilder.analysis.sharing.rules import RULES
from tests.unit.analysis import exact_rules
from tests.unit.analysis.concave import is_concave

FILE = json.loads(Path(__file__).with_name("cost_games.json").read_text(encoding="utf-8"))
GIVEN = {case["id"]: case for case in FILE["cost_games"]}
SHARES = {rule.key: rule.shares for rule in RULES}
VOLUME = {"T1_all_unit": (2, 3, 5), "T2_incremental": (2, 3, 5)}


def game_of(cost: dict[str, float], volume: tuple[int, ...] | None = None) -> Game:
    """A game from costs by the letters of who is in."""
    members = tuple(name for name in cost if len(name) == 1)
    groups = [
        "".join(name for place, name in enumerate(members) if group >> place & 1)
        for group in range(2 ** len(members))
    ]
    return Game(
        members,
        np.array([cost.get(group, 0.0) for group in groups]),
        None if volume is None else np.array(volume, dtype=float),
    )


def digits(value: float) -> float:
    """Half a unit of the last digit that a figure is given to."""
    _, _, after = repr(float(value)).partition(".")
    return 0.5000001 * 10.0 ** -len(after) if len(after) < 12 else 1e-12


@pytest.mark.parametrize(
    ("name", "rule"), [(name, rule) for name, case in GIVEN.items() for rule in case["expect"]]
)
def test_shares_to_the_digits_given(name: str, rule: str) -> None:
    """Every rule of every worked game; whole and short figures are exact."""
    case = GIVEN[name]
    found = SHARES[rule](game_of(case["cost"], VOLUME.get(name)))
    for share, expected in zip(found, case["expect"][rule], strict=True):
        short = len(repr(float(expected)).partition(".")[2]) < 5
        assert share == pytest.approx(expected, abs=1e-12 * abs(expected) if short else digits(expected))


@pytest.mark.parametrize("rule", ["equal_saving", "aca", "shapley", "nucleolus"])
def test_two_players_split_the_saving(rule: str) -> None:
    """T6: costs 6 and 10 alone, 12 together: 4 and 8."""
    assert SHARES[rule](game_of(FILE["two_players"]["c"])) == pytest.approx([4, 8], rel=1e-14)


def test_two_players_by_other_rules() -> None:
    """T6: in proportion to the cost alone 4.5 and 7.5; an equal charge gives A no saving."""
    game = game_of(FILE["two_players"]["c"])
    assert SHARES["moriarity"](game) == pytest.approx(FILE["two_players"]["moriarity"], rel=1e-14)
    assert SHARES["equal_charge"](game) == pytest.approx([6, 6], rel=1e-14)
    assert leavers(game, [6, 6]) == ()


# The costs reckoned from their prices, in fractions.
def all_unit(bought: int) -> Fraction:
    """T1: one price for all items, less 5 % from 5 and 10 % from 10; 0.1 for holding a procurement."""
    off = Fraction(10 if bought >= 10 else 5 if bought >= 5 else 0, 100)
    return bought * (1 - off) + Fraction(1, 10)


def incremental(bought: int) -> Fraction:
    """T2: items 1 to 5 at 1.0, 6 to 10 at 0.9."""
    return min(bought, 5) + Fraction(9, 10) * max(bought - 5, 0)


def from_rule(cost_of: Any, needs: tuple[int, ...], together: Any) -> list[Fraction]:
    """The cost of every group, from what its members need together."""
    found = [Fraction(0)]
    for bits in product((0, 1), repeat=len(needs)):
        joined = [need for need, bit in zip(needs, reversed(bits), strict=True) if bit]
        if joined:
            found.append(Fraction(cost_of(together(joined))))
    return found


RECKONED = {
    "T1_all_unit": from_rule(all_unit, (2, 3, 5), sum),
    "T2_incremental": from_rule(incremental, (2, 3, 5), sum),
    "T3_airport": from_rule(Fraction, (1, 2, 3), max),
    "T5_fixed_plus_variable": from_rule(lambda own: 120 + own, (10, 20, 30), sum),
}


@pytest.mark.parametrize("name", GIVEN)
def test_costs_follow_from_the_prices(name: str) -> None:
    """The costs given are those of the price schedule."""
    game = game_of(GIVEN[name]["cost"])
    assert game.cost == pytest.approx([float(cost) for cost in RECKONED[name]], rel=1e-14)


@pytest.mark.parametrize("rule", ["equal_charge", "equal_saving", "moriarity", "eca", "aca", "shapley"])
@pytest.mark.parametrize("name", GIVEN)
def test_shares_against_fractions(name: str, rule: str) -> None:
    """Each rule from its definition, in fractions."""
    exact = getattr(exact_rules, rule)(RECKONED[name])
    found = SHARES[rule](game_of(GIVEN[name]["cost"]))
    assert found == pytest.approx([float(share) for share in exact], rel=1e-13)


@pytest.mark.parametrize("name", VOLUME)
def test_shares_by_volume_against_fractions(name: str) -> None:
    """One price an item."""
    exact = exact_rules.volume(RECKONED[name], VOLUME[name])
    found = SHARES["volume"](game_of(GIVEN[name]["cost"], VOLUME[name]))
    assert found == pytest.approx([float(share) for share in exact], rel=1e-14)


@pytest.mark.parametrize("rule", [rule for rule in SHARES if rule != "per_capita_nucleolus"])
def test_which_shares_of_the_all_unit_game_are_in_the_core(rule: str) -> None:
    """T1: all but the equal charge."""
    game = game_of(GIVEN["T1_all_unit"]["cost"], (2, 3, 5))
    assert core_test(game, SHARES[rule](game)).in_core == (rule != "equal_charge")


def test_who_would_leave_an_equal_charge() -> None:
    """T1: A and B together pay 1.2167 too much, A alone 0.9333; B alone pays 0.0667 less than alone."""
    game = game_of(GIVEN["T1_all_unit"]["cost"])
    found = core_test(game, SHARES["equal_charge"](game))
    assert [of.members for of in found.better_alone] == [("A", "B"), ("A",)]
    assert [of.gain for of in found.better_alone] == pytest.approx([1.2167, 0.9333], abs=5e-5)
    assert found.worst == found.better_alone[0]
    assert [of.members for of in leavers(game, SHARES["equal_charge"](game))] == [("A",)]


def test_every_worked_game_is_concave() -> None:
    """By hand, T1: AB + AC - ABC - A is 0.40, AB + BC - ABC - B 0.35, AC + BC - ABC - C 0.50."""
    games = [game_of(case["cost"]) for case in GIVEN.values()]
    assert all(is_concave(game) for game in games)
    assert not any(core_is_empty(game) for game in games)


@pytest.mark.parametrize(
    ("estate", "awards"),
    [(100, [100 / 3, 100 / 3, 100 / 3]), (200, [50, 75, 75]), (300, [50, 100, 150])],
)
def test_the_estates_of_the_talmud(estate: float, awards: list[float]) -> None:
    """Claims of 100, 200 and 300 on an estate: Aumann and Maschler (1985); an award is a cost below 0."""
    claims = np.array([100.0, 200.0, 300.0])
    game = tabulate("ABC", lambda joined: -np.maximum(estate - (1 - joined) @ claims, 0.0))
    assert -nucleolus(game) == pytest.approx(awards, rel=1e-13)


def test_nucleolus_and_prenucleolus_may_differ() -> None:
    """Peleg and Sudhölter (2007), example 5.5.12: A and B earn 10, all three 2."""
    game = game_of({"A": 0, "B": 0, "C": 0, "AB": -10, "AC": 0, "BC": 0, "ABC": -2})
    assert -prenucleolus(game) == pytest.approx([3, 3, -4], abs=1e-13)
    assert -nucleolus(game) == pytest.approx([1, 1, 0], abs=1e-13)
