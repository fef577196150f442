"""Hospital staff: who leaves the members for the centres, and what the hospitals can still do.

Staff are conserved across the network: whoever a centre takes from a member, that member lacks
until the post is filled again.
"""

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
    step,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.service import demand, staff_years, workforce
from casebuilder.model.setting import throughput, timeline

from_members = Input(
    "Domestic hires who come from members", "share", ("staff",),
    "The rest are new to the network: newly qualified, neighbours, returners.",
)
refill_months = Input(
    "Time for a member to fill the post again", "months", ("staff",),
    "Mean time from a leaver to a successor who works alone.",
    low=1, high=60,
)

hours_a_test = Line(
    "Hours of a role for a hospital test", "hours / test", ("staff", "test"),
    workforce.posts_per_room / quantity(1, "post / room")
    * total(throughput.examination_mix * throughput.examination_minutes, over="examination")
    / quantity(60, "minutes / hour")
    / throughput.tests_per_slot,
    "People in a room × the mean slot, over tests a slot; hospitals work at the rates of centres.",
)
hospital_wte = Line(
    "WTE that the hospital's tests need", "wte", ("provider", "staff"),
    total(demand.baseline_tests * hours_a_test, over="test")
    / demand.weeks_in_usual_month
    / workforce.contract_hours
    / (1 - workforce.headroom),
    "In the baseline, for the tests of the case alone; staff for others are not counted.",
)
members_wte = Line(
    "WTE that the hospitals' tests need", "wte", ("staff",),
    total(hospital_wte, over="provider"),
    "All members.",
)
left_members = Line(
    "Left members for centres, not yet replaced", "wte", ("staff", "month"),
    basis="Last month's less those replaced, plus hires from members.",
    opening=0,
)
left_members.define(
    previous(left_members) * (1 - quantity(1, "month") / refill_months)
    + step(workforce.domestic_joiners * from_members)
)
members_short = Line(
    "WTE that members lack", "wte", ("staff", "month"),
    left_members + workforce.lent_wte,
    "Left and not replaced, and lent.",
)
role_cover = Line(
    "Hospital staff still there", "share", ("staff", "month"),
    where(above(members_wte, 0), 1 - minimum(members_short / members_wte, 1), 1),
    "Every member lacks its share by size.",
)
cover = Line(
    "Hospital capacity that staff leave", "share", ("test", "month"),
    1 - largest(where(workforce.limiting, 1 - role_cover, 0), over="staff"),
    "The scarcest of the roles that the test needs; all of it where it needs none.",
)

# The years
still_unfilled = Line(
    "Of posts left for centres, still empty after a year", "share", ("staff",),
    power(1 - quantity(1, "month") / refill_months, 12),
    "After twelve months of filling them.",
)
joiners_after = Line(
    "Hires from members in a year after the months", "wte / year", ("staff", "year"),
    minimum(
        workforce.domestic_hires * staff_years.months_a_year,
        maximum(staff_years.hires_after - workforce.trainees * staff_years.months_a_year, 0),
    )
    * from_members,
    "Domestic hires after the trainees, as far as they come from members.",
)
left_year_end = Line(
    "Left members for centres, not yet replaced, at the end of the year", "wte", ("staff", "year"),
    basis="After the months: those a year before less those replaced, plus hires from members.",
    opening=0,
)
left_year_end.define(
    where(
        above(timeline.after_horizon, 0),
        previous(left_year_end) * still_unfilled
        + joiners_after / staff_years.months_a_year * (1 - still_unfilled) * refill_months,
        per_year(left_members, "last"),
    )
)
short_year = Line(
    "WTE that members lack, mean of the year", "wte", ("staff", "year"),
    where(
        above(timeline.after_horizon, 0),
        (previous(left_year_end) + left_year_end) / 2 + staff_years.lent_year,
        per_year(members_short, "mean"),
    ),
    "Left and not replaced, and lent; after the months the mean of the year's start and end.",
)
role_cover_year = Line(
    "Hospital staff still there, mean of the year", "share", ("staff", "year"),
    where(
        above(timeline.after_horizon, 0),
        where(above(members_wte, 0), 1 - minimum(short_year / members_wte, 1), 1),
        per_year(role_cover, "mean"),
    ),
    "After the months by what members lack in the year.",
)
cover_year = Line(
    "Hospital capacity that staff leave, mean of the year", "share", ("test", "year"),
    1 - largest(where(workforce.limiting, 1 - role_cover_year, 0), over="staff"),
    "The scarcest of the roles that the test needs; all of it where it needs none.",
)

# At the end, by member
members_short_end = Line(
    "WTE that members lack at the end", "wte", ("staff",),
    total(members_short * timeline.last_month, over="month"),
    "In the last month.",
)
tests_share = Line(
    "Share of the network's hospital tests", "share", ("provider",),
    total(demand.baseline_tests, over="test") / total(demand.baseline_tests, over=("provider", "test")),
    "In the baseline, all tests.",
)
member_short_end = Line(
    "WTE that the member lacks at the end", "wte", ("provider", "staff"),
    members_short_end * where(above(members_wte, 0), hospital_wte / members_wte, tests_share),
    "By the WTE that its tests need; of roles that no test needs, by its tests.",
)
