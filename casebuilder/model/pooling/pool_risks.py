"""Risks of the pool: what each could cost, and who holds it.

A missed tier, late funding, a failed supplier and a late delivery; each is held in shares that sum to one.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    above,
    at,
    by_member,
    deflate,
    difference,
    largest,
    maximum,
    quantity,
    share_of,
    smallest,
    total,
    where,
)
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import procurement, routes
from casebuilder.model.pooling import apart, lateness, route_years, sharing, timetable, whole_life

DIMENSIONS = (
    Dimension(
        "pool_risk",
        "Risk of the pool",
        rank=302,
        needs=(
            "missed_tier",
            "late_funding",
            "failed_supplier",
            "late_delivery",
        ),
    ),
    Dimension("risk_holder", "Holder of a risk", rank=304, needs=("members",)),
)

holds = Input(
    "Holds the risk",
    "share",
    ("risk_holder", "pool_risk"),
    "Share of what it costs if it comes; sums to one over holders.",
)

# What each could cost
factor_now = Line(
    "Price of standard kit in the pool, share of the price alone",
    "factor",
    ("equipment", "tranche"),
    at(procurement.factor, route="pool"),
    "In the tier that is reached.",
)
factor_below = Line(
    "Price at the next tier down, share of the price alone",
    "factor",
    ("equipment", "tranche"),
    maximum(
        factor_now,
        at(
            smallest(
                where(
                    above(procurement.tier_factor, factor_now)
                    * (
                        1
                        - above(procurement.tier_start, procurement.standard_ordered)
                    ),
                    procurement.tier_factor,
                    largest(procurement.tier_factor, over="tier"),
                ),
                over="tier",
            ),
            route="pool",
        ),
    ),
    "The lowest price above today's among tiers that are reached; in the first tier today's.",
)
missed_tier_class = Line(
    "Missed tier, by class",
    "GBP_real",
    ("equipment",),
    apart.may_pool
    * whole_life.pool_unit_price
    * total(
        (factor_below - factor_now) * procurement.standard_units * routes.delivery_discount, over="tranche"
    ),
    "Every order of the class a tier down.",
)
missed_tier = Line(
    "Missed tier",
    "GBP_real",
    (),
    total(missed_tier_class, over="equipment"),
    "Every order a tier down, where the members may buy together; price alone, present value.",
)
lapses = Line(
    "National capital that lapses, all tranches",
    "GBP_real",
    ("slip",),
    total(deflate(timetable.lapses, route_years.delivery_index), over="tranche"),
    "At base-year prices.",
)
late_funding = Line(
    "Late funding",
    "GBP_real",
    (),
    difference(largest(lapses, over="slip"), smallest(lapses, over="slip")),
    "What lapses with the longest slip tried, beyond what lapses with none.",
)
month_of_tests = Line(
    "Tests not done in a month without the kit",
    "GBP_real",
    (),
    total(lateness.value_a_month, over="equipment") * quantity(1, "month"),
    "All classes at once, at the price another provider would ask.",
)
size = Line(
    "What the risk could cost",
    "GBP_real",
    ("pool_risk",),
    by_member(
        pool_risk={
            "missed_tier": missed_tier,
            "late_funding": late_funding,
            "failed_supplier": total(at(procurement.members_process_cost, route="pool"), over="equipment")
            + month_of_tests
            * maximum(at(routes.route_months, route="pool") - routes.months_of_float, 0)
            / quantity(1, "month"),
            "late_delivery": month_of_tests,
        }
    ),
    "A tier down; capital that lapses with the longest slip tried; a competition anew and tests not done "
    "meanwhile beyond the float; a month of tests.",
)

# Who holds it
held = Line(
    "Held of the risk",
    "GBP_real",
    ("risk_holder", "pool_risk"),
    holds * size,
    "Its share of what the risk could cost.",
)
held_by_trust = Line(
    "Held by the member",
    "GBP_real",
    ("provider", "pool_risk"),
    at(held, risk_holder="members") * share_of(sharing.value_alone, over="provider"),
    "What members hold falls on them by the volume that each brings.",
)
all_held = Check(
    "Every risk of the pool is held",
    not_one(total(holds, over="risk_holder")),
    ("pool_risk",),
    "Shares sum to one, so that no risk is nobody's.",
)
