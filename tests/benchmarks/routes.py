"""The cheapest mix of procurement routes: 13 trusts, 8 classes, 6 routes, 3 orders, every kind of limit."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from casebuilder.analysis.routes.mix import cheapest_mix
from casebuilder.analysis.routes.problem import RouteProblem
from casebuilder.errors import CaseError
from tests.unit.analysis.route_problems import NAN, route_problem

TRUSTS, CLASSES, ROUTES, ORDERS = 13, 8, 6, 3
PROBLEMS = 8


def limited_problem(seed: int, buy_up: bool) -> RouteProblem:
    """A problem whose limits bind.

    One year's capital is held to 96 % of what the best mix without limits needs, others to 105 %; in half
    the classes one supplier may get little more than the least any route gives one.
    """
    chance = np.random.default_rng(seed)
    problem = route_problem(chance, TRUSTS, CLASSES, ROUTES, ORDERS, buy_up=buy_up)
    capital = cheapest_mix(problem).cost.capital
    limits = np.where(chance.random(len(capital)) < 0.6, capital * 1.05, NAN)
    tight = chance.integers(len(capital))
    limits[tight] = capital[tight] * 0.96
    least = np.where(problem.serves, problem.supplier_share, 1).min(axis=1)
    suppliers = np.where(chance.random(CLASSES) < 0.5, least + 0.2, NAN)
    months = np.where(problem.serves, problem.delivery_months, np.inf).min(axis=1)
    return replace(
        problem,
        capital_limit=limits,
        supplier_limit=suppliers,
        delivery_limit=np.where(chance.random(CLASSES) < 0.3, months + 10, NAN),
    )


def choosing() -> None:
    """Processor seconds to the proved best mix of each problem, or to the limit that leaves none."""
    for buy_up in (False, True):
        times, none = [], 0
        for seed in range(PROBLEMS):
            problem = limited_problem(seed, buy_up)
            start = time.process_time()
            try:
                proved = cheapest_mix(problem).status == "optimal"
            except CaseError:
                none, proved = none + 1, True
            times.append(time.process_time() - start if proved else float("inf"))
        orders = "buying up" if buy_up else "as needed"
        print(f"{orders:10}  problems, and how many have no mix      {PROBLEMS}, {none}")
        print(f"{'':10}  cheapest mix, median, s                 {np.median(times):.2f}")
        print(f"{'':10}  cheapest mix, worst, s (aim: 10)        {max(times):.2f}")


if __name__ == "__main__":
    choosing()
