"""Reporting: the second queue, of tests done and not yet reported.

A shortage of reporters lengthens this queue; it does not stop the scanners.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE, Dimension
from casebuilder.algebra.operators import (
    above,
    at,
    difference,
    maximum,
    minimum,
    per_year,
    previous,
    quantity,
    ratio,
    smallest,
    step,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import activity, list_years, waits
from casebuilder.model.service import capacity, demand, hospital_staff, staff_years, workforce
from casebuilder.model.setting import digital, estate, throughput, timeline

DIMENSIONS = (
    Dimension("report_source", "Source of reports", rank=390, needs=("outsourced", "from_home")),
)

needs_report = Input(
    "Needs a reporter", "flag", ("test",), "0 where those who do the test report it.",
    high=1, whole=True, fixed=True,
)
is_reporter = Input("Role reports", "flag", ("staff",), "1 for reporters.", high=1, whole=True)
report_minutes = Input("Minutes a report", "minutes / test", ("test",), "Of a reporter's own time.", high=120)
second_opinions = Input(
    "Second opinions", "share", ("test",), "Reports read again, by another trust where images are shared."
)
sent_out = Input(
    "Reports sent to the source", "share", ("report_source", "test"),
    "Of the reports needed; the rest is for the network's own reporters in their hours.",
)
price = Input(
    "Price of a report", "GBP_real / test", ("report_source", "test"),
    "Beyond the pay of reporters in post; one report a test.",
)
usual_turnaround = Input(
    "Days to report at the start", "days", ("test",), "From the test; the backlog that the months begin with."
)
least_turnaround = Input(
    "Least days to report", "days", ("test",), "Typing, checking and sending, with no backlog.", high=14
)
backlog_kept = Input(
    "Days of reports that are left in the queue", "days", (),
    "What of the queue lies beyond goes to outside companies at their price.",
    low=1, high=365,
)
outside_most = Input(
    "Most that outside companies read", "share", (),
    "Of the reports needed, by plan and for want of own reporters.",
)
standard_days = Input(
    "Days from referral to report, standard", "days", (), "From the request to the report.", low=1
)

# What is needed and what can be read
needed = Line(
    "Reports needed", "tests / month", ("test", "month"),
    (waits.hospital_tests - waits.relief_bought + waits.cdc_done_by_test - waits.bought_tests)
    * needs_report
    * (1 + second_opinions),
    "Of all tests of the network but those bought, as relief too, which come with a report; and second "
    "opinions.",
    held=needs_report,
)
reporter_posts = Line(
    "Reporters a room", "posts / room", ("test",),
    total(workforce.posts_per_room * is_reporter, over="staff"),
    "All roles that report.",
)
centre_reports = Line(
    "Reports that a centre's reporters can do", "tests / week", ("site", "test"),
    where(
        above(report_minutes, 0),
        estate.rooms_open
        * reporter_posts
        / quantity(1, "post")
        * throughput.patient_hours
        * throughput.open_days
        * quantity(60, "minutes / hour")
        / report_minutes
        * needs_report,
        0,
    ),
    "Posts × hours, over minutes a report.",
)
reporters_there = Line(
    "Centres' reporters in post", "share", ("month",),
    smallest(where(above(is_reporter, 0), workforce.staff_cover, 1), over="staff"),
    "The scarcest of the roles that report.",
)
hospital_reporters = Line(
    "Hospitals' reporters still there", "share", ("month",),
    smallest(where(above(is_reporter, 0), hospital_staff.role_cover, 1), over="staff"),
    "Less those who left for centres.",
)
sent_share = Line(
    "Share of reports sent out", "share", ("test",), total(sent_out, over="report_source"), "All sources."
)
hospital_share = Line(
    "Reports a test that hospitals' own reporters do", "share", ("test",),
    (1 - at(sent_share, option=BASELINE)) * (1 + second_opinions) * needs_report,
    "What the baseline does not send out: hospitals are staffed for that, and no backlog grows by itself.",
)
in_house = Line(
    "Reports that can be done in-house", "tests / month", ("test", "month"),
    (
        capacity.hospital_capacity_by_test * hospital_share * hospital_reporters
        + total(centre_reports * capacity.weeks_served, over="site") * reporters_there
    )
    * digital.reports_factor,
    "Hospitals' reporters for what they can scan; centres' by the posts filled; digital adds to both.",
    held=needs_report,
)

# The queue
unreported = Line(
    "Tests not yet reported", "tests", ("test", "month"),
    basis="Last month's, plus those that need a report, less what can be reported.",
    opening=demand.baseline_tests_by_test * needs_report
    * usual_turnaround / quantity(7, "days / week") / demand.weeks_in_usual_month,
    held=needs_report,
)
still_read_outside = Line(
    "Share of reports that companies can read beyond what is planned", "share", ("test",),
    maximum(outside_most - at(sent_out, report_source="outsourced"), 0) * needs_report,
    "Their most, less what is sent to them by plan.",
)
sent_over = Line(
    "Reports sent out for want of own reporters", "tests / month", ("test", "month"),
    minimum(
        maximum(
            previous(unreported) / quantity(1, "month")
            + needed
            * (1 - sent_share - backlog_kept / timeline.days_in_month / quantity(1, "month"))
            - in_house,
            0,
        ),
        needed * still_read_outside,
    ),
    "What would be left in the queue beyond the days that are kept, as far as companies can read it.",
    held=needs_report,
)
reported = Line(
    "Reports", "tests / month", ("test", "month"),
    minimum(
        needed + previous(unreported) / quantity(1, "month"), in_house + needed * sent_share + sent_over
    ),
    "What is there to report, up to what own reporters and outside sources do.",
    held=needs_report,
)
unreported.define(
    maximum(
        difference(previous(unreported) + step(needed - needed * sent_share - sent_over), step(in_house)), 0
    )
)

# The years, with those after the months
reports_factor_year = Line(
    "Reports in-house, with what digital gives, mean of the year", "factor", ("year",),
    basis="The mean of the months; after them as in the last year.",
    opening=0,
)
reports_factor_year.define(
    where(
        above(timeline.after_horizon, 0),
        previous(reports_factor_year),
        per_year(digital.reports_factor, "mean"),
    )
)
hospital_reporters_year = Line(
    "Hospitals' reporters still there, mean of the year", "share", ("year",),
    smallest(where(above(is_reporter, 0), hospital_staff.role_cover_year, 1), over="staff"),
    "Less those who left for centres.",
)
centre_reporters_after = Line(
    "Centres' reporters in post, after the months", "share", ("year",),
    smallest(where(above(is_reporter, 0), staff_years.staff_cover_after, 1), over="staff"),
    "The scarcest of the roles that report.",
)
centres_full_year = Line(
    "Reports that centres' reporters can do in a full year, all in post", "tests / year", ("test",),
    total(centre_reports * capacity.open_weeks_end, over="site"),
    "After the months, in the weeks that the centres are open.",
    held=needs_report,
)
centres_in_house_after = Line(
    "Reports that centres' reporters can do in a year after the months", "tests / year", ("test", "year"),
    centres_full_year * centre_reporters_after * reports_factor_year * timeline.after_horizon,
    "By the posts filled; digital adds to it.",
    held=needs_report,
)
needed_year = Line(
    "Reports needed in the year", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        (activity.hospital_tests_year - activity.relief_bought_year + activity.centre_tests_year)
        * needs_report
        * (1 + second_opinions),
        per_year(needed),
    ),
    "As in the months.",
    held=needs_report,
)
outside_and_own_year = Line(
    "Reports that can be done in the year", "tests / year", ("test", "year"),
    total(list_years.hospital_capacity, over="provider") * hospital_share * hospital_reporters_year
    * reports_factor_year * timeline.after_horizon
    + centres_in_house_after
    + per_year(in_house)
    + needed_year * sent_share,
    "By own reporters, and sent out.",
    held=needs_report,
)
evening_share_year = Line(
    "Hours that reporters give beside those on site, mean of the year", "factor", ("year",),
    total(digital.reached_year * digital.reporting_hours_gained, over="digital"),
    "By what digital systems let them give, as far as in use.",
)
evening_reports_year = Line(
    "Reports that can be done in those hours in the year", "tests / year", ("test", "year"),
    maximum(outside_and_own_year - needed_year * sent_share, 0) / reports_factor_year * evening_share_year,
    "Their part of what own reporters can do.",
    held=needs_report,
)
unreported_year = Line(
    "Tests not yet reported at the end of the year", "tests", ("test", "year"),
    basis="After the months: those a year before, plus those that need a report, less what can be reported.",
    opening=0, held=needs_report,
)
not_kept_year = Line(
    "Part of a year's reports beyond those that are left in the queue", "share", (),
    1 - backlog_kept / quantity(365.25, "days / year") / quantity(1, "year"),
    "By the days that are kept.",
)
sent_over_year = Line(
    "Reports sent out in the year for want of own reporters", "tests / year", ("test", "year"),
    where(
        above(timeline.after_horizon, 0),
        minimum(
            maximum(
                previous(unreported_year) / quantity(1, "year") + needed_year * not_kept_year
                - outside_and_own_year,
                0,
            ),
            needed_year * still_read_outside,
        ),
        per_year(sent_over),
    ),
    "As in the months.",
    held=needs_report,
)
unreported_year.define(
    where(
        above(timeline.after_horizon, 0),
        maximum(
            difference(
                previous(unreported_year) + step(needed_year - sent_over_year), step(outside_and_own_year)
            ),
            0,
        ),
        per_year(unreported, "last"),
    )
)

# At the end
unreported_end = Line(
    "Tests not yet reported at the end", "tests", ("test",),
    total(unreported * timeline.last_month, over="month"),
    "In the last month.",
)
reported_end = Line(
    "Reports a day at the end", "tests / day", ("test",),
    total(reported / timeline.days_in_month * timeline.last_month, over="month"),
    "In the last month.",
)
turnaround_end = Line(
    "Days from test to report at the end, by test", "days", ("test",),
    where(above(reported_end, 0), unreported_end / reported_end, 0) + least_turnaround * needs_report,
    "The backlog over reports a day, and the least that a report takes.",
)
list_tests_end = Line(
    "Tests from the list a day at the end", "tests / day", ("test",),
    total(waits.list_done / timeline.days_in_month * timeline.last_month, over="month"),
    "In the last month.",
)
referral_to_report_end = Line(
    "Days from referral to report at the end", "days", ("test",),
    where(
        above(list_tests_end, 0),
        total(waits.list_by_test * timeline.last_month, over="month") / list_tests_end,
        0,
    )
    + turnaround_end,
    "The list over the tests done from it a day, and the days to the report.",
)
turnaround_all_end = Line(
    "Days from test to report at the end, all tests", "days", (),
    ratio(total(turnaround_end * reported_end, over="test"), total(reported_end, over="test")),
    "The mean over reports.",
)
over_standard = Line(
    "Later than the standard from referral to report", "flag", ("test",),
    needs_report * above(referral_to_report_end, standard_days),
    "On average: half of the patients may still be within it.",
)
conservation_gap = Line(
    "Reports lost or found", "tests", ("test", "month"),
    difference(previous(unreported) + step(needed), unreported + step(reported)),
    "The backlog before plus tests, less the backlog after plus reports: nothing.",
    held=needs_report,
)
outside_cost = Line(
    "Outside reporting a test", "GBP_real / test", ("test",),
    total(sent_out * price, over="report_source"),
    "Average over tests reported by own reporters and by others.",
)
price_sent_over = Line(
    "Price of a report by outside companies", "GBP_real / test", ("test",),
    at(price, report_source="outsourced") * needs_report,
    "Of tests that need a report.",
    held=needs_report,
)
price_evening = Line(
    "Price of a report from home", "GBP_real / test", ("test",),
    at(price, report_source="from_home") * needs_report,
    "Of tests that need a report.",
    held=needs_report,
)
beyond_plan_cost = Line(
    "Reports sent over and made in hours given from home", "GBP_real / year", ("year",),
    total(sent_over_year * price_sent_over, over="test")
    + total(evening_reports_year * price_evening, over="test"),
    "Beside those that are sent out by plan.",
)
hospital_cost = Line(
    "Reports of hospitals' tests that are paid for", "GBP_real / year", ("year",),
    total(activity.hospital_tests_year * outside_cost, over="test") + beyond_plan_cost,
    "Sent out, sent over for want of reporters, and hours given from home, paid whether or not there is a "
    "report to write.",
)
hospital_cost_unchanged = Line(
    "The same, as reports are made at baseline", "GBP_real / year", ("year",),
    total(activity.hospital_tests_year * at(outside_cost, option=BASELINE), over="test")
    + at(beyond_plan_cost, option=BASELINE),
    "The option's tests at the baseline's cost a test.",
)
hospital_change = Line(
    "Change of what hospitals' reports cost", "GBP_real / year", ("year",),
    difference(hospital_cost, hospital_cost_unchanged),
    "Against the baseline, base-year prices.",
)
