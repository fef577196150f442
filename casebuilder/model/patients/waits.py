"""Waits: lists, who tests whom, and the share waiting over six weeks."""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE, Dimension
from casebuilder.algebra.operators import (
    above,
    along_bends,
    at,
    bends,
    choose,
    difference,
    exp,
    first_period,
    interpolate,
    maximum,
    minimum,
    per_year,
    previous,
    quantity,
    step,
    total,
    where,
    window_total,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import lists
from casebuilder.model.service import capacity, demand
from casebuilder.model.setting import programme, timeline

DIMENSIONS = (
    Dimension("standard", "Waiting-time standard", rank=400, needs=("full",)),
)

rule = Input(
    "Rule for the share over six weeks", "choice", (),
    "How weeks of cover become a share over six weeks.",
    choices=("exponential", "fifo", "calibrated"),
)
cover_multiple = Input(
    "Multiple of usual cover, points of the curve", "factor", ("point",), "From 0, and rising.", rises_from=0
)
rise_at_multiple = Input(
    "Rise of the share over six weeks, points of the curve", "share", ("point", "test"),
    "Above the calm share, of those it leaves; fitted to DM01. A longer list never has a smaller share.",
    never_falls="point",
)
calm_share = Input(
    "Share over six weeks in calm years", "share", ("provider", "test"),
    "The trust's own, list-weighted, before the pandemic: what its bookings leave at usual cover.",
    high=0.99,
)
calm_cover = Input(
    "Weeks of cover in calm years", "weeks", ("provider", "test"),
    "The trust's own: trusts record and book differently, so that cover is read against it.",
    low=0.05, high=104,
)
long_waits_kept = Input(
    "Long waits kept a month", "share", ("test",),
    "Of the patients over six weeks a month ago, the share still there when nothing else explains them.",
)
standard_weeks = Input("Waiting-time standard", "weeks", (), "Weeks from referral.", low=1)
longest_cover = Input(
    "Longest cover shown", "weeks", (), "Stands in where a list is not served at all.", low=1
)
share_allowed = Input(
    "Share over six weeks that a standard allows", "share", ("standard",),
    "At most this share may wait longer; standards are dated data.",
    high_open=True,
)
months_held = Input(
    "Months the standard must be held", "months", (),
    "Consecutive months at or below the share allowed.",
    low=1, high=12, whole=True,
)

standard_share = Line(
    "Share over the standard that is allowed", "share", (),
    at(share_allowed, standard="full"),
    "The constitutional standard, which months to the standard are counted to.",
)
weeks_of_cover = Line(
    "Weeks of cover", "weeks", ("provider", "test", "month"),
    where(
        above(lists.hospital_list_done + lists.cdc_done, 0),
        lists.waiting_list * timeline.weeks_in_month / (lists.hospital_list_done + lists.cdc_done),
        above(lists.waiting_list, 0) * longest_cover,
    ),
    "The list divided by the tests done from it a week.",
    held=lists.has_list,
)
# The rule for the share over six weeks. It stands in every trust, test and month, so what does not vary by
# month is worked out before: of the three rules two count 0 times.
by_curve = Line(
    "The rule is the curve", "flag", (), choose(rule, {"exponential": 0, "fifo": 0, "calibrated": 1}),
    "1 for the curve of observed months.",
)
in_turn = Line(
    "The rule is first come, first served", "flag", (),
    choose(rule, {"exponential": 0, "fifo": 1, "calibrated": 0}),
    "1 where patients are tested in the order they came.",
)
at_random = Line(
    "The rule is the exponential", "flag", (), choose(rule, {"exponential": 1, "fifo": 0, "calibrated": 0}),
    "1 where every patient waiting is as likely to be tested next.",
)
weeks_allowed = Line(
    "Waiting-time standard, for the rule", "weeks", (), standard_weeks * 1, "The input."
)
weeks_in_turn = Line(
    "Waiting-time standard, first come, first served", "weeks", (), standard_weeks * in_turn,
    "Nothing under another rule.",
)
least_cover = Line(
    "Cover that counts as none", "weeks", (), standard_weeks / 700,
    "With less cover the exponential gives less than a number in a cell can hold.",
)
usual_cover = Line(
    "Usual cover, for the curve", "weeks", ("provider", "test"), calm_cover * 1, "That of calm years."
)
multiple = Line(
    "Multiple of usual cover, for the curve", "factor", ("point",), cover_multiple * 1, "The input."
)
rise_at_first = Line(
    "Rise of the curve below its first point", "share", ("test",),
    interpolate(quantity(0, "factor"), cover_multiple, rise_at_multiple),
    "The curve is level up to there.",
)
share_at_first = Line(
    "Share that the rule starts from", "share", ("provider", "test"),
    by_curve * (calm_share + (1 - calm_share) * rise_at_first) * lists.has_list + in_turn,
    "The curve starts from the calm share; first come, first served is all less what is tested in time.",
)
bends_of_rise = Line(
    "Bends of the curve", "share / factor", ("point", "test"),
    bends(cover_multiple, rise_at_multiple),
    "How much faster the share rises from a multiple of usual cover on.",
)
bends_of_share = Line(
    "Bends of the trust's curve", "share / factor", ("provider", "test", "point"),
    by_curve * (1 - calm_share) * bends_of_rise * lists.has_list,
    "The rise is of those whom the calm share leaves.",
    held=lists.has_list,
)
share_over_six_weeks = Line(
    "Share of the list over six weeks", "share", ("provider", "test", "month"),
    share_at_first
    + along_bends(weeks_of_cover / usual_cover, multiple, bends_of_share)
    - weeks_in_turn / maximum(weeks_of_cover, weeks_allowed)
    + at_random * exp(-(weeks_allowed / maximum(weeks_of_cover, least_cover))),
    "From weeks of cover: a curve of observed months unless another rule is chosen. First come, first "
    "served: 1 − standard ÷ cover; exponential: e to the power −standard ÷ cover.",    held=lists.has_list,
)

# The network
list_by_test = Line(
    "Waiting list, network", "tests", ("test", "month"),
    total(lists.waiting_list, over="provider"),
    "The sum over trusts.",
    opening=demand.opening_list_by_test * lists.has_list, held=lists.has_list,
)
list_total = Line(
    "Waiting list, all tests", "tests", ("month",),
    total(list_by_test, over="test"),
    "The sum over tests with a list.",
)
over_six_weeks_by_test = Line(
    "Waiting over six weeks, network", "tests", ("test", "month"),
    basis="By the rule, or last month's long waits that are still there, where these are more.",
    opening=demand.opening_over_six_weeks * lists.has_list, held=lists.has_list,
)
over_six_weeks_by_test.define(
    minimum(
        maximum(
            total(lists.waiting_list * share_over_six_weeks, over="provider"),
            previous(over_six_weeks_by_test) * long_waits_kept,
        ),
        list_by_test,
    )
)
over_six_weeks = Line(
    "Waiting over six weeks", "tests", ("month",),
    total(over_six_weeks_by_test, over="test"),
    "The sum over tests.",
)
over_six_weeks_share = Line(
    "Share over six weeks, all tests", "share", ("month",),
    where(above(list_total, 0), over_six_weeks / list_total, 0),
    "List-weighted: percentages are never averaged.",
)
list_at_start = Line(
    "Waiting list at the start", "tests", (),
    total(demand.opening_list_by_test * lists.has_list, over="test"),
    "The observed lists, carried forward.",
)
observed_list_total = Line(
    "Waiting list, observed", "tests", (),
    total(demand.observed_list * lists.has_list, over="test"),
    "The sum over tests with a list.",
)
over_six_weeks_at_start = Line(
    "Share over six weeks at the start", "share", (),
    where(
        above(observed_list_total, 0),
        total(demand.observed_over_six_weeks * lists.has_list, over="test") / observed_list_total,
        0,
    ),
    "Observed at the end of the baseline year, list-weighted.",
)
within_standard = Line(
    "Month within the standard", "flag / month", ("month",),
    above(timeline.month_number + quantity(1, "month"), programme.first_opening_month)
    * (1 - above(over_six_weeks_share, standard_share))
    / quantity(1, "month"),
    "Counted from the first opening on.",
)
at_standard = Line(
    "Standard is held", "flag", ("month",),
    1
    - above(
        months_held / quantity(1, "month"), window_total(within_standard, months_held / quantity(1, "month"))
    ),
    "1 in a month that ends a run as long as the standard must be held.",
)
months_to_standard = Line(
    "Months from the first opening to the standard", "months", (),
    first_period(at_standard, after=programme.first_opening_month + months_held - quantity(1, "month")),
    "To the first of the months in a row at or below the share allowed; empty where never.",
)

# Flows of the network, by test
cdc_done_by_test = Line(
    "Tests done away from hospital, network", "tests / month", ("test", "month"),
    total(lists.cdc_done, over="provider"),
    "The sum over trusts.",
)
list_done = Line(
    "Tests done from the list, network", "tests / month", ("test", "month"),
    cdc_done_by_test + total(lists.hospital_list_done, over="provider"),
    "In hospital, at centres and bought.",
)
overdue = Line(
    "Planned and unscheduled tests that join the list", "tests / month", ("test", "month"),
    total(lists.overdue, over="provider"),
    "Those that found no slot in the month.",
)
removals = Line(
    "Removed without a test, network", "tests / month", ("test", "month"),
    where(
        above(lists.has_list, 0),
        previous(list_by_test) * demand.removal_rate / quantity(1, "month"),
        difference(demand.referrals_by_test + overdue, list_done),
    ),
    "Leave the list; of a test without a list, requests that are not met.",
)
conservation_gap = Line(
    "Patients lost or found", "tests", ("test", "month"),
    difference(
        previous(list_by_test) + step(demand.referrals_by_test + overdue),
        list_by_test + step(list_done + removals),
    ),
    "The list before plus referrals, less the list after plus tests and removals: nothing.",
)
hospital_tests = Line(
    "Tests done in hospital, network", "tests / month", ("test", "month"),
    list_done - cdc_done_by_test + demand.other_by_test - overdue,
    "From the list, and planned and unscheduled tests.",
)
away_slots = Line(
    "Tests that can be done away from hospital", "tests / month", ("test", "month"),
    capacity.centre_slots + capacity.bought_slots,
    "At all centres and bought.",
)
over_capacity = Line(
    "Tests done over capacity", "tests / month", ("test", "month"),
    maximum(difference(hospital_tests, capacity.hospital_capacity_by_test), 0)
    + maximum(difference(cdc_done_by_test, away_slots), 0),
    "Nothing, in every month.",
)
slots_used = Line(
    "Share of centre and bought capacity used", "share", ("test", "month"),
    where(above(away_slots, 0), cdc_done_by_test / away_slots, 0),
    "Tests done away from hospital as a share of what could be done.",
)
cdc_tests = Line(
    "Tests done at the centre", "tests / month", ("site", "test", "month"),
    capacity.cdc_slots * slots_used,
    "Shared among the sites that do the test by their slots.",
)
bought_tests = Line(
    "Tests bought", "tests / month", ("test", "month"),
    capacity.bought_slots * slots_used,
    "Bought tests are used as centre slots are.",
)

# By year: the months, then the lesser of demand and capacity
cdc_tests_year = Line(
    "Tests done at the centre in the year", "tests / year", ("site", "test", "year"),
    basis="After the months: last year's with a year's growth, up to what the centre can do.",
    opening=0,
)
cdc_tests_year.define(
    where(
        above(timeline.after_horizon, 0),
        minimum(previous(cdc_tests_year) * (1 + demand.growth), capacity.cdc_capacity_year),
        per_year(cdc_tests),
    )
)
bought_tests_year = Line(
    "Tests bought in the year", "tests / year", ("test", "year"),
    basis="After the months: last year's with a year's growth, up to what can be bought.",
    opening=0,
)
bought_tests_year.define(
    where(
        above(timeline.after_horizon, 0),
        minimum(previous(bought_tests_year) * (1 + demand.growth), capacity.bought_capacity_year),
        per_year(bought_tests),
    )
)
centre_tests_year = Line(
    "Tests done at all centres in the year", "tests / year", ("test", "year"),
    total(cdc_tests_year, over="site"),
    "The sum over sites.",
)
demand_year = Line(
    "Demand of the network in the year", "tests / year", ("test", "year"),
    basis="Referrals that stay until tested, and planned and unscheduled demand; after the months it grows "
    "by the year's growth.",
    opening=0,
)
demand_year.define(
    where(
        above(timeline.after_horizon, 0),
        previous(demand_year) * (1 + demand.growth),
        per_year(demand.referrals_by_test - removals + demand.other_by_test),
    )
)
hospital_tests_year = Line(
    "Tests done in hospital in the year", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        minimum(demand_year - centre_tests_year - bought_tests_year, capacity.hospital_capacity_year),
        per_year(hospital_tests),
    ),
    "After the months: demand that centres leave, up to hospital capacity.",
)
extended_hours_tests_year = Line(
    "Hospital tests done in longer hours in the year", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        hospital_tests_year * capacity.extended_hours_uplift / (1 + capacity.extended_hours_uplift),
        per_year(
            hospital_tests
            * capacity.extended_hours_uplift
            * programme.relief_reached
            / (1 + capacity.extended_hours_uplift * programme.relief_reached)
        ),
    ),
    "Longer hours carry their share of the tests done in hospital; after the months the share of longer "
    "hours at full volume.",
)
network_tests_year = Line(
    "Tests done in the network in the year", "tests / year", ("test", "year"),
    hospital_tests_year + centre_tests_year + bought_tests_year,
    "In hospital, at centres and bought.",
)
baseline_network_tests_year = Line(
    "Tests done in the network in the year, baseline", "tests / year", ("test", "year"),
    at(network_tests_year, option=BASELINE),
    "What the network does without the scheme.",
)
additional_tests_year = Line(
    "Additional tests in the year", "tests / year", ("test", "year"),
    difference(network_tests_year, baseline_network_tests_year),
    "Network tests with the option less those at baseline: a result, never an input.",
)
scheme_tests_year = Line(
    "Tests of the scheme in the year", "tests / year", ("test", "year"),
    centre_tests_year + bought_tests_year + extended_hours_tests_year,
    "At centres, bought, and in longer hospital hours.",
)
displaced_tests_year = Line(
    "Displaced tests in the year", "tests / year", ("test", "year"),
    difference(scheme_tests_year, additional_tests_year),
    "Tests of the scheme that hospitals would have done anyway: a result, never an input.",
)
