"""Lateness: how long each route delays a class, and what the tests not done meanwhile are worth."""

from __future__ import annotations

from casebuilder.algebra.operators import above, at, largest, maximum, quantity, total, where
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import equipment, procurement, routes
from casebuilder.model.patients import activity
from casebuilder.model.running import revenue
from casebuilder.model.setting import estate, programme

tests_a_month = Line(
    "Tests of the centres a month", "tests / month", ("test",),
    total(activity.cdc_tests_year * programme.steady_state, over=("site", "year")) / quantity(12, "months"),
    "In steady state.",
)
value_a_month = Line(
    "Tests that a month without the class loses", "GBP_real / month", ("equipment",),
    total(
        tests_a_month
        * above(equipment.units_per_room, 0)
        * revenue.bought_test_price
        * revenue.price_to_cost,
        over="test",
    )
    * routes.waits_for_kit,
    "All centres; at the price another provider would ask for them.",
)
delay = Line(
    "Delay against buying alone", "months", ("route",),
    maximum(routes.route_months - at(routes.route_months, route="alone") - routes.months_of_float, 0),
    "Beyond the float; a route that is quicker gains nothing, for the building is not ready sooner.",
)
delay_taken = Line(
    "Delay of the class, route taken", "months", ("equipment",),
    largest(above(procurement.route_taken, 0) * delay, over="route") * above(routes.waits_for_kit, 0),
    "Of the slowest route that some of its units take; nothing where no test waits for the class.",
)
programme.late_kit.define(
    largest(above(equipment.units_needed, 0) * delay_taken, over="equipment") * estate.included
)
delay_cost_unit = Line(
    "Tests not done for the delay, a unit", "GBP_real / item", ("route", "equipment"),
    where(above(procurement.units_bought, 0), delay * value_a_month / procurement.units_bought, 0),
    "Of the centres' units; hospitals keep the old ones until then.",
)
