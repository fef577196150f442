"""Apart: what each trust would do by itself, the yardstick of every saving by buying together."""

from __future__ import annotations

from casebuilder.algebra.operators import above, at, largest, quantity, smallest, total, where
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import equipment, procurement, routes
from casebuilder.model.pooling import whole_life

by_itself = Line(
    "Route open to a trust by itself", "flag", ("route", "equipment"),
    routes.admissible * (1 - procurement.pools),
    "Admissible, and needs no other trust.",
)
cost = Line(
    "Cost of going alone, by class", "GBP_real", ("provider", "equipment"),
    smallest(
        where(
            above(by_itself, 0),
            whole_life.trust_whole_life,
            largest(whole_life.trust_whole_life, over="route"),
        ),
        over="route",
    ),
    "The cheapest route open to the trust by itself: alone or on a framework, never list.",
)
members_cost = Line(
    "Cost of going alone, all members", "GBP_real", ("equipment",),
    total(procurement.joins * cost, over="provider"),
    "Each on its own cheapest route.",
)
on_route = Line(
    "Trust would take the route by itself", "flag", ("provider", "route", "equipment"),
    by_itself * (1 - above(whole_life.trust_whole_life, cost)),
    "1 for its cheapest route; for several that cost the same.",
)
purchase_share = Line(
    "Paid on delivery, share of the price on the route", "factor", ("route",),
    (1 + procurement.framework_fee) * (1 - routes.is_financed),
    "With the fee; nothing of a lease.",
)
price = Line(
    "Purchase price of a unit by itself", "GBP_real / item", ("provider", "equipment"),
    where(
        above(total(on_route, over="route"), 0),
        total(on_route * procurement.own_factor * purchase_share, over="route")
        / total(on_route, over="route"),
        1,
    )
    * equipment.unit_price,
    "On the route that it would take, with the fee; nothing of a lease, which buys no unit.",
)
pool_open = Line(
    "Pool may buy the class", "flag", ("equipment",),
    at(routes.admissible, route="pool"),
    "1 where the pool is admissible.",
)
may_pool = Line(
    "Members may buy the class together", "flag", ("equipment",),
    above(pool_open * procurement.joined_buyers / quantity(1, "contract"), 1),
    "The pool is admissible, and two members or more need the class.",
)
