"""What one choice of procurement routes costs, reckoned from the choice alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from casebuilder.analysis.routes.problem import Array, RouteProblem
from casebuilder.analysis.routes.tiers import cost_on_tiers, existing, tier_reached
from casebuilder.evaluate.functions.elementwise import rounded

Places = NDArray[np.int64]
NONE = -1  # in a choice: the trust needs none of the class; in tiers: no pool, or nothing in the order
_SLACK = 1e-9  # of a capital limit: less is a rounding of sums in pounds


@dataclass(frozen=True, eq=False)
class ChoiceCost:
    """A choice of routes and what it costs.

    Attributes
    ----------
    choice
        The route of each trust and class by its place, (p, k); -1 where the trust needs none.
    joined, bought
        Units that trusts in a pool need, and units it orders, of each class, route and order, (k, r, t).
    tiers
        The place of the tier that an order reaches, (k, r, t); -1 where nothing is ordered.
    rebate_tiers
        The place of the rebate's tier, (k, r); -1 where there is no pool.
    costs
        Whole-life cost by trust and class, GBP real, (p, k). A pool's fixed cost and rebate are laid on
        its members by units, the price of an order by units in the order: one price for all. How the
        members share what they save is another question.
    capital
        GBP nominal by year, (y,).
    total
        GBP real.
    """

    choice: Places
    joined: Array
    bought: Array
    tiers: Places
    rebate_tiers: Places
    costs: Array
    capital: Array
    total: float


def cost_of_choice(problem: RouteProblem, choice: Places, bought: Array | None = None) -> ChoiceCost:
    """What a choice of routes costs, whether or not it keeps the limits.

    Parameters
    ----------
    problem
        Needs, prices and limits.
    choice
        The route of each trust and class by its place, (p, k); -1 where the trust needs none.
    bought
        Units ordered where a pool orders more than it needs, (k, r, t); NaN where it does not.
    """
    shape = problem.cost_per_unit.shape
    joined = np.zeros(shape)
    ordered, tiers = np.zeros(shape), np.full(shape, NONE)
    rebate_tiers = np.full(shape[:2], NONE)
    costs = np.zeros(choice.shape)
    parts: list[float] = []
    capital: list[list[float]] = [[] for _ in problem.years]
    for p, k in np.argwhere(choice != NONE):
        r = choice[p, k]
        costs[p, k] = problem.own_cost[p, k, r]
        parts.append(problem.own_cost[p, k, r])
        for y, amount in enumerate(problem.own_capital[p, k, r]):
            capital[y].append(amount)
    for k, r in np.ndindex(shape[:2]):
        members = np.flatnonzero(choice[:, k] == r)
        if not (problem.pools[r] and members.size):
            continue
        need = problem.units[members, k]
        joined[k, r] = [fsum(order) for order in need.T]
        starts, factors = existing(problem.starts[r, k], problem.factors[r, k])
        for t in np.flatnonzero(joined[k, r] > 0):
            quantity = joined[k, r, t]
            if bought is not None and not np.isnan(bought[k, r, t]):
                quantity = bought[k, r, t]
            worth = cost_on_tiers(quantity, starts, factors, bool(problem.all_units[r]))
            price = problem.cost_per_unit[k, r, t] * worth
            ordered[k, r, t], tiers[k, r, t] = quantity, tier_reached(quantity, starts)
            parts.append(price)
            costs[members, k] += price * need[:, t] / joined[k, r, t]
            capital[problem.order_year[t]].append(problem.capital_per_unit[k, r, t] * worth)
        begins, shares = existing(problem.rebate_starts[r, k], problem.rebate[r, k])
        total = fsum(ordered[k, r])
        rebate_tiers[k, r] = tier_reached(total, begins)
        rebate = problem.rebate_per_unit[k, r] * cost_on_tiers(total, begins, shares, True)
        parts += [problem.fixed[k, r], -rebate]
        costs[members, k] += (problem.fixed[k, r] - rebate) * need.sum(axis=1) / joined[k, r].sum()
    return ChoiceCost(
        choice,
        joined,
        ordered,
        tiers,
        rebate_tiers,
        costs,
        np.array([fsum(year) for year in capital]),
        fsum(parts),
    )


def years_over(problem: RouteProblem, capital: Array, years: frozenset[int]) -> list[int]:
    """The years among these whose capital is above its limit."""
    over = rounded(capital - problem.capital_limit * (1 + _SLACK)) > 0
    return [y for y in sorted(years) if over[y]]


def supplier_use(problem: RouteProblem, choice: Places, place: int) -> float:
    """The share of a class's units that one supplier may come to hold under a choice."""
    units = problem.class_units[:, place]
    buyers = problem.buyers(place)
    used = fsum(units[p] * problem.supplier_share[place, choice[p, place]] for p in buyers)
    return used / fsum(units[buyers])


def above_supplier_limit(problem: RouteProblem, choice: Places, place: int) -> bool:
    """Whether a choice gives one supplier more of a class than its limit."""
    limit = problem.supplier_limit[place]
    return bool(rounded(np.asarray(supplier_use(problem, choice, place) - limit)) > 0)


def cheapest_alone(problem: RouteProblem) -> tuple[Places, float]:
    """Each trust's cheapest admissible route that does not pool, and what they cost together.

    Limits that tie trusts together (capital, suppliers, one route for all) are left aside.

    Returns
    -------
    choice
        As in `ChoiceCost`, (p, k).
    total
        GBP real; NaN where a trust has no such route for a class.
    """
    open_to = problem.admissible() & ~problem.pools
    choice = np.full(problem.class_units.shape, NONE)
    costs = []
    for p, k in np.argwhere(problem.class_units > 0):
        if not open_to[k].any():
            return choice, float("nan")
        own = np.where(open_to[k], problem.own_cost[p, k], np.inf)
        choice[p, k] = own.argmin()
        costs.append(own.min())
    return choice, fsum(costs)
