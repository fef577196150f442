"""Which limit stands in the way when no mix of procurement routes keeps them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import ceil, floor, inf

import numpy as np

from casebuilder.analysis.routes.problem import Array, Flags, RouteProblem
from casebuilder.analysis.routes.solver import solve


def limits_in_the_way(problem: RouteProblem, end: float = inf) -> list[str]:
    """Each limit whose lifting alone would leave a mix, by class or year, with the least that can be kept.

    Where lifting no one limit is enough, the limits that cannot be kept even by themselves are given,
    or else a set of limits that cannot be kept together while any fewer of them can.

    Parameters
    ----------
    problem
        A problem that no mix of routes solves.
    end
        When to stop, on the monotonic clock.
    """
    return list(_by_class(problem)) or _capital(problem, end)


def _by_class(problem: RouteProblem) -> Iterator[str]:
    """Limits that a class breaks by itself, whatever the other classes do."""
    for k in problem.bought():
        name, offered, in_time = problem.classes[k], problem.serves[k], problem.admissible()[k]
        months, shares = problem.delivery_months[k], problem.supplier_share[k]
        wait = f"{problem.delivery_limit[k]:g} months"
        if not offered.any():
            yield f"no route is offered for {name}"
            continue
        if not in_time.any():
            quickest = _least(months, offered)
            yield (
                f"no route delivers {name} within {wait}: the quickest, {problem.routes[quickest]}, "
                f"takes {months[quickest]:g}"
            )
            continue
        # Every trust may take the route with the least share, so no mix can do better than that route.
        lowest = _least(shares, in_time)
        limit = problem.supplier_limit[k]
        if not np.isnan(limit) and shares[lowest] > limit + 5e-10:
            other = _least(shares, offered)
            slower = shares[other] <= limit + 5e-10
            yield (
                f"no mix of routes keeps one supplier to {limit:.4g} of {name}: the least is "
                f"{shares[lowest]:.4g}, by {problem.routes[lowest]}"
                + (
                    f", unless {name} may take longer than {wait}: {problem.routes[other]} takes "
                    f"{months[other]:g}"
                    if slower
                    else ""
                )
            )


def _least(values: Array, among: Flags) -> int:
    return int(np.where(among, values, np.inf).argmin())


def _capital(problem: RouteProblem, end: float) -> list[str]:
    """Capital limits: each class has a mix by itself, so only these can stand in the way."""
    limited = frozenset(int(y) for y in np.flatnonzero(~np.isnan(problem.capital_limit)))
    found = [
        _says(problem, year, least)
        for year in sorted(limited)
        if (least := _least_capital(problem, year, limited - {year}, end)) is not None
    ]
    for k in problem.bought():
        found += [what for lifted, what in _lifted(problem, k) if _possible(lifted, limited, end)]
    if found:
        return found
    for year in sorted(limited):
        least = _least_capital(problem, year, frozenset(), end)
        if least is not None and least > problem.capital_limit[year]:
            found.append(_says(problem, year, least))
    if found:
        return found
    together = limited
    for year in sorted(limited):
        if not _possible(problem, together - {year}, end):
            together -= {year}
    names = ", ".join(problem.years[year] for year in sorted(together))
    return [f"no mix of routes keeps the capital limits of {names} together; any fewer of them it can keep"]


def _lifted(problem: RouteProblem, k: int) -> Iterator[tuple[RouteProblem, str]]:
    """The problem without each limit of a class, and what to say if that leaves a mix."""
    name, ends = problem.classes[k], "stands in the way of the capital limits"
    for field, what in (
        ("delivery_limit", f"the delivery limit of {name}, {problem.delivery_limit[k]:g} months, {ends}"),
        ("supplier_limit", f"the limit of {name} from one supplier, {problem.supplier_limit[k]:.4g}, {ends}"),
    ):
        limits = getattr(problem, field).copy()
        if not np.isnan(limits[k]):
            limits[k] = np.nan
            yield replace(problem, **{field: limits}), what
    if not problem.mixing[k]:
        mixing = problem.mixing.copy()
        mixing[k] = True
        yield replace(problem, mixing=mixing), f"one route for all trusts for {name} {ends}"


def _possible(problem: RouteProblem, years: frozenset[int], end: float) -> bool:
    """Whether any mix keeps the limits."""
    free = replace(
        problem,
        own_cost=np.zeros_like(problem.own_cost),
        fixed=np.zeros_like(problem.fixed),
        cost_per_unit=np.zeros_like(problem.cost_per_unit),
        rebate_per_unit=np.zeros_like(problem.rebate_per_unit),
    )
    return solve(free, free.bought(), years, end=end) is not None


def _least_capital(problem: RouteProblem, year: int, others: frozenset[int], end: float) -> float | None:
    """The least capital of a year while other years keep their limits; None where they cannot."""
    found = solve(problem, problem.bought(), others, capital_of=year, end=end)
    return None if found is None else float(found.cost.capital[year])


def _says(problem: RouteProblem, year: int, least: float) -> str:
    """The limit rounded down and the least rounded up, so that a limit set as printed can be kept."""
    limit = float(problem.capital_limit[year])
    for digits in range(1, 9):
        unit = 10.0 ** (6 - digits)
        low, high = floor(limit / unit + 1e-6) * unit, ceil(least / unit - 1e-6) * unit
        if high > low and (low > 0 or limit == 0):
            break
    return (
        f"no mix of routes keeps capital of {problem.years[year]} within £{low / 1e6:.{digits}f}m: "
        f"the least is £{high / 1e6:.{digits}f}m"
    )
