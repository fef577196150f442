"""Freed hospital time: what hospitals need no longer do, and the one use that each hour of it has.

Time is withdrawn, or takes over relief of other tests' lists, or is left to be valued at the pay of the
staff. What left with staff and rooms is not freed.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    above,
    at,
    difference,
    largest,
    maximum,
    minimum,
    per_year,
    quantity,
    total,
    where,
)
from casebuilder.algebra.shapes import apart
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.patients import activity, list_years
from casebuilder.model.service import capacity, hospital_staff, workforce
from casebuilder.model.setting import timeline

withdrawn_wte = Input(
    "Hospital posts withdrawn", "wte", ("staff", "year"),
    "Given up because their tests are done elsewhere; each year states all that are gone by then.",
    high=2_000,
)
reuse_share = Input(
    "Freed time that other lists can use", "share", (),
    "The rest is at the wrong trust, hour or kit to take over tests that are bought.",
)
hours_a_wte = (
    workforce.contract_hours * quantity(365.25 / 7, "weeks / year") * (1 - workforce.headroom)
)

own_tests_year = Line(
    "Tests that hospitals do in their own normal hours", "tests / year", ("test", "year"),
    maximum(
        difference(
            activity.hospital_tests_year,
            activity.relief_bought_year + activity.extended_hours_tests_year,
        ),
        0,
    ),
    "Without relief that is bought and without longer hours.",
)
own_undone_year = Line(
    "Tests that hospitals do less in their own hours", "tests / year", ("test", "year"),
    apart(at(own_tests_year, option=BASELINE), own_tests_year, quantity(1, "test / year")),
    "Against the baseline; below nothing where they do more.",
)
own_capacity_year = Line(
    "Hospital capacity in normal hours in the year", "tests / year", ("test", "year"),
    total(list_years.hospital_capacity, over="provider") / (1 + capacity.longer_hours_year)
    * timeline.after_horizon
    + per_year(capacity.hospital_capacity_by_test / (1 + capacity.longer_hours)),
    "Without the longer hours that are run.",
)
capacity_left_year = Line(
    "Hospital capacity that left with staff and rooms", "tests / year", ("test", "year"),
    maximum(
        apart(at(own_capacity_year, option=BASELINE), own_capacity_year, quantity(1, "test / year")), 0
    ),
    "Against the baseline; it is gone, and not freed.",
)
freed_year = Line(
    "Hospital tests freed", "tests / year", ("test", "year"),
    maximum(own_undone_year - capacity_left_year, 0),
    "Done less in hospitals' own hours, though staff and rooms are there.",
)
freed_wte = Line(
    "Hospital time freed", "wte", ("staff", "year"),
    total(freed_year * hospital_staff.hours_a_test, over="test") / hours_a_wte,
    "Freed tests × hours of the role, in posts.",
)
withdrawn = Line(
    "Freed time withdrawn", "wte", ("staff", "year"),
    minimum(withdrawn_wte, freed_wte) * above(freed_wte, quantity(0.0001, "wte")),
    "Posts given up, no more than are freed; ten minutes a year are none.",
)
relief_wte = Line(
    "Time that relief of lists takes", "wte", ("staff", "year"),
    total(activity.relief_bought_year * hospital_staff.hours_a_test, over="test") / hours_a_wte,
    "Of tests that hospitals buy, had own staff done them.",
)
reach = Line(
    "Share of relief that freed time could take over", "share", ("staff", "year"),
    where(
        above(relief_wte, 0),
        minimum(
            (freed_wte - withdrawn) * reuse_share / maximum(relief_wte, quantity(0.000001, "wte")), 1
        ),
        0,
    ),
    "By role, of what is not withdrawn and can be put to other lists.",
)
needed = Line(
    "A test needs the role", "flag", ("staff", "test"),
    above(hospital_staff.hours_a_test, 0),
    "Any time of it.",
)
taken_over = Line(
    "Share of relief that freed staff take over", "share", ("test", "year"),
    (1 - largest(where(needed, 1 - reach, 0), over="staff")) * largest(needed, over="staff"),
    "What the scarcest role of the test allows; nothing for a test that needs no staff.",
)
relief_taken_over_year = Line(
    "Relief that freed staff take over", "tests / year", ("test", "year"),
    activity.relief_bought_year * taken_over,
    "Done in normal hours by staff whose own tests are done elsewhere.",
)
taken_over_wte = Line(
    "Freed time that takes over relief", "wte", ("staff", "year"),
    total(relief_taken_over_year * hospital_staff.hours_a_test, over="test") / hours_a_wte,
    "In posts.",
)
left_wte = Line(
    "Freed time left", "wte", ("staff", "year"),
    apart(freed_wte, withdrawn + taken_over_wte, quantity(0.0001, "wte")),
    "Neither withdrawn nor put to other lists: staff are there; ten minutes a year are none.",
)
# All roles
freed_all = Line(
    "Hospital time freed, all roles", "wte", ("year",), total(freed_wte, over="staff"), "The sum over roles."
)
withdrawn_all = Line(
    "Freed time withdrawn, all roles", "wte", ("year",), total(withdrawn, over="staff"), "The sum over roles."
)
taken_over_all = Line(
    "Freed time that takes over relief, all roles", "wte", ("year",),
    total(taken_over_wte, over="staff"),
    "The sum over roles.",
)
left_all = Line(
    "Freed time left, all roles", "wte", ("year",), total(left_wte, over="staff"), "The sum over roles."
)
no_more_is_withdrawn_than_freed = Check(
    "No more posts are withdrawn than are freed",
    above(withdrawn_wte, freed_wte),
    ("staff", "year"),
    "A post withdrawn before its tests have gone leaves patients waiting; only what is freed counts.",
    level="warn",
)
