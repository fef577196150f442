"""Buying up to a tier: where more units cost less."""

from __future__ import annotations

import numpy as np
import pytest

from casebuilder.analysis.routes.tiers import buy_up_point, cost_on_tiers, tier_reached

# 5 % off from 5 units and 20 % off from 10, at a price of 1.
STARTS, PRICES = np.array([0.0, 5, 10]), np.array([1, 0.95, 0.8])


@pytest.mark.parametrize(("units", "cost"), [(4, 4), (5, 4.75), (8, 7.6), (9, 8.55), (10, 8.0), (11, 8.8)])
def test_the_price_of_a_quantity_is_the_shared_vector(units: float, cost: float) -> None:
    assert cost_on_tiers(units, STARTS, PRICES, True) == pytest.approx(cost, rel=1e-12)


# 8 units cost 7.60 and 9 cost 8.55; 10 cost 8.00. Between 8 / 0.95 = 8.42 units and 10, 10 are cheaper.
@pytest.mark.parametrize(
    ("units", "bought"),
    [(0, 0), (4, 4), (4.9, 5), (8, 8), (8.4, 8.4), (8.43, 10), (9, 10), (10, 10), (11, 11)],
)
def test_buying_up_pays_just_below_a_start(units: float, bought: float) -> None:
    assert buy_up_point(units, STARTS, PRICES) == bought


def test_a_tie_buys_the_fewest() -> None:
    """8 at 1.00 cost 8.00, as 10 at 0.80 do."""
    assert buy_up_point(8, np.array([0.0, 10]), np.array([1, 0.8])) == 8


def test_a_start_may_be_passed_over() -> None:
    """4 cost 4.00, 5 cost 4.95 and 6 cost 3.00."""
    assert buy_up_point(4, np.array([0.0, 5, 6]), np.array([1, 0.99, 0.5])) == 6


def test_incremental_tiers_never_pay_for_more() -> None:
    """9 cost 5 + 4 × 0.95 = 8.80, and 10 cost 9.75."""
    assert cost_on_tiers(9, STARTS, PRICES, False) == pytest.approx(8.8, rel=1e-12)
    assert buy_up_point(9, STARTS, PRICES, False) == 9


@pytest.mark.parametrize(("units", "tier"), [(0, 0), (4.9999, 0), (5 - 1e-10, 1), (99, 2)])
def test_a_tier_is_reached_to_nine_decimals(units: float, tier: int) -> None:
    assert tier_reached(units, STARTS) == tier
