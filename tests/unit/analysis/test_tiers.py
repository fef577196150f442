"""Buying up to a tier: where more units cost less."""

from __future__ import annotations

import numpy as np
import pytest

from casebuilder.analysis.routes.tiers import cost_on_tiers, tier_reached

# 5 % off from 5 units and 20 % off from 10, at a price of 1.
STARTS, PRICES = np.array([0.0, 5, 10]), np.array([1, 0.95, 0.8])


@pytest.mark.parametrize(("units", "cost"), [(4, 4), (5, 4.75), (8, 7.6), (9, 8.55), (10, 8.0), (11, 8.8)])
def test_the_price_of_a_quantity_is_the_shared_vector(units: float, cost: float) -> None:
    assert cost_on_tiers(units, STARTS, PRICES, True) == pytest.approx(cost, rel=1e-12)


def test_incremental_tiers_price_each_unit_on_its_own() -> None:
    """9 cost 5 + 4 × 0.95 = 8.80, and 10 cost 9.75."""
    assert cost_on_tiers(9, STARTS, PRICES, False) == pytest.approx(8.8, rel=1e-12)


@pytest.mark.parametrize(("units", "tier"), [(0, 0), (4.9999, 0), (5 - 1e-10, 1), (99, 2)])
def test_a_tier_is_reached_to_nine_decimals(units: float, tier: int) -> None:
    assert tier_reached(units, STARTS) == tier
