"""Waits: lists, who tests whom, and the share waiting over six weeks."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    above,
    at,
    choose,
    difference,
    exp,
    first_period,
    maximum,
    power,
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
calm_log_odds = Input(
    "Log odds of waiting over six weeks in calm years", "number", ("test",),
    "England's, at the cover of calm years.",
    low=-10, high=5,
)
calm_cover = Input(
    "Weeks of cover in calm years", "weeks", ("test",), "England's: list over tests done from it a week.",
    low=0.05, high=104,
)
cover_slope = Input(
    "Log odds of waiting over six weeks, for each log unit of cover", "factor", ("test",),
    "Above nothing: a longer list never has a smaller share.",
    low=0.01, high=10,
)
excess = Input(
    "Log odds above the calm years at the start", "number", ("test",),
    "England's long waits beyond what cover explains, when the case begins.",
    low=-5, high=10,
)
excess_kept_a_year = Input(
    "Of that, kept a year", "share", ("test",),
    "1 where nobody is known to bring it about that it fades.",
)
gap_kept_a_month = Input(
    "A trust's own distance from the rule, kept a month", "share", ("test",),
    "In log odds; what sets a trust apart wears off.",
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
        maximum(lists.waiting_list, 0) * timeline.weeks_in_month
        / (lists.hospital_list_done + lists.cdc_done),
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
share_at_most = Line(
    "Share that the rule starts from", "share", (), by_curve + in_turn,
    "All, less those within time; the exponential starts from none.",
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
odds_by_month = Line(
    "Odds of waiting over six weeks at a week of cover", "factor", ("test", "month"),
    exp(
        calm_log_odds
        + excess * power(excess_kept_a_year, timeline.month_number / quantity(12, "months"))
    )
    / power(calm_cover / quantity(1, "week"), cover_slope),
    "Those of calm years at calm cover and the excess that is left, taken to one week.",
)
gap_left = Line(
    "A trust's own distance from the rule that is left", "share", ("test", "month"),
    power(gap_kept_a_month, timeline.month_number / quantity(1, "month")),
    "Of that at the start.",
)
activity_at_start = Line(
    "Hospital activity for the list returned at the start", "share", ("test",),
    total(
        capacity.activity_returned * capacity.list_returned / quantity(1, "month")
        * (1 - above(timeline.month_number, quantity(1, "month"))),
        over="month",
    ),
    "In the first month: the list at the start is read against what could be done then.",
)
cover_observed = Line(
    "Weeks of cover observed", "weeks", ("provider", "test"),
    where(
        above(demand.baseline_list_activity * activity_at_start, 0),
        demand.baseline_list
        / maximum(demand.baseline_list_activity * activity_at_start, quantity(0.000001, "tests / month"))
        * demand.weeks_in_usual_month,
        longest_cover,
    ),
    "The list at the start over the list tests of the baseline year, as far as they could be done.",
)
cover_observed_network = Line(
    "Weeks of cover observed, network", "weeks", ("test",),
    where(
        above(total(demand.baseline_list_activity, over="provider") * activity_at_start, 0),
        demand.observed_list
        / maximum(
            total(demand.baseline_list_activity, over="provider") * activity_at_start,
            quantity(0.000001, "tests / month"),
        )
        * demand.weeks_in_usual_month,
        longest_cover,
    ),
    "All trusts.",
)
odds_at_start = Line(
    "Odds of waiting over six weeks at a week of cover, at the start", "factor", ("test",),
    exp(calm_log_odds + excess) / power(calm_cover / quantity(1, "week"), cover_slope),
    "Those of calm years at calm cover and all of the excess, taken to one week.",
)
half_a_patient = quantity(0.5, "tests")
odds_to_rule = Line(
    "Odds observed at the start over those of the rule", "factor", ("provider", "test"),
    where(
        above(demand.baseline_list * lists.has_list, 0),
        (demand.baseline_over_six_weeks + half_a_patient)
        / (demand.baseline_list - demand.baseline_over_six_weeks + half_a_patient)
        / odds_at_start
        / power(maximum(cover_observed, least_cover) / quantity(1, "week"), cover_slope),
        1,
    ),
    "A trust's own bookings and backlog; half a patient keeps the odds from nothing.",
)
odds_to_rule_network = Line(
    "Odds observed at the start over those of the rule, network", "factor", ("test",),
    where(
        above(demand.observed_list * lists.has_list, 0),
        (demand.observed_over_six_weeks + half_a_patient)
        / (demand.observed_list - demand.observed_over_six_weeks + half_a_patient)
        / odds_at_start
        / power(maximum(cover_observed_network, least_cover) / quantity(1, "week"), cover_slope),
        1,
    ),
    "All trusts' patients as one list.",
)
odds_ratio = Line(
    "Odds over those of the rule, by whose list it is", "factor", ("provider", "test"),
    power(odds_to_rule, 1 - lists.pooling) * power(odds_to_rule_network, lists.pooling),
    "A pooled list is judged as the network's, not by each trust's own.",
)
share_over_six_weeks = Line(
    "Share of the list over six weeks", "share", ("provider", "test", "month"),
    share_at_most
    - by_curve
    / (1 + odds_by_month * power(odds_ratio, gap_left)
       * power(weeks_of_cover / quantity(1, "week"), cover_slope))
    - weeks_in_turn / maximum(weeks_of_cover, weeks_allowed)
    + at_random * exp(-(weeks_allowed / maximum(weeks_of_cover, least_cover))),
    "From weeks of cover: odds ÷ (1 + odds), where the odds are those of calm years × the excess × the "
    "trust's own × a power of cover over calm cover, unless another rule is chosen. First come, first "
    "served: 1 − standard ÷ cover; exponential: e to the power −standard ÷ cover.",
    held=lists.has_list,
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
    total(lists.waiting_list * share_over_six_weeks, over="provider"),
    "The sum over trusts.",
    opening=demand.opening_over_six_weeks * lists.has_list, held=lists.has_list,
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
relief_bought = Line(
    "Relief bought", "tests / month", ("test", "month"),
    total(maximum(lists.relief_done, 0), over="provider"),
    "Outsourced and insourced tests and evening lists of trusts whose lists are above usual.",
)
sessions_unused = Line(
    "Tests that sessions left unused would do", "tests / month", ("test", "month"),
    total(maximum(-lists.relief_done, 0), over="provider"),
    "Of trusts whose lists are short; their staff are paid.",
)
over_capacity = Line(
    "Tests done over capacity", "tests / month", ("test", "month"),
    maximum(difference(hospital_tests, capacity.hospital_capacity_by_test + relief_bought), 0)
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
