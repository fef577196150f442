"""Routes by hand: yearly charges, renewal, delay, rebates, orders in several years, VAT and IFRS 16."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.published.support import Answer, work_out

VECTORS = json.loads((Path(__file__).parents[2] / "published" / "costs.json").read_text())["finance"]
ROUTES = ("alone", "pool", "lease")
MEMBERS = {
    "provider": ("a", "b"),
    "route": ROUTES,
    "tranche": ("first", "second"),
    "tier": ("t1", "t2"),
    "band": ("b0_30",),
    "site": ("north",),
    "test": ("ct",),
}
RATE = 0.035
LIFE = 10

# Two trusts; A needs two units in the first order, B three in the second, two years later.
GIVEN: dict[str, Any] = {
    "procurement.joins": [1, 1],
    "procurement.refuses_standard": [0, 0],
    "procurement.last_price": 0.0,
    "procurement.volume_delivered": 1.0,
    "procurement.units": [2.0, 0.0, 0.0, 3.0],
    "procurement.pools": [0, 1, 0],
    "procurement.all_units": [1, 1, 1],
    "procurement.tier_start": [1.0, 3.0] * 3,
    "procurement.tier_factor": [1.0, 1.0, 1.0, 0.9, 1.0, 1.0],
    "procurement.rebate_share": [0.0, 0.0, 0.0, 0.02, 0.0, 0.0],
    "procurement.from_one_maker": [1],
    "procurement.several_from": [2] * 3,
    "procurement.several_share": [0.0] * 3,
    "procurement.framework_fee": [0.0, 0.01, 0.0],
    "procurement.competition_cost": [20_000.0, 50_000.0, 0.0],
    "procurement.competition_size": 0.5,
    "procurement.coordination_cost": [0.0, 4_000.0, 0.0],
    "procurement.maintenance_saving": [0.0, 0.1, 0.0],
    "procurement.units_bought": 4.0,
    "procurement.committed_share": 0.0,
    "funder.units": 0.0,
    "pool.kept_by_members": 0.0,
    "whole_life.centre_units": [1.0, 3.0],
    "equipment.unit_price": 1_000_000.0,
    "equipment.maintenance_rate": 0.08,
    "equipment.life": 10.0,
    "equipment.units_per_room": 1.0,
    "routes.on_offer": [1, 1, 1],
    "routes.delivery_year": [1.0, 3.0],
    "routes.route_months": [6.0, 12.0, 4.0],
    "routes.lead_months": 5.0,
    "routes.months_allowed": 16.0,
    "routes.months_of_float": 2.0,
    "routes.waits_for_kit": 0.5,
    "lateness.tests_a_month": 1_000.0,
    "routes.contract_length": [10.0, 5.0, 7.0],
    "routes.lock_in_premium": [0.0, 0.2, 0.0],
    "routes.is_financed": [0, 0, 1],
    "routes.supplier_rate": [0.05, 0.05, 0.05],
    "routes.supplier_margin": [0.0, 0.0, 0.1],
    "routes.residual_share": [0.0, 0.0, 0.2],
    "routes.standard_saving": [0.0, 0.004, 0.0],
    "routes.vat_recovered_price": [0.0, 0.0, 0.0],
    "routes.vat_recovered_charge": [1.0, 1.0, 0.0],
    "routes.is_lease": [0, 0, 1],
    "timeline.rate_standard": RATE,
    "timeline.discount_factor": [1 / (1 + RATE) ** n for n in range(14)],
    "timeline.gdp_index": [1.02**n for n in range(14)],
    "capital.vat_rate": 0.2,
    "leases.discount_rate": [0.05] * 14,
    "revenue.bought_test_price": 100.0,
    "revenue.price_to_cost": 0.7,
    "routes.capital_limit": [0.0, 3_000_000.0],
}


def worked(*wanted: str, **changed: Any) -> Answer:
    values = GIVEN | {key.replace("__", "."): value for key, value in changed.items()}
    return work_out(wanted, values, members=MEMBERS, years=14, unused_allowed=True)


def at(year: int) -> float:
    """The discount factor of a year, the base year being 1."""
    return float((1 + RATE) ** (1 - year))


def test_price_by_order_and_the_rebate_over_both() -> None:
    """Two stay in the first tier, three in the second order reach the next; five earn a rebate."""
    answer = worked("procurement.price_units", "procurement.rebate_units", "procurement.mean_factor")
    assert answer("procurement.price_units")[1] == pytest.approx([2.0, 3 * 0.9])
    assert answer("procurement.rebate_units")[1] == pytest.approx(5 * 0.02)
    assert answer("procurement.mean_factor")[1] == pytest.approx((2 + 2.7 - 0.1) / 5)


def test_maintenance_over_the_life_is_the_published_one_a_year_sooner() -> None:
    """£80,000 in years 2 to 10 is worth £588,033.74 (shared vectors); here it starts in year 1."""
    answer = worked("routes.charge_years", "whole_life.cost_of_price")
    present = (answer("whole_life.cost_of_price")[0] - 1_000_000) / (1 + RATE)
    assert present == pytest.approx(VECTORS["PV_maint_8pct_y2_10"], rel=1e-12)


def test_the_charge_rises_at_renewal() -> None:
    """Five years at the contract's charge, five at a fifth more; the first is under warranty."""
    by_hand = sum((1.0 if year < 5 else 1.2) / (1 + RATE) ** year for year in range(LIFE))
    answer = worked("routes.charge_years", "whole_life.cost_of_price")
    assert answer("routes.charge_years")[1] == pytest.approx(by_hand, rel=1e-12)
    each = 1_010_000 * (1 + 0.08 * 0.9 * (by_hand - 1))
    assert answer("whole_life.cost_of_price")[1] == pytest.approx(each, rel=1e-12)


def test_a_rental_repays_the_price_less_what_is_left() -> None:
    """Seven payments in advance at 5 %, a fifth of the price left at the end, a tenth on top."""
    rate = worked("routes.charge_rate")("routes.charge_rate")[2] / 1.1
    worth = sum(rate / 1.05**n for n in range(7)) + 0.2 / 1.05**7
    assert worth == pytest.approx(1.0, rel=1e-12)


def test_without_discounting_a_charge_is_counted_year_by_year() -> None:
    answer = worked("routes.charge_years", timeline__rate_standard=0.0)
    assert answer("routes.charge_years") == pytest.approx([10, 5 + 5 * 1.2, 10])


def test_a_late_route_costs_tests_and_may_not_be_admissible() -> None:
    """Six months later than alone, two of them float: four months of half the tests, at £70 each."""
    answer = worked("lateness.delay", "whole_life.delay_part", "routes.admissible")
    assert answer("lateness.delay") == [0, 4, 0]
    assert answer("whole_life.delay_part") == pytest.approx([0, 4 * 1_000 * 0.5 * 70, 0])
    assert answer("routes.admissible") == [1, 0, 1]  # 12 + 5 months are more than 16


def test_whole_life_cost_of_the_pool_by_hand() -> None:
    """Price, maintenance with renewal, a competition, coordination, training saved, tests not done."""
    answer = worked("whole_life.whole_life", "whole_life.trust_route", "pool.gap_in_parts")
    years = sum((1.0 if year < 5 else 1.2) / (1 + RATE) ** year for year in range(LIFE))
    price = 1_010_000 * (2 * at(1) + 2.7 * at(3))
    rebate = 1_010_000 * 0.1 * at(3)
    maintenance = price * 0.08 * 0.9 * (years - 1)
    process = 0.5 * (50_000 + 2 * 4_000)
    training = 0.004 * 1_000_000 * (2 * at(1) + 3 * at(3))
    late = 4 * 1_000 * 0.5 * 70
    by_hand = price - rebate + maintenance + process - training + late
    assert answer("whole_life.whole_life")[1] == pytest.approx(by_hand, rel=1e-12)
    assert sum(row[1] for row in answer("whole_life.trust_route")) == pytest.approx(by_hand, rel=1e-12)
    assert answer("pool.gap_in_parts") == 0


def test_years_add_up_to_the_whole_and_carry_vat() -> None:
    """Discounted, the years give the whole-life cost; in cash, VAT is on what is bought alone."""
    answer = worked(
        "route_years.cost_year",
        "route_years.cash_year",
        "route_years.gap_by_year",
        "whole_life.whole_life",
        "route_years.gap_by_trust",
        "route_years.beyond_horizon",
    )
    assert answer("route_years.gap_by_year") == pytest.approx([0, 0, 0])
    assert answer("route_years.gap_by_trust") == pytest.approx([0, 0, 0])
    assert answer("route_years.beyond_horizon") == 0
    years = answer("route_years.cost_year")[0]
    by_hand = [0.0] * 14
    for first, units in ((0, 2), (2, 3)):
        by_hand[first] += units * 1e6
        for year in range(first + 1, first + LIFE):
            by_hand[year] += units * 80_000
    by_hand[0] += 2 * 0.5 * 20_000
    assert years == pytest.approx(by_hand)
    cash = answer("route_years.cash_year")[0]
    assert cash[0] == pytest.approx(2e6 * 1.2 + 20_000)
    assert cash[1] == pytest.approx(2 * 80_000 * 1.02)


def test_capital_is_the_price_with_vat_or_the_right_of_use() -> None:
    """£150,000 a year for seven years in arrears is worth 5.786 payments at 5 %; in advance 5 % more."""
    answer = worked("route_years.capital_of_price", "route_years.over_limit", "routes.charge_rate")
    assert answer("route_years.capital_of_price")[0] == pytest.approx([1.2e6, 1.2e6 * 1.02**2])
    annuity = sum(1.05**-n for n in range(1, 8)) * 1.05
    right = answer("routes.charge_rate")[2] * 1e6 * annuity
    assert answer("route_years.capital_of_price")[2] == pytest.approx([right, right * 1.02**2])
    over = 3 * 1.2e6 * 1.02**2 - 3e6
    assert answer("route_years.over_limit")[0] == pytest.approx(over)


def test_volume_that_is_not_ordered_loses_the_tier() -> None:
    """Nine tenths of three units do not reach a tier that starts at three; what is needed stays three."""
    answer = worked("procurement.price_units", procurement__volume_delivered=0.9)
    assert answer("procurement.price_units")[1] == pytest.approx([2.0, 3.0])


def test_a_trust_that_stays_out_buys_at_its_own_price() -> None:
    """B stays out: the pool orders two units, and B's cost is not in it."""
    answer = worked("procurement.price_units", "pool.alone", "sharing.members", procurement__joins=[1, 0])
    assert answer("procurement.price_units")[1] == pytest.approx([2.0, 0.0])
    assert answer("pool.alone")[1] == 0
    assert answer("sharing.members") == 1


def test_the_lease_of_the_page_on_procurement() -> None:
    """docs/procurement.md: £150,461 a year for £1.0m, £1,123,658 over ten years with its rise."""
    answer = worked(
        "routes.charge_rate",
        "routes.charge_years",
        routes__supplier_rate=[0.045] * 3,
        routes__supplier_margin=[0.0] * 3,
        routes__residual_share=[0.1] * 3,
        routes__lock_in_premium=[-0.5] * 3,
    )
    rental = answer("routes.charge_rate")[2] * 1_000_000
    assert rental == pytest.approx(150_461, abs=0.5)
    assert rental * answer("routes.charge_years")[2] == pytest.approx(1_123_658, abs=0.5)
