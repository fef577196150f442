"""Checks of the operations: arithmetic that must hold, and judgements an assurer asks for.

A check that fails stops a bid; a warning is shown.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    absolute,
    difference,
    largest,
    quantity,
    round_up,
    smallest,
    total,
)
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.patients import access, performance, reporting, targets
from casebuilder.model.results import checks
from casebuilder.model.service import hospital_staff, waterfall, workforce
from casebuilder.model.setting import estate, timeline

national_posts_asked = Input(
    "Extra posts asked for in England", "wte", ("staff",),
    "What a national review says diagnostics needs; 0 where it names no such role.",
)
england_people = Input(
    "People in England", "patients", (), "In the year of the case's places.", low_open=True
)

units_of_site = Line(
    "Rooms and hired units of the site", "rooms", ("site",),
    total(estate.rooms_of_test, over="test") + total(estate.hired_rooms, over="test"),
    "Of all tests.",
)
sites_have_a_part = Check(
    "Each site that is taken in has rooms or hired units",
    estate.included * (1 - above(units_of_site, 0)),
    ("site",),
    "A site with neither does no test, and costs money.",
)
shared_rooms_are_whole = Check(
    "Rooms that tests share add up to whole rooms",
    above(round_up(estate.shared_rooms) - estate.shared_rooms, 0),
    ("site",),
    "A part of a room that no other test takes is nobody's: neither built nor paid for whole.",
)
unexplained = Line(
    "Most that the waterfall leaves unexplained", "tests / year", ("test",),
    largest(absolute(waterfall.gap), over="year"),
    "Whichever way, in whichever year.",
)
waterfall_adds_up = Check(
    "Waterfall of demand adds up",
    above(unexplained, checks.test_tolerance / quantity(1, "year")),
    ("test",),
    "The steps from the baseline make up each year's demand.",
)
estimators_agree = Check(
    "Both estimates of demand agree",
    performance.estimators_far_apart,
    ("test",),
    "The flow estimate and the young-band floor lie near each other, or the difference is explained.",
    level="note",
)
minimum_is_reached = Check(
    "Centres reach their least activity",
    above(largest(performance.below_minimum, over="year"), checks.test_tolerance / quantity(1, "year")),
    ("site",),
    "Activity below the least puts the funding that rests on it at risk.",
    level="warn",
)
additional_is_plausible = Check(
    "Additional tests are no more than open centres achieved",
    above(performance.achieved_additional_share, 0)
    * above(performance.additional_share, performance.achieved_additional_share),
    ("test",),
    "A bid that adds more a slot than any open centre did needs to say how.",
    level="warn",
)
gap_at_end = Line(
    "Capacity gap at the end", "tests / week", ("test",),
    total(targets.capacity_gap * timeline.last_month, over="month"),
    "In the last month.",
)
capacity_meets_target = Check(
    "Capacity is enough for the target list",
    above(gap_at_end, checks.test_tolerance / quantity(1, "week")),
    ("test",),
    "In the last month: referrals, clearing the list above target, and the urgent stream's busy weeks.",
    level="warn",
)
nobody_waits_longer = Check(
    "No trust's patients wait longer than at baseline",
    performance.waits_longer,
    ("provider", "test"),
    "Pooling helps the network; a trust that loses must know before it agrees.",
    level="warn",
)
staff_lost_or_found = Line(
    "Staff lost or found", "wte", ("staff",),
    difference(total(hospital_staff.member_short_end, over="provider"), hospital_staff.members_short_end),
    "What members lack, one by one, less what the network took from them: nothing.",
)
staff_are_conserved = Check(
    "Staff are conserved across members",
    above(
        absolute(staff_lost_or_found) / quantity(1, "wte"),
        checks.test_tolerance / quantity(1, "test"),
    ),
    ("staff",),
    "Whoever a centre takes from a member, that member lacks.",
)
rota_is_found = Check(
    "Relief of the shared rota is found",
    smallest(workforce.network_too_few, over="relief"),
    ("staff",),
    "If even the largest candidate is too few, the list of candidates is too short.",
)
national_share = Line(
    "Share of the national supply asked for", "wte", ("staff",),
    national_posts_asked * access.everyone / england_people,
    "By population.",
)
required_at_end = Line(
    "WTE required at the end", "wte", ("staff",),
    total(workforce.wte_required_network * timeline.last_month, over="month"),
    "In the last month.",
)
within_national_supply = Check(
    "Staff needed are within the share of the national supply",
    above(national_posts_asked, 0) * above(required_at_end, national_share),
    ("staff",),
    "By population, of the posts that the Richards review asked for; more must come from elsewhere.",
    level="warn",
)
reports_lost_or_found = Line(
    "Most reports lost or found in a month", "tests", ("test",),
    largest(absolute(reporting.conservation_gap), over="month"),
    "Whichever way, in whichever month.",
)
reports_are_conserved = Check(
    "Reports are conserved",
    above(reports_lost_or_found, checks.test_tolerance),
    ("test",),
    "Every test that needs a report is reported or waits for it.",
)
reported_in_time = Check(
    "Reports come within the standard from referral",
    reporting.over_standard,
    ("test",),
    "On average, in the last month.",
    level="warn",
)
