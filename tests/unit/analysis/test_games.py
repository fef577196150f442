"""A cost game: what it holds, what it refuses, and how it is filled."""

from __future__ import annotations

import numpy as np
import pytest

from casebuilder.analysis.sharing.games import Game, tabulate
from casebuilder.errors import CaseError
from tests.unit.analysis.random_games import game

T1 = [0, 2.10, 3.10, 4.85, 4.85, 6.75, 7.70, 9.10]  # nobody, A, B, AB, C, AC, BC, ABC


def t1() -> Game:
    return Game(("A", "B", "C"), np.array(T1), np.array([2.0, 3.0, 5.0]))


def test_parts_of_a_game() -> None:
    assert (t1().size, t1().grand) == (3, 9.10)
    assert t1().standalone.tolist() == [2.10, 3.10, 4.85]
    assert t1().saving == pytest.approx(0.95)
    assert t1().separable == pytest.approx([9.10 - 7.70, 9.10 - 6.75, 9.10 - 4.85])
    assert t1().heads.tolist() == [0, 1, 1, 2, 1, 2, 2, 3]


def test_names_and_groups() -> None:
    assert t1().names(0b101) == ("A", "C")
    assert t1().group(["C", "A"]) == 0b101
    with pytest.raises(CaseError, match="no member is named D: they are A, B, C"):
        t1().group(["D"])


def test_a_game_among_some() -> None:
    left = t1().without("B")
    assert left.members == ("A", "C")
    assert left.cost.tolist() == [0, 2.10, 4.85, 6.75]
    assert left.volume is not None and left.volume.tolist() == [2, 5]
    assert t1().among(["C"]).cost.tolist() == [0, 4.85]
    with pytest.raises(CaseError, match="nobody to share a cost among"):
        t1().among([])


def test_a_game_is_a_copy_that_cannot_be_changed() -> None:
    cost = np.array(T1)
    made = Game(("A", "B", "C"), cost)
    cost[1] = 99
    assert made.cost[1] == 2.10
    with pytest.raises(ValueError, match="read-only"):
        made.cost[1] = 99


@pytest.mark.parametrize(
    ("members", "cost", "words"),
    [
        ((), [0.0], "nobody to share"),
        (("A", "A"), [0, 1, 2, 3], "named twice: A"),
        (("A", "B"), [0, 1, 2], "4 numbers are due"),
        (("A", "B"), [0, 1, np.nan, np.inf], "every one must be a number, and 2 are not"),
        (("A", "B"), [5, 1, 2, 3], "the cost of nobody is 5: it must be 0"),
        (tuple("ABCDEFGHIJKLMNOP"), [0.0], "16 members form 65,536 groups.*at most 15, or take the sampled"),
    ],
)
def test_what_is_no_game_is_refused(members: tuple[str, ...], cost: list[float], words: str) -> None:
    with pytest.raises(CaseError, match=words):
        Game(members, np.array(cost, dtype=float))


def test_volumes_are_one_a_member() -> None:
    with pytest.raises(CaseError, match="volume: an array of shape"):
        Game(("A", "B"), np.array([0.0, 1, 2, 3]), np.array([1.0, 2, 3]))


def test_a_game_is_filled_in_few_calls_and_never_for_nobody() -> None:
    asked: list[np.ndarray] = []

    def cost_of(joined: np.ndarray) -> np.ndarray:
        asked.append(joined)
        return joined @ np.arange(1.0, 14.0)

    made = tabulate([f"t{i}" for i in range(13)], cost_of)
    assert [len(of) for of in asked] == [4096, 4095]
    assert all(of.any(axis=1).all() for of in asked)
    assert made.cost[0b1000000000101] == 1 + 3 + 13
    assert made.grand == 91


def test_too_many_members_are_refused_before_anything_is_costed() -> None:
    def cost_of(joined: np.ndarray) -> np.ndarray:
        raise AssertionError("costed")

    with pytest.raises(CaseError, match="16 members"):
        tabulate([f"t{i}" for i in range(16)], cost_of)


def test_costs_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(CaseError, match="cost: every one must be a number, and 2 are not"):
        tabulate("AB", lambda joined: np.where(joined[:, 0] > 0, np.nan, 1.0))


def test_fifteen_members_are_taken() -> None:
    made = game(list(range(2**15)))
    assert (made.size, made.grand) == (15, 2**15 - 1)
