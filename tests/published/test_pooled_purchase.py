"""The model's own lines of procurement against the worked examples T1, T2 and T11 of the shared vectors.

Three trusts need 2, 3 and 5 like units. The example has no life beyond its first year, no maintenance and no
discounting, so that a whole-life cost is a price and a fixed cost, as in the vectors. Figures are in £m for
T1 and T2 and in £k for T11.
"""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from tests.published.support import Answer, work_out


def given(name: str) -> Any:
    return json.loads(Path(__file__).with_name(f"{name}.json").read_text(encoding="utf-8"))


GAMES = {game["id"]: game for game in given("cost_games")["cost_games"]}
T11, BUY_UP = given("route_choice")["route_choice"], given("route_choice")["buy_up"]
TRUSTS = ("a", "b", "c")
UNITS = (2.0, 3.0, 5.0)
GROUPS = [group for size in (1, 2, 3) for group in combinations(TRUSTS, size)]


def example(
    routes: dict[str, dict[str, Any]], price: float, tiers: dict[str, list[float]], **more: Any
) -> dict[str, Any]:
    """A case of three trusts and one class; each route says what differs from a plain purchase."""
    plain = {
        "pools": 0,
        "all_units": 1,
        "framework_fee": 0.0,
        "competition_cost": 0.0,
        "coordination_cost": 0.0,
        "factors": [1.0, 1.0, 1.0],
    }
    of = {name: plain | own for name, own in routes.items()}

    def each(what: str) -> list[Any]:
        return [own[what] for own in of.values()]

    flat = [0.0] * len(of)
    values = {
        "procurement.joins": more.pop("joins", [1, 1, 1]),
        "procurement.refuses_standard": [0, 0, 0],
        "procurement.last_price": 0.0,
        "procurement.volume_delivered": 1.0,
        "procurement.units": list(UNITS),
        "procurement.pools": each("pools"),
        "procurement.all_units": each("all_units"),
        "procurement.tier_start": tiers["starts"] * len(of),
        "procurement.tier_factor": [x for factors in each("factors") for x in factors],
        "procurement.rebate_share": [0.0] * 3 * len(of),
        "procurement.from_one_maker": 0,
        "procurement.several_from": [2] * len(of),
        "procurement.several_share": flat,
        "procurement.framework_fee": each("framework_fee"),
        "procurement.competition_cost": each("competition_cost"),
        "procurement.competition_size": 1.0,
        "procurement.coordination_cost": each("coordination_cost"),
        "procurement.maintenance_saving": flat,
        "procurement.units_bought": 0.0,
        "procurement.committed_share": 0.0,
        "procurement.in_tranche": 1.0,
        "funds.taken_back_share": 0.0,
        "pool.kept_by_members": 0.0,
        "equipment.units_needed": 0.0,
        "hosting.owns": 0.0,
        "equipment.unit_price": price,
        "equipment.maintenance_rate": 0.0,
        "equipment.life": 5.0,
        "equipment.units_per_room": 1.0,
        "routes.on_offer": [1] * len(of),
        "routes.delivery_year": 1.0,
        "routes.route_months": flat,
        "routes.lead_months": 0.0,
        "routes.months_allowed": 12.0,
        "routes.months_of_float": 0.0,
        "routes.waits_for_kit": 0.0,
        "lateness.tests_a_month": 0.0,
        "routes.contract_length": [5.0] * len(of),
        "routes.lock_in_premium": flat,
        "routes.is_financed": flat,
        "routes.supplier_rate": [0.05] * len(of),
        "routes.supplier_margin": flat,
        "routes.residual_share": flat,
        "routes.standard_saving": flat,
        "timeline.rate_standard": 0.0,
        "timeline.discount_factor": 1.0,
        "revenue.bought_test_price": 0.0,
        "revenue.price_to_cost": 1.0,
    }
    return values | more


def members(routes: dict[str, Any]) -> dict[str, Any]:
    return {
        "provider": TRUSTS,
        "route": tuple(routes),
        "tranche": ("first",),
        "tier": ("t1", "t2", "t3"),
        "band": ("b0_30",),
    }


def worked(routes: dict[str, Any], wanted: list[str], *args: Any, **more: Any) -> Answer:
    return work_out(wanted, example(routes, *args, **more), members=members(routes), unused_allowed=True)


T1_ROUTES = {
    "alone": {"factors": [1.0, 0.95, 0.9], "competition_cost": 0.1},
    "pool": {"pools": 1, "factors": [1.0, 0.95, 0.9], "competition_cost": 0.1},
}
T1_TIERS = {"starts": [1.0, 5.0, 10.0]}
T2_ROUTES = {
    "alone": {"factors": [1.0, 0.9, 0.8], "all_units": 0},
    "pool": {"pools": 1, "factors": [1.0, 0.9, 0.8], "all_units": 0},
}
T2_TIERS = {"starts": [1.0, 6.0, 11.0]}  # units 1 to 5, 6 to 10, and above


@pytest.mark.parametrize(
    ("name", "routes", "tiers"),
    [("T1_all_unit", T1_ROUTES, T1_TIERS), ("T2_incremental", T2_ROUTES, T2_TIERS)],
)
@pytest.mark.parametrize("group", GROUPS)
def test_the_cost_of_every_group(name: str, routes: Any, tiers: Any, group: tuple[str, ...]) -> None:
    """What a group of trusts pays together, the tiers of its own volume and one competition."""
    joins = [int(trust in group) for trust in TRUSTS]
    answer = worked(routes, ["pool.together"], 1.0, tiers, joins=joins)
    expected = GAMES[name]["cost"]["".join(group).upper()]
    assert answer("pool.together") == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("name", "routes", "tiers"),
    [("T1_all_unit", T1_ROUTES, T1_TIERS), ("T2_incremental", T2_ROUTES, T2_TIERS)],
)
def test_shares_by_the_rules_of_the_sheet(name: str, routes: Any, tiers: Any) -> None:
    """Equal saving, volume, Moriarity, ECA and ACA as the lines of the model work them out."""
    keys = {
        "equal_saving": "sharing.share_equal",
        "volume": "sharing.share_volume",
        "moriarity": "sharing.share_moriarity",
        "eca": "sharing.share_eca",
        "aca": "sharing.share_aca",
    }
    answer = worked(routes, list(keys.values()), 1.0, tiers)
    for rule, expected in GAMES[name]["expect"].items():
        if rule in keys:
            assert answer(keys[rule]) == pytest.approx(expected, abs=6e-7), rule


def test_without_a_member() -> None:
    """T1: the others pay 7.70, 6.75 and 4.85 without A, B and C."""
    answer = worked(T1_ROUTES, ["pool.without", "sharing.separable"], 1.0, T1_TIERS)
    assert answer("pool.without") == pytest.approx([7.70, 6.75, 4.85], rel=1e-12)
    assert answer("sharing.separable") == pytest.approx([1.40, 2.35, 4.25], rel=1e-12)


T11_ROUTES = {
    "alone": {"competition_cost": 45.0},
    "framework": {"factors": [0.94] * 3, "framework_fee": 0.01, "competition_cost": 12.0},
    "pool": {"pools": 1, "factors": [1.0, 0.95, 0.9], "competition_cost": 60.0, "coordination_cost": 15.0},
}


def test_whole_life_cost_of_each_route() -> None:
    """T11: all alone 12,135.0, all on the framework 11,428.8, all pooled 10,905.0."""
    answer = worked(T11_ROUTES, ["whole_life.whole_life"], T11["list"], T1_TIERS)
    expected = [T11["all_alone"], T11["all_framework"], T11["all_pooled_optimum"]]
    assert answer("whole_life.whole_life") == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("pair", "total"), T11["pool_pairs"].items())
def test_pools_of_two(pair: str, total: float) -> None:
    """T11: what two trusts pay in a pool of their own."""
    joins = [int(trust in pair.lower()) for trust in TRUSTS]
    answer = worked(T11_ROUTES, ["whole_life.whole_life"], T11["list"], T1_TIERS, joins=joins)
    assert answer("whole_life.whole_life")[2] == pytest.approx(total, rel=1e-12)


def test_the_yardstick_is_the_framework() -> None:
    """A saving is measured against what each trust would do by itself, here the framework: 523.80 in all."""
    wanted = ["pool.alone", "pool.saving", "pool.open_to_all", "pool.gap_in_parts"]
    answer = worked(T11_ROUTES, wanted, T11["list"], T1_TIERS)
    each = [units * 1200 * 0.94 * 1.01 + 12 for units in UNITS]
    assert answer("pool.alone") == pytest.approx(each, rel=1e-12)
    assert answer("pool.saving") == pytest.approx(T11["all_framework"] - T11["all_pooled_optimum"], rel=1e-9)
    assert answer("pool.open_to_all") == pytest.approx(T11["all_framework"] - T11["all_alone"], rel=1e-9)
    assert answer("pool.gap_in_parts") == 0


@pytest.mark.parametrize(("units", "cost"), [(float(units), cost) for units, cost in BUY_UP.items()])
def test_all_unit_prices_at_each_boundary(units: float, cost: float) -> None:
    """Five per cent off from 5 units and twenty from 10: nine cost more than ten (the buy-up vector)."""
    routes = {"alone": {}, "pool": {"pools": 1, "factors": [1.0, 0.95, 0.8]}}
    answer = worked(
        routes, ["procurement.price_units"], 1.0, T1_TIERS, **{"procurement.units": [units, 0.0, 0.0]}
    )
    assert answer("procurement.price_units")[1] == pytest.approx(cost, rel=1e-12)


@pytest.mark.parametrize(("kept", "back"), [(0.0, 0.10), (0.5, 0.05), (1.0, 0.0)])
def test_what_the_funder_takes(kept: float, back: float) -> None:
    """docs/procurement.md: one of B's three scanners is paid for by an award, £0.10m dearer alone."""
    wanted = ["pool.together", "pool.bill", "pool.to_funder", "pool.saving", "sharing.saved_equal"]
    more = {"funder.units": [0.0, 1.0, 0.0], "pool.kept_by_members": kept}
    answer = worked(T1_ROUTES, wanted, 1.0, T1_TIERS, **more)
    assert answer("pool.bill") == pytest.approx(9.10)
    assert answer("pool.to_funder") == pytest.approx(back)
    assert answer("pool.together") == pytest.approx(9.10 + back)
    assert answer("pool.saving") == pytest.approx(0.95 - back)
    assert answer("sharing.saved_equal") == pytest.approx([(0.95 - back) / 3] * 3)
