"""Random choices of procurement routes, and the best of each by trying every one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import fsum, isnan
from typing import Any

import numpy as np

from casebuilder.analysis.routes.problem import RouteProblem

NAN = float("nan")
CLASSES = ("ct", "mri", "ultrasound", "xray", "endoscopy", "echo", "dexa", "mammography")
ROUTES = ("alone", "framework", "lead", "pool", "national", "lease")


def route_problem(
    chance: np.random.Generator,
    trusts: int,
    classes: int,
    routes: int,
    orders: int,
    steep: float = 0.0,
    **changes: Any,
) -> RouteProblem:
    """A problem in which buying alone, on a framework and pooling are each best somewhere.

    The first two routes do not pool, the others do, except a sixth. Whole-life costs are of the size of
    scanners, 0.1 to 1.5 million pounds each. Some units are whole, some quarters, some thirds. `steep` is
    the share of tiers with a price a third lower still.
    """
    p, k, r, t, years, tiers = trusts, classes, routes, orders, orders + 1, 3
    units = chance.integers(0, 5, (p, k, t)).astype(float)
    units /= chance.choice([1.0, 1.0, 4.0, 3.0], (1, k, 1))
    units[chance.random((p, k)) < 0.2] = 0
    units[:, 0, 0] = np.maximum(units[:, 0, 0], 1)
    price = chance.uniform(1e5, 1.5e6, (k, 1, 1))
    pools = np.array([place not in (0, 1, 5) for place in range(r)])
    steps = chance.uniform(0.88, 1.02, (r, k, tiers)) - 0.35 * (chance.random((r, k, tiers)) < steep)
    factors = np.cumprod(steps, axis=2)
    alone = chance.uniform(0.88, 1.05, (p, k, r)) * (units.sum(2) * price[:, :, 0].T)[:, :, None]
    own = np.where(pools, chance.uniform(0, 0.03, (p, k, r)) * price[:, :, 0], alone)
    capital = chance.dirichlet(np.ones(years), (p, k, r)) * own[..., None]
    starts = np.array([0.0, 1, 2]) * chance.integers(1, 2 + p * t, (r, k, 1))
    rebate_starts = np.array([0.0, 1, 2]) * chance.integers(1, 2 + p * t, (r, k, 1)) * t
    per_unit = price * chance.uniform(0.97, 1.03, (k, r, t))
    given: dict[str, Any] = {
        "trusts": tuple(f"trust_{n}" for n in range(p)),
        "classes": CLASSES[:k],
        "routes": ROUTES[:r],
        "years": tuple(f"{2023 + n}/{24 + n}" for n in range(years)),
        "orders": tuple(f"order {n + 1}" for n in range(t)),
        "units": units,
        "order_year": chance.integers(0, years, t),
        "own_cost": own,
        "own_capital": capital,
        "pools": pools,
        "fixed": chance.uniform(0, 0.3, (k, r)) * price[:, 0],
        "starts": starts,
        "factors": factors,
        "all_units": chance.random(r) < 0.6,
        "cost_per_unit": per_unit,
        "capital_per_unit": per_unit * 0.9,
        "rebate_starts": rebate_starts,
        "rebate": chance.choice([0.0, 1.0], (r, k, 1)) * chance.uniform(0, 0.05, (r, k, 3)),
        "rebate_per_unit": np.broadcast_to(price[:, :, 0], (k, r)),
        "serves": chance.random((k, r)) < 0.9,
        "delivery_months": chance.integers(4, 20, (k, r)).astype(float),
        "delivery_limit": np.full(k, NAN),
        "supplier_share": chance.uniform(0.2, 1, (k, r)).round(2),
        "supplier_limit": np.full(k, NAN),
        "capital_limit": np.full(years, NAN),
        "mixing": chance.random(k) < 0.8,
    }
    return RouteProblem(**{**given, **changes})


def small_problem(seed: int) -> RouteProblem:
    """A problem small enough to try every choice, with each kind of limit in some."""
    chance = np.random.default_rng(seed)
    buys_up = seed % 3 == 0
    made = route_problem(
        chance,
        trusts=int(chance.integers(2, 4)),
        classes=1 if buys_up else int(chance.integers(1, 3)),
        routes=int(chance.integers(3, 5)) if buys_up else 3,
        orders=int(chance.integers(1, 3)),
        steep=0.7 if buys_up else 0.0,
        buy_up=buys_up,
    )
    k, years = len(made.classes), len(made.years)
    spent = made.cost_per_unit.mean() * made.units.sum() / years
    return replace(
        made,
        delivery_limit=np.where(chance.random(k) < 0.3, chance.integers(5, 20, k), NAN),
        supplier_limit=np.where(chance.random(k) < 0.4, chance.uniform(0.3, 1, k).round(2), NAN),
        capital_limit=np.where(chance.random(years) < 0.35, spent * chance.uniform(0.3, 2, years), NAN).round(
            -3
        ),
    )


@dataclass(frozen=True)
class Tried:
    """One choice: its whole-life cost and its capital by year."""

    routes: tuple[tuple[int, ...], ...]
    cost: float
    capital: tuple[float, ...]


def price_of(quantity: float, starts: list[float], factors: list[float], all_units: bool) -> float:
    """Units at factor 1 that cost as much, tier by tier."""
    if all_units:
        factor = factors[0]
        for start, tier_factor in zip(starts, factors, strict=True):
            if round(quantity - start, 9) >= 0:
                factor = tier_factor
        return quantity * factor
    worth = 0.0
    for place, (start, factor) in enumerate(zip(starts, factors, strict=True)):
        end = starts[place + 1] if place + 1 < len(starts) else quantity
        if quantity > start:
            worth += (min(quantity, end) - start) * factor
    return worth


def every_mix(problem: RouteProblem) -> Iterator[Tried]:
    """Every mix that keeps the limits of each class; capital limits are for the caller to judge."""
    by_class = [list(_mixes_of(problem, k)) for k in range(len(problem.classes))]
    for parts in itertools.product(*by_class):
        yield Tried(
            tuple(part.routes[0] for part in parts),
            fsum(part.cost for part in parts),
            tuple(fsum(part.capital[y] for part in parts) for y in range(len(problem.years))),
        )


def keeps_capital(problem: RouteProblem, tried: Tried, but: int | None = None) -> bool:
    """Whether a mix keeps every capital limit, or every one but one."""
    return not any(
        y != but and not isnan(limit) and spent > limit * (1 + 1e-9) + 1e-9
        for y, (spent, limit) in enumerate(zip(tried.capital, problem.capital_limit.tolist(), strict=True))
    )


def _mixes_of(problem: RouteProblem, k: int) -> Iterator[Tried]:
    needs = [sum(problem.units[p, k].tolist()) for p in range(len(problem.trusts))]
    routes = []
    for r in range(len(problem.routes)):
        limit, months = problem.delivery_limit[k], problem.delivery_months[k, r]
        if problem.serves[k, r] and (isnan(limit) or months <= limit):
            routes.append(r)
    for mix in itertools.product(*(routes if need else [-1] for need in needs)):
        taken = {r for r in mix if r >= 0}
        if len(taken) > 1 and not problem.mixing[k]:
            continue
        held = sum(need * problem.supplier_share[k, r] for need, r in zip(needs, mix, strict=True) if r >= 0)
        limit = problem.supplier_limit[k]
        if taken and not isnan(limit) and held / sum(needs) > limit + 1e-9:
            continue
        cost, capital = 0.0, [0.0] * len(problem.years)
        for p, r in enumerate(mix):
            if r >= 0:
                cost += problem.own_cost[p, k, r]
                for y in range(len(capital)):
                    capital[y] += problem.own_capital[p, k, r, y]
        ways = [
            list(_pool(problem, k, r, [p for p in range(len(mix)) if mix[p] == r]))
            for r in sorted(taken)
            if problem.pools[r]
        ]
        for way in itertools.product(*ways):
            yield Tried(
                (mix,),
                cost + sum(part for part, _ in way),
                tuple(amount + sum(spent[y] for _, spent in way) for y, amount in enumerate(capital)),
            )


def _pool(problem: RouteProblem, k: int, r: int, members: list[int]) -> Iterator[tuple[float, list[float]]]:
    """Each way for a pool to order: what it needs, or the start of any later tier."""
    starts, factors = problem.starts[r, k].tolist(), problem.factors[r, k].tolist()
    needs = [sum(problem.units[p, k, t] for p in members) for t in range(len(problem.orders))]
    quantities = [
        [need, *(start for start in starts if problem.buy_up and need > 0 and round(start - need, 9) > 0)]
        for need in needs
    ]
    for bought in itertools.product(*quantities):
        cost, capital = problem.fixed[k, r], [0.0] * len(problem.years)
        for t, quantity in enumerate(bought):
            worth = price_of(quantity, starts, factors, bool(problem.all_units[r]))
            cost += problem.cost_per_unit[k, r, t] * worth
            capital[problem.order_year[t]] += problem.capital_per_unit[k, r, t] * worth
        shares = problem.rebate[r, k].tolist()
        rebate = price_of(sum(bought), problem.rebate_starts[r, k].tolist(), shares, True)
        yield cost - rebate * problem.rebate_per_unit[k, r], capital
