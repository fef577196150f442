"""Shares of variance against closed forms: a linear model, Ishigami's function, and SALib's own estimates."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from casebuilder.analysis.uncertainty.why.indices import Index, first_order, total_effect
from casebuilder.evaluate.axes import Array

WEIGHTS = np.array([1.0, 2.0, 3.0, 0.5, 0.0])
A, B = 7.0, 0.1


def within(index: Index, truth: float, errors: float = 3.0) -> bool:
    """Whether a share lies within some of its own standard errors of the truth."""
    return abs(index.value - truth) <= errors * index.error


def ishigami(x: Array) -> Array:
    """Ishigami and Homma 1990, of three numbers from -π to π."""
    found: Array = np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])
    return found


def ishigami_shares() -> tuple[tuple[float, ...], tuple[float, ...], float]:
    """First-order and total indices of Ishigami's function and its variance, in closed form."""
    first = 0.5 * (1 + B * math.pi**4 / 5) ** 2
    second = A**2 / 8
    both = B**2 * math.pi**8 * (1 / 18 - 1 / 50)
    whole = first + second + both
    alone = (first / whole, second / whole, 0.0)
    return alone, ((first + both) / whole, second / whole, both / whole), whole


def drawn(seed: int, draws: int, inputs: int) -> Array:
    """Scores by draw and input."""
    found: Array = np.random.default_rng(seed).random((draws, inputs))
    return found


def again(scores: Array, other: Array, place: int) -> Array:
    """The scores with one input's drawn anew."""
    mixed = scores.copy()
    mixed[:, place] = other[:, place]
    return mixed


@pytest.mark.parametrize("draws", [1_000, 10_000])
def test_a_linear_model(draws: int) -> None:
    """Each input's share is its weight squared over all of them: 99 of 100 within three standard errors."""
    truth = WEIGHTS**2 / (WEIGHTS**2).sum()
    beyond = 0
    for seed in range(60):
        scores = drawn(seed, draws, len(WEIGHTS))
        for place in range(len(WEIGHTS)):
            index = first_order(scores[:, place], scores @ WEIGHTS)
            beyond += not within(index, truth[place])
            assert within(index, truth[place], 5), (place, index, truth[place])
            assert index.error < 2.5 / math.sqrt(draws)
    assert beyond <= 3  # of 300


def test_the_error_is_the_error() -> None:
    """Over many seeds the estimates lie about the truth, and apart by what one says of itself."""
    truth = float(WEIGHTS[2] ** 2 / (WEIGHTS**2).sum())
    found = []
    for seed in range(200):
        scores = drawn(seed, 1_000, len(WEIGHTS))
        found.append(first_order(scores[:, 2], scores @ WEIGHTS))
    values = np.array([each.value for each in found])
    said = math.sqrt(float(np.mean([each.error**2 for each in found])))
    assert abs(values.mean() - truth) < 4 * values.std() / math.sqrt(len(values)) + 0.005
    assert 0.7 < said / values.std() < 1.5


def test_total_effects_of_a_linear_model() -> None:
    """Where nothing goes together, the total index is the first-order one; of a group it is their sum."""
    scores, other = drawn(1, 4_096, len(WEIGHTS)), drawn(2, 4_096, len(WEIGHTS))
    y = scores @ WEIGHTS
    truth = WEIGHTS**2 / (WEIGHTS**2).sum()
    for place in range(len(WEIGHTS)):
        index = total_effect(y, again(scores, other, place) @ WEIGHTS)
        assert within(index, truth[place], 3.5), place
    group = again(again(scores, other, 0), other, 2) @ WEIGHTS
    assert within(total_effect(y, group), truth[0] + truth[2])


@pytest.mark.parametrize("seed", range(3))
def test_ishigami(seed: int) -> None:
    """A function that goes up and down and whose inputs work together: both indices in closed form."""
    first, total, variance = ishigami_shares()
    scores, other = drawn(seed, 8_192, 3), drawn(seed + 50, 8_192, 3)

    def of(u: Array) -> Array:
        return ishigami((2 * u - 1) * math.pi)

    y = of(scores)
    assert y.var() == pytest.approx(variance, rel=0.05)
    for place in range(3):
        assert within(first_order(scores[:, place], y), first[place]), place
        anew = total_effect(y, of(again(scores, other, place)))
        assert within(anew, total[place]), place


def test_salib_says_the_same_of_ishigami() -> None:
    """SALib's own sampling and estimators agree with ours within the errors of both."""
    sampling = pytest.importorskip("SALib.sample.sobol", reason="SALib is a test dependency")
    analysis = pytest.importorskip("SALib.analyze.sobol")
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-math.pi, math.pi]] * 3}
    x = sampling.sample(problem, 4_096, calc_second_order=False, seed=7)
    theirs = analysis.analyze(problem, ishigami(x), calc_second_order=False, seed=7)
    scores, other = drawn(11, 16_384, 3), drawn(12, 16_384, 3)
    turn: Callable[[Array], Array] = lambda u: ishigami((2 * u - 1) * math.pi)  # noqa: E731
    y = turn(scores)
    for place in range(3):
        ours = first_order(scores[:, place], y)
        apart = 3 * math.hypot(ours.error, theirs["S1_conf"][place] / 1.96)
        assert abs(ours.value - theirs["S1"][place]) <= apart, place
        total = total_effect(y, turn(again(scores, other, place)))
        apart = 3 * math.hypot(total.error, theirs["ST_conf"][place] / 1.96)
        assert abs(total.value - theirs["ST"][place]) <= apart, place


def test_draws_without_a_value_are_passed_over() -> None:
    """An empty headline takes its draw out of the count; a figure that never varies has no shares."""
    scores = drawn(3, 2_000, 2)
    y = scores @ np.array([1.0, 1.0])
    some = y.copy()
    some[::7] = math.nan
    kept = np.isfinite(some)
    assert first_order(scores[:, 0], some) == first_order(scores[kept, 0], y[kept])
    assert math.isnan(first_order(scores[:, 0], np.full(2_000, 3.0)).value)
    assert math.isnan(total_effect(np.full(99, 3.0), np.full(99, 3.0)).value)
