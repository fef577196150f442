"""Performance: what an assurer asks of a network's centres and lists."""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    above,
    at,
    difference,
    first_period,
    largest,
    maximum,
    minimum,
    per_year,
    quantity,
    smallest,
    total,
    where,
    window_total,
)
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import activity, lists, waits
from casebuilder.model.service import capacity, demand
from casebuilder.model.setting import estate, programme, throughput, timeline

off_acute_site = Input(
    "Site is off an acute hospital", "flag", ("site",),
    "1 where the centre is not on an acute hospital's site.",
    high=1, whole=True,
)
minimum_activity = Input(
    "Least activity of a centre", "tests / year", ("site",),
    "What the centre must do a year, by its funding or its case; 0 where nothing is set.",
)
loss_weeks = Input(
    "Loss of one room", "weeks", (), "How long a broken scanner or room is out, in the test of resilience.",
    high=52,
)
achieved_additional_share = Input(
    "Additional tests a gross slot, achieved", "share", ("test",),
    "Most that open centres are known to have added, of their gross slots; 0 where nothing is known.",
)

# Activity
site_tests_year = Line(
    "Tests done at the centre, all tests", "tests / year", ("site", "year"),
    total(activity.cdc_tests_year, over="test"),
    "The sum over tests.",
)
site_tests_last = Line(
    "Tests done at the centre in the last monthly year", "tests", ("site",),
    total(site_tests_year * timeline.last_monthly_year, over="year"),
    "A year of months past every ramp-up.",
)
site_capacity_last = Line(
    "Tests the centre can do in the last monthly year", "tests", ("site",),
    total(capacity.cdc_capacity_year_end, over="test") * quantity(1, "year"),
    "All tests.",
)
site_utilisation = Line(
    "Utilisation of the centre in the last monthly year", "share", ("site",),
    where(above(site_capacity_last, 0), site_tests_last / site_capacity_last, 0),
    "Tests done of those it can do; 0 where the option leaves the site out.",
)
below_minimum = Line(
    "Activity short of the least", "tests / year", ("site", "year"),
    maximum(minimum_activity * estate.included - site_tests_year, 0) * programme.past_ramp_and_funding,
    "In full years after ramp-up.",
)
capacity_year = Line(
    "Tests all centres can do in the year", "tests / year", ("year",),
    total(capacity.cdc_capacity_year, over=("site", "test")),
    "All sites and tests.",
)
capacity_off_acute = Line(
    "Tests centres off acute sites can do", "tests / year", ("year",),
    total(capacity.cdc_capacity_year * off_acute_site, over=("site", "test")),
    "All tests.",
)
share_off_acute = Line(
    "Share of capacity off acute sites", "share", ("year",),
    where(above(capacity_year, 0), capacity_off_acute / capacity_year, 0),
    "Of what all centres can do.",
)

# Gross slots beside net tests
gross_slots_year = Line(
    "Gross slots of all centres in the year", "slots / year", ("test", "year"),
    per_year(capacity.gross_slots_network),
    "The sum of the months; none after them.",
)
gross_slots_last = Line(
    "Gross slots in the last monthly year", "slots", ("test",),
    total(gross_slots_year * timeline.last_monthly_year, over="year"),
    "A year of months past every ramp-up.",
)
net_tests_last = Line(
    "Tests done at centres in the last monthly year", "tests", ("test",),
    total(activity.centre_tests_year * timeline.last_monthly_year, over="year"),
    "What the slots became.",
)
additional_last = Line(
    "Additional tests in the last monthly year", "tests", ("test",),
    total(activity.additional_tests_year * timeline.last_monthly_year, over="year"),
    "Network tests with the option less those at baseline.",
)
net_share = Line(
    "Net tests a gross slot", "share", ("test",),
    where(above(gross_slots_last, 0), net_tests_last / gross_slots_last / throughput.tests_in_slot, 0),
    "What is left of the gross slots after down-time, staff, bookings and non-attendance.",
)
additional_share = Line(
    "Additional tests a gross slot", "share", ("test",),
    where(above(gross_slots_last, 0), additional_last / gross_slots_last / throughput.tests_in_slot, 0),
    "What open centres added to their trusts' tests is the figure to set beside it.",
)

# Loss of one room
loss = Line(
    "Tests lost while one room is out", "tests", ("site", "test"),
    minimum(estate.rooms_open, quantity(1, "room"))
    * throughput.room_slots
    * throughput.open_days
    * loss_weeks
    * throughput.availability
    * throughput.tests_per_slot,
    "One room's tests for as long as it is out.",
)
away_slots_last = Line(
    "Tests a week that can be done away from hospital in the last month", "tests / week", ("test",),
    total(waits.away_slots / timeline.weeks_in_month * timeline.last_month, over="month"),
    "At all centres and bought.",
)
away_tests_last = Line(
    "Tests a week done away from hospital in the last month", "tests / week", ("test",),
    total(waits.cdc_done_by_test / timeline.weeks_in_month * timeline.last_month, over="month"),
    "At all centres and bought.",
)
spare = Line(
    "Spare tests of all centres while one room is out", "tests", ("test",),
    difference(away_slots_last, away_tests_last) * loss_weeks,
    "Unused centre slots of the last month, for as long.",
)
loss_to_list = Line(
    "Tests that join the list while one room is out", "tests", ("site", "test"),
    maximum(loss - spare * lists.pooling, 0),
    "A pooled network takes what its spare slots hold; a site that serves its own list takes it all.",
)
largest_loss = Line(
    "Most that one room's loss adds to the list", "tests", ("test",),
    largest(loss_to_list, over="site"),
    "Whichever site's room it is.",
)

# The standard, test by test
share_by_test = Line(
    "Share over six weeks, by test", "share", ("test", "month"),
    where(above(waits.list_by_test, 0), waits.over_six_weeks_by_test / waits.list_by_test, 0),
    "Of the network's list.",
    held=lists.has_list,
)
within_standard_by_test = Line(
    "Month within the standard, by test", "flag / month", ("test", "month"),
    lists.has_list
    * above(timeline.month_number + quantity(1, "month"), programme.first_opening_month)
    * (1 - above(share_by_test, waits.standard_share))
    / quantity(1, "month"),
    "Counted from the first opening on.",
    held=lists.has_list,
)
at_standard_by_test = Line(
    "Standard is held, by test", "flag", ("test", "month"),
    1
    - above(
        waits.months_held / quantity(1, "month"),
        window_total(within_standard_by_test, waits.months_held / quantity(1, "month")),
    ),
    "1 in a month that ends a run as long as the standard must be held.",
    held=lists.has_list,
)
months_to_standard_by_test = Line(
    "Months from the first opening to the standard, by test", "months", ("test",),
    first_period(
        at_standard_by_test, after=programme.first_opening_month + waits.months_held - quantity(1, "month")
    ),
    "To the first of the months in a row at or below the share allowed; empty where never.",
)

# Who waits
cover_at_end = Line(
    "Weeks of cover at the end", "weeks", ("provider", "test"),
    total(waits.weeks_of_cover * timeline.last_month, over="month"),
    "In the last month.",
)
cover_change = Line(
    "Weeks of cover at the end, against the baseline", "weeks", ("provider", "test"),
    difference(cover_at_end, at(cover_at_end, option=BASELINE)) * lists.has_list,
    "Above nothing: this trust's patients wait longer with the option.",
)
waits_longer = Line(
    "Own wait is longer than at baseline", "flag", ("provider", "test"),
    above(cover_change, 0),
    "A trust with short lists may lose when lists are pooled.",
)
cover_spread = Line(
    "Spread of cover between trusts at the end", "weeks", ("test",),
    (largest(cover_at_end, over="provider") - smallest(cover_at_end, over="provider")) * lists.has_list,
    "The longest less the shortest.",
)
estimators_far_apart = Line(
    "The two estimates of additions lie far apart", "flag", ("test",),
    lists.has_list
    * not_one(demand.floor_to_flow, demand.estimators_apart),
    "The young-band floor and the flow estimate.",
)
