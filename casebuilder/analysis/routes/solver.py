"""The best choice of procurement routes, by HiGHS.

HiGHS works to tolerances, so its answer is only taken as a choice: what that costs, the tiers it reaches
and the limits it keeps are reckoned again from the choice. Where the two disagree, as when units lie
within a hair of a tier's start, that solution is forbidden and the programme solved again. What is true
is never forbidden, so the answer is the best there is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from casebuilder.analysis.routes.cost import (
    NONE,
    ChoiceCost,
    Places,
    above_supplier_limit,
    cost_of_choice,
    years_over,
)
from casebuilder.analysis.routes.matrices import Programme, Segment, programme
from casebuilder.analysis.routes.problem import Array, RouteProblem
from casebuilder.errors import CaseError
from casebuilder.evaluate.functions.elementwise import rounded

_SCALE = 1e4  # the largest cost in the programme: HiGHS stops at an absolute gap of 1e-6
_SOLVED, _INFEASIBLE = 0, 2  # as scipy.optimize.milp says it


@dataclass(frozen=True, eq=False)
class Solved:
    """The best choice for some classes.

    Attributes
    ----------
    cost
        The choice reckoned; classes left out are as if nobody needed them.
    bound
        What no choice can be below, GBP.
    proved
        Whether the solver ended by proof rather than by the clock.
    """

    cost: ChoiceCost
    bound: float
    proved: bool


def solve(
    problem: RouteProblem,
    classes: Sequence[int],
    years: frozenset[int],
    *,
    capital_of: int | None = None,
    end: float = np.inf,
) -> Solved | None:
    """The choice for some classes that costs least, or needs least capital in a year; None if there is none.

    Parameters
    ----------
    problem
        Needs, prices and limits.
    classes, years
        Places of the classes to choose for and of the years whose capital limits hold.
    capital_of
        The place of a year whose capital is to be least, instead of the cost.
    end
        When to stop, on the monotonic clock.

    Raises
    ------
    CaseError
        No choice was found in time.
    """
    if not problem.admissible()[list(classes)].any(axis=1).all():
        return None
    made = programme(problem, classes, years)
    aim = np.array(made.cost)
    if capital_of is not None:
        aim = np.zeros(len(made.cost))
        aim[list(made.capital[capital_of])] = list(made.capital[capital_of].values())
    scale = max(float(np.abs(aim).max(initial=0.0)), 1.0) / _SCALE
    while True:
        found = _milp(made, aim / scale, max(end - monotonic(), 0.1))
        if found.status == _INFEASIBLE:
            return None
        if found.x is None:
            raise CaseError("no mix of routes was found in the time allowed: allow more, or fewer routes")
        choice, bought = _read(problem, made, found.x)
        cost = cost_of_choice(problem, choice, bought)
        if not _forbid_untrue(problem, made, found.x, cost, years):
            break
    bound = found.mip_dual_bound * scale if found.mip_dual_bound is not None else -np.inf
    if capital_of is None:
        cost = _no_needless_order(problem, cost, bought, years)
    return Solved(cost, bound, found.status == _SOLVED)


def _milp(made: Programme, aim: Array, seconds: float) -> OptimizeResult:
    """HiGHS on the programme as it stands.

    Its presolve (1.12, in scipy 1.17) can be wrong on continuous columns that it takes for whole ones
    (HiGHS issue 3274): units as columns of their own lost the best mix of one random problem in 200. So
    every column is 0 or 1, and that there is no mix is only believed without presolve.
    """
    found = _highs(made, aim, seconds, presolve=True)
    return _highs(made, aim, seconds, presolve=False) if found.status == _INFEASIBLE else found


def _highs(made: Programme, aim: Array, seconds: float, *, presolve: bool) -> OptimizeResult:
    rows = [number for number, row in enumerate(made.rows) for _ in row]
    columns = [column for row in made.rows for column in row]
    values = [value for row in made.rows for value in row.values()]
    matrix = csr_array((values, (rows, columns)), shape=(len(made.rows), len(made.cost)))
    return milp(
        aim,
        integrality=np.ones(len(made.cost)),
        bounds=Bounds(0, 1),
        constraints=LinearConstraint(matrix, np.array(made.low), np.array(made.high)),
        options={"presolve": presolve, "mip_rel_gap": 0.0, "time_limit": seconds},
    )


def _read(problem: RouteProblem, made: Programme, x: Array) -> tuple[Places, Array]:
    """The choice that a solution stands for, and the orders it buys up to a tier's start."""
    choice = np.full(problem.class_units.shape, NONE)
    bought = np.full(problem.cost_per_unit.shape, np.nan)
    for (p, k, r), column in made.choices.items():
        if x[column] > 0.5:
            choice[p, k] = r
    for (k, r), pool in made.pools.items():
        for t, segments in pool.orders.items():
            if (problem.units[choice[:, k] == r, k, t] > 0).any():
                bought[k, r, t] = _claimed(segments, x).ordered
    return choice, bought


def _claimed(segments: Sequence[Segment], x: Array) -> Segment:
    """The segment that a solution lies on."""
    return max(segments, key=lambda segment: x[segment.column])


def _forbid_untrue(
    problem: RouteProblem, made: Programme, x: Array, cost: ChoiceCost, years: frozenset[int]
) -> bool:
    """Forbid what a solution claims and the reckoning of its choice denies; whether there was any."""
    before = len(made.rows)
    everything: list[int] = [c for (p, k, r), c in made.choices.items() if cost.choice[p, k] == r]
    for (k, r), pool in made.pools.items():
        if not (cost.choice[:, k] == r).any():
            continue
        members = {p: c for (p, *route), c in made.choices.items() if route == [k, r]}
        joined = {p: cost.choice[p, k] == r for p in members}
        laid = []
        for t, segments in pool.orders.items():
            claimed = _claimed(segments, x)
            laid.append(claimed.column)
            if not _true(claimed, cost, (k, r, t)):
                needing = [p for p in members if problem.units[p, k, t] > 0]
                made.forbid(
                    [claimed.column, *(members[p] for p in needing if joined[p])],
                    [members[p] for p in needing if not joined[p]],
                )
        everything += laid
        if pool.rebates and (claimed := _claimed(pool.rebates, x)).tier != cost.rebate_tiers[k, r]:
            made.forbid(
                [claimed.column, *laid, *(c for p, c in members.items() if joined[p])],
                [c for p, c in members.items() if not joined[p]],
            )
    for k in {k for _, k, _ in made.choices}:
        if above_supplier_limit(problem, cost.choice, k):
            made.forbid([c for (p, at, r), c in made.choices.items() if at == k and cost.choice[p, k] == r])
    if years_over(problem, cost.capital, years):
        made.forbid(everything)
    return len(made.rows) > before


def _true(claimed: Segment, cost: ChoiceCost, at: tuple[int, int, int]) -> bool:
    """Whether an order lies where a solution says."""
    if cost.joined[at] == 0:
        return claimed.tier == 0 and bool(np.isnan(claimed.ordered))
    if np.isnan(claimed.ordered):
        return bool(claimed.tier == cost.tiers[at])
    return bool(rounded(claimed.ordered - cost.joined[at]) > 0)


def _no_needless_order(
    problem: RouteProblem, cost: ChoiceCost, bought: Array, years: frozenset[int]
) -> ChoiceCost:
    """Order what is needed and no more wherever more costs no less."""
    for at in np.argwhere(~np.isnan(bought)):
        fewer = bought.copy()
        fewer[tuple(at)] = np.nan
        other = cost_of_choice(problem, cost.choice, fewer)
        if other.total <= cost.total and not years_over(problem, other.capital, years):
            cost, bought = other, fewer
    return cost
