"""The choice under limits against every plan written out: random small instances, and a few by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from casebuilder.analysis.sites.programme import (
    OUT,
    Floor,
    Instance,
    Limit,
    Minimum,
    Need,
    Plan,
    front,
    keeps_rules,
    least_capital,
    measured,
    solve,
    spent,
    undominated,
    within,
)

QUICK, FULL = 50, 200


def random_instance(seed: int) -> Instance:
    """Up to six candidates with up to three starts, in whole pounds and people."""
    rng = np.random.default_rng(seed)
    candidates, starts, years, groups = int(rng.integers(2, 6)), int(rng.integers(1, 4)), 4, 7
    capital = np.zeros((candidates, starts, years))
    for candidate, start in product(range(candidates), range(starts)):
        capital[candidate, start, min(start, years - 1)] = rng.integers(1, 20)
        capital[candidate, start, min(start + 1, years - 1)] += rng.integers(0, 10)
    limits = [Limit(tuple(range(years)), float(rng.integers(10, 70)))]
    if rng.random() < 0.6:
        limits.append(Limit((int(rng.integers(years)),), float(rng.integers(5, 30))))
    needs = [
        Need(b, a, np.tri(starts, dtype=bool))
        for a, b in [sorted(rng.choice(candidates, 2, replace=False))]
        if rng.random() < 0.5
    ]
    excludes = [(int(a), int(b)) for a, b in [rng.choice(candidates, 2, replace=False)] if rng.random() < 0.4]
    minima = [Minimum(tuple(range(int(rng.integers(1, candidates)) + 1)), 1)] if rng.random() < 0.4 else []
    return Instance(
        rng.integers(-20, 40, (2, candidates, starts)).astype(float),
        capital,
        rng.random((groups, candidates)) < 0.35,
        rng.integers(0, 50, groups).astype(float),
        tuple(limits),
        tuple(needs),
        tuple(excludes),
        tuple(minima),
    )


def every_plan(instance: Instance) -> list[Plan]:
    """All plans that keep to every limit, each rule read apart from the code under test."""
    candidates, starts = instance.shape
    kept = []
    for plan in product(range(OUT, starts), repeat=candidates):
        inside = [c for c in range(candidates) if plan[c] != OUT]
        money = sum((instance.capital[c, plan[c]] for c in inside), np.zeros(instance.capital.shape[2]))
        if any(sum(money[year] for year in limit.years) > limit.amount for limit in instance.limits):
            continue
        if any(a in inside and b in inside for a, b in instance.excludes):
            continue
        if any(len(set(inside) & set(each.members)) < each.count for each in instance.minima):
            continue
        if any(
            need.candidate in inside and (need.other not in inside or plan[need.other] > plan[need.candidate])
            for need in instance.needs
        ):
            continue
        kept.append(plan)
    return kept


def worth(instance: Instance, plan: Plan) -> list[float]:
    """Both measures that add up, and people, each person once."""
    inside = [c for c, start in enumerate(plan) if start != OUT]
    added = [sum(instance.values[m, c, plan[c]] for c in inside) for m in range(2)]
    people = sum(
        number
        for number, row in zip(instance.people, instance.cover, strict=True)
        if any(row[c] for c in inside)
    )
    return [*added, people]


@pytest.mark.parametrize("count", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_the_plan_found_is_the_best_of_all_plans(count: int) -> None:
    none = 0
    for seed in range(count):
        instance = random_instance(seed)
        plans = every_plan(instance)
        for weights in (np.eye(3)[0], np.eye(3)[2], np.array([1.0, 0.5, 0.25])):
            choice = solve(instance, weights)
            if choice is None:
                assert not plans, seed
                none += 1
                continue
            scores = {plan: float(weights @ worth(instance, plan)) for plan in plans}
            best = max(scores.values())
            assert choice.plan in scores, f"{seed}: {choice.plan} breaks a limit"
            assert scores[choice.plan] == pytest.approx(best, abs=1e-6), seed
            assert list(choice.measures) == pytest.approx(worth(instance, choice.plan))
            cheapest = min(spent(instance, p).sum() for p, s in scores.items() if s > best - 1e-9)
            assert spent(instance, choice.plan).sum() == pytest.approx(cheapest), seed
    assert 0 < none < 3 * count, "some instances have no plan, and most have one"


@pytest.mark.parametrize("count", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_rules_and_limits_are_read_as_every_plan_reads_them(count: int) -> None:
    for seed in range(count):
        instance = random_instance(seed)
        candidates, starts = instance.shape
        kept = set(every_plan(instance))
        for plan in product(range(OUT, starts), repeat=candidates):
            ok = keeps_rules(instance, plan) and within(instance.limits, spent(instance, plan))
            assert ok == (plan in kept)


@pytest.mark.parametrize("count", [QUICK // 2, pytest.param(FULL, marks=pytest.mark.full)])
def test_more_capital_never_gives_less(count: int) -> None:
    for seed in range(count):
        instance = random_instance(seed)
        before = -np.inf
        for amount in (0, 10, 25, 60, 200):
            limits = tuple(replace(limit, amount=float(amount)) for limit in instance.limits)
            choice = solve(replace(instance, limits=limits), np.array([1.0, 0.0, 0.3]))
            score = -np.inf if choice is None else float(choice.measures @ [1.0, 0.0, 0.3])
            assert score >= before - 1e-6
            before = score


@pytest.mark.parametrize("count", [QUICK // 5, pytest.param(FULL, marks=pytest.mark.full)])
def test_no_plan_of_the_front_is_beaten_and_each_best_is_on_it(count: int) -> None:
    fronts = 0
    for seed in range(count):
        instance = random_instance(seed)
        points = {plan: worth(instance, plan) for plan in every_plan(instance)}
        found = front(instance)
        assert bool(found) == bool(points)
        for choice in found:
            mine = points[choice.plan]
            for other in points.values():
                no_worse = all(b >= a - 1e-9 for a, b in zip(mine, other, strict=True))
                assert not (no_worse and any(b > a + 1e-6 for a, b in zip(mine, other, strict=True))), seed
        for measure in range(3 if points else 0):
            best = max(point[measure] for point in points.values())
            assert max(choice.measures[measure] for choice in found) == pytest.approx(best)
        fronts += len(found) > 1
    assert fronts > count / 4, "many fronts have more than one plan"


def test_undominated_rows_by_hand() -> None:
    points = np.array([[1, 5], [2, 4], [2, 4], [1, 4], [3, 0], [0, 5]], dtype=float)
    assert undominated(points) == [0, 1, 4]


@pytest.fixture
def two_near_the_same_town() -> Instance:
    """Two centres bring the same 100 people near, the third 60 others; £10 each, £20 in all."""
    return Instance(
        np.zeros((1, 3, 1)),
        np.full((3, 1, 1), 10.0),
        np.array([[True, True, False], [False, False, True]]),
        np.array([100.0, 60.0]),
        (Limit((0,), 20.0),),
    )


def test_people_near_two_centres_count_once(two_near_the_same_town: Instance) -> None:
    choice = solve(two_near_the_same_town, np.array([0.0, 1.0]))
    assert choice is not None and choice.measures[-1] == 160 and choice.plan[2] == 0
    assert measured(two_near_the_same_town, (0, 0, OUT))[-1] == 100


def test_a_spoke_brings_its_hub_or_stays_out(two_near_the_same_town: Instance) -> None:
    spoke = replace(two_near_the_same_town, needs=(Need(2, 1, np.ones((1, 1), dtype=bool)),))
    choice = solve(spoke, np.array([0.0, 1.0]))
    assert choice is not None and choice.plan == (OUT, 0, 0)
    poor = replace(spoke, limits=(Limit((0,), 10.0),))
    choice = solve(poor, np.array([0.0, 1.0]))
    assert choice is not None and choice.plan[2] == OUT and choice.measures[-1] == 100


def test_a_spoke_does_not_start_before_its_hub() -> None:
    """The hub is worth more late, the spoke is worth nothing late: both late, or no spoke."""
    instance = Instance(
        np.array([[[1.0, 5.0], [3.0, 0.0]]]),
        np.zeros((2, 2, 2)),
        np.zeros((0, 2), dtype=bool),
        np.zeros(0),
        needs=(Need(1, 0, np.tri(2, dtype=bool)),),
    )
    choice = solve(instance, np.array([1.0, 0.0]))
    assert choice is not None and choice.plan[0] == 1 and choice.plan[1] != 0


def test_barred_plans_are_not_found_again(two_near_the_same_town: Instance) -> None:
    weights, seen = np.array([0.0, 1.0]), []
    while (choice := solve(two_near_the_same_town, weights, barred=seen)) is not None:
        seen.append(choice.plan)
    assert sorted(seen) == sorted(every_plan_of_three())


def every_plan_of_three() -> list[Plan]:
    return [plan for plan in product((OUT, 0), repeat=3) if plan != (0, 0, 0)]


def test_a_floor_holds(two_near_the_same_town: Instance) -> None:
    floor = Floor(np.array([0.0, 1.0]), 101.0)
    choice = solve(two_near_the_same_town, np.array([1.0, 0.0]), [floor])
    assert choice is not None and choice.measures[-1] == 160
    assert solve(two_near_the_same_town, np.array([1.0, 0.0]), [replace(floor, amount=161.0)]) is None


@pytest.mark.parametrize("count", [QUICK, pytest.param(FULL, marks=pytest.mark.full)])
def test_the_least_capital_of_a_limit(count: int) -> None:
    for seed in range(count):
        instance = random_instance(seed)
        free = replace(instance, limits=())
        plans = every_plan(free)
        limit = instance.limits[-1]
        choice = least_capital(instance, limit)
        assert (choice is None) == (not plans)
        if choice is not None:
            least = min(spent(free, plan)[list(limit.years)].sum() for plan in plans)
            assert spent(free, choice.plan)[list(limit.years)].sum() == pytest.approx(least)
