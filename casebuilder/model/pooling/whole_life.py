"""Whole-life cost: what each route costs over the equipment's life, by class and by trust.

First units alone, of the trusts that join, at base-year prices and without VAT; the accounts of the
case follow the route taken through procurement, not these lines.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    at,
    difference,
    largest,
    maximum,
    quantity,
    smallest,
    total,
    where,
)
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import equipment, procurement, routes
from casebuilder.model.pooling import lateness
from casebuilder.model.setting import hosting

# Price, by route, class and tranche
order_price = Line(
    "Price of the tranche", "GBP_real", ("route", "equipment", "tranche"),
    procurement.price_units * equipment.unit_price * (1 + procurement.framework_fee),
    "Before a rebate; of the trusts that join.",
)
rebate = Line(
    "Rebate", "GBP_real", ("route", "equipment"),
    procurement.rebate_units * equipment.unit_price * (1 + procurement.framework_fee),
    "Paid with the last tranche.",
)

own_make_price = Line(
    "Price of members' own makes in the tranche", "GBP_real", ("route", "equipment", "tranche"),
    procurement.own_make_units * equipment.unit_price * (1 + procurement.framework_fee),
    "In a pool, of those that refuse standard kit; part of the price of the tranche.",
)
maintenance_year = Line(
    "Maintenance in a year of the first contract", "GBP_real / year", ("route", "equipment", "tranche"),
    order_price * routes.maintenance_rate
    + own_make_price * (routes.own_make_maintenance - routes.maintenance_rate),
    "A make of its own saves nothing by standard kit.",
)

# Whole-life cost by route and class: the members together
centre_units = Line(
    "Units of the trust's centres", "items", ("provider", "equipment"),
    total(hosting.owns * equipment.units_needed, over="site") * (1 - procurement.committed_share),
    "Without its own.",
)
units_present = Line(
    "Units at their discount factor", "items", ("provider", "equipment"),
    total(procurement.units * routes.delivery_discount, over="tranche"),
    "A unit delivered later weighs less.",
)
joined_present = Line(
    "Members' units at their discount factor", "items", ("equipment",),
    total(procurement.joined_units * routes.delivery_discount, over="tranche"),
    "Of the trusts that join.",
)
standard_present = Line(
    "Units of standard kit at their discount factor", "items", ("equipment",),
    total(procurement.standard_units * routes.delivery_discount, over="tranche"),
    "Of the members that take it.",
)
price_present = Line(
    "Price, present value", "GBP_real", ("route", "equipment"),
    total(order_price * routes.delivery_discount, over="tranche"),
    "Before the rebate.",
)
purchase_part = Line(
    "Purchase", "GBP_real", ("route", "equipment"),
    price_present * (1 - routes.is_financed) - rebate * routes.last_discount,
    "What is paid on delivery, less the rebate.",
)
charge_part = Line(
    "Yearly charges", "GBP_real", ("route", "equipment"),
    price_present * routes.charge_rate * routes.charge_years * quantity(1, "year"),
    "Rental or the charge of a managed service, with the rise at renewal.",
)
maintenance_part = Line(
    "Maintenance over the life", "GBP_real", ("route", "equipment"),
    total(maintenance_year * routes.delivery_discount, over="tranche")
    * (routes.charge_years - 1) * quantity(1, "year"),
    "From the second year, with the rise at renewal.",
)
standard_part = Line(
    "Training and spares saved", "GBP_real", ("route", "equipment"),
    -routes.standard_saving
    * equipment.unit_price
    * where(above(procurement.pools, 0), standard_present, joined_present),
    "Less than nothing: one platform in place of several.",
)
delay_part = Line(
    "Tests not done for delay", "GBP_real", ("route", "equipment"),
    lateness.delay_cost_unit * total(procurement.joins * centre_units, over="provider"),
    "Before delivery, so not discounted.",
)
whole_life = Line(
    "Whole-life cost of the route", "GBP_real", ("route", "equipment"),
    purchase_part + charge_part + maintenance_part + procurement.members_process_cost + standard_part
    + delay_part,
    "Present value, without VAT; of the trusts that join.",
)
cheapest = Line(
    "Cheapest admissible route", "GBP_real", ("equipment",),
    smallest(
        where(above(routes.admissible, 0), whole_life, largest(whole_life, over="route")), over="route"
    ),
    "One route for all members; a route that is not admissible counts as the dearest.",
)
whole_life_route = Line(
    "Whole-life cost, all classes", "GBP_real", ("route",),
    total(whole_life, over="equipment"),
    "As if the route served every class.",
)
saved_on_route = Line(
    "Whole-life cost less, against buying alone", "GBP_real", ("route",),
    difference(at(whole_life_route, route="alone"), whole_life_route),
    "All classes, each trust alone being the yardstick; less than nothing where the route costs more.",
)

# By trust
cost_of_price = Line(
    "Whole-life cost of a unit at the price alone", "GBP_real / item", ("route", "equipment"),
    equipment.unit_price
    * (1 + procurement.framework_fee)
    * (
        1 - routes.is_financed
        + (routes.charge_rate * routes.charge_years + routes.maintenance_rate * (routes.charge_years - 1))
        * quantity(1, "year")
    ),
    "Price, charges and maintenance, at delivery; of standard kit where the route saves by it.",
)
own_make_cost_of_price = Line(
    "Whole-life cost of a unit of its own make at the price alone", "GBP_real / item", ("route", "equipment"),
    cost_of_price
    + equipment.unit_price
    * (1 + procurement.framework_fee)
    * (routes.own_make_maintenance - routes.maintenance_rate)
    * (routes.charge_years - 1)
    * quantity(1, "year"),
    "Nothing is saved on maintenance.",
)
own_make_cost = Line(
    "Whole-life cost of its own make in the pool", "GBP_real", ("provider", "equipment"),
    procurement.keeps_own_make
    * at(own_make_cost_of_price, route="pool")
    * at(procurement.own_factor, route="pool")
    * units_present,
    "At the price of its own volume; 0 for a member that takes standard kit.",
)
rebate_unit = Line(
    "Rebate a unit, present value", "GBP_real / item", ("route", "equipment"),
    where(
        above(procurement.standard_units_all, 0),
        rebate * routes.last_discount / procurement.standard_units_all,
        0,
    ),
    "Shared by units of standard kit.",
)
process_trust = Line(
    "Competing and coordinating, a trust", "GBP_real", ("route", "equipment"),
    procurement.competition_size
    * (
        where(
            above(procurement.pools, 0),
            procurement.competition_cost
            / maximum(procurement.joined_buyers / quantity(1, "contract"), 1),
            procurement.competition_cost,
        )
        + procurement.coordination_cost
    )
    * quantity(1, "contract"),
    "A pool's competition is shared evenly among the members that buy the class.",
)

# The pool, by class: what several lines read of it
pool_cost_of_price = Line(
    "Whole-life cost in the pool of a unit at the price alone", "GBP_real / item", ("equipment",),
    at(cost_of_price, route="pool"),
    "Of standard kit.",
)
pool_unit_price = Line(
    "Price alone in the pool", "GBP_real / item", ("equipment",),
    equipment.unit_price * at(1 + procurement.framework_fee, route="pool"),
    "With the fee of its framework, before any tier.",
)
pool_saving_unit = Line(
    "Training and spares saved by a unit in the pool", "GBP_real / item", ("equipment",),
    at(routes.standard_saving, route="pool") * equipment.unit_price,
    "Of standard kit.",
)
pool_competition = Line(
    "Cost of the pool's competition", "GBP_real", ("equipment",),
    procurement.competition_size
    * at(procurement.competition_cost, route="pool")
    * quantity(1, "contract"),
    "One a class, in the base year.",
)
pool_coordination = Line(
    "Cost of coordinating a member of the pool", "GBP_real", ("equipment",),
    procurement.competition_size
    * at(procurement.coordination_cost, route="pool")
    * quantity(1, "contract"),
    "For the class, in the base year.",
)
own_makes_less_saving = Line(
    "Own makes in the pool, less what standard kit saves", "GBP_real", ("equipment",),
    total(own_make_cost, over="provider") - pool_saving_unit * standard_present,
    "Whole-life cost of the makes of members that refuse it, less training and spares of the others.",
)
standard_price_present = Line(
    "Price in the pool of a unit of standard kit, present value", "GBP_real / item", ("equipment", "tranche"),
    at((1 + procurement.framework_fee) * procurement.factor, route="pool")
    * equipment.unit_price
    * routes.delivery_discount
    - at(rebate_unit, route="pool"),
    "Delivered with the tranche; with the fee, less the rebate.",
)
own_cost_of_price = Line(
    "Whole-life cost of a unit at the price of a trust's own volume", "GBP_real / item",
    ("route", "equipment"),
    where(above(procurement.pools, 0), own_make_cost_of_price, cost_of_price),
    "Of each unit at the price alone; on a route that pools of a make of its own.",
)
own_saving_unit = Line(
    "Training and spares saved by a trust by itself, a unit", "GBP_real / item", ("route", "equipment"),
    (1 - procurement.pools) * routes.standard_saving * equipment.unit_price,
    "On a route that pools a make of its own saves nothing.",
)
standard_cost_unit = Line(
    "Whole-life cost of a unit of standard kit, present value", "GBP_real / item",
    ("route", "equipment", "tranche"),
    (cost_of_price * procurement.factor - routes.standard_saving * equipment.unit_price)
    * routes.delivery_discount
    - rebate_unit,
    "At the price of the pool, less training and spares saved and the rebate; delivered with the tranche.",
)
trust_whole_life = Line(
    "Whole-life cost to the trust", "GBP_real", ("provider", "route", "equipment"),
    where(
        above(procurement.way, procurement.pools),
        where(
            above(procurement.pools * procurement.way, 2),
            total(procurement.units * standard_cost_unit, over="tranche"),
            (own_cost_of_price * procurement.own_factor - own_saving_unit) * units_present,
        )
        + lateness.delay_cost_unit * centre_units
        + process_trust,
        quantity(0, "GBP_real"),
    ),
    "At the price of the pool for its units, or at its own; before any other sharing. Present value, no VAT; "
    "0 on a route that pools, for a trust that does not join.",
)
trust_route = Line(
    "Whole-life cost to the trust, all classes", "GBP_real", ("provider", "route"),
    total(trust_whole_life, over="equipment"),
    "As if the route served every class.",
)

