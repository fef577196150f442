"""Timetable: back from 31 March of a tranche's year to the last safe date of each step, and what slips lose.

Months are counted from the start of the base year, so that 12 is 31 March of it. National capital of a year
is drawn for goods received by then.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, at, by_member, difference, inflate, largest, quantity, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import capital, procurement, regimes, routes
from casebuilder.model.pooling import funder, route_years

DIMENSIONS = (Dimension("slip", "Months of slip tried", rank=98, needs=("none",)),)

received_after = Input(
    "Months from delivery until goods count as received",
    "months",
    (),
    "0 where delivery is receipt; installation and acceptance tests where the funder asks for working kit.",
    high=24,
)
slip_tried = Input(
    "Months of slip",
    "months",
    ("slip",),
    "By which every delivery of the tranche comes later.",
    high=60,
)

# The last safe dates
year_end = Line(
    "31 March of the tranche's year",
    "months",
    ("tranche",),
    routes.delivery_year * quantity(12, "months"),
    "By which goods must be received.",
)
ordered_units = Line(
    "Units of the tranche",
    "items",
    ("equipment", "tranche"),
    total(procurement.units, over="provider"),
    "Of all trusts, whether they join or not.",
)
longest_lead = Line(
    "Longest lead time in the tranche",
    "months",
    ("tranche",),
    largest(above(ordered_units, 0) * routes.lead_months, over="equipment"),
    "Of the classes that it buys.",
)
last_delivery = Line(
    "Last safe date of delivery",
    "months",
    ("tranche",),
    year_end - received_after,
    "So that goods are received by 31 March.",
)
last_order = Line(
    "Last safe date of the order",
    "months",
    ("tranche",),
    last_delivery - longest_lead,
    "The longest lead time before delivery.",
)
months_left = Line(
    "Months from the start of the step to the order",
    "months",
    ("route", "procurement_step"),
    by_member(
        procurement_step={
            "prepare": routes.route_months,
            "tender": difference(routes.route_months, at(regimes.step_months, procurement_step="prepare")),
            "assess": at(regimes.step_months, procurement_step="assess")
            + at(regimes.step_months, procurement_step="standstill")
            + at(regimes.step_months, procurement_step="order"),
            "standstill": at(regimes.step_months, procurement_step="standstill")
            + at(regimes.step_months, procurement_step="order"),
            "order": at(regimes.step_months, procurement_step="order"),
        }
    ),
    "Of this step and those after it.",
)
last_start = Line(
    "Last safe date to start the step",
    "months",
    ("route", "procurement_step", "tranche"),
    last_order - months_left,
    "One step after the other, on each route.",
)
to_spare = Line(
    "Months to spare from approval",
    "months",
    ("route", "tranche"),
    last_order - routes.route_months - regimes.funded_month,
    "From the last approval in the tranche to the last safe start; below 0 the year's end is missed.",
)

# What slips lose
taken_months = Line(
    "Months from decision to order, route taken",
    "months",
    ("equipment",),
    total(procurement.route_taken * routes.route_months, over="route"),
    "By class.",
)
arrival = Line(
    "When goods are received",
    "months",
    ("equipment", "tranche"),
    regimes.funded_month + taken_months + routes.lead_months + received_after,
    "By the route taken, from the last approval in the tranche.",
)
national_capital = Line(
    "National capital of the kit",
    "GBP_nominal",
    ("equipment", "tranche"),
    inflate(
        procurement.price_paid * total(funder.units, over="provider") * (1 + capital.vat_rate),
        route_years.delivery_index,
    ),
    "Of units that an award pays for and takes savings back on, at the price paid, with VAT.",
)
national_tranche = Line(
    "National capital of the tranche",
    "GBP_nominal",
    ("tranche",),
    total(national_capital, over="equipment"),
    "Of all its classes.",
)
lapses = Line(
    "National capital that lapses",
    "GBP_nominal",
    ("tranche", "slip"),
    total(national_capital * above(arrival + slip_tried, year_end), over="equipment"),
    "Of kit received after 31 March of the tranche's year, unless the funder carries it forward.",
)
received = Line(
    "National capital drawn for goods received by 31 March",
    "GBP_nominal",
    ("tranche", "slip"),
    national_tranche - lapses,
    "The rest lapses.",
)
