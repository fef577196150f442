"""Longer hours on hospital kit: the staff they take and how far they wear the kit.

Pay, consumables and report stand in the price a test (`revenue.extended_hours_cost`), so that the WTE
here carry no cost of their own.
"""

from __future__ import annotations

from casebuilder.algebra.operators import quantity, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import equipment
from casebuilder.model.patients import activity
from casebuilder.model.service import hospital_staff, workforce
from casebuilder.model.setting import throughput

normal_hours = Input(
    "Hours of use that a life assumes", "hours / item / year", ("equipment",),
    "Of a unit in a hospital, a year, in usual hours.",
    low=500, high=8_784,
)
wear_share = Input(
    "Share of a unit's life that goes with use", "share", ("equipment",),
    "The rest goes by the calendar: electronics, software, support.",
)

wte = Line(
    "WTE in longer hours", "wte", ("staff", "year"),
    total(activity.extended_hours_tests_year * hospital_staff.hours_a_test, over="test")
    / quantity(365.25 / 7, "weeks / year")
    / workforce.contract_hours
    / (1 - workforce.headroom),
    "Overtime, bank and insourced staff, by the tests done; paid within the price of such a test.",
)
hours_a_test = Line(
    "Room hours of a hospital test", "hours / test", ("test",),
    total(throughput.examination_mix * throughput.examination_minutes, over="examination")
    / quantity(60, "minutes / hour")
    / throughput.tests_per_slot,
    "The mean slot over tests a slot.",
)
wear_an_hour = Line(
    "Wear of a unit an hour", "GBP_real / hour", ("equipment",),
    equipment.unit_price * wear_share / (equipment.life * normal_hours),
    "Its price over the hours of its life, as far as life goes with use.",
)
wear_a_test = Line(
    "Wear of hospital kit a test", "GBP_real / test", ("test",),
    total(equipment.units_per_room / quantity(1, "item / room") * wear_an_hour, over="equipment")
    * hours_a_test,
    "All units of the room.",
)
wear_real = Line(
    "Wear of hospital kit, base-year prices", "GBP_real / year", ("year",),
    total(activity.extended_hours_tests_year * wear_a_test, over="test"),
    "In the year of use; the units are replaced sooner, from the trusts' own plans.",
)
