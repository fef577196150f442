"""The cheapest mix of procurement routes: which route each trust takes for each class of equipment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np

from casebuilder.analysis.routes.cost import NONE, ChoiceCost, cheapest_alone, cost_of_choice, years_over
from casebuilder.analysis.routes.limits import limits_in_the_way
from casebuilder.analysis.routes.problem import RouteProblem
from casebuilder.analysis.routes.solver import Solved, solve
from casebuilder.errors import CaseError
from casebuilder.evaluate.functions.elementwise import rounded


@dataclass(frozen=True, eq=False)
class RouteMix:
    """The cheapest mix of routes.

    Attributes
    ----------
    cost
        The choice by places, with units ordered, tiers reached and capital by year.
    routes
        The route of each class for each trust, by name; a trust that needs none of a class has no entry.
    total
        Whole-life cost, GBP real at present value.
    by_class, by_trust
        The same by class and by trust, GBP real; a pool's price is laid on its members by units.
    bought_up
        Units ordered beyond need, by class, route and order; only where there are any.
    alone
        What the trusts cost by their cheapest routes that do not pool, GBP real; NaN where a trust has
        none. Limits that tie trusts together are left aside.
    saving
        `alone` less `total`.
    gap
        The most by which a better mix could be cheaper, as a share of the total; 0 where proved.
    status
        `optimal`, or `time limit` where the clock ended the search.
    """

    cost: ChoiceCost
    routes: Mapping[str, Mapping[str, str]]
    total: float
    by_class: Mapping[str, float]
    by_trust: Mapping[str, float]
    bought_up: Mapping[tuple[str, str, str], float]
    alone: float
    saving: float
    gap: float
    status: str


def cheapest_mix(problem: RouteProblem, seconds: float = 300.0) -> RouteMix:
    """The mix of routes that costs least within every limit.

    Classes are chosen one by one. Only a capital limit ties them together; where the classes' own best
    choices exceed one, they are chosen at once.

    Parameters
    ----------
    problem
        Needs, prices and limits.
    seconds
        When to stop searching. The best mix found by then is given, with the gap left.

    Raises
    ------
    CaseError
        No mix keeps every limit, with the limit that stands in the way; or none was found in time.
    """
    end = monotonic() + seconds
    parts = []
    for place in problem.bought():
        part = solve(problem, [place], frozenset(), end=end)
        if part is None:
            raise CaseError("\n".join(limits_in_the_way(problem, end)))
        parts.append(part)
    cost = _together(problem, parts)
    bound, proved = sum(part.bound for part in parts), all(part.proved for part in parts)
    limited = frozenset(int(y) for y in np.flatnonzero(~np.isnan(problem.capital_limit)))
    if years_over(problem, cost.capital, limited):
        whole = solve(problem, problem.bought(), limited, end=end)
        if whole is None:
            raise CaseError("\n".join(limits_in_the_way(problem, end)))
        cost, bound, proved = whole.cost, whole.bound, whole.proved
    return _result(problem, cost, bound, proved)


def _together(problem: RouteProblem, parts: Sequence[Solved]) -> ChoiceCost:
    """The choices of classes chosen one by one, as one."""
    choice = np.max([part.cost.choice for part in parts], axis=0)
    ordered = np.sum([part.cost.bought for part in parts], axis=0)
    return cost_of_choice(problem, choice, ordered)


def _result(problem: RouteProblem, cost: ChoiceCost, bound: float, proved: bool) -> RouteMix:
    routes: dict[str, dict[str, str]] = {name: {} for name in problem.classes}
    for p, k in np.argwhere(cost.choice != NONE):
        routes[problem.classes[k]][problem.trusts[p]] = problem.routes[cost.choice[p, k]]
    more = rounded(cost.bought - cost.joined) > 0
    alone = cheapest_alone(problem)[1]
    gap = 0.0 if proved or cost.total == 0 else max(cost.total - bound, 0.0) / abs(cost.total)
    return RouteMix(
        cost,
        routes,
        cost.total,
        dict(zip(problem.classes, cost.costs.sum(axis=0).tolist(), strict=True)),
        dict(zip(problem.trusts, cost.costs.sum(axis=1).tolist(), strict=True)),
        {
            (problem.classes[k], problem.routes[r], problem.orders[t]): float(
                cost.bought[k, r, t] - cost.joined[k, r, t]
            )
            for k, r, t in np.argwhere(more)
        },
        alone,
        alone - cost.total,
        gap,
        "optimal" if proved else "time limit",
    )
