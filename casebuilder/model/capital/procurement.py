"""Procurement: how many units each trust needs, what a route makes of their price, and what the case pays.

A unit at the price alone is the measure of price: nine units at 10 % off are 8.1 of them.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    by_member,
    quantity,
    rise,
    share_of,
    tier,
    total,
    where,
)
from casebuilder.algebra.shapes import at_tiers
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import equipment
from casebuilder.model.setting import hosting

DIMENSIONS = (
    Dimension("route", "Procurement route", rank=90, needs=("alone", "pool")),
    Dimension("tranche", "Tranche of the purchase", rank=110),
)

# Who buys what, and when
joins = Input(
    "Trust joins the pool for the class", "flag", ("provider", "equipment"),
    "1 where a trust commits its units of the class to a purchase together; else 0: it goes its own way.",
    high=1, whole=True,
)
refuses_standard = Input(
    "Trust keeps its own make", "flag", ("provider", "equipment"),
    "1 where a member refuses the pool's standard kit, for what it has or for its image system: it shares "
    "the competition, and buys its own make at the price of its own volume.",
    high=1, whole=True,
)
installed = Input(
    "What the trust has in place", "choice", ("provider", "equipment"),
    "Not said, none, the pool's make, another, or one tied to its image system: why standard is refused.",
    choices=("not_said", "none", "pools_make", "other_make", "tied_to_image_system"),
)
last_price = Input(
    "Price last paid by the trust", "GBP_real / item", ("provider", "equipment"),
    "For a unit bought by itself, without VAT; 0 where not known: the class price and its tiers then hold.",
    high=20_000_000,
)
own_units = Input(
    "Hospital units that fall due, estimated", "items", ("provider", "equipment"),
    "While the pool buys, for a trust without a register; they help the price, and are no capital of a bid.",
    high=1_000, optional=0,
)
registered = Input(
    "Trust has given its register", "flag", ("provider",),
    "1 where the kit that falls due is known by year; 0 where it is estimated.",
    high=1, whole=True,
)
register = Input(
    "Hospital units that fall due, by the register", "items / year", ("provider", "equipment", "year"),
    "The year in which a unit is due for replacement; of a trust that has given its register.",
    high=1_000, optional=0,
)
own_from = Input(
    "First year in which what falls due joins", "number", (),
    "Number of the financial year, the base year being 1: kit that is due earlier is replaced by then.",
    low=1, high=60, whole=True,
)
own_to = Input(
    "Last year in which what falls due joins", "number", (),
    "Number of the financial year: kit that is due later waits for another purchase.",
    low=1, high=60, whole=True,
)
own_tranche = Input(
    "Trusts' own units in the tranche", "share", ("tranche",), "Of those units; sums to one over tranches."
)
in_tranche = Input(
    "Kit of the site is in the tranche", "share", ("site", "tranche"),
    "1 for the tranche in which the kit of a centre is ordered; sums to one over tranches.",
)
committed_share = Input(
    "Already committed elsewhere", "share", ("equipment",),
    "Units already called off nationally or by a trust: they bring no volume and save nothing.",
)
volume_delivered = Input(
    "Share of the planned volume that is ordered", "share", (),
    "Tiers are reckoned on it: a supplier prices what is ordered, not what was promised.",
    low=0.05,
)

# Routes
pools = Input(
    "Route pools volume", "flag", ("route",),
    "1 where the tier is set by the units of all members in a tranche, 0 where by a trust's own.",
    high=1, whole=True,
)
route_taken = Input(
    "Route taken", "share", ("route", "equipment"),
    "1 for the route that the case's accounts follow for a class; sums to one over routes.",
)
all_units = Input(
    "Tier prices all units", "flag", ("route",),
    "1 where a tier reached prices every unit, 0 where each unit has the price of the tier it falls in.",
    high=1, whole=True,
)
tier_start = Input(
    "First unit of the tier", "items", ("route", "equipment", "tier"),
    "The tier begins with this unit; the first tier begins at 1, the others rise.",
    low=1, high=10_000, whole=True, rises_from=1,
)
tier_factor = Input(
    "Price in the tier, share of the price alone", "factor", ("route", "equipment", "tier"),
    "1 less the discount. The price alone is what a trust last paid or a framework asks, never list.",
    high=1.5,
)
rebate_share = Input(
    "Rebate once the tier is reached over all tranches", "share", ("route", "tier"),
    "Of the price alone, paid back on all units with the last tranche; on pooled routes only.",
)
from_one_maker = Input(
    "Class counts to a discount over several classes", "flag", ("equipment",),
    "1 for the classes that one maker supplies.",
    high=1, whole=True,
)
several_from = Input(
    "Classes from which a discount over several is given", "number", ("route",),
    "Bought from one maker together: by the pool, or by a trust by itself.",
    low=1, high=100, whole=True,
)
several_share = Input(
    "Discount over several classes", "share", ("route",),
    "Of the price alone, beyond the tier, on all units of the classes that count; a pool has it as a rebate "
    "on standard kit, with the last tranche.",
)
framework_fee = Input(
    "Framework fee, share of spend", "share", ("route",), "Charged on what is bought.", high=0.1
)
competition_cost = Input(
    "Cost of one competition", "GBP_real / contract", ("route",),
    "Staff and advisers from specification to award: once a class where trusts pool, else once a trust.",
)
competition_size = Input(
    "Size of the competition", "share", ("equipment",),
    "Of that for a scanner: small kit is bought from a catalogue.",
)
coordination_cost = Input(
    "Cost of coordinating a member", "GBP_real / contract", ("route",),
    "A member's time in specifying, evaluating and calling off together, for a class; and its share of a "
    "programme office.",
)
maintenance_saving = Input(
    "Maintenance saved by standard kit", "share", ("route",),
    "Of the maintenance a trust alone would pay on the same price: one contract, shared spares.",
)

# Hospital kit that falls due
joins_in = Line(
    "What falls due in the year joins", "flag", ("year",),
    above(YEAR_NUMBER + 1, own_from) * above(own_to + 1, YEAR_NUMBER),
    "1 in the years in which a trust's own kit may be bought with the centres'.",
)
due_while_buying = Line(
    "Hospital units that fall due while the pool buys", "items", ("provider", "equipment"),
    where(above(registered, 0), total(register * joins_in, over="year"), own_units),
    "By the trust's register, or estimated.",
)

# Units
site_units = Line(
    "Units of the site in the tranche", "items", ("site", "equipment", "tranche"),
    equipment.units_needed * in_tranche * (1 - committed_share), "Without what is committed elsewhere.",
)
own_part = Line(
    "Part of the trusts' own units", "share", ("equipment", "tranche"), own_tranche * (1 - committed_share),
    "In the tranche, without what is committed elsewhere.",
)
units = Line(
    "Units of the trust", "items", ("provider", "equipment", "tranche"),
    total(hosting.owns * site_units, over="site") + due_while_buying * own_part,
    "Of the centres it owns and of its own, without what is committed elsewhere.",
)
trust_units = Line(
    "Units of the trust in all tranches", "items", ("provider", "equipment"), total(units, over="tranche"),
    "Sets its price where it buys by itself.",
)
joined_units = Line(
    "Units of the pool", "items", ("equipment", "tranche"), total(joins * units, over="provider"),
    "Of the trusts that join.",
)
takes_standard = Line(
    "Member takes standard kit", "flag", ("provider", "equipment"), joins * (1 - refuses_standard),
    "It joins, and keeps no make of its own.",
)
way = Line(
    "How the trust buys the class", "number", ("provider", "equipment"),
    above(trust_units, 0) * (1 + joins + takes_standard),
    "0 it buys none, 1 it stays out of a pool, 2 it joins with a make of its own, 3 with standard kit.",
)
buys = above(way, 0)
keeps_own_make = Line(
    "Member keeps its own make", "flag", ("provider", "equipment"), joins * refuses_standard,
    "It joins the competition and buys another make.",
)
standard_units = Line(
    "Units of standard kit", "items", ("equipment", "tranche"),
    total(takes_standard * units, over="provider"), "Set the tier of a pool.",
)
standard_ordered = Line(
    "Units of standard kit that are ordered", "items", ("equipment", "tranche"),
    standard_units * volume_delivered, "By which tiers are reckoned.",
)
standard_units_all = Line(
    "Units of standard kit in all tranches", "items", ("equipment",), total(standard_units, over="tranche"),
    "Set its rebate.",
)
joined_units_all = Line(
    "Units of the pool in all tranches", "items", ("equipment",), total(joined_units, over="tranche"),
    "Of the trusts that join.",
)
units_bought = Line(
    "Units bought", "items", ("equipment",), total(equipment.units_needed, over="site"),
    "First units of all sites.",
)
units_in_all = Line(
    "Units of centres and hospitals", "items", ("equipment",),
    units_bought + total(due_while_buying, over="provider"), "What could be bought together.",
)
buyers = Line(
    "Trusts that buy the class", "contracts", ("equipment",),
    total(buys, over="provider") * quantity(1, "contract"),
    "One competition each where every trust buys by itself.",
)
joined_buyers = Line(
    "Members that buy the class", "contracts", ("equipment",),
    total(joins * buys, over="provider") * quantity(1, "contract"), "Of the trusts that join.",
)

# Price on each route
tier_rise = Line(
    "Rise of the price at the tier, share of the price alone", "factor", ("route", "equipment", "tier"),
    rise(tier_factor, along="tier"),
    "Against the tier before; less than nothing where it is cheaper. In the first tier its price.",
)
tier_from = Line(
    "Units above which the tier's price counts", "items", ("route", "equipment", "tier"),
    where(
        above(all_units, 0),
        (tier_start - quantity(1e-9, "items")) * above(tier_start, quantity(1, "item")),
        tier_start - quantity(1, "item"),
    ),
    "All before its first unit; where it prices every unit, nearly that unit itself. In the first tier any.",
)
by_parts = Line(
    "Tier prices its own units alone", "flag", ("route",), 1 - all_units,
    "0 where it prices every unit.",
)
several_alone = Line(
    "Discount over several classes, a trust by itself", "share", ("provider", "route"),
    (1 - pools) * several_share
    * above(total(from_one_maker * buys, over="equipment") + 1, several_from),
    "Where it buys enough of the classes that count.",
)
in_several = Line(
    "Class counts in the pool's order", "flag", ("equipment",),
    from_one_maker * above(standard_units_all, 0) * above(joined_buyers / quantity(1, "contract"), 1),
    "Standard kit of two members or more.",
)
several_pool = Line(
    "Discount over several classes, the pool", "share", ("route",),
    pools * several_share * above(total(in_several, over="equipment") + 1, several_from),
    "Where its members buy enough of the classes that count.",
)
_by_volume = (
    at_tiers(trust_units, tier_from, tier_from * by_parts, tier_rise) / trust_units
    - from_one_maker * several_alone
)
_priced = above(last_price, 0) * above(equipment.unit_price, 0)
own_factor = Line(
    "Price a trust pays by itself, share of the price alone", "factor", ("provider", "route", "equipment"),
    where(
        buys,
        by_member(
            route={"alone": where(_priced, last_price / equipment.unit_price, _by_volume)}, others=_by_volume
        ),
        1,
    ),
    "Mean over its units, less a discount over several classes. Alone, what it last paid if that is known.",
)
tier_units = Line(
    "Units of standard kit at the price alone", "items", ("route", "equipment", "tranche"),
    pools
    * at_tiers(standard_ordered, tier_from, tier_from * by_parts, tier_rise) / volume_delivered,
    "What a pool's standard units cost, in units at the price alone.",
)
own_make_units = Line(
    "Units of members' own makes at the price alone", "items", ("route", "equipment", "tranche"),
    pools * total(keeps_own_make * own_factor * units, over="provider"),
    "Each at the price of its own volume on the pool's terms.",
)
price_units = Line(
    "Units at the price alone", "items", ("route", "equipment", "tranche"),
    where(above(pools, 0), tier_units + own_make_units, total(joins * own_factor * units, over="provider")),
    "What the members' units cost, in units at the price alone.",
)
factor = Line(
    "Price of standard kit on the route, share of the price alone", "factor",
    ("route", "equipment", "tranche"),
    where(
        above(pools, 0),
        where(above(standard_units, 0), tier_units / standard_units, 1),
        where(above(joined_units, 0), price_units / joined_units, 1),
    ),
    "Mean over the members' units of a tranche, before rebate and fee; in a pool, over its standard units.",
)
rebate_units = Line(
    "Rebate, in units at the price alone", "items", ("route", "equipment"),
    pools * tier(standard_units_all * volume_delivered, tier_start, rebate_share, kind="all_unit")
    / volume_delivered
    + several_pool * in_several * standard_units_all,
    "On standard units of all tranches together, by the tier they reach and over several classes.",
)
mean_factor = Line(
    "Mean price on the route, share of the price alone", "factor", ("route", "equipment"),
    where(
        above(joined_units_all, 0),
        (total(price_units, over="tranche") - rebate_units) / joined_units_all,
        1,
    ),
    "Over all tranches, after the rebate and before the fee.",
)
route_price = Line(
    "Price on the route", "GBP_real / item", ("route", "equipment"),
    equipment.unit_price * mean_factor * (1 + framework_fee), "With the fee of the framework.",
)

# What the case pays
joined_share = Line(
    "Share of units bought together", "share", ("equipment",),
    where(above(units_in_all, 0), joined_units_all / units_in_all, 0),
    "The rest is committed elsewhere, or belongs to trusts that do not join, and costs the price alone.",
)
standard_share = Line(
    "Share of units bought together as standard kit", "share", ("equipment",),
    where(above(units_in_all, 0), standard_units_all / units_in_all, 0),
    "These save maintenance, training and spares in a pool.",
)
price_alone = Line(
    "Price where each trust buys alone", "GBP_real / item", ("equipment",), at(route_price, route="alone"),
    "On its own volume.",
)
price_on_route = route_price * (1 - pools * (1 - joined_share)) + price_alone * pools * (1 - joined_share)
price_paid = Line(
    "Price paid", "GBP_real / item", ("equipment",), total(route_taken * price_on_route, over="route"),
    "On the route taken; a unit outside the pool costs what it costs alone.",
)
maintenance_factor = Line(
    "Maintenance, share of what a trust alone would pay", "factor", ("equipment",),
    1 - total(route_taken * maintenance_saving * (1 - pools * (1 - standard_share)), over="route"),
    "1 less what standard kit saves on the route taken.",
)
site_purchase = Line(
    "Equipment purchase", "GBP_real", ("site",), total(equipment.units_needed * price_paid, over="equipment"),
    "Units at the price paid, outright or by the year.",
)
members_process_cost = Line(
    "Competing and coordinating, members", "GBP_real", ("route", "equipment"),
    competition_size
    * (
        where(
            above(pools, 0),
            competition_cost * above(joined_buyers, 0) * quantity(1, "contract"),
            competition_cost * joined_buyers,
        )
        + coordination_cost * joined_buyers
    ),
    "A pool runs one competition a class; alone, each member runs its own. In the base year.",
)
process_cost = Line(
    "Cost of competing and coordinating", "GBP_real", ("route", "equipment"),
    members_process_cost + competition_size * competition_cost * (buyers - joined_buyers),
    "Trusts outside a pool run a competition each.",
)
process_cost_taken = Line(
    "Cost of competing and coordinating, route taken", "GBP_real", ("equipment",),
    total(route_taken * process_cost, over="route"), "Of all trusts that buy the class.",
)
spend_by_year = Line(
    "Equipment installed", "GBP_real / year", ("year",), total(equipment.opened * site_purchase, over="site"),
    "First units at the price paid, in the year they come into use.",
)
competition_cost_year = Line(
    "Cost of competing and coordinating by year", "GBP_real / year", ("year",),
    total(process_cost_taken, over="equipment")
    * share_of(spend_by_year, over="year") * quantity(1, "1 / year"),
    "In proportion to the equipment installed.",
)
