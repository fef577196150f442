"""Capacity: the slots that rooms, hours and staff give, by site, test and month.

Reads rooms and hours, openings, staff cover, throughput and the hospitals' own baseline. Read by
waits and the money chapters.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    maximum,
    minimum,
    per_year,
    power,
    previous,
    quantity,
    spread,
    total,
    where,
    which_smallest,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model import demand, estate, programme, timeline, workforce

# Centres
slots_per_hour = Input(
    "Slots an hour in one room", "slots / hour / room", ("test",),
    "From the mix of examinations and their slot lengths.",
    high=30,
)  # fmt: skip
set_up_hours_per_day = Input(
    "Set-up, quality assurance and breaks", "hours / day", ("test",),
    "Opening hours in which the room sees no patient.",
    high=12,
)  # fmt: skip
uptime = Input(
    "Uptime", "share", ("test",), "Share of patient hours not lost to servicing, faults and bank holidays."
)
booking_utilisation = Input("Booking utilisation", "share", ("test",), "Share of slots that get booked.")
did_not_attend = Input(
    "Did not attend or cancelled late", "share", ("test",),
    "Share of booked slots that the patient does not use.",
)  # fmt: skip
refill = Input("Lost slots refilled", "share", ("test",), "Share of those slots that another patient takes.")

patient_hours = Line(
    "Patient hours a day", "hours / day", ("site", "test"),
    maximum(estate.opening_hours_per_day - set_up_hours_per_day, 0),
    "Opening hours less set-up, quality assurance and breaks.",
)  # fmt: skip
gross_slots = Line(
    "Gross slots", "slots / week", ("site", "test"),
    estate.rooms_open * patient_hours * estate.opening_days_per_week * slots_per_hour,
    "Rooms × patient hours a day × days a week × slots an hour; before down-time, staff and bookings.",
)  # fmt: skip
tests_per_slot = Line(
    "Tests a slot", "tests / slot", ("test",),
    booking_utilisation * (1 - did_not_attend * (1 - refill)) * quantity(1, "test / slot"),
    "Booking utilisation × (1 − non-attendance not refilled).",
)  # fmt: skip
equipment_slots = Line(
    "Slots by equipment", "slots / month", ("site", "test", "month"),
    gross_slots * timeline.weeks_in_month * uptime * programme.ramp,
    "What rooms and scanners give: uptime and ramp-up off the gross slots of the month.",
)  # fmt: skip
staffed_slots = Line(
    "Slots by staff", "slots / month", ("site", "test", "month"),
    gross_slots * timeline.weeks_in_month * programme.open * workforce.staff_cover_test,
    "What the staff in post and agency can run of the gross slots of the month.",
)  # fmt: skip
binding = Line(
    "What binds: 1 equipment, 2 staff", "number", ("site", "test", "month"),
    which_smallest(equipment_slots, staffed_slots),
    "The lesser of the two; equipment where they are equal.",
)  # fmt: skip
cdc_slots = Line(
    "Tests the centre can do", "tests / month", ("site", "test", "month"),
    minimum(equipment_slots, staffed_slots) * tests_per_slot,
    "The lesser of equipment and staff, after bookings and non-attendance.",
)  # fmt: skip
centre_slots = Line(
    "Tests all centres can do", "tests / month", ("test", "month"),
    total(cdc_slots, over="site"),
    "The sum over sites.",
)  # fmt: skip

# Bought tests and longer hospital hours
bought_tests = Input(
    "Tests bought a month", "tests / month", ("test",),
    "At full volume, from an independent-sector centre at a price a test.",
)  # fmt: skip
extended_hours_uplift = Input(
    "Longer hospital hours", "factor", ("test",),
    "Extra hospital capacity from evenings and weekends on existing kit, as a share.",
    high=1,
)  # fmt: skip
bought_slots = Line(
    "Tests that can be bought", "tests / month", ("test", "month"),
    bought_tests * programme.relief_reached,
    "From the start month, in steps to full volume.",
)  # fmt: skip

# Hospitals
productivity = Input(
    "Growth of hospital capacity a year", "factor", ("test", "year"),
    "Productivity and capacity already planned, without this scheme.",
    low=-0.5, high=1,
)  # fmt: skip
carried_forward_productivity = Input(
    "Growth of hospital capacity a year before the first month", "factor", ("test",),
    "From the baseline year to the first month.",
    low=-0.5, high=1,
)  # fmt: skip
resources_moved = Input(
    "Hospital capacity moved to a centre", "tests / month", ("provider", "test"),
    "Rooms and staff that leave the hospital, at full ramp-up of all centres.",
)  # fmt: skip
capacity_carried = Line(
    "Growth of hospital capacity to the first month", "factor", ("test",),
    power(1 + carried_forward_productivity, demand.years_carried_forward),
    "The baseline is carried forward at a stated rate.",
)  # fmt: skip
capacity_index = Line(
    "Hospital capacity since the baseline", "index", ("test", "month"),
    basis="Grows by a twelfth root of the year's growth each month.",
    opening=capacity_carried,
)  # fmt: skip
capacity_index.define(previous(capacity_index) * power(1 + spread(productivity), quantity(1, "1") / 12))
hospital_index = Line(
    "Hospital capacity as a multiple of the baseline", "index", ("test", "month"),
    capacity_index * demand.season * (1 + extended_hours_uplift * programme.relief_reached),
    "Growth × season × longer hours: hospitals keep the working days that their season shows.",
)  # fmt: skip
moved_share = Line(
    "Share of centres open", "share", ("month",),
    where(above(programme.centres_included, 0), programme.centres_open / programme.centres_included, 0),
    "Resources move in step with the ramp-up of the centres.",
)  # fmt: skip
hospital_capacity = Line(
    "Hospital capacity", "tests / month", ("provider", "test", "month"),
    maximum(demand.baseline_tests * hospital_index - resources_moved * moved_share, 0),
    "Baseline × growth, less the rooms and staff moved; nothing else.",
)  # fmt: skip
hospital_capacity_by_test = Line(
    "Hospital capacity, network", "tests / month", ("test", "month"),
    total(hospital_capacity, over="provider"),
    "The sum over trusts.",
)  # fmt: skip

# By year
cdc_capacity_year = Line(
    "Tests the centre can do in the year", "tests / year", ("site", "test", "year"),
    basis="The sum of the months; after the months the last year holds.",
    opening=0,
)  # fmt: skip
cdc_capacity_year.define(
    where(above(timeline.after_horizon, 0), previous(cdc_capacity_year), per_year(cdc_slots))
)
cdc_capacity_year_end = Line(
    "Tests the centre can do in the last year of the months", "tests / year", ("site", "test"),
    total(cdc_capacity_year * timeline.last_monthly_year, over="year") / quantity(1, "year"),
    "What the centre is limited to in the years after the months.",
)  # fmt: skip
hospital_capacity_year = Line(
    "Hospital capacity in the year", "tests / year", ("test", "year"),
    basis="After the months it grows by the yearly growth of hospital capacity.",
    opening=0,
)  # fmt: skip
hospital_capacity_year.define(
    where(
        above(timeline.after_horizon, 0),
        previous(hospital_capacity_year) * (1 + productivity),
        per_year(hospital_capacity_by_test),
    )
)
bought_capacity_year = Line(
    "Tests that can be bought in the year", "tests / year", ("test", "year"),
    basis="After the months the last year holds.",
    opening=0,
)  # fmt: skip
bought_capacity_year.define(
    where(above(timeline.after_horizon, 0), previous(bought_capacity_year), per_year(bought_slots))
)
