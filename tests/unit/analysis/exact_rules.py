"""The sharing rules in fractions, each straight from its definition: what the tests hold the package to.

`cost[S]` is the cost of group S; bit i of S says whether member i is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import permutations

Costs = Sequence[Fraction]
Shares = list[Fraction]


def number(cost: Costs) -> int:
    return len(cost).bit_length() - 1


def alone(cost: Costs) -> Shares:
    return [cost[1 << i] for i in range(number(cost))]


def added_last(cost: Costs) -> Shares:
    everybody = len(cost) - 1
    return [cost[everybody] - cost[everybody - (1 << i)] for i in range(number(cost))]


def equal_charge(cost: Costs) -> Shares:
    return [cost[-1] / number(cost)] * number(cost)


def equal_saving(cost: Costs) -> Shares:
    saving = sum(alone(cost)) - cost[-1]
    return [own - saving / number(cost) for own in alone(cost)]


def moriarity(cost: Costs) -> Shares:
    return [cost[-1] * own / sum(alone(cost)) for own in alone(cost)]


def volume(cost: Costs, bought: Sequence[int]) -> Shares:
    return [cost[-1] * Fraction(of, sum(bought)) for of in bought]


def eca(cost: Costs) -> Shares:
    rest = cost[-1] - sum(added_last(cost))
    return [added + rest / number(cost) for added in added_last(cost)]


def aca(cost: Costs) -> Shares:
    rest = cost[-1] - sum(added_last(cost))
    avoided = [own - added for own, added in zip(alone(cost), added_last(cost), strict=True)]
    return [added + rest * of / sum(avoided) for added, of in zip(added_last(cost), avoided, strict=True)]


def shapley(cost: Costs) -> Shares:
    """Every order of joining, one by one."""
    shares = [Fraction(0)] * number(cost)
    orders = list(permutations(range(number(cost))))
    for order in orders:
        joined = 0
        for member in order:
            shares[member] += cost[joined | 1 << member] - cost[joined]
            joined |= 1 << member
    return [share / len(orders) for share in shares]
