"""The fit of the rule on made months whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from casebuilder.calibrate.waits_curve import POINTS, Curve, exponential, fifo, fit, predict


def made(shares: dict[float, list[float]], lists: list[float]) -> pd.DataFrame:
    """Months of trusts that each stay at one multiple of usual cover; a calm share of 0."""
    rows = []
    for trust, (multiple, found) in enumerate(sorted(shares.items())):
        for month, (share, size) in enumerate(zip(found, lists, strict=True)):
            rows.append(
                {
                    "provider": f"t{trust}",
                    "number": month * 2,
                    "list": size,
                    "over": share * size,
                    "multiple": multiple,
                    "share": share,
                    "calm": 0.0,
                    "pandemic": False,
                }
            )
    return pd.DataFrame(rows)


def test_the_fit_is_the_list_weighted_mean_not_the_median() -> None:
    """Two short lists at 0 and one long list at 40 %: the mean weighted 1, 1, 2 is 20 %, the median 0."""
    curve = fit(made({1.0: [0, 0, 0], 2.0: [0, 0, 0.4]}, [100, 100, 200]))
    assert curve.shares[POINTS.index(1)] == 0
    assert curve.shares[POINTS.index(2)] == pytest.approx(0.2)


def test_neighbours_that_fall_are_pooled() -> None:
    """A third at cover 1.5 and a fifth at cover 2, equal lists: both become their mean."""
    curve = fit(made({1.0: [0, 0], 1.5: [0.30, 0.30], 2.0: [0.20, 0.20]}, [100, 100]))
    assert curve.shares[POINTS.index(1.5)] == pytest.approx(0.25)
    assert curve.shares[POINTS.index(2)] == pytest.approx(0.25)
    assert (np.diff(curve.shares) >= 0).all()


def test_the_floor_is_the_trusts_own() -> None:
    """A calm share of 4 % and a rise of a quarter: 4 % + 96 % × 25 % = 28 %."""
    rise = np.zeros(len(POINTS))
    rise[POINTS.index(2) :] = 0.25
    assert Curve(rise, 0).share(np.array([2.0]), np.array([0.04])) == pytest.approx(0.28)


def test_long_waits_are_kept() -> None:
    """Half of 40 over six weeks is kept a month where cover explains none: 20, then 10 of 100."""
    months = pd.DataFrame(
        {
            "provider": ["t"] * 3,
            "number": [1, 2, 3],
            "list": [100.0] * 3,
            "over": [40.0, 0, 0],
            "multiple": [1.0] * 3,
            "calm": [0.0] * 3,
        }
    )
    shares = predict(months, Curve(np.zeros(len(POINTS)), 0.5))
    assert np.isnan(shares[0])
    assert shares[1:].tolist() == pytest.approx([0.20, 0.10])


def test_the_other_rules() -> None:
    """demand.md 3.5, England 2018/19: MRI at 3.46 weeks of cover gives 17.7 % by the exponential rule."""
    assert exponential(np.array([3.46]))[0] == pytest.approx(0.177, abs=5e-4)
    assert fifo(np.array([3.46, 12.0])).tolist() == [0, 0.5]
