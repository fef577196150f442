"""Random pools: trusts, centres, awards and terms drawn anew, and what they cost, reckoned here by loops.

Two classes of kit in two orders. A trust by itself buys alone or on a framework; together the trusts pool,
each for the classes for which it joins, in standard kit or in a make of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from casebuilder.analysis.sharing.pool_shares import PoolShares, pool_shares
from casebuilder.evaluate.engine import evaluate
from tests.published.support import Answer, work_out

ROUTES = ("alone", "framework", "pool")
CLASSES = ("scanner", "machine")
ORDERS = ("first", "second")
SITES = ("north", "south", "west")
TRUSTS = "abcd"
STARTS = (1.0, 4.0, 9.0)
LATER = 0.9  # the discount factor of the second order
LIFE = 5  # years, the first under warranty


@dataclass(frozen=True)
class Pool:
    """One random pool; money in thousands.

    Attributes
    ----------
    owner
        The trust that owns each centre, by place.
    needed, own
        Units of each class that a centre needs, and that a trust brings of its own in the second order.
    award
        The part of each centre's award that takes a saving back.
    second
        Whether a centre's kit is in the second order.
    price
        Of a unit of each class, alone.
    factors
        Price by tier of each route, share of the price alone.
    rebate, fee
        The pool's rebate once its third tier is reached over both orders, and its fee.
    competition, coordination
        Of each route, and of a member of the pool.
    kept
        What members keep of what is saved on the price that an award pays.
    joins, refuses
        By trust, the classes for which it joins, and in which it keeps its own make; empty where each joins
        for both and takes standard kit.
    maintenance, maintenance_saving, standard
        Yearly maintenance as a share of the price, what standard kit saves of it, and what it saves of
        training and spares, a share of the price alone.
    several_from, several
        Classes from which a discount over several is given, and by route what it is of the price alone.
    last
        By trust, what it last paid for a unit of each class by itself; 0 where that is not known, and empty
        where it is for nobody.
    """

    size: int
    owner: tuple[int, ...]
    needed: tuple[tuple[int, ...], ...]
    own: tuple[tuple[int, ...], ...]
    award: tuple[float, ...]
    second: tuple[int, ...]
    price: tuple[int, ...]
    factors: dict[str, tuple[float, ...]]
    rebate: float
    fee: float
    competition: dict[str, int]
    coordination: int
    kept: float
    joins: tuple[tuple[int, ...], ...] = ()
    refuses: tuple[tuple[int, ...], ...] = ()
    maintenance: float = 0.0
    maintenance_saving: float = 0.0
    standard: float = 0.0
    several_from: int = 2
    several: tuple[float, ...] = (0.0, 0.0, 0.0)
    last: tuple[tuple[int, ...], ...] = ()

    def paid_last(self, trust: int, kind: int) -> float:
        """What a trust last paid for a unit of a class; 0 where that is not known."""
        return float(self.last[trust][kind]) if self.last else 0.0

    def several_alone(self, trust: int, route: str) -> float:
        """What a trust by itself is given over several classes, of the price alone."""
        bought = sum(self.all_units(trust, kind) > 0 for kind in range(len(CLASSES)))
        return self.several[ROUTES.index(route)] if bought >= self.several_from else 0.0

    def rebated(self, group: tuple[int, ...], kind: int) -> float:
        """The pool's rebate on standard kit of a class, of the price alone, over several classes too."""
        alike = self.alike(group, kind)
        found = self.rebate if sum(self.all_units(t, kind) for t in alike) >= STARTS[-1] else 0.0
        counted = [k for k in range(len(CLASSES)) if self.counts(group, k)]
        if kind in counted and len(counted) >= self.several_from:
            found += self.several[ROUTES.index("pool")]
        return found

    def counts(self, group: tuple[int, ...], kind: int) -> bool:
        """Whether a class is in the pool's order: two members buy it, and one at least in standard kit."""
        buyers = [t for t in group if self.joined(t, kind) and self.all_units(t, kind)]
        return len(buyers) > 1 and sum(self.all_units(t, kind) for t in self.alike(group, kind)) > 0

    def alike(self, group: tuple[int, ...], kind: int) -> list[int]:
        """Who joins for a class and takes standard kit."""
        return [t for t in group if self.joined(t, kind) and not self.own_make(t, kind)]

    def joined(self, trust: int, kind: int) -> bool:
        """Whether a trust joins for a class."""
        return bool(self.joins[trust][kind]) if self.joins else True

    def own_make(self, trust: int, kind: int) -> bool:
        """Whether a trust keeps its own make of a class."""
        return bool(self.refuses[trust][kind]) if self.refuses else False

    def upkeep(self, saving: float = 0.0) -> float:
        """Maintenance over the life, a share of the price."""
        return self.maintenance * (1 - saving) * (LIFE - 1)

    def units(self, trust: int, kind: int, order: int) -> float:
        """What a trust needs of a class in an order."""
        centres = sum(
            self.needed[site][kind]
            for site in range(len(SITES))
            if self.owner[site] == trust and self.second[site] == order
        )
        return centres + (self.own[trust][kind] if order else 0)

    def paid_for(self, trust: int, kind: int, order: int) -> float:
        """Of these, what an award pays for that takes savings back."""
        return sum(
            self.needed[site][kind] * self.award[site]
            for site in range(len(SITES))
            if self.owner[site] == trust and self.second[site] == order
        )

    def apart(self, trust: int, kind: int) -> tuple[float, float]:
        """What a class costs a trust by its cheapest own route, and the price of a unit on it."""
        units = [self.units(trust, kind, order) for order in (0, 1)]
        if not sum(units):
            return 0.0, 0.0
        found = []
        for route in ("alone", "framework"):
            fee = 1.01 if route == "framework" else 1.0
            factor = self.factors[route][tier(sum(units))] - self.several_alone(trust, route)
            each = self.price[kind] * factor * fee
            if route == "alone" and self.paid_last(trust, kind):
                each = self.paid_last(trust, kind)
            whole = each * (units[0] + units[1] * LATER) * (1 + self.upkeep())
            found.append((whole + self.competition[route], each))
        return min(found)

    def together(self, group: tuple[int, ...]) -> tuple[float, float]:
        """What a group pays, and what of that goes back to the funder."""
        paid = back = 0.0
        for kind in range(len(CLASSES)):
            cost, returned, _ = self.bought(group, kind)
            paid, back = paid + cost, back + returned
        return paid, back

    def bought(self, group: tuple[int, ...], kind: int) -> tuple[float, float, bool]:
        """What a group pays for a class, what goes back to the funder, and whether it buys together."""
        joined = [trust for trust in group if self.joined(trust, kind)]
        apart = sum(self.apart(trust, kind)[0] for trust in joined)
        buyers = [trust for trust in joined if self.all_units(trust, kind)]
        if len(buyers) < 2:
            return apart, 0.0, False
        bill, saved = self.pooled(group, buyers, kind)
        returned = (1 - self.kept) * max(saved, 0.0)
        if round(apart - bill - returned, 9) > 0:
            return bill + returned, returned, True
        return apart, 0.0, False

    def all_units(self, trust: int, kind: int) -> float:
        """What a trust needs of a class in both orders."""
        return self.units(trust, kind, 0) + self.units(trust, kind, 1)

    def pooled(self, group: tuple[int, ...], buyers: list[int], kind: int) -> tuple[float, float]:
        """The bill of a class bought together, and what is saved on the price of what awards pay for."""
        alike = [trust for trust in buyers if not self.own_make(trust, kind)]
        bill = self.competition["pool"] + self.coordination * len(buyers)
        saved = 0.0
        for order, worth in ((0, 1.0), (1, LATER)):
            each = self.standard_price(group, alike, kind, order)
            for trust in buyers:
                units, funded = self.units(trust, kind, order), self.paid_for(trust, kind, order)
                own_price = self.apart(trust, kind)[1] * worth
                if trust in alike:
                    bill += units * self.lifelong(group, each, kind, worth)
                    saved += funded * (own_price - each)
                else:
                    price = self.own_make_price(trust, kind) * worth
                    bill += units * price * (1 + self.upkeep())
                    saved += funded * (own_price - price)
        return bill, saved

    def standard_price(self, group: tuple[int, ...], alike: list[int], kind: int, order: int) -> float:
        """Of a unit of standard kit in an order, with the fee and less the rebate, present value."""
        bought = [sum(self.units(trust, kind, o) for trust in alike) for o in (0, 1)]
        rebate = self.rebated(group, kind)
        price = self.price[kind] * (1 + self.fee)
        return price * (self.factors["pool"][tier(bought[order])] * (1.0, LATER)[order] - rebate * LATER)

    def lifelong(self, group: tuple[int, ...], each: float, kind: int, worth: float) -> float:
        """The same with its maintenance, on the price before the rebate, less training and spares saved."""
        rebate = self.rebated(group, kind)
        price = each + self.price[kind] * (1 + self.fee) * rebate * LATER
        return each + price * self.upkeep(self.maintenance_saving) - self.standard * self.price[kind] * worth

    def own_make_price(self, trust: int, kind: int) -> float:
        """Of a unit of a trust's own make on the pool's terms: by its own volume, with the fee."""
        units = self.all_units(trust, kind)
        return self.price[kind] * (1 + self.fee) * self.factors["pool"][tier(units)]

    def refusal(self, group: tuple[int, ...], trust: int, kind: int) -> float:
        """What a trust's own make costs above standard kit at the group's mean price."""
        if not (self.joined(trust, kind) and self.own_make(trust, kind)):
            return 0.0
        alike = [t for t in group if self.joined(t, kind) and not self.own_make(t, kind)]
        bought = [sum(self.units(t, kind, o) for t in alike) for o in (0, 1)]
        mean = 1.0
        if sum(bought):
            priced = sum(units * self.factors["pool"][tier(units)] for units in bought)
            rebate = self.rebated(group, kind)
            mean = priced / sum(bought) - rebate
        alone = self.price[kind] * (1 + self.fee)
        standard = (
            alone * mean * (1 + self.upkeep(self.maintenance_saving)) - self.standard * self.price[kind]
        )
        worth = self.units(trust, kind, 0) + self.units(trust, kind, 1) * LATER
        return worth * (self.own_make_price(trust, kind) * (1 + self.upkeep()) - standard)

    def one_price(self, group: tuple[int, ...]) -> list[float]:
        """What each trust of a group pays at one price for each class; 0 for the others."""
        shares = [0.0] * self.size
        for kind in range(len(CLASSES)):
            paid, _, together = self.bought(group, kind)
            brought = {t: self.all_units(t, kind) for t in group if self.joined(t, kind)}
            extra = {t: self.refusal(group, t, kind) if together else 0.0 for t in brought}
            for trust, units in brought.items():
                if together:
                    part = units / sum(brought.values())
                    shares[trust] += extra[trust] + (paid - sum(extra.values())) * part
                else:
                    shares[trust] += self.apart(trust, kind)[0]
        return shares

    def answer(self, wanted: list[str], **changed: Any) -> Answer:
        """The same pool worked out by the lines of the model."""
        return work_out(wanted, self.values() | changed, members=self.members(), years=2, unused_allowed=True)

    def shares(self) -> PoolShares:
        """Shares by every rule, as `procure` has them."""
        lines = ["pool.together", "pool.alone", "sharing.value_alone", "pool.to_funder", "pool.bill"]
        rules = ["equal", "volume", "moriarity", "eca", "aca"]
        problem = self.answer([*lines, *(f"sharing.share_{rule}" for rule in rules)]).results.problem
        found = pool_shares(evaluate(problem, problem.lines), "bau")
        assert found is not None
        return found

    def members(self) -> dict[str, Any]:
        """Of each dimension."""
        return {
            "provider": tuple(TRUSTS[: self.size]),
            "equipment": CLASSES,
            "route": ROUTES,
            "tranche": ORDERS,
            "tier": ("t1", "t2", "t3"),
            "site": SITES,
            "band": ("b0_30",),
        }

    def values(self) -> dict[str, Any]:
        """What the lines of the model read."""
        nothing = [0.0] * len(ROUTES)
        return {
            "procurement.joins": [
                float(self.joined(trust, kind)) for trust in range(self.size) for kind in (0, 1)
            ],
            "procurement.refuses_standard": [
                float(self.own_make(trust, kind)) for trust in range(self.size) for kind in (0, 1)
            ],
            "procurement.volume_delivered": 1.0,
            "procurement.pools": [0, 0, 1],
            "procurement.all_units": [1, 1, 1],
            "procurement.tier_start": list(STARTS) * len(ROUTES) * len(CLASSES),
            "procurement.tier_factor": [x for route in ROUTES for _ in CLASSES for x in self.factors[route]],
            "procurement.rebate_share": [0.0] * 8 + [self.rebate],
            "procurement.from_one_maker": [1] * len(CLASSES),
            "procurement.several_from": [self.several_from] * len(ROUTES),
            "procurement.several_share": list(self.several),
            "procurement.framework_fee": [0.0, 0.01, self.fee],
            "procurement.competition_cost": [self.competition[route] for route in ROUTES],
            "procurement.competition_size": [1.0, 1.0],
            "procurement.coordination_cost": [0.0, 0.0, float(self.coordination)],
            "procurement.maintenance_saving": [0.0, 0.0, self.maintenance_saving],
            "procurement.committed_share": [0.0, 0.0],
            "procurement.own_units": [float(x) for trust in self.own for x in trust],
            "procurement.last_price": [self.paid_last(t, k) for t in range(self.size) for k in (0, 1)],
            "procurement.registered": [0] * self.size,
            "procurement.register": 0.0,
            "procurement.own_from": 1,
            "procurement.own_to": 2,
            "procurement.own_tranche": [0.0, 1.0],
            "procurement.in_tranche": [float(self.second[s] == o) for s in range(len(SITES)) for o in (0, 1)],
            "funds.taken_back_share": list(self.award),
            "pool.kept_by_members": self.kept,
            "hosting.owns": [
                float(self.owner[s] == trust) for trust in range(self.size) for s in range(len(SITES))
            ],
            "equipment.units_needed": [float(x) for site in self.needed for x in site],
            "equipment.unit_price": [float(x) for x in self.price],
            "equipment.maintenance_rate": [self.maintenance] * 2,
            "equipment.life": [float(LIFE)] * 2,
            "equipment.units_per_room": [1.0, 1.0],
            "routes.on_offer": [1] * len(ROUTES) * len(CLASSES),
            "routes.delivery_discount": [1.0, LATER],
            "routes.route_months": nothing,
            "routes.lead_months": [0.0, 0.0],
            "routes.months_allowed": [12.0, 12.0],
            "routes.months_of_float": 0.0,
            "routes.waits_for_kit": [0.0, 0.0],
            "lateness.tests_a_month": 0.0,
            "routes.contract_length": [5.0] * len(ROUTES),
            "routes.lock_in_premium": nothing,
            "routes.is_financed": nothing,
            "routes.supplier_rate": [0.05] * len(ROUTES),
            "routes.supplier_margin": nothing,
            "routes.residual_share": nothing,
            "routes.standard_saving": [0.0, 0.0, self.standard],
            "timeline.rate_standard": 0.0,
            "revenue.bought_test_price": 0.0,
            "revenue.price_to_cost": 1.0,
        }


def tier(units: float) -> int:
    """The place of the tier that so many units reach; the first where there are none."""
    return max((place for place, start in enumerate(STARTS) if units >= start), default=0)


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    """A random pool in which every trust has something to buy."""
    size = draw(st.integers(2, len(TRUSTS)))
    few = st.integers(0, 4)
    own = draw(st.lists(st.tuples(few, few).filter(any), min_size=size, max_size=size))
    flags = st.tuples(st.integers(0, 1), st.integers(0, 1))
    wanted = draw(st.lists(flags, min_size=size, max_size=size))
    # A member that buys nothing in any class for which it joins is refused: it joins for both then.
    joins = [
        f if any(j and o for j, o in zip(f, kit, strict=True)) else (1, 1)
        for f, kit in zip(wanted, own, strict=True)
    ]
    share = st.sampled_from([0.0, 0.25, 0.5, 1.0])

    def falls(lowest: float) -> tuple[float, ...]:
        steps = draw(st.lists(st.integers(0, 12), min_size=2, max_size=2))
        first = draw(st.sampled_from([1.0, lowest]))
        return (first, first - steps[0] / 100, first - sum(steps) / 100)

    return Pool(
        size,
        draw(st.tuples(*[st.integers(0, size - 1)] * len(SITES))),
        draw(st.tuples(*[st.tuples(few, few)] * len(SITES))),
        tuple(own),
        draw(st.tuples(*[share] * len(SITES))),
        draw(st.tuples(*[st.integers(0, 1)] * len(SITES))),
        draw(st.tuples(st.integers(100, 1500), st.integers(20, 200))),
        {route: falls(lowest) for route, lowest in (("alone", 1.0), ("framework", 0.94), ("pool", 0.9))},
        draw(st.sampled_from([0.0, 0.01, 0.03])),
        draw(st.sampled_from([0.0, 0.01])),
        {route: draw(st.integers(0, 60)) for route in ROUTES},
        draw(st.integers(0, 20)),
        draw(st.sampled_from([0.0, 0.25, 0.5, 1.0])),
        tuple(joins),
        tuple(draw(st.lists(flags, min_size=size, max_size=size))),
        draw(st.sampled_from([0.0, 0.04, 0.08])),
        draw(st.sampled_from([0.0, 0.1])),
        draw(st.sampled_from([0.0, 0.02])),
        draw(st.integers(1, 3)),
        draw(st.tuples(*[st.sampled_from([0.0, 0.01, 0.03])] * len(ROUTES))),
        tuple(
            draw(
                st.lists(
                    st.tuples(st.sampled_from([0, 0, 900, 1400]), st.sampled_from([0, 0, 90, 210])),
                    min_size=size,
                    max_size=size,
                )
            )
        ),
    )
