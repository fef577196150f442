"""A case's choice of procurement routes, as the solver takes it: every figure is a line or an input.

A mix may differ by trust and class. What depends on who joins a pool is the price on its tiers; the rest of a
route's cost is a trust's own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.routes.problem import RouteProblem
from casebuilder.analysis.sharing.pooled_purchase import PooledPurchase


@dataclass(frozen=True)
class Terms:
    """What the user asks of the mix, beside what the case says.

    Attributes
    ----------
    mixing
        Whether trusts may take different routes for a class.
    buy_up
        Whether a pool may order more than it needs, up to the start of a later tier.
    """

    mixing: bool = True
    buy_up: bool = False


def route_problem(purchase: PooledPurchase, terms: Terms = Terms()) -> RouteProblem:
    """The choice of routes for the members of a pool.

    Parameters
    ----------
    purchase
        The pool of one option.
    terms
        Whether trusts may differ, and whether a pool may buy up.

    Raises
    ------
    CaseError
        A figure that the choice needs is missing or makes no sense; every fault is named.
    """
    case = purchase.values
    frame = purchase.problem.frame
    trusts = [frame.positions["provider"][member] for member in purchase.members]
    units = case("procurement.units")[trusts]
    pools = case("procurement.pools") > 0
    all_units = case("procurement.all_units") > 0
    delivered = case("procurement.volume_delivered")
    size = case("procurement.competition_size")  # (k,)
    discount = case("routes.delivery_discount")  # (t,)
    price = case("equipment.unit_price")  # (k,)
    fee = 1 + case("procurement.framework_fee")  # (r,)
    present = np.einsum("pkt,t->pk", units, discount)
    buys = units.sum(axis=2) > 0

    # What a trust bears by itself on a route that pools
    common = (
        -np.einsum("r,k,pk->pkr", case("routes.standard_saving"), price, present)
        + np.einsum("rk,pk->pkr", case("lateness.delay_cost_unit"), case("whole_life.centre_units")[trusts])
        + np.einsum("r,k,pk->pkr", case("procurement.coordination_cost"), size, buys)
    )
    by_itself = case("whole_life.trust_whole_life")[trusts].transpose(0, 2, 1)
    capital_unit = case("route_years.capital_of_price")  # (r, k, t)
    own_capital = np.einsum("prk,pkt,rkt->pkrt", case("procurement.own_factor")[trusts], units, capital_unit)
    # A tier starts at its first unit; an incremental price counts what lies above the unit before that.
    starts = case("procurement.tier_start")
    floors = np.where(all_units[:, None, None], starts, starts - 1) / delivered
    limit = case("routes.capital_limit")
    classes = frame.ids("equipment")
    return RouteProblem(
        trusts=purchase.members,
        classes=classes,
        routes=frame.ids("route"),
        years=_years(purchase),
        orders=frame.ids("tranche"),
        units=units,
        order_year=np.arange(units.shape[2]),
        own_cost=np.where(pools[None, None, :], common, by_itself),
        own_capital=np.where(pools[None, None, :, None], 0.0, own_capital),
        pools=pools,
        fixed=np.einsum("r,k->kr", case("procurement.competition_cost"), size),
        starts=floors,
        factors=case("procurement.tier_factor"),
        all_units=all_units,
        cost_per_unit=np.einsum("rk,t->krt", case("whole_life.cost_of_price"), discount),
        capital_per_unit=capital_unit.transpose(1, 0, 2),
        rebate_starts=starts / delivered,
        # As far as the whole pool earns a discount over several classes: it is not lost with a class.
        rebate=case("procurement.rebate_share")[:, None, :]
        + np.einsum("r,k->rk", case("procurement.several_pool"), case("procurement.in_several"))[:, :, None],
        rebate_per_unit=np.einsum("k,r->kr", price, fee) * case("routes.last_discount"),
        serves=case("routes.on_offer").T > 0,
        delivery_months=case("routes.route_months")[None, :] + case("routes.lead_months")[:, None],
        delivery_limit=case("routes.months_allowed"),
        supplier_share=np.broadcast_to(case("routes.supplier_share"), (len(classes), len(pools))).copy(),
        supplier_limit=case("routes.supplier_limit"),
        capital_limit=np.where(limit > 0, limit, np.nan),
        mixing=np.full(len(classes), terms.mixing),
        buy_up=terms.buy_up,
    )


def _years(purchase: PooledPurchase) -> tuple[str, ...]:
    """The tranches with their years of delivery, as messages name them: a limit is one tranche's."""
    frame = purchase.problem.frame
    numbers = purchase.values("routes.delivery_year").round().astype(int)
    years = frame.ids("year")
    return tuple(
        f"{years[min(number, len(years)) - 1]} ({frame.label('tranche', tranche)})"
        for tranche, number in zip(frame.ids("tranche"), numbers, strict=True)
    )
