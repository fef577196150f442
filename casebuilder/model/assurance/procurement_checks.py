"""Checks of procurement: what must add up, and what a buyer would be asked."""

from __future__ import annotations

from casebuilder.algebra.operators import above, absolute, choose, largest, quantity, total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.capital import procurement, routes
from casebuilder.model.pooling import apart, pool, route_years, sharing

route_shares = Check(
    "Shares of routes taken sum to one",
    not_one(total(procurement.route_taken, over="route")),
    ("equipment",),
    "A class is bought once.",
)
tranches_add_up = Check(
    "Kit of a site is in the tranches once",
    not_one(total(procurement.in_tranche, over="tranche")),
    ("site",),
    "Shares of tranches sum to one for a site.",
)
own_tranches_add_up = Check(
    "Trusts' own units are in the tranches once",
    not_one(total(procurement.own_tranche, over="tranche")),
    (),
    "Shares of tranches sum to one.",
)
delivered_within_appraisal = Check(
    "Tranche is delivered within the appraisal",
    above(1, total(routes.delivered, over="year")),
    ("tranche",),
    "A tranche of a later year would cost nothing here.",
)
most_gap = Line(
    "Most that trusts differ from the whole", "GBP_real", ("route",),
    largest(absolute(route_years.gap_by_trust), over="equipment"),
    "Whichever way, in whichever class.",
)
trusts_add_up = Check(
    "Whole-life costs of the trusts add up to the route's",
    above(most_gap, 0),
    ("route",),
    "What members pay is what the route costs.",
)
years_add_up = Check(
    "Years of a route, discounted, add up to its whole-life cost",
    above(absolute(route_years.gap_by_year), 0)
    * above(1, route_years.beyond_horizon),
    ("route",),
    "Where every first unit's life ends within the appraisal.",
)
parts_add_up = Check(
    "Parts of the pool's saving add up",
    above(absolute(pool.gap_in_parts), 0),
    (),
    "Price, process, standard kit and timing, less what needs no pool.",
)
pooled_routes = Line(
    "Classes for which the route taken pools", "number", (),
    total(procurement.route_taken * procurement.pools, over=("route", "equipment")),
    "0 where every trust buys by itself.",
)
idle_member = Check(
    "A member of the pool has nothing to buy",
    sharing.is_member
    * (1 - above(sharing.value_alone, 0))
    * above(total(sharing.value_alone, over="provider"), 0)
    * above(pooled_routes, 0),
    ("provider",),
    "It brings no volume where the route taken pools: give it units, or leave it out.",
)
no_route_alone = Check(
    "No route is open to a trust by itself",
    above(1, total(apart.by_itself, over="route"))
    * above(procurement.joined_buyers / quantity(1, "contract"), 0),
    ("equipment",),
    "There is nothing to measure the pool against: let a route that does not pool serve the class in time.",
)
one_supplier = Check(
    "One supplier gets more of a class than the limit",
    above(routes.supplier_taken, routes.supplier_limit),
    ("equipment",),
    "On the route taken.",
    level="warn",
)
route_not_admissible = Check(
    "The route taken is not admissible",
    above(total(procurement.route_taken * (1 - routes.admissible), over="route"), 0)
    * above(procurement.units_bought / quantity(1, "item"), 0),
    ("equipment",),
    "It does not serve the class, or delivers too late.",
    level="warn",
)
refusal_unsaid = Line(
    "Keeps its own make, and has not said which", "flag", ("provider", "equipment"),
    choose(
        procurement.installed,
        {
            "not_said": procurement.keeps_own_make,
            "none": procurement.keeps_own_make,
            "pools_make": procurement.keeps_own_make,
            "other_make": 0,
            "tied_to_image_system": 0,
        },
    ),
    "0 where another make or an image system is in place.",
)
refusal_is_explained = Check(
    "What is in place says why a member keeps its own make",
    above(total(refusal_unsaid, over="equipment"), 0),
    ("provider",),
    "What it has in place (procurement.installed) is not said, or is the pool's make.",
    level="note",
)
