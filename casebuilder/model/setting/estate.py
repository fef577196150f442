"""Estate: the sites, their rooms, hours and floor area."""

from __future__ import annotations

from casebuilder.algebra.dimensions import SOME, Dimension
from casebuilder.algebra.operators import total
from casebuilder.algebra.terms import Input, Line

DIMENSIONS = (
    # A programme may have no centre of its own.
    Dimension("site", "Site", rank=20, may_have_none=True),
    Dimension("department", "Department", rank=150),
    # Any test will do, but there must be one.
    Dimension("test", "Test", rank=410, needs=SOME, apart=True),
)

included = Input(
    "Site is in the option", "flag", ("site",), "1 takes the site in, 0 leaves it out.", high=1, whole=True,
    takes_in="site",
)
rooms = Input(
    "Rooms of a test", "rooms", ("site", "test"),
    "Rooms, or chairs for phlebotomy, given to a test where the site is included.",
    high=40, whole=True, uses="site",
)
room_area = Input(
    "Net area of a room", "m2 / room", ("test",),
    "Scan room with its control, technical, preparation and changing space.",
    high=300,
)
support_area = Input(
    "Net support area of a site", "m2", ("site",), "Reception, waiting, staff, stores and utility space."
)
gross_up = Input(
    "Gross internal area per net area", "factor", (),
    "Circulation, ducts, plant and communications on top of the net area.",
    low=1, high=3,
)
department_of = Input(
    "Department of a test", "flag", ("department", "test"),
    "1 for the department (form OB2) that the rooms of a test belong to.",
    high=1, whole=True,
)
support_of = Input(
    "Department's share of support space", "share", ("department",),
    "Sums to one.",
)
opening_hours_per_day = Input(
    "Opening hours a day", "hours / day", ("site",),
    "From opening to closing, set-up and breaks included.",
    high=24,
)
opening_days_per_week = Input(
    "Opening days a week", "days / week", ("site",), "Days on which patients are seen.", high=7
)

hub = Input(
    "Site is a hub", "flag", ("site",),
    "1 for a hub, which does every kind of examination; 0 for a spoke.",
    high=1, whole=True,
)

# Units that are hired: mobile, some days a week, or relocatable, all of them
hired_rooms = Input(
    "Hired units", "rooms", ("site", "test"),
    "Mobile or relocatable units at the site beside its own rooms, with their crew.",
    high=10, whole=True, uses="site",
)
hired_days_per_week = Input(
    "Days a week of hired units", "days / week", ("site",),
    "Days on site: a mobile unit shares its week among sites, a relocatable one stays.",
    high=7,
)
hired_from_month = Input(
    "First month of hired units", "months", ("site",),
    "Number of the month, the first month of the case being 1; units need no building to open.",
    low=1, high=240, whole=True,
)
hired_to_month = Input(
    "Last month of hired units", "months", ("site",),
    "Number of the month; 0 where none comes.",
    high=720, whole=True,
)

rooms_open = Line(
    "Rooms in the option", "rooms", ("site", "test"),
    rooms * included,
    "A site that an option leaves out has no rooms.",
)
hired_rooms_used = Line(
    "Hired units in the option", "rooms", ("site", "test"),
    hired_rooms * included,
    "Only at sites that the option takes in.",
)
weekly_hours = Line(
    "Opening hours a week", "hours / week", ("site",),
    opening_hours_per_day * opening_days_per_week,
    "Hours a day times days a week.",
)
net_area = Line(
    "Net area", "m2", ("site",),
    total(rooms_open * room_area, over="test") + support_area * included,
    "Rooms by their schedule of accommodation, plus support space.",
)
department_area = Line(
    "Gross internal area of the department", "m2", ("site", "department"),
    (total(rooms_open * room_area * department_of, over="test") + support_area * included * support_of)
    * gross_up,
    "Its rooms and its share of support space, with circulation and plant.",
)
gross_internal_area = Line(
    "Gross internal area", "m2", ("site",),
    net_area * gross_up,
    "What works and running cost are priced on; 0 for a site left out.",
)
