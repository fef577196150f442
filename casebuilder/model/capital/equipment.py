"""Equipment: the units that rooms need, what they cost, and when they wear out."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, lagged, previous, quantity, round_up, total, where
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import estate, programme

DIMENSIONS = (
    Dimension("equipment", "Equipment class", rank=100),
)

units_per_room = Input(
    "Units a room", "items / room", ("equipment", "test"),
    "Units of a class that one room of a test needs; a shared unit is a part of one.",
    high=20,
)
unit_price = Input(
    "Price alone", "GBP_real / item", ("equipment",),
    "What one trust pays for a unit by itself, without VAT and enabling works.",
)
enabling_works = Input(
    "Enabling works a unit", "GBP_real / item", ("equipment",),
    "Turnkey works to install a unit, such as shielding, cooling and power; without VAT.",
)
ancillary_kit = Input(
    "Ancillary kit a unit", "GBP_real / item", ("equipment",),
    "Network points, monitoring, MR-safe kit and training that come with a unit; without VAT.",
)
life = Input(
    "Life", "years", ("equipment",),
    "Years from installing a unit to replacing it, to the nearest whole year.",
    low=5, high=40,
)
maintenance_rate = Input(
    "Maintenance, share of the price a year", "share / year", ("equipment",),
    "A full service contract after the warranty year.",
    high=0.5,
)
energy_use = Input(
    "Energy a unit", "kwh / item / year", ("equipment",),
    "Electricity of a unit in a year of normal use, beside that of the building.",
)

units_needed = Line(
    "Units needed", "items", ("site", "equipment"),
    round_up(total(estate.rooms_open * units_per_room, over="test")),
    "Whole units for the rooms open at a site; a class shared by tests is added up first.",
)
life_in_periods = Line(
    "Years from one purchase to the next", "number", ("equipment",),
    round_up(life / quantity(1, "year") - 0.5),
    "The life to the nearest whole year: replacement and depreciation are by year.",
)
is_open = Line(
    "Site open in the year", "flag", ("site", "year"),
    above(programme.open_year, 0),
    "1 in each financial year in which the site sees patients.",
)
opened = Line(
    "Site opens in the year", "flag / year", ("site", "year"),
    (is_open - lagged(is_open, 1)) * quantity(1, "1 / year"),
    "1 in the financial year of the opening, when the units come into use.",
)
age = Line(
    "Year of the unit's life", "number", ("site", "equipment", "year"),
    basis="1 in the year a site opens and, each time a life ends, in the year of the unit that replaces it; "
    "0 while the site is closed.",
    opening=0,
)
age.define(
    is_open
    * where(
        above(previous(age), 0),
        where(above(life_in_periods, previous(age)), previous(age) + 1, 1),
        1,
    )
)
# In the year of its purchase; read within sums.
is_new = above(age, 0) * above(2, age) * quantity(1, "1 / year")
