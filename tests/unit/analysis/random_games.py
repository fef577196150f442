"""Random cost games with whole costs, of the kinds that promises are made for, and how they are run.

`cost[S]` is the cost of group S; bit i of S says whether member i is in it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.analysis.sharing.games import Game

QUICK, FULL = 25, 500
NAMES = "ABCDEFGHIJKLMNO"
Costs = list[int]


def game(cost: Costs | list[Fraction], volume: list[int] | None = None, unit: float = 1.0) -> Game:
    """A game of members A, B, C, ..."""
    members = tuple(NAMES[: len(cost).bit_length() - 1])
    money = np.array([float(of) for of in cost]) * unit
    return Game(members, money, None if volume is None else np.array(volume, dtype=float))


def check(promise: Callable[..., None], count: int, *strategies: st.SearchStrategy[object]) -> None:
    """Hold a promise to a number of random games: the same few, or many new ones."""
    settings(max_examples=count, deadline=None, derandomize=count == QUICK)(given(*strategies)(promise))()


def subadditive_cover(cost: Costs) -> Costs:
    """The least that every group pays when it may buy in parts."""
    best = list(cost)
    for group in range(1, len(cost)):
        part = (group - 1) & group
        while part:
            best[group] = min(best[group], best[part] + best[group ^ part])
            part = (part - 1) & group
    return best


@st.composite
def any_costs(draw: st.DrawFn, least: int = 2, most: int = 5, low: int = 0, high: int = 30) -> Costs:
    """Costs without any pattern: the core is mostly empty."""
    size = draw(st.integers(least, most))
    rest = draw(st.lists(st.integers(low, high), min_size=2**size - 1, max_size=2**size - 1))
    return [0, *rest]


def subadditive_costs(least: int = 2, most: int = 5) -> st.SearchStrategy[Costs]:
    """No group pays more than its parts would apart; the core may be empty."""
    return any_costs(least, most, low=1).map(subadditive_cover)


@st.composite
def discount_costs(draw: st.DrawFn, least: int = 2, most: int = 5) -> Costs:
    """A price schedule whose every further item costs less: a concave function of what a group buys."""
    bought = draw(st.lists(st.integers(1, 4), min_size=least, max_size=most))
    prices = sorted(
        draw(st.lists(st.integers(0, 20), min_size=sum(bought), max_size=sum(bought))), reverse=True
    )
    start = draw(st.integers(0, 20))
    found = [0]
    for group in range(1, 2 ** len(bought)):
        items = sum(of for place, of in enumerate(bought) if group >> place & 1)
        found.append(start + sum(prices[:items]))
    return found


@st.composite
def coverage_costs(draw: st.DrawFn, least: int = 2, most: int = 5) -> Costs:
    """Things that a group pays for once if any of its members needs them."""
    size = draw(st.integers(least, most))
    things = draw(
        st.lists(st.tuples(st.integers(1, 20), st.integers(1, 2**size - 1)), min_size=1, max_size=8)
    )
    return [sum(price for price, users in things if users & group) for group in range(2**size)]


def concave_costs(least: int = 2, most: int = 5) -> st.SearchStrategy[Costs]:
    """Costs of which a member adds less the more have joined."""
    return discount_costs(least, most) | coverage_costs(least, most)


def all_kinds(least: int = 2, most: int = 5) -> st.SearchStrategy[Costs]:
    """Costs of every kind here."""
    return any_costs(least, most) | subadditive_costs(least, most) | concave_costs(least, most)


def with_a_dummy(cost: Costs, own: int) -> Costs:
    """A further member, the last, that adds the same to whomever it joins."""
    return [*cost, *(of + own for of in cost)]


def made_symmetric(cost: Costs) -> Costs:
    """The same costs where the first two members are each other's like: of two such groups the dearer."""
    swapped = [group & ~3 | (group & 1) << 1 | group >> 1 & 1 for group in range(len(cost))]
    return [max(cost[group], cost[swapped[group]]) for group in range(len(cost))]
