"""Replacements: hospital kit that falls due, by trust and year, and what it costs its trust.

A trust's own kit is no capital of the bid: it stands in the trust's own plan, in the year in which it is due,
whether it is bought with the centres' kit or not.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, inflate, maximum, quantity, total, where
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.capital import procurement, renewal
from casebuilder.model.setting import timeline

estimated_in = Line(
    "Estimated units that fall due in the year", "share / year", ("year",),
    procurement.joins_in
    / maximum(total(procurement.joins_in * quantity(1, "1 / year"), over="year"), 1)
    * quantity(1, "1 / year"),
    "Spread evenly over the years in which they join.",
)
units = Line(
    "Hospital units that fall due in the year", "items / year", ("provider", "year"),
    where(
        above(procurement.registered, 0),
        total(procurement.register, over="equipment"),
        total(procurement.own_units, over="equipment") * estimated_in,
    ),
    "By the trust's register, or estimated.",
)
units_all = Line(
    "Hospital units that fall due", "items", ("provider",),
    total(units, over="year"),
    "Of all years: by the trust's register, or estimated.",
)
units_unregistered = Line(
    "Hospital units on no register", "items", ("provider",),
    (1 - procurement.registered) * total(procurement.own_units, over="equipment"),
    "Estimated, of a trust that has given no register.",
)
units_estimated = Line(
    "Hospital units, estimated", "items", (),
    total(units_unregistered, over="provider"),
    "Of trusts that have given no register.",
)
units_joining = Line(
    "Hospital units that fall due while the pool buys, all trusts", "items", (),
    total(procurement.due_while_buying, over=("provider", "equipment")),
    "By registers, or estimated.",
)
source = Line(
    "Source of what falls due: 1 nothing due, 2 estimated, 3 register", "number", ("provider",),
    maximum(1 + above(units_unregistered, quantity(0, "items")), 1 + 2 * procurement.registered),
    "By trust.",
)
price_joining = Line(
    "Price of a trust's own unit, route taken", "GBP_real / item", ("provider", "equipment"),
    where(
        above(procurement.joins, 0),
        total(procurement.route_taken * procurement.route_price, over="route"),
        procurement.price_alone,
    ),
    "Of what falls due while the pool buys; a trust that stays out pays the price alone.",
)
estimated_cost_real = Line(
    "Hospital kit on no register, all years", "GBP_real", ("provider",),
    (1 - procurement.registered) * total(procurement.own_units * price_joining, over="equipment"),
    "At base-year prices, of the route taken; estimated, of a trust that has given no register.",
)
cost_real = Line(
    "Hospital kit that falls due, at base-year prices", "GBP_real / year", ("provider", "year"),
    procurement.registered
    * total(
        procurement.register
        * (procurement.price_alone + procurement.joins_in * (price_joining - procurement.price_alone)),
        over="equipment",
    )
    + estimated_in * estimated_cost_real,
    "At the price of the route taken for what joins, at the price alone for the rest; before VAT.",
)
cost = Line(
    "Hospital kit that falls due, in cash", "GBP_nominal / year", ("provider", "year"),
    inflate(cost_real, timeline.gdp_index) * renewal.with_vat,
    "With VAT, in the year in which it is due: capital of the trust's own plan.",
)
cost_all = Line(
    "Hospital kit that falls due, all years", "GBP_nominal", ("provider",),
    total(cost, over="year"),
    "In cash, with VAT.",
)
cost_year = Line(
    "Hospital kit that falls due, all trusts", "GBP_nominal / year", ("year",),
    total(cost, over="provider"),
    "In cash, with VAT.",
)
cost_estimated = Line(
    "Hospital kit that falls due, estimated", "GBP_nominal", (),
    total(cost * (1 - procurement.registered), over=("provider", "year")),
    "In cash, with VAT; of trusts that have given no register.",
)
estimate_lost = Line(
    "Estimated units that no year takes", "items", (),
    units_estimated * (1 - total(estimated_in, over="year")),
    "Estimated units are spread over the years in which they may join; without such a year they are lost.",
)
estimate_is_spread = Check(
    "Estimated hospital kit has a year in which it is due",
    above(estimate_lost, quantity(0.001, "items")),
    (),
    "The last year in which what falls due joins is not before the first, nor after the horizon.",
)
register_is_given = Check(
    "Hospital kit that falls due is on a register",
    above(units_unregistered, quantity(0, "items")),
    ("provider",),
    "Else it is estimated from tests and life: an asset register says what is due, and when.",
    level="note",
)
