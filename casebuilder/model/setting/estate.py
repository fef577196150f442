"""Estate: the sites, their rooms, hours and floor area."""

from __future__ import annotations

from casebuilder.algebra.dimensions import SOME, Dimension
from casebuilder.algebra.operators import above, quantity, share_of, total, where
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
part_rooms = Input(
    "Rooms shared with other tests, a test's part", "rooms", ("site", "test"),
    "Beside rooms of its own: colonoscopy 0.6, gastroscopy and flexible sigmoidoscopy 0.2 each are one room. "
    "The parts at a site add up to whole rooms. The queue of a walk-in test counts none.",
    optional=0, high=40, uses="site",
)
room_area = Input(
    "Net area of a room", "m2 / room", ("test",),
    "Scan room with its control, technical, preparation and changing space.",
    high=300,
)
suite_area = Input(
    "Net area that comes with a room", "m2 / room", ("test",),
    "Preparation and recovery, changing, sub-wait, toilets, stores and reporting of the rooms of a test.",
    high=300,
)
core_area = Input(
    "Net area that a centre of its own needs", "m2", (),
    "Entrance, reception and main wait, public toilets, staff rooms, offices, utilities, stores, IT: "
    "whatever the number of rooms.",
    high=3_000,
)
host_provides = Input(
    "Share of that area that the host has", "share", ("site",),
    "0 for a building of its own; a part where a hospital or health centre lends entrance and staff rooms.",
)
measured_area = Input(
    "Gross internal area as measured", "m2", ("site",),
    "From drawings, a survey or a published figure: it wins over the schedule of rooms. 0: none.",
    optional=0, high=50_000,
)
planning_share = Input(
    "Planning allowance, share of net area", "factor", (),
    "What rooms grow by when a building is drawn.",
    high=0.3,
)
engineering_share = Input(
    "Engineering zones, share of net area", "factor", (),
    "Ducts and zones along walls within the department.",
    high=0.3,
)
circulation_share = Input(
    "Circulation, share of net area", "factor", (), "Corridors and partitions within the department.", high=1
)
plant_share = Input(
    "Plant, share of departmental area", "factor", (), "Plant rooms, switchgear, chillers.", high=0.5
)
communication_share = Input(
    "Communications, share of departmental area", "factor", (),
    "Stairs, lifts, lobbies and corridors between departments, and outer walls.",
    high=0.5,
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

rooms_of_test = Line(
    "Rooms of a test and its part of shared ones", "rooms", ("site", "test"),
    rooms + part_rooms,
    "Whatever the option.",
)
rooms_open = Line(
    "Rooms in the option", "rooms", ("site", "test"),
    rooms_of_test * included,
    "A site that an option leaves out has no rooms.",
)
shared_rooms = Line(
    "Rooms that tests share", "rooms", ("site",),
    total(part_rooms, over="test"),
    "The parts of all tests together.",
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
rooms_net_area = Line(
    "Net area of rooms and what comes with them", "m2", ("site",),
    total(rooms_open * (room_area + suite_area), over="test"),
    "Without the core that every centre needs.",
)
support_area = Line(
    "Net support area of a site", "m2", ("site",),
    total(rooms_open * suite_area, over="test") + core_area * (1 - host_provides) * included,
    "What comes with the rooms, and what the centre needs of its own.",
)
net_area = Line(
    "Net area", "m2", ("site",),
    total(rooms_open * room_area, over="test") + support_area,
    "Rooms and support space by the schedule of accommodation.",
)
gross_up = Line(
    "Gross internal area per net area", "factor", (),
    (1 + planning_share + engineering_share + circulation_share) * (1 + plant_share + communication_share),
    "From rooms to departments, and from departments to the building.",
)
gross_internal_area = Line(
    "Gross internal area", "m2", ("site",),
    where(above(measured_area, quantity(0, "m2")), measured_area * included, net_area * gross_up),
    "As measured, else by the schedule. What works and running cost are priced on; 0 for a site left out.",
)
department_net_area = Line(
    "Net area of the department", "m2", ("site", "department"),
    total(rooms_open * room_area * department_of, over="test") + support_area * support_of,
    "Its rooms and its share of support space.",
)
department_area = Line(
    "Gross internal area of the department", "m2", ("site", "department"),
    gross_internal_area * share_of(department_net_area, over="department"),
    "Of the building, by net area.",
)
