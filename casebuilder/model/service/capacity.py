"""Capacity: the slots that rooms, hours and staff give, by site, test and month."""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    largest,
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
from casebuilder.model.service import demand, hospital_staff, staff_years, workforce
from casebuilder.model.setting import bought_contract, estate, programme, throughput, timeline

# Centres
preparation_bays = Input(
    "Preparation and recovery bays", "number", ("site", "test"),
    "Bays where patients are cannulated, prepared or recover; counted only where a test needs them.",
    high=60, whole=True,
)
preparation_minutes = Input(
    "Time in a bay", "minutes / slot", ("test",),
    "Mean over all patients of the test; 0 where none needs a bay.",
    high=600,
)
open_on_bank_holidays = Input(
    "Site is open on bank holidays", "flag", ("site",), "1 where patients are seen on bank holidays.",
    high=1, whole=True,
)

open_weeks = Line(
    "Weeks open in the month", "weeks / month", ("site", "month"),
    timeline.weeks_in_month
    - timeline.bank_holidays * (1 - open_on_bank_holidays) / quantity(7, "days / week"),
    "Bank holidays come off where the site closes on them.",
)
weeks_served = Line(
    "Weeks open in the month, once the centre is open", "weeks / month", ("site", "month"),
    open_weeks * programme.open,
    "0 before the opening month.",
)
preparation_slots = Line(
    "Gross slots by preparation", "slots / week", ("site", "test"),
    where(
        above(preparation_minutes, 0),
        preparation_bays
        * estate.included
        * throughput.patient_hours
        * throughput.open_days
        * quantity(60, "minutes / hour")
        / preparation_minutes,
        throughput.gross_slots,
    ),
    "What the bays can pass through; as many as the rooms where a test needs none.",
)
equipment_slots = Line(
    "Slots by equipment", "slots / month", ("site", "test", "month"),
    throughput.gross_slots * open_weeks * throughput.availability * programme.ramp,
    "What rooms and scanners give: down-time and ramp-up off the gross slots of the month.",
)
staffed_slots = Line(
    "Slots by staff", "slots / month", ("site", "test", "month"),
    throughput.gross_slots * weeks_served * workforce.staff_cover_test,
    "What the staff in post and agency can run of the gross slots of the month.",
)
binding = Line(
    "What limits capacity: 1 equipment, 2 staff, 3 preparation", "number", ("site", "test", "month"),
    which_smallest(equipment_slots, staffed_slots, preparation_slots * weeks_served),
    "The least of the three; the first of equals.",
)
hired_weeks = Line(
    "Weeks that hired units are on site", "weeks / month", ("site", "month"),
    open_weeks
    * above(timeline.month_number + quantity(1, "month"), estate.hired_from_month)
    * above(estate.hired_to_month + quantity(1, "month"), timeline.month_number),
    "From their first to their last month; 0 outside them.",
)
hired_slots = Line(
    "Slots of hired units", "slots / week", ("site", "test"),
    estate.hired_rooms_used
    * throughput.room_slots
    * estate.hired_days_per_week
    * throughput.availability,
    "They come with their crew, so that the network's own staff do not limit them.",
)
cdc_slots = Line(
    "Tests the centre can do", "tests / month", ("site", "test", "month"),
    (
        minimum(equipment_slots, staffed_slots, preparation_slots * weeks_served)
        + hired_slots * hired_weeks
    )
    * throughput.tests_per_slot,
    "The least of equipment, staff and preparation, and hired units, after bookings and non-attendance.",
)
centre_slots = Line(
    "Tests all centres can do", "tests / month", ("test", "month"),
    total(cdc_slots, over="site"),
    "The sum over sites.",
)
hired_gross_slots = Line(
    "Gross slots of hired units", "slots / week", ("site", "test"),
    hired_slots / throughput.availability,
    "Before down-time.",
)
gross_slots_network = Line(
    "Gross slots of all centres", "slots / month", ("test", "month"),
    total(throughput.gross_slots * weeks_served + hired_gross_slots * hired_weeks, over="site"),
    "What the rooms would do with no down-time, full staff and every slot used.",
)

# Bought tests and longer hospital hours
bought_tests = Input(
    "Tests bought a month", "tests / month", ("test",),
    "At full volume, from an independent-sector centre at a price a test.",
)
extended_hours_uplift = Input(
    "Longer hospital hours", "factor", ("test",),
    "Extra hospital capacity from evenings and weekends on existing kit, as far as staffed.",
    high=1,
)
longer_hours_staff = Input(
    "Staff for longer hours, most", "share", ("staff",),
    "Of the hospitals' own WTE of the role: what overtime, bank and insourcing can give beside usual hours.",
    high=1,
)
bought_slots = Line(
    "Tests that can be bought", "tests / month", ("test", "month"),
    bought_tests * programme.relief_reached * bought_contract.in_force,
    "From the start month, in steps to full volume, to the end of the contract.",
)
longer_hours_wte = Line(
    "WTE that longer hours need in full", "wte", ("staff",),
    total(demand.baseline_tests_by_test * extended_hours_uplift * hospital_staff.hours_a_test, over="test")
    / demand.weeks_in_usual_month
    / workforce.contract_hours
    / (1 - workforce.headroom),
    "By the tests of the baseline, as `hospital_staff.hospital_wte`.",
)
longer_hours_staffed = Line(
    "Share of longer hours for which the role can be had", "share", ("staff", "month"),
    where(
        above(longer_hours_wte * programme.relief_reached, 0),
        minimum(
            maximum(
                longer_hours_staff * hospital_staff.members_wte * hospital_staff.role_cover
                - workforce.agency_wte,
                0,
            )
            / maximum(longer_hours_wte * programme.relief_reached, quantity(0.000001, "wte")),
            1,
        ),
        1,
    ),
    "Of staff still there, less the agency staff whom centres take from the same market.",
)
longer_hours = Line(
    "Longer hospital hours that are run", "factor", ("test", "month"),
    extended_hours_uplift
    * programme.relief_reached
    * (1 - largest(where(workforce.limiting, 1 - longer_hours_staffed, 0), over="staff")),
    "As far as the scarcest role that a room cannot do without can be had.",
)

# Hospitals
productivity = Input(
    "Growth of hospital capacity a year", "factor", ("test", "year"),
    "Productivity and capacity already planned, without this scheme.",
    low=-0.5, high=1,
)
carried_forward_productivity = Input(
    "Growth of hospital capacity a year before the first month", "factor", ("test",),
    "From the baseline year to the first month.",
    low=-0.5, high=1,
)
activity_returned = Input(
    "Hospital activity returned", "factor", ("month",),
    "Share of normal hospital capacity that can be used: below 1 while services recover from a shutdown. Of "
    "all kinds of tests alike.",
    high=2,
)
list_returned = Input(
    "Hospital capacity for the list returned", "factor", ("test", "month"),
    "Share of normal capacity for the list that can be used, where the streams did not come back together; "
    "planned and unscheduled tests bring their own. After the months all can.",
    optional=1, high=2,
)
activity_in_baseline = Input(
    "Scheme's own tests in the baseline", "tests / month", ("provider", "test"),
    "Tests of centres already open that the baseline counts; taken out of what hospitals can do.",
)
resources_moved = Input(
    "Hospital capacity moved to a centre", "tests / month", ("provider", "test"),
    "Rooms that leave the hospital, at full ramp-up of all centres; staff who leave are counted by role.",
)
other_growth_staffed = Input(
    "Growth of planned and unscheduled tests that is staffed", "share", ("test",),
    "Of what they grow by beyond the hospital's own growth; the rest takes slots from the list.",
)
capacity_carried = Line(
    "Growth of hospital capacity to the first month", "factor", ("test",),
    power(1 + carried_forward_productivity, demand.years_carried_forward),
    "The baseline is carried forward at a stated rate.",
)
capacity_index = Line(
    "Hospital capacity since the baseline", "index", ("test", "month"),
    basis="Grows by a twelfth root of the year's growth each month.",
    opening=capacity_carried,
)
capacity_index.define(previous(capacity_index) * power(1 + spread(productivity), quantity(1, "1") / 12))
hospital_index = Line(
    "Hospital capacity as a multiple of the baseline", "index", ("test", "month"),
    capacity_index
    * demand.season_index
    * activity_returned
    * hospital_staff.cover
    * (1 + longer_hours),
    "Growth × season and working days × activity returned × staff still there × longer hours.",
)
other_capacity_index = Line(
    "Hospital capacity for planned and unscheduled tests as a multiple of the baseline", "index",
    ("test", "month"),
    hospital_index
    * (1 + other_growth_staffed * maximum(demand.growth_index / capacity_index - 1, 0)),
    "As the hospital's capacity, and where these tests grow faster, staffed for it before lists are hit.",
)
list_capacity_baseline = Line(
    "Tests done from the list, baseline, network", "tests / month", ("test",),
    total(demand.baseline_waiting, over="provider"),
    "The sum over trusts.",
)
moved_share = Line(
    "Share of centres open", "share", ("month",),
    where(above(programme.centres_included, 0), programme.centres_open / programme.centres_included, 0),
    "Resources move in step with the ramp-up of the centres.",
)
hospital_capacity = Line(
    "Hospital capacity", "tests / month", ("provider", "test", "month"),
    maximum(
        (demand.baseline_waiting - activity_in_baseline) * hospital_index * list_returned
        + (
            demand.baseline_unscheduled * demand.unscheduled_returned
            + demand.baseline_planned * demand.planned_returned
        )
        * other_capacity_index
        - resources_moved * moved_share,
        0,
    ),
    "Baseline × growth × staff still there, each stream as far as it is back, less the rooms moved; relief "
    "comes on top.",
)
hospital_capacity_by_test = Line(
    "Hospital capacity, network", "tests / month", ("test", "month"),
    total(hospital_capacity, over="provider"),
    "The sum over trusts.",
)

# By year
open_weeks_year = Line(
    "Weeks open in the year", "weeks / year", ("site", "year"),
    basis="The sum of the months; after the months the last year holds.",
    opening=0,
)
open_weeks_year.define(
    where(above(timeline.after_horizon, 0), previous(open_weeks_year), per_year(open_weeks))
)
hired_weeks_year = Line(
    "Weeks that hired units are on site in the year", "weeks / year", ("site", "year"),
    basis="The sum of the months; after the months the last year holds.",
    opening=0,
)
hired_weeks_year.define(
    where(above(timeline.after_horizon, 0), previous(hired_weeks_year), per_year(hired_weeks))
)
open_weeks_end = Line(
    "Weeks open in the last year of the months", "weeks / year", ("site",),
    total(open_weeks_year * timeline.last_monthly_year, over="year") / quantity(1, "year"),
    "So many in each year after the months.",
)
hired_weeks_end = Line(
    "Weeks that hired units are on site in the last year of the months", "weeks / year", ("site",),
    total(hired_weeks_year * timeline.last_monthly_year, over="year") / quantity(1, "year"),
    "So many in each year after the months.",
)
staffed_tests_after = Line(
    "Tests in a full year, every slot used", "tests / year", ("site", "test"),
    throughput.gross_slots * open_weeks_end * throughput.tests_per_slot,
    "After the months, past every ramp-up: with no down-time and full staff.",
)
equipped_tests_after = Line(
    "Tests in a full year, by equipment and preparation", "tests / year", ("site", "test"),
    minimum(throughput.gross_slots * throughput.availability, preparation_slots)
    * open_weeks_end
    * throughput.tests_per_slot,
    "After the months, past every ramp-up: the lesser of the two, with full staff.",
)
hired_tests_after = Line(
    "Tests in a full year, by hired units", "tests / year", ("site", "test"),
    hired_slots * hired_weeks_end * throughput.tests_per_slot,
    "After the months, for the weeks that they are still on site.",
)
cdc_capacity_year = Line(
    "Tests the centre can do in the year", "tests / year", ("site", "test", "year"),
    where(
        above(timeline.after_horizon, 0),
        minimum(equipped_tests_after, staffed_tests_after * staff_years.staff_cover_test_after)
        + hired_tests_after,
        per_year(cdc_slots),
    ),
    "The sum of the months; after them the least of equipment, staff and preparation, past every ramp-up.",
)
cdc_capacity_year_end = Line(
    "Tests the centre can do in the last year of the months", "tests / year", ("site", "test"),
    total(cdc_capacity_year * timeline.last_monthly_year, over="year") / quantity(1, "year"),
    "What the centre is limited to in the years after the months.",
)
# Of a year over the year before's; where nobody was there, there is no capacity for it to multiply
cover_kept = hospital_staff.cover_year / maximum(previous(hospital_staff.cover_year), quantity(0.000001, "1"))
hospital_index_year = Line(
    "Hospital capacity as a multiple of the baseline, mean of the year", "index", ("test", "year"),
    basis="The mean of the months; after them it grows by the yearly growth of hospital capacity.",
    opening=0,
)
hospital_index_year.define(
    previous(hospital_index_year) * demand.usual_year * (1 + productivity) * cover_kept
    * timeline.after_horizon
    + per_year(hospital_index, "mean")
)
other_growth_year = Line(
    "Growth of hospital capacity for planned and unscheduled tests in the year", "factor", ("test", "year"),
    1 + productivity + other_growth_staffed * maximum(demand.growth - productivity, 0),
    "As hospital capacity, and what demand grows by beyond that is staffed.",
)
other_capacity_index_year = Line(
    "Hospital capacity for planned and unscheduled tests as a multiple of the baseline, mean of the year",
    "index", ("test", "year"),
    basis="The mean of the months; after them it grows as hospital capacity, and what demand grows by beyond "
    "that is staffed.",
    opening=0,
)
other_capacity_index_year.define(
    previous(other_capacity_index_year) * demand.usual_year * other_growth_year * cover_kept
    * timeline.after_horizon
    + per_year(other_capacity_index, "mean")
)
moved_share_year = Line(
    "Share of centres open, mean of the year", "share", ("year",),
    per_year(moved_share, "mean") + timeline.after_horizon * above(programme.centres_included, 0),
    "All of them after the months.",
)
longer_hours_year = Line(
    "Longer hospital hours that are run, mean of the year", "factor", ("test", "year"),
    basis="The mean of the months; after the months the last year holds.",
    opening=0,
)
longer_hours_year.define(
    where(above(timeline.after_horizon, 0), previous(longer_hours_year), per_year(longer_hours, "mean"))
)
bought_capacity_year = Line(
    "Tests that can be bought in the year", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        bought_tests
        * programme.relief_reached_year
        * quantity(12, "months / year")
        * bought_contract.in_force_year,
        per_year(bought_slots),
    ),
    "The sum of the months; after them full volume, while a contract is in force.",
)
