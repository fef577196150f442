"""Throughput: slots an hour from the mix of examinations, and the share of slots that become tests."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, maximum, quantity, share_of, total, where
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import estate

DIMENSIONS = (
    Dimension("examination", "Kind of examination", rank=430),
)

# The mix of examinations
examination_share = Input(
    "Share of examinations", "share", ("test", "examination"),
    "Of a test's patients, how many need a short, a standard or a long examination; shares are of their sum.",
)
examination_minutes = Input(
    "Slot of an examination", "minutes / slot", ("test", "examination"),
    "Room time from one patient to the next, cleaning included.",
    low=1, high=240,
)
list_points = Input(
    "Points of a test done in lists", "number", ("test",),
    "Of the points a list; they win over the mix of examinations. 0 where the test is not done in lists.",
    high=12,
)
points_a_list = Input("Points a list", "number", (), "What a list is booked up to.", low=1, high=40)
hours_a_list = Input("Hours a list", "hours", (), "First patient in to last patient out.", low=1, high=12)
done_at_spokes = Input(
    "Examination is done at spokes", "flag", ("examination",),
    "Long examinations go to a hub, where a spoke has neither the staff nor the recovery space.",
    high=1, whole=True,
)

# From the opening hours to tests
own_hours_per_day = Input(
    "Hours a day of its own", "hours / day", ("site", "test"),
    "Where a test's rooms keep other hours than the site; 0: the site's.",
    high=24,
)
own_days_per_week = Input(
    "Days a week of its own", "days / week", ("site", "test"),
    "Where a test's rooms are used on fewer or more days than the site is open; 0: the site's.",
    high=7,
)
set_up_hours_per_day = Input(
    "Set-up, quality assurance and breaks", "hours / day", ("test",),
    "Opening hours in which the room sees no patient.",
    high=12,
)
uptime = Input(
    "Uptime", "share", ("test",), "Share of patient hours not lost to faults; more than none.", low_open=True
)
planned_downtime_days = Input(
    "Planned down-time a year", "days / year", ("test",),
    "Days on which a room is out for servicing, upgrades and acceptance tests.",
    high=120,
)
booking_utilisation = Input(
    "Booking utilisation", "share", ("test",), "Share of slots that get booked; more than none.",
    low_open=True,
)
did_not_attend = Input(
    "Did not attend or cancelled late", "share", ("test",),
    "Share of booked slots that the patient does not use.",
)
refill = Input("Lost slots refilled", "share", ("test",), "Share of those slots that another patient takes.")
tests_in_slot = Input(
    "Tests in one slot", "tests / slot", ("test",),
    "More than one where returns count a patient's scans of several parts of the body as several tests.",
    low=0.5, high=5,
)

training_slots = Input(
    "Slots given to training", "share", ("test",),
    "Taken by trainees on placement, beyond their patients.",
    high=0.5,
)

examination_mix = Line(
    "Mix of examinations", "share", ("test", "examination"),
    share_of(examination_share, over="examination"),
    "The shares add up to one.",
)
done_here = Line(
    "Examination is done at the site", "flag", ("site", "examination"),
    estate.hub + (1 - estate.hub) * done_at_spokes,
    "A hub does all kinds; a spoke those that suit it.",
)
share_done_here = Line(
    "Share of patients whom the site can examine", "share", ("site", "test"),
    total(examination_mix * done_here, over="examination"),
    "1 at a hub; at a spoke the kinds it does.",
)
minutes_by_mix = Line(
    "Mean slot by the mix of examinations", "minutes / slot", ("site", "test"),
    where(
        above(share_done_here, 0),
        total(examination_mix * examination_minutes * done_here, over="examination") / share_done_here,
        0,
    ),
    "The mean of the examinations done at the site, by their share.",
)
minutes_by_points = Line(
    "Slot by points a list", "minutes / slot", ("test",),
    list_points / points_a_list * hours_a_list * quantity(60, "minutes / hour") / quantity(1, "slot"),
    "Its share of a list's points, of the hours of a list.",
)
minutes_per_slot = Line(
    "Mean slot", "minutes / slot", ("site", "test"),
    where(above(minutes_by_points, 0), minutes_by_points, minutes_by_mix),
    "By points where the test is done in lists, else by the mix of examinations.",
)
open_hours = Line(
    "Hours a day that rooms of a test are open", "hours / day", ("site", "test"),
    where(above(own_hours_per_day, 0), own_hours_per_day, estate.opening_hours_per_day),
    "Its own, else the site's.",
)
open_days = Line(
    "Days a week that rooms of a test are open", "days / week", ("site", "test"),
    where(above(own_days_per_week, 0), own_days_per_week, estate.opening_days_per_week),
    "Its own, else the site's.",
)
share_of_week = Line(
    "Hours of the rooms of a test, of the site's", "factor", ("site", "test"),
    where(above(estate.weekly_hours, 0), open_hours * open_days / estate.weekly_hours, 1),
    "1 where it keeps the site's hours.",
)
slots_per_hour = Line(
    "Slots an hour in one room", "slots / hour / room", ("site", "test"),
    where(
        above(minutes_per_slot, 0),
        quantity(60, "minutes / hour") / minutes_per_slot / quantity(1, "room"),
        0,
    ),
    "Sixty minutes over the mean slot; none where a spoke can do no examination of the test.",
)
patient_hours = Line(
    "Patient hours a day", "hours / day", ("site", "test"),
    maximum(open_hours - set_up_hours_per_day, 0),
    "Opening hours less set-up, quality assurance and breaks.",
)
room_slots = Line(
    "Gross slots of one room", "slots / day / room", ("site", "test"),
    patient_hours * slots_per_hour,
    "Before down-time, staff and bookings.",
)
gross_slots = Line(
    "Gross slots", "slots / week", ("site", "test"),
    estate.rooms_open * room_slots * open_days,
    "Rooms × patient hours a day × days a week × slots an hour; before down-time, staff and bookings.",
)
availability = Line(
    "Share of slots that equipment is available", "share", ("test",),
    uptime * (1 - planned_downtime_days / quantity(365, "days / year")),
    "Uptime, less the days of planned down-time.",
)
tests_per_slot = Line(
    "Tests a slot", "tests / slot", ("test",),
    (1 - training_slots) * booking_utilisation * (1 - did_not_attend * (1 - refill)) * tests_in_slot,
    "(1 − training) × booking utilisation × (1 − non-attendance not refilled) × tests in one slot.",
)
