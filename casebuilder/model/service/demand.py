"""Demand: tests asked for, by trust, test and month."""

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
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import digital, programme, timeline

# The baseline year
baseline_list_activity = Input(
    "Tests done from the list, baseline", "tests / month", ("provider", "test"),
    "Monthly mean of the baseline year; for a test without a list, all tests.",
)
baseline_estimated = Input(
    "Tests asked for that no national return counts, baseline", "tests / month", ("provider", "test"),
    "A monthly estimate; 0 for tests that DM01 or the imaging dataset counts.",
    optional=0,
)
baseline_list_change = Input(
    "Change in the list, baseline", "tests / month", ("provider", "test"),
    "Monthly mean over the baseline year; falling lists are negative.",
    low=None,
)
baseline_planned = Input(
    "Planned tests, baseline", "tests / month", ("provider", "test"),
    "Monthly mean of the baseline year: tests due at a set date, never on the list.",
)
baseline_unscheduled = Input(
    "Unscheduled tests, baseline", "tests / month", ("provider", "test"),
    "Monthly mean of the baseline year: emergency and inpatient tests.",
)
baseline_list = Input(
    "List at the end of the baseline year", "tests", ("provider", "test"),
    "Observed census of people waiting.",
)
baseline_over_six_weeks = Input(
    "List over six weeks at the end of the baseline year", "tests", ("provider", "test"),
    "Observed census of people waiting six weeks or more.",
)
baseline_mean_list = Input(
    "Mean list, baseline", "tests", ("provider", "test"),
    "Mean census of the baseline year; what removals without a test are taken from.",
)
baseline_young_band = Input(
    "Waiting less than a week, baseline", "tests", ("provider", "test"),
    "Mean census of the youngest week band in the baseline year: a floor for a week's additions.",
)
estimators_apart = Input(
    "Estimates of additions, most apart", "share", (),
    "How far the young-band floor and the flow estimate may lie apart before a warning.",
)
urgent_share = Input(
    "Urgent referrals", "share", ("test",),
    "Share of referrals to the list that are urgent: suspected cancer and others.",
)
removal_rate = Input(
    "Removed from the list without a test, a month", "share", ("test",),
    "Share of the list at the start of the month.",
)

weeks_in_usual_month = (
    quantity(365.25, "days / year") / quantity(7, "days / week") / quantity(12, "months / year")
)

# From the baseline year to each month
years_carried_forward = Input(
    "Years from the baseline to the first month", "number", (),
    "From the middle of the baseline year to the start of the first month.",
    high=20,
)
carried_forward_growth = Input(
    "Growth a year between baseline and first month", "factor", ("test",),
    "Damped, because the pandemic lies between.",
    low=-0.5, high=1,
)
demographic_growth = Input(
    "Growth of demand from population and ageing", "factor", ("year",),
    "Part of all growth; the rest is non-demographic.",
    low=-0.1, high=0.2,
)
national_growth = Input(
    "Growth of demand a year, England", "factor", ("test", "year"), "All causes.", low=-0.5, high=1
)
local_growth = Input(
    "Growth of demand a year, local", "factor", ("test", "year"),
    "All causes, from the system's own record.",
    low=-0.5, high=1,
)
local_weight = Input(
    "Weight of local growth", "share", ("test",),
    "Local growth is damped towards England's by what a back-test supports.",
)
season = Input(
    "Season", "factor", ("month",),
    "Tests a working day relative to the year's mean; 1 on average over a year.",
    high=3,
)
usual_working_days = Input(
    "Working days of a usual month", "days / month", (),
    "A year's weekdays less bank holidays, over twelve.",
    low=15, high=25,
)
referrals_returned = Input(
    "Referrals returned", "factor", ("month",),
    "Share of normal referrals that are made: below 1 while a shutdown keeps patients away.",
    high=2,
)
unscheduled_returned = Input(
    "Unscheduled tests returned", "factor", ("test", "month"),
    "Share of normal unscheduled tests that are asked for: below 1 in a shutdown. After the months all are.",
    optional=1, high=2,
)
planned_returned = Input(
    "Planned tests returned", "factor", ("test", "month"),
    "Share of normal planned tests that are asked for: below 1 in a shutdown. After the months all are.",
    optional=1, high=2,
)
list_carried_forward = Input(
    "The list is carried forward", "flag", (),
    "1 where the list is of the baseline year and grows until the first month; 0 where it is of that month.",
    high=1, whole=True,
)
requests_avoided = Input(
    "Requests avoided", "share", ("test",),
    "Share of requests that vetting and decision support make needless.",
)
induced_demand = Input(
    "Extra requests per centre open", "factor", ("test",),
    "Referrals that come because access is easier, as a share of referrals, a centre.",
    high=0.1,
)
eligible = Input(
    "Clinically fit for a centre", "share", ("test",),
    "Share of patients who need no acute hospital for the test.",
)
accepts = Input(
    "Willing to travel to a centre", "share", ("test",),
    "Share of those eligible who take an offer at a centre.",
)

suited = Input(
    "Trust's patients whom a centre can take", "share", ("provider",),
    "Children's and specialist trusts keep most of theirs.",
)

holds_list = Line(
    "Trust does the test", "flag", ("provider", "test"),
    above(baseline_list_activity + baseline_estimated + baseline_planned + baseline_unscheduled, 0),
    "1 where the trust did the test in the baseline year.",
)
baseline_additions = Line(
    "Additions to the list, baseline", "tests / month", ("provider", "test"),
    maximum(
        baseline_list_activity
        + baseline_estimated
        + baseline_list_change
        + baseline_mean_list * removal_rate / quantity(1, "month"),
        0,
    ),
    "Tests done from the list, plus the change in the list, plus removals; or the estimate.",
)
young_band_floor = Line(
    "Additions to the list, young-band floor", "tests / month", ("provider", "test"),
    baseline_young_band * weeks_in_usual_month * quantity(1, "1 / week"),
    "Those who wait less than a week were added within the week; those already tested are not among them.",
)
additions_by_test = Line(
    "Additions to the list, baseline, network", "tests / month", ("test",),
    total(baseline_additions, over="provider"),
    "The flow estimate, all trusts.",
)
floor_by_test = Line(
    "Young-band floor, network", "tests / month", ("test",),
    total(young_band_floor, over="provider"),
    "The census estimate, all trusts.",
)
floor_to_flow = Line(
    "Young-band floor over flow estimate", "share", ("test",),
    where(above(additions_by_test, 0), floor_by_test / additions_by_test, 0),
    "Well above 1: patients leave the list without a test. Well below: many are tested within the week.",
)
baseline_tests = Line(
    "All tests done, baseline", "tests / month", ("provider", "test"),
    baseline_list_activity + baseline_estimated + baseline_planned + baseline_unscheduled,
    "What the hospitals could do in the baseline year.",
)
baseline_tests_by_test = Line(
    "All tests done, baseline, network", "tests / month", ("test",),
    total(baseline_tests, over="provider"),
    "The sum over trusts.",
)
growth_carried = Line(
    "Growth from the baseline to the first month", "factor", ("test",),
    power(1 + carried_forward_growth, years_carried_forward),
    "The baseline is carried forward at a stated rate.",
)
opening_list = Line(
    "List at the start", "tests", ("provider", "test"),
    baseline_list * where(above(list_carried_forward, 0), growth_carried, 1),
    "The observed list, carried forward as demand is where it is of the baseline year.",
)
opening_list_by_test = Line(
    "List at the start, network", "tests", ("test",),
    total(opening_list, over="provider"),
    "The sum over trusts.",
)
observed_list = Line(
    "List observed, network", "tests", ("test",),
    total(baseline_list, over="provider"),
    "At the end of the baseline year, all trusts.",
)
opening_over_six_weeks = Line(
    "List over six weeks at the start, network", "tests", ("test",),
    total(baseline_over_six_weeks, over="provider")
    * where(above(list_carried_forward, 0), growth_carried, 1),
    "Observed, carried forward as the list is.",
)
observed_over_six_weeks = Line(
    "List observed over six weeks, network", "tests", ("test",),
    total(baseline_over_six_weeks, over="provider"),
    "At the end of the baseline year, all trusts.",
)
growth_index = Line(
    "Growth of demand since the baseline", "index", ("test", "month"),
    basis="Grows by a twelfth root of the year's growth each month.",
    opening=growth_carried,
)
monthly_growth = Line(
    "Growth of demand a year, in the month", "factor", ("test", "month"),
    spread(local_growth) * local_weight + spread(national_growth) * (1 - local_weight),
    "Local growth damped towards England's.",
)
growth_index.define(previous(growth_index) * power(1 + monthly_growth, quantity(1, "1") / 12))
growth = Line(
    "Growth of demand in the year", "factor", ("test", "year"),
    local_growth * local_weight + national_growth * (1 - local_weight),
    "Local growth damped towards England's; for the years after the months.",
)
demographic_index = Line(
    "Growth of demand from population and ageing", "index", ("month",),
    basis="1 at the start of the months.",
    opening=1,
)
monthly_demographic_growth = Line(
    "Growth from population and ageing a year, in the month", "factor", ("month",),
    spread(demographic_growth),
    "Of the month's year.",
)
demographic_index.define(
    previous(demographic_index) * power(1 + monthly_demographic_growth, quantity(1, "1") / 12)
)
season_index = Line(
    "Season and working days", "factor", ("month",),
    season * timeline.working_days / usual_working_days,
    "Tests a working day × the month's working days.",
)
season_year = Line(
    "Season and working days, mean of the year", "factor", ("year",),
    where(above(timeline.after_horizon, 0), 1, per_year(season_index, "mean")),
    "Of a usual year after the months: 1, whatever the working days of the last year.",
)
usual_year = Line(
    "A usual year's season over the year before's", "factor", ("year",),
    where(above(previous(season_year), 0), season_year / previous(season_year), 1),
    "Takes what the last year's working days were above or below usual out of the years after it.",
)
requests_kept = Line(
    "Requests kept", "share", ("test", "month"),
    (1 - requests_avoided)
    * (1 - minimum(total(digital.reached * digital.requests_avoided, over="digital"), 1)),
    "Less those avoided by vetting, and by digital systems as they come into use.",
)
referral_index = Line(
    "Referrals as a multiple of the baseline", "index", ("test", "month"),
    growth_index
    * season_index
    * referrals_returned
    * requests_kept
    * (1 + induced_demand * programme.centres_open),
    "Growth × season × referrals returned × requests kept × (1 + extra requests).",
)
referrals = Line(
    "Referrals", "tests / month", ("provider", "test", "month"),
    baseline_additions * referral_index,
    "Additions to the list; for a test without a list, all requests.",
)
referrals_by_test = Line(
    "Referrals, network", "tests / month", ("test", "month"),
    additions_by_test * referral_index,
    "All trusts' additions, by the same index.",
)
other_index = Line(
    "Planned and unscheduled demand as a multiple of the baseline, all back", "index", ("test", "month"),
    growth_index * season_index,
    "Growth × season; avoided and extra requests concern the list only.",
)
unscheduled_index = Line(
    "Unscheduled demand as a multiple of the baseline", "index", ("test", "month"),
    other_index * unscheduled_returned,
    "Growth × season × unscheduled tests returned.",
)
planned_index = Line(
    "Planned demand as a multiple of the baseline", "index", ("test", "month"),
    other_index * planned_returned,
    "Growth × season × planned tests returned.",
)
baseline_waiting = Line(
    "Tests done from the list, with those no return counts, baseline", "tests / month", ("provider", "test"),
    baseline_list_activity + baseline_estimated,
    "What a hospital does from its list.",
)
baseline_not_waiting = Line(
    "Planned and unscheduled tests, baseline", "tests / month", ("provider", "test"),
    baseline_planned + baseline_unscheduled,
    "What a hospital does that is on no list.",
)
unscheduled_baseline = Line(
    "Unscheduled tests, baseline, network", "tests / month", ("test",),
    total(baseline_unscheduled, over="provider"),
    "The sum over trusts.",
)
planned_baseline = Line(
    "Planned tests, baseline, network", "tests / month", ("test",),
    total(baseline_planned, over="provider"),
    "The sum over trusts.",
)
other_baseline = Line(
    "Planned and unscheduled tests, baseline, network", "tests / month", ("test",),
    planned_baseline + unscheduled_baseline,
    "Both streams.",
)
other_by_test = Line(
    "Planned and unscheduled demand, network", "tests / month", ("test", "month"),
    unscheduled_baseline * unscheduled_index + planned_baseline * planned_index,
    "Never moved to a centre.",
)
movable_share = Line(
    "Patients who may move to a centre", "share", ("provider", "test"),
    eligible * accepts * suited,
    "Only patients who are eligible, accept and are not a specialist trust's own may move.",
)
transferable_share = Line(
    "Patients who may move to another hospital", "share", ("provider", "test"),
    accepts * suited,
    "Fitness for a centre does not matter; willingness and the trust's own kind of patients do.",
)
