"""Regimes: the steps from the decision to the order of each route, and what the law asks for them.

A route that competes by itself is under the law in force when it begins: the Public Contracts Regulations
2015, or the Procurement Act 2023. A call-off under a framework has no mandatory standstill. Bought tests and
insourced staff are health care services, under the Provider Selection Regime.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, at, largest, maximum, quantity, smallest, total, where
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import procurement
from casebuilder.model.setting import estate, programme, timeline

DIMENSIONS = (
    Dimension(
        "regime",
        "Law of procurement",
        rank=92,
        needs=(
            "regulations_2015",
            "act_2023",
            "call_off",
            "provider_selection",
        ),
    ),
    Dimension(
        "procurement_step",
        "Step to the order",
        rank=94,
        needs=(
            "prepare",
            "tender",
            "assess",
            "standstill",
            "order",
        ),
    ),
)

step_days = Input(
    "Days of the step",
    "days",
    ("route", "procurement_step"),
    "As buyers take them, whatever the law asks at least; from the decision to the order.",
    high=1_500,
)
least_days = Input(
    "Least days of the step by law",
    "days",
    ("regime", "procurement_step"),
    "0 where the law asks for none; in working days where the regime counts them.",
    high=120,
)
in_working_days = Input(
    "Least days are working days",
    "flag",
    ("regime", "procurement_step"),
    "1 where the law counts working days, 0 where it counts calendar days.",
    high=1,
    whole=True,
)
in_force_from = Input(
    "In force from",
    "number",
    ("regime",),
    "Calendar year, with the part of it that had gone by: 24 February 2025 is 2025.15.",
    low=1_900,
    high=2_200,
)
calls_off = Input(
    "Route is a call-off under a framework",
    "flag",
    ("route",),
    "1 where the framework was competed before, 0 where the route competes by itself.",
    high=1,
    whole=True,
)
bought_days = Input(
    "Days of the step, bought tests",
    "days",
    ("procurement_step",),
    "Of a competition for tests or insourced staff, whatever the law asks at least.",
    high=1_500,
)
a_month = quantity(365 / 12, "days / month")

# When
funded_month = Line(
    "Month by which funding is approved",
    "months",
    ("tranche",),
    largest(
        where(
            above(procurement.in_tranche * estate.included, 0),
            programme.approval_end,
            smallest(programme.approval_end, over="site"),
        ),
        over="site",
    ),
    "The last approval among sites whose kit is in the tranche; hospital kit is in plans approved before.",
)
begun = Line(
    "When the purchase begins",
    "number",
    (),
    timeline.base_year_number + 0.25 + smallest(funded_month, over="tranche") / quantity(12, "months"),
    "Calendar year, with the part gone by: approval of the first tranche, month 0 ending with March.",
)
act_applies = Line(
    "Procurement Act 2023 applies",
    "flag",
    (),
    1 - above(at(in_force_from, regime="act_2023"), begun),
    "1 where the purchase begins on or after its day; what began before stays under those of 2015.",
)
selection_applies = Line(
    "Provider Selection Regime applies",
    "flag",
    (),
    1 - above(at(in_force_from, regime="provider_selection"), begun),
    "1 where the purchase begins on or after its day; before, those of 2015 held for bought tests too.",
)

# How long
least = Line(
    "Least days of the step by law, in calendar days",
    "days",
    ("regime", "procurement_step"),
    least_days * (1 + 0.4 * in_working_days),
    "Seven calendar days are five working days; a bank holiday adds one.",
)
step_months = Line(
    "Months of the step",
    "months",
    ("route", "procurement_step"),
    maximum(
        step_days,
        where(
            above(calls_off, 0),
            at(least, regime="call_off"),
            where(above(act_applies, 0), at(least, regime="act_2023"), at(least, regime="regulations_2015")),
        ),
    )
    / a_month,
    "What buyers take, or what the law asks at least, whichever is longer.",
)
regime_taken = Line(
    "Law of the route: 1 Regulations of 2015, 2 Act of 2023, 3 call-off",
    "number",
    ("route",),
    where(above(calls_off, 0), 3, 1 + act_applies),
    "By the day on which the purchase begins.",
)
bought_months = Line(
    "Months from decision to contract, bought tests",
    "months",
    (),
    total(
        maximum(
            bought_days,
            where(
                above(selection_applies, 0),
                at(least, regime="provider_selection"),
                at(least, regime="regulations_2015"),
            ),
        ),
        over="procurement_step",
    )
    / a_month,
    "Health care services have a regime of their own; the longest of its processes, a competition.",
)
