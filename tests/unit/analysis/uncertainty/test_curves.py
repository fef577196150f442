"""Curves: what each shape of a range says, beside closed forms and another library."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from casebuilder.algebra.terms import Input
from casebuilder.analysis.uncertainty.chance.curves import curve_of
from casebuilder.evaluate.axes import Array
from casebuilder.inputs.values import Value
from tests.unit.analysis.uncertainty.drawn_case import ranged

# The middles of so many equal strata: means over them are those of the distribution.
STRATA = 200_000
MIDDLES = (np.arange(STRATA) + 0.5) / STRATA


def values(
    value: Value, scores: Array = MIDDLES, low: float | None = None, high: float | None = None
) -> Array:
    """What a value with a range comes to at some scores."""
    item = Input("The value", "number", (), "For the test.", low=low, high=high)
    curve, start, width = curve_of(item, value)
    return start + width * curve.at(scores, stats.norm.ppf(scores))


ranges = st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1), st.floats(1e-3, 1e6)).map(
    lambda t: (t[0], t[0] + t[1] * t[2], t[0] + t[2])
)


@given(ranges)
@settings(max_examples=60, deadline=None)
def test_a_pert_is_the_beta_distribution_that_it_is_defined_by(of: tuple[float, float, float]) -> None:
    """Within a millionth of the range at every score; its mean is (low + 4 likeliest + high) / 6."""
    low, likeliest, high = of
    scores = np.concatenate([MIDDLES[::997], [1e-9, 1 - 1e-9]])
    found = values(ranged(low, likeliest, high), scores)
    share = (likeliest - low) / (high - low)
    exact = stats.beta.ppf(scores, 1 + 4 * share, 5 - 4 * share, loc=low, scale=high - low)
    assert np.abs(found - exact).max() <= 1e-6 * (high - low)
    assert found.min() >= low - 1e-9 * abs(low) and found.max() <= high + 1e-9 * abs(high)
    mean = values(ranged(low, likeliest, high)).mean()
    assert mean == pytest.approx((low + 4 * likeliest + high) / 6, abs=2e-6 * (high - low))


@given(ranges)
@settings(max_examples=30, deadline=None)
def test_triangular_and_uniform_have_their_means(of: tuple[float, float, float]) -> None:
    """A third of the sum of all three; the middle of the ends, whatever the value."""
    low, likeliest, high = of
    width = high - low
    triangular = values(ranged(low, likeliest, high, "triangular"))
    assert triangular.mean() == pytest.approx((low + likeliest + high) / 3, abs=1e-5 * width)
    assert np.interp(likeliest, triangular, MIDDLES) == pytest.approx((likeliest - low) / width, abs=1e-4)
    assert values(ranged(low, likeliest, high, "uniform")).mean() == pytest.approx(
        (low + high) / 2, abs=1e-5 * width
    )


@pytest.mark.parametrize("shape", ["normal", "lognormal"])
def test_the_ends_of_a_normal_are_p10_and_p90_and_the_value_is_its_median(shape: str) -> None:
    """With sides that differ too."""
    for low, middle, high in ((8.0, 10.0, 12.0), (9.0, 10.0, 14.0), (5.0, 10.0, 10.5)):
        found = values(ranged(low, middle, high, shape), np.array([0.1, 0.5, 0.9]))
        assert found == pytest.approx([low, middle, high], rel=1e-12)


def test_equal_sides_give_the_normal_itself() -> None:
    found = values(ranged(8.0, 10.0, 12.0, "normal"))
    assert found == pytest.approx(stats.norm.ppf(MIDDLES, 10, 2 / 1.2815515655446004), abs=1e-9)
    even = values(ranged(10 / 1.5, 10.0, 15.0, "lognormal"))
    assert np.log(even) == pytest.approx(
        stats.norm.ppf(MIDDLES, math.log(10), math.log(1.5) / 1.2815515655446004)
    )


def test_a_normal_is_drawn_within_the_bounds_of_its_input_and_not_heaped_on_them() -> None:
    """A share of 0.9 between 0.7 and 1: what lies above 1 is drawn below, as the truncated normal has it."""
    found = values(ranged(0.7, 0.9, 1.0, "normal"), low=0.0, high=1.0)
    assert found.min() >= 0 and found.max() <= 1
    assert np.unique(found).size > 0.99 * STRATA
    right, left = 0.1 / 1.2815515655446004, 0.2 / 1.2815515655446004
    below = stats.norm.cdf(-0.9 / left)
    kept = stats.norm.cdf(0.1 / right) - below
    for at in (0.5, 0.9, 0.95):
        side = left if at < 0.9 else right
        exact = (stats.norm.cdf((at - 0.9) / side) - below) / kept
        assert np.interp(at, found, MIDDLES) == pytest.approx(exact, abs=1e-4)


def test_listed_values_come_as_often_as_is_said() -> None:
    """Discrete by its chances, empirical each row alike."""
    given = ranged(0, 1, 5, "discrete", outcomes=((5.0, 0.2), (0.0, 0.3), (1.0, 0.5)))
    found, counts = np.unique(values(given), return_counts=True)
    assert dict(zip(found, counts / STRATA, strict=True)) == pytest.approx(
        {0.0: 0.3, 1.0: 0.5, 5.0: 0.2}, abs=1e-4
    )
    rows = (3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0)
    read = ranged(1, 3, 9, "empirical", outcomes=tuple((row, 1.0) for row in rows))
    eighths = values(read, (np.arange(8) + 0.5) / 8)
    assert eighths.tolist() == sorted(rows)
