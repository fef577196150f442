"""Funder: what of the kit an award pays for, and what the pool saves on its price.

A saving on the price of kit that national capital pays for is the funder's, unless it agrees otherwise: what
goes back is taken out before the members share.
"""

from __future__ import annotations

from casebuilder.algebra.operators import at, difference, maximum, total
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import equipment, funds, procurement, routes
from casebuilder.model.pooling import apart, whole_life
from casebuilder.model.setting import hosting

units = Line(
    "Units that an award pays for", "items", ("provider", "equipment", "tranche"),
    total(hosting.owns * procurement.site_units * funds.taken_back_share, over="site"),
    "Of the trust's centres, by the share of their awards from funds that take a saving back.",
)
standard_units = Line(
    "Units of standard kit that an award pays for", "items", ("equipment", "tranche"),
    total(procurement.takes_standard * units, over="provider"),
    "Of the members that take it.",
)
own_make_price = Line(
    "Price in the pool of its own make that an award pays for", "GBP_real", ("provider", "equipment"),
    procurement.keeps_own_make
    * at((1 + procurement.framework_fee) * procurement.own_factor, route="pool")
    * equipment.unit_price
    * total(units * routes.delivery_discount, over="tranche"),
    "Of a member that refuses standard kit; present value, without VAT.",
)
price_in_pool = Line(
    "Price in the pool of the trust's units that an award pays for", "GBP_real", ("provider", "equipment"),
    procurement.takes_standard * total(units * whole_life.standard_price_present, over="tranche")
    + own_make_price,
    "Standard kit at the pool's price for the tranche less the rebate, or its own make; present value.",
)
price_apart = Line(
    "Price by itself of the units that an award pays for", "GBP_real", ("provider", "equipment"),
    apart.price * total(units * routes.delivery_discount, over="tranche"),
    "On the route that the trust would take without the pool; present value, without VAT.",
)
members_price = Line(
    "Price apart of the members' units that an award pays for", "GBP_real", ("equipment",),
    total(procurement.joins * price_apart, over="provider"),
    "Each trust on its own route.",
)
pool_price = Line(
    "Price in the pool of the units that an award pays for", "GBP_real", ("equipment",),
    total(standard_units * whole_life.standard_price_present, over="tranche")
    + total(own_make_price, over="provider"),
    "At the pool's price for the tranche, with its fee and less the rebate.",
)
saved_in_pool = Line(
    "Saved by pooling on the price of units that an award pays for", "GBP_real", ("equipment",),
    at(1 - routes.is_financed, route="pool") * maximum(difference(members_price, pool_price), 0),
    "Nothing where the pool's price is higher, since an award does not grow, or where a pool leases.",
)
