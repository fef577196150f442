"""Offers: what one member of the pool is asked to sign, from its units to the charge for leaving.

The rule by which the cost is shared is an input of words; what a member pays suppliers, what goes back on its
award and a side payment come to its charge under that rule.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    choose,
    difference,
    inflate,
    largest,
    maximum,
    quantity,
    share_of,
    smallest,
    stated,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import capital, equipment, procurement, routes
from casebuilder.model.pooling import apart, funder, pool, route_years, sharing, whole_life
from casebuilder.model.setting import timeline

DIMENSIONS = (Dimension("offer_condition", "Condition of the offer", rank=310, may_have_none=True),)

rule = Input(
    "Rule put forward", "choice", (),
    "How members share the cost: one price for the same kit, the same percentage or the same pounds saved, "
    "or added cost with the rest evenly (ECA) or by what is avoided (ACA).",
    choices=("one_price", "same_percentage", "equal_saving", "eca", "aca"),
)
expires = Input(
    "Month in which the offer ends", "months", (),
    "Number of the month, the first of the case being 1; a member signs by its last day.",
    low=1, high=240, whole=True,
)
cancellation_share = Input(
    "Part of the price that a cancelled order costs", "share", (),
    "What a supplier asks if it lets a unit go that has been ordered and not yet shipped.",
)
applies = Input(
    "Condition applies", "flag", ("offer_condition",),
    "1 for what must be met before the order is placed.",
    high=1, whole=True,
)

is_made = Line(
    "Offer is made", "flag", ("provider",),
    sharing.is_member * above(sharing.members, 1),
    "To a member of a pool of two or more.",
)

# What it buys, and what that costs
order = Line(
    "Order in the pool, by class", "GBP_real", ("provider", "equipment", "tranche"),
    pool.bought_together
    * procurement.units
    * (
        procurement.takes_standard * at(procurement.factor, route="pool")
        + procurement.keeps_own_make * at(procurement.own_factor, route="pool")
    )
    * whole_life.pool_unit_price,
    "Its units at the pool's price or, of a make of its own, at that of its own volume, with the fee; in "
    "classes that are bought together. Base-year prices, without VAT, before the rebate.",
)
cost_in_pool = Line(
    "Cost of its own purchase, by class", "GBP_real", ("provider", "equipment"),
    where(
        above(pool.bought_together, 0),
        at(whole_life.trust_whole_life, route="pool"),
        procurement.joins * apart.cost,
    ),
    "Whole life, at the pool's price for its units with its part of the competition; or by itself in a class "
    "that is bought apart. Present value, without VAT, before any sharing.",
)
own_purchase = Line(
    "Cost of its own purchase", "GBP_real", ("provider",),
    total(cost_in_pool, over="equipment"),
    "What it pays suppliers and for the purchase itself, all classes.",
)

# Who gets what of the saving
award_saving = Line(
    "Saved on the price of what its award pays for", "GBP_real", ("provider", "equipment"),
    maximum(difference(procurement.joins * funder.price_apart, funder.price_in_pool), 0),
    "By pooling; present value, without VAT. 0 where the pool's price is higher.",
)
to_funder = Line(
    "Goes back to the funder on its award", "GBP_real", ("provider",),
    total(pool.to_funder_class * share_of(award_saving, over="provider"), over="equipment"),
    "Its part of what goes back, by what it saves on the price of the units that its award pays for.",
)
charge = Line(
    "Charge under the rule put forward", "GBP_real", ("provider",),
    choose(
        rule,
        {
            "one_price": sharing.share_volume,
            "same_percentage": sharing.share_moriarity,
            "equal_saving": sharing.share_equal,
            "eca": sharing.share_eca,
            "aca": sharing.share_aca,
        },
    ),
    "All that it pays over the life of the kit, present value, without VAT; adds up to the cost together.",
)
saves = Line(
    "Saved under the rule put forward", "GBP_real", ("provider",),
    difference(pool.alone, charge),
    "Against its cheapest route by itself; less than nothing, and it would pay less alone.",
)
side_payment = Line(
    "Side payment to the other members", "GBP_real", ("provider",),
    difference(charge, own_purchase + to_funder),
    "What takes it from its own purchase and what goes back on its award to its charge; less than nothing "
    "where it is paid. Adds up to nothing.",
)

gap_in_charges = Line(
    "Gap between charges and what members pay together", "GBP_real", (),
    difference(total(charge, over="provider"), pool.together) * above(sharing.members, 1),
    "0: under any rule the charges add up.",
)
gap_in_parts = Line(
    "Gap between charges and what they are made of", "GBP_real", (),
    difference(total(own_purchase + to_funder, over="provider"), total(charge, over="provider"))
    * above(sharing.members, 1),
    "0: side payments add up to nothing.",
)

# Cash, capital and staff time of what it buys in the pool
vat_on_price = 1 + capital.vat_rate * at(1 - routes.vat_recovered_price, route="pool")
vat_on_charge = 1 + capital.vat_rate * at(1 - routes.vat_recovered_charge, route="pool")
buys = pool.bought_together * procurement.joins * procurement.buys
maintenance = Line(
    "Yearly maintenance in the pool, share of the price", "share / year", ("provider", "equipment"),
    at(routes.maintenance_rate, route="pool")
    + procurement.keeps_own_make
    * (at(routes.own_make_maintenance, route="pool") - at(routes.maintenance_rate, route="pool")),
    "Of standard kit, or of a make of its own.",
)
delivered_price = Line(
    "Paid on delivery by the member", "GBP_real", ("provider", "tranche"),
    total(
        order * at(1 - routes.is_financed, route="pool")
        - pool.bought_together
        * at(routes.standard_saving, route="pool")
        * equipment.unit_price
        * procurement.takes_standard
        * procurement.units,
        over="equipment",
    ),
    "Price, less training and spares saved by standard kit; without VAT.",
)
rebate = Line(
    "Rebate with the last tranche", "GBP_real", ("provider",),
    total(
        pool.bought_together
        * at(whole_life.rebate_unit, route="pool")
        * procurement.takes_standard
        * procurement.trust_units,
        over="equipment",
    )
    / routes.last_discount,
    "By its units of standard kit; without VAT.",
)
recurrent = Line(
    "Maintenance and charges in a full year", "GBP_real / year", ("provider",),
    total(order * (at(routes.charge_rate, route="pool") + maintenance), over=("equipment", "tranche"))
    * vat_on_charge,
    "Of the first contract, once all is delivered and out of warranty; base-year prices, with VAT that is "
    "not recovered.",
)
competition_each = Line(
    "A member's part of the competition, by class", "GBP_real", ("equipment",),
    whole_life.pool_competition / maximum(procurement.joined_buyers / quantity(1, "contract"), 1),
    "Shared evenly by the members that buy the class.",
)
competition = Line(
    "Its part of the competition", "GBP_real", ("provider",),
    total(buys * competition_each, over="equipment"),
    "Shared evenly by the members that buy the class; paid in the base year, and sunk from then on.",
)
staff_time = Line(
    "Its own staff's time on the purchase", "GBP_real", ("provider",),
    total(buys * whole_life.pool_coordination, over="equipment"),
    "Specifying, evaluating and calling off together: people who are paid anyway, so no cash.",
)
settled = Line(
    "Settled with the other members and the funder", "GBP_real", ("provider",),
    (side_payment + to_funder) / routes.last_discount,
    "Side payment and what goes back, once, in the year of the last delivery, when the volume is known; "
    "worth their present value there.",
)
cash_year = Line(
    "Cash of its purchase in the pool", "GBP_nominal / year", ("provider", "statement"),
    inflate(
        (
            total(delivered_price * stated(routes.delivered), over="tranche")
            - rebate * stated(route_years.last_delivery)
        )
        * vat_on_price
        + total(
            order
            * at(stated(route_years.renewed), route="pool")
            * (
                at(routes.charge_rate, route="pool") * stated(route_years.in_service)
                + maintenance
                * (stated(route_years.in_service) - stated(routes.delivered) * quantity(1, "year"))
            ),
            over=("equipment", "tranche"),
        )
        * vat_on_charge
        + competition * above(2, stated(YEAR_NUMBER)) * quantity(1, "1 / year")
        + settled * stated(route_years.last_delivery),
        stated(timeline.gdp_index),
    ),
    "Price in the year of delivery, then maintenance and charges, its part of the competition, and what it "
    "settles with the other members and the funder; with the VAT that is not recovered, in classes that are "
    "bought together.",
)
capital_rate = Line(
    "Capital of a pound ordered in the pool", "GBP_nominal / GBP_real", ("equipment", "tranche"),
    where(
        above(equipment.unit_price, 0),
        at(route_years.capital_of_price, route="pool")
        / whole_life.pool_unit_price,
        0,
    ),
    "What a unit scores to CDEL, of its price with the fee.",
)
capital_tranche = Line(
    "Capital of its purchase in the pool", "GBP_nominal", ("provider", "tranche"),
    total(order * capital_rate, over="equipment"),
    "What scores to CDEL in the year of delivery, whoever funds it; before the rebate.",
)

# Leaving
lost_by_leaving = Line(
    "What its leaving costs the others", "GBP_real", ("provider",),
    difference(pool.without, pool.together - charge),
    "What they would pay without it, less what they pay with it under the rule; less than nothing where they "
    "would do better.",
)
leaving_before = Line(
    "Charge for leaving before the order", "GBP_real", ("provider",),
    maximum(lost_by_leaving, 0),
    "Holds the others harmless, and no more; nothing where they lose nothing.",
)
leaving_after = Line(
    "Charge for leaving after the order", "GBP_real", ("provider",),
    leaving_before + cancellation_share * total(order, over=("equipment", "tranche")),
    "What is ordered stays ordered. Where the supplier lets units go, it bears what the supplier asks and "
    "what the others lose by its leaving; its part of the competition is spent.",
)

# Volume that the offer rests on
tier_held_from = Line(
    "Units from which the tier reached holds", "items", ("equipment", "tranche"),
    pool.bought_together
    * largest(
        at(procurement.tier_start, route="pool")
        * (1 - above(at(procurement.tier_start, route="pool"), procurement.standard_ordered)),
        over="tier",
    ),
    "Of standard kit in the tranche; where less is firm, the offer lapses.",
)
units_to_spare = Line(
    "Units above the threshold", "items", ("equipment", "tranche"),
    difference(
        pool.bought_together * procurement.standard_ordered, tier_held_from
    ),
    "So many may fall away before the tier is lost.",
)
conditions = Line(
    "Conditions of the offer", "number", (),
    total(applies, over="offer_condition"),
    "All are met before the order is placed.",
)
months_to_order = Line(
    "Months from the end of the offer to the first order", "months", (),
    smallest(routes.delivery_year, over="tranche") * quantity(12, "months")
    - largest(pool.bought_together * routes.lead_months, over="equipment")
    - expires,
    "Due by the lead time before the end of the first year of delivery, counted from April of the base year; "
    "less than nothing, and a member would still be free when the order is due.",
)
