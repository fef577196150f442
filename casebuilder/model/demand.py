"""Demand: tests asked for, by trust, test and month.

Reads the baseline year's activity and lists, growth, season and what centres change. Read by
capacity, waits and the years after the months.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, maximum, power, previous, quantity, spread, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model import programme

# The baseline year
baseline_list_activity = Input(
    "Tests done from the list, baseline", "tests / month", ("provider", "test"),
    "Monthly mean of the baseline year; for a test without a list, all tests.",
)  # fmt: skip
baseline_estimated = Input(
    "Tests asked for that no national return counts, baseline", "tests / month", ("provider", "test"),
    "A monthly estimate; 0 for tests that DM01 or the imaging dataset counts.",
    optional=0,
)  # fmt: skip
baseline_list_change = Input(
    "Change in the list, baseline", "tests / month", ("provider", "test"),
    "Monthly mean over the baseline year; falling lists are negative.",
    low=None,
)  # fmt: skip
baseline_planned = Input(
    "Planned tests, baseline", "tests / month", ("provider", "test"),
    "Monthly mean of the baseline year: tests due at a set date, never on the list.",
)  # fmt: skip
baseline_unscheduled = Input(
    "Unscheduled tests, baseline", "tests / month", ("provider", "test"),
    "Monthly mean of the baseline year: emergency and inpatient tests.",
)  # fmt: skip
baseline_list = Input(
    "List at the end of the baseline year", "tests", ("provider", "test"),
    "Observed census of people waiting.",
)  # fmt: skip
baseline_over_six_weeks = Input(
    "List over six weeks at the end of the baseline year", "tests", ("provider", "test"),
    "Observed census of people waiting six weeks or more.",
)  # fmt: skip
removal_rate = Input(
    "Removed from the list without a test, a month", "share", ("test",),
    "Share of the list at the start of the month.",
)  # fmt: skip

# From the baseline year to each month
years_carried_forward = Input(
    "Years from the baseline to the first month", "number", (),
    "From the middle of the baseline year to the start of the first month.",
    high=20,
)  # fmt: skip
carried_forward_growth = Input(
    "Growth a year between baseline and first month", "factor", ("test",),
    "Damped, because the pandemic lies between.",
    low=-0.5, high=1,
)  # fmt: skip
growth = Input(
    "Growth of demand a year", "factor", ("test", "year"),
    "Demographic and other growth together, local damped towards national.",
    low=-0.5, high=1,
)  # fmt: skip
season = Input(
    "Season", "factor", ("month",),
    "The month's share of the year's tests times twelve; 1 on average over a year.",
    high=3,
)  # fmt: skip
requests_avoided = Input(
    "Requests avoided", "share", ("test",),
    "Share of requests that vetting and decision support make needless.",
)  # fmt: skip
induced_demand = Input(
    "Extra requests per centre open", "factor", ("test",),
    "Referrals that come because access is easier, as a share of referrals, a centre.",
    high=0.1,
)  # fmt: skip
eligible = Input(
    "Clinically fit for a centre", "share", ("test",),
    "Share of patients who need no acute hospital for the test.",
)  # fmt: skip
accepts = Input(
    "Willing to travel to a centre", "share", ("test",),
    "Share of those eligible who take an offer at a centre.",
)  # fmt: skip

suited = Input(
    "Trust's patients whom a centre can take", "share", ("provider",),
    "Children's and specialist trusts keep most of theirs.",
)  # fmt: skip

holds_list = Line(
    "Trust does the test", "flag", ("provider", "test"),
    above(baseline_list_activity + baseline_estimated + baseline_planned + baseline_unscheduled, 0),
    "1 where the trust did the test in the baseline year.",
)  # fmt: skip
baseline_additions = Line(
    "Additions to the list, baseline", "tests / month", ("provider", "test"),
    maximum(
        baseline_list_activity
        + baseline_estimated
        + baseline_list_change
        + baseline_list * removal_rate / quantity(1, "month"),
        0,
    ),
    "Tests done from the list, plus the change in the list, plus removals; or the estimate.",
)  # fmt: skip
baseline_tests = Line(
    "All tests done, baseline", "tests / month", ("provider", "test"),
    baseline_list_activity + baseline_estimated + baseline_planned + baseline_unscheduled,
    "What the hospitals could do in the baseline year.",
)  # fmt: skip
growth_carried = Line(
    "Growth from the baseline to the first month", "factor", ("test",),
    power(1 + carried_forward_growth, years_carried_forward),
    "The baseline is carried forward at a stated rate.",
)  # fmt: skip
opening_list = Line(
    "List at the start", "tests", ("provider", "test"),
    baseline_list * growth_carried,
    "The observed list, carried forward as demand is, so that weeks of cover stay as observed.",
)  # fmt: skip
opening_list_by_test = Line(
    "List at the start, network", "tests", ("test",),
    total(opening_list, over="provider"),
    "The sum over trusts.",
)  # fmt: skip
observed_list = Line(
    "List observed, network", "tests", ("test",),
    total(baseline_list, over="provider"),
    "At the end of the baseline year, all trusts.",
)  # fmt: skip
observed_over_six_weeks = Line(
    "List observed over six weeks, network", "tests", ("test",),
    total(baseline_over_six_weeks, over="provider"),
    "At the end of the baseline year, all trusts.",
)  # fmt: skip
growth_index = Line(
    "Growth of demand since the baseline", "index", ("test", "month"),
    basis="Grows by a twelfth root of the year's growth each month.",
    opening=growth_carried,
)  # fmt: skip
growth_index.define(previous(growth_index) * power(1 + spread(growth), quantity(1, "1") / 12))
referral_index = Line(
    "Referrals as a multiple of the baseline", "index", ("test", "month"),
    growth_index * season * (1 - requests_avoided) * (1 + induced_demand * programme.centres_open),
    "Growth × season × (1 − requests avoided) × (1 + extra requests).",
)  # fmt: skip
referrals = Line(
    "Referrals", "tests / month", ("provider", "test", "month"),
    baseline_additions * referral_index,
    "Additions to the list; for a test without a list, all requests.",
)  # fmt: skip
referrals_by_test = Line(
    "Referrals, network", "tests / month", ("test", "month"),
    total(referrals, over="provider"),
    "The sum over trusts.",
)  # fmt: skip
other_demand = Line(
    "Planned and unscheduled demand", "tests / month", ("provider", "test", "month"),
    (baseline_planned + baseline_unscheduled) * growth_index * season,
    "Served before the list; never moved to a centre.",
)  # fmt: skip
movable_share = Line(
    "Patients who may move to a centre", "share", ("provider", "test"),
    eligible * accepts * suited,
    "Only patients who are eligible, accept and are not a specialist trust's own may move.",
)  # fmt: skip
