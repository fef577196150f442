"""Dated standards: the month in which each is reached and held, and whether in time."""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    difference,
    first_period,
    maximum,
    quantity,
    total,
    where,
    window_total,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import lists, waits
from casebuilder.model.setting import programme, timeline

is_past = Input(
    "Standard is past its date", "flag", ("standard", "month"),
    "1 in the months after the one by whose end it is due; a standard in force has no date to come.",
    high=1, whole=True,
)

months_in_case = Line(
    "Months of the case", "months", (),
    total(timeline.month_number / quantity(1, "month") * timeline.last_month, over="month")
    * quantity(1, "month"),
    "The number of the last.",
)
due_month = Line(
    "Month by which the standard is due", "months", ("standard",),
    months_in_case - total(is_past / quantity(1, "month"), over="month") * quantity(1, "month"),
    "0 where it was due before the first month; the last where its date lies beyond the months.",
)
within = Line(
    "Month within the dated standard", "flag / month", ("standard", "month"),
    above(timeline.month_number + quantity(1, "month"), programme.first_opening_month)
    * (1 - above(waits.over_six_weeks_share, waits.share_allowed))
    / quantity(1, "month"),
    "Counted from the first opening on.",
)
held = Line(
    "Dated standard is held", "flag", ("standard", "month"),
    1
    - above(
        waits.months_held / quantity(1, "month"),
        window_total(within, waits.months_held / quantity(1, "month")),
    ),
    "1 in a month that ends a run as long as the standard must be held.",
)
months_to = Line(
    "Months from the first opening to the dated standard", "months", ("standard",),
    first_period(held, after=programme.first_opening_month + waits.months_held - quantity(1, "month")),
    "To the first month of the run; empty where never.",
)
month_reached = Line(
    "Month in which the dated standard is reached", "months", ("standard",),
    first_period(held, after=waits.months_held - quantity(1, "month")),
    "Number of the first month of the run; empty where never.",
)
is_due = Line(
    "Month in which the standard is due", "flag / month", ("standard", "month"),
    above(timeline.month_number + quantity(1, "month"), due_month)
    * above(due_month + quantity(1, "month"), timeline.month_number)
    * above(months_in_case, due_month)
    / quantity(1, "month"),
    "1 in one month; in none where it was due before the first, or lies beyond the months.",
)
falls_in_case = Line(
    "Standard is due within the months", "flag", ("standard",),
    total(is_due, over="month"),
    "0 where its date lies before the first month or beyond the last.",
)
share_when_due = Line(
    "Share over six weeks when the standard is due", "share", ("standard",),
    total(waits.over_six_weeks_share * is_due, over="month"),
    "All tests, list-weighted, in the month it is due.",
)
missed = Line(
    "Standard is missed when due", "flag", ("standard",),
    falls_in_case * above(share_when_due, waits.share_allowed),
    "More wait over six weeks in the month it is due than it allows.",
)

# By test
list_when_due = Line(
    "Waiting list when the standard is due", "tests", ("standard", "test"),
    total(waits.list_by_test * is_due, over="month"),
    "Network.",
)
over_when_due = Line(
    "Waiting over six weeks when the standard is due", "tests", ("standard", "test"),
    total(waits.over_six_weeks_by_test * is_due, over="month"),
    "Network.",
)
test_share_when_due = Line(
    "Share of a test over six weeks when the standard is due", "share", ("standard", "test"),
    where(above(list_when_due, 0), over_when_due / maximum(list_when_due, quantity(0.000001, "test")), 0),
    "Of the test's list; nothing without one.",
)
test_missed = Line(
    "Test misses the standard when due", "flag", ("standard", "test"),
    lists.has_list * falls_in_case * above(test_share_when_due, waits.share_allowed),
    "A network can meet a standard that one of its tests misses.",
)
tests_to_bring_within = Line(
    "Patients to bring within six weeks when the standard is due", "tests", ("standard", "test"),
    maximum(difference(over_when_due, list_when_due * waits.share_allowed), 0) * lists.has_list,
    "Those waiting longer, beyond what the standard allows.",
)
