"""Activity by year: who tests how many, in the years of the months and after them.

Additional tests are those the network does beyond the baseline's; displaced ones are the scheme's
that hospitals would have done. Both are results.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    above,
    at,
    difference,
    maximum,
    per_year,
    previous,
    quantity,
    step,
    total,
    where,
)
from casebuilder.algebra.shapes import apart
from casebuilder.algebra.terms import Line
from casebuilder.model.patients import list_years, lists, waits
from casebuilder.model.service import capacity, demand
from casebuilder.model.setting import timeline

NINE_DIGITS = 0.999999999  # what is over by less is alike
list_done_year = Line(
    "Tests done from the list in the year, network", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        total(list_years.cdc_done, over="provider") + total(list_years.hospital_list_done, over="provider"),
        per_year(waits.list_done),
    ),
    "In hospital, at centres and bought.",
)
away_capacity_year = Line(
    "Tests that can be done away from hospital in the year", "tests / year", ("test", "year"),
    total(capacity.cdc_capacity_year, over="site") + capacity.bought_capacity_year,
    "At all centres and bought.",
)
slots_used_year = Line(
    "Share of centre and bought capacity used, after the months", "share", ("test", "year"),
    where(
        above(away_capacity_year, 0), total(list_years.cdc_done, over="provider") / away_capacity_year, 0
    ),
    "Tests done away from hospital as a share of what could be done; 0 in the years of the months.",
)
cdc_tests_year = Line(
    "Tests done at the centre in the year", "tests / year", ("site", "test", "year"),
    where(
        above(timeline.after_horizon, 0),
        capacity.cdc_capacity_year * slots_used_year,
        per_year(waits.cdc_tests),
    ),
    "The sum of the months; after them shared among the sites that do the test by their slots.",
)
bought_tests_year = Line(
    "Tests bought in the year", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        capacity.bought_capacity_year * slots_used_year,
        per_year(waits.bought_tests),
    ),
    "Bought tests are used as centre slots are.",
)
centre_tests_year = Line(
    "Tests done at all centres in the year", "tests / year", ("test", "year"),
    total(cdc_tests_year, over="site"),
    "The sum over sites.",
)
hospital_tests_year = Line(
    "Tests done in hospital in the year", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        total(list_years.hospital_list_done, over="provider")
        + demand.other_baseline * list_years.other_months
        - total(list_years.overdue, over="provider"),
        per_year(waits.hospital_tests),
    ),
    "From the list, relief among it, and planned and unscheduled tests.",
)
relief_bought_year = Line(
    "Relief bought in the year", "tests / year", ("test", "year"),
    total(maximum(list_years.relief_done, 0), over="provider") * timeline.after_horizon
    + per_year(waits.relief_bought),
    "By trusts whose lists are above usual.",
)
relief_bought_all_year = Line(
    "Relief bought in the year, all tests", "tests / year", ("year",),
    total(relief_bought_year, over="test"),
    "The sum over tests.",
)
sessions_unused_year = Line(
    "Tests that sessions left unused would do in the year", "tests / year", ("test", "year"),
    total(maximum(-list_years.relief_done, 0), over="provider") * timeline.after_horizon
    + per_year(waits.sessions_unused),
    "By trusts whose lists are short; their staff are paid.",
)
added_after_months = (
    demand.additions_by_test * list_years.referral_months
    + total(list_years.overdue, over="provider")
)
list_year_end = Line(
    "Waiting list at the end of the year, network", "tests", ("test", "year"),
    total(list_years.waiting_list, over="provider"),
    "The sum over trusts.",
    opening=demand.opening_list_by_test * lists.has_list, held=lists.has_list,
)
list_all_year_end = Line(
    "Waiting list at the end of the year, all tests", "tests", ("year",),
    total(list_year_end, over="test"),
    "The sum over tests with a list.",
)
lost_of_list = Line(
    "Of a list, gone after a year without tests", "share", ("test",),
    1 - list_years.kept_in_year,
    "By twelve months of removals.",
)
lost_of_flow = Line(
    "Of patients added in a year and not tested, gone at its end", "share", ("test",),
    where(above(lists.has_list, 0), 1 - list_years.kept_of_flow, 1),
    "All of them, of a test without a list.",
)
removed_year = Line(
    "Left the list without a test", "tests / year", ("test", "year"),
    (
        previous(list_year_end) * lost_of_list / list_years.a_year
        + difference(added_after_months, list_done_year) * lost_of_flow
    )
    * timeline.after_horizon
    + per_year(waits.removals),
    "Of a test without a list, requests that are not met.",
)
conservation_gap_year = Line(
    "Patients lost or found in a year after the months", "tests", ("test", "year"),
    difference(
        previous(list_year_end) + step(added_after_months) - step(removed_year) - list_year_end,
        step(list_done_year),
    )
    * timeline.after_horizon,
    "The list before plus referrals, less removals and the list after, is what was tested: nothing is left.",
)
over_capacity_year = Line(
    "Tests done over capacity in a year after the months", "tests / year", ("test", "year"),
    (
        maximum(
            hospital_tests_year * NINE_DIGITS
            - total(list_years.hospital_capacity, over="provider")
            - relief_bought_year,
            0,
        )
        + maximum(total(list_years.cdc_done, over="provider") * NINE_DIGITS - away_capacity_year, 0)
    )
    * timeline.after_horizon,
    "Nothing, in every year; what is alike to nine digits is not over.",
)
extended_hours_tests_year = Line(
    "Hospital tests done in longer hours in the year", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        hospital_tests_year * capacity.longer_hours_year / (1 + capacity.longer_hours_year),
        per_year(waits.hospital_tests * capacity.longer_hours / (1 + capacity.longer_hours)),
    ),
    "Longer hours that are run carry their share of the tests done in hospital.",
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
    apart(network_tests_year, baseline_network_tests_year, quantity(1, "test / year")),
    "Network tests with the option less those at baseline, less than one test a year being none: a result, "
    "never an input.",
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
