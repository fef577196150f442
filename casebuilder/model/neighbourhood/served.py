"""Population served: people for whom a proposal is the nearest site and near enough, and what it offers them.

A proposal is a site of a system's pipeline. Those of this bid have a site of the case, their neighbours in
the queue have none, and serve nobody here.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, at, largest, quantity, ratio, smallest, total, where
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.patients import access, activity
from casebuilder.model.setting import estate, programme

DIMENSIONS = (
    # Only a bid inside a system's pipeline has proposals.
    Dimension("proposal", "Proposal of the pipeline", rank=45, may_have_none=True),
)

site_of = Input(
    "Site of the proposal", "flag", ("proposal", "site"),
    "1 for the site of this case that the proposal is; none for a neighbour in the queue.",
    high=1, whole=True,
)
within_minutes = Input(
    "Minutes within which a site serves people", "minutes", ("proposal",),
    "By road, one way; farther people are not counted as served.",
    low=1, high=120,
)
least_people = Input(
    "Population that a proposal should serve", "patients", ("proposal",),
    "The footprint at which neighbourhood health centres are planned.",
)

taken_in = Line(
    "Site of the proposal, in the option", "flag", ("proposal", "site"),
    site_of * estate.included,
    "1 where the option takes the proposal's site in.",
)
in_option = Line(
    "Proposal is in the option", "flag", ("proposal",),
    largest(taken_in, over="site"),
    "1 where any of its sites is.",
)
minutes = Line(
    "Minutes to the proposal", "minutes", ("proposal", "place"),
    smallest(where(above(taken_in, 0), access.minutes, access.farthest_minutes), over="site"),
    "By road, to the nearest of its sites that the option takes in.",
)
serves = Line(
    "Proposal serves the place", "flag", ("proposal", "place"),
    in_option * (1 - above(minutes, access.centre_minutes)) * (1 - above(minutes, within_minutes)),
    "1 where no site of the case is nearer, and it is near enough.",
)
people = Line(
    "People served, by deprivation", "patients", ("proposal", "quintile"),
    total(access.people_deprived * serves, over="place"),
    "All or none of a place; the first quintile is the most deprived.",
)
people_all = Line(
    "People served", "patients", ("proposal",), total(people, over="quintile"), "All quintiles."
)
share_by_quintile = Line(
    "Share of the people served, by deprivation", "share", ("proposal", "quintile"),
    ratio(people, people_all),
    "Empty where nobody is served.",
)
share_most_deprived = Line(
    "Share of the people served who are among the most deprived fifth", "share", ("proposal",),
    ratio(at(people, quintile="q1"), people_all),
    "Of England's fifths; empty where nobody is served.",
)
rooms = Line(
    "Rooms of the proposal", "rooms", ("proposal", "test"),
    total(taken_in * estate.rooms, over="site"),
    "At its sites that the option takes in.",
)
tests = Line(
    "Tests of the proposal at steady state", "tests", ("proposal", "test"),
    total(
        taken_in * total(activity.cdc_tests_year * programme.steady_state, over="year"), over="site"
    ),
    "Of the first full year.",
)
rooms_all = Line(
    "Rooms of the proposal, all tests", "rooms", ("proposal",), total(rooms, over="test"), "Chairs with them."
)
tests_all = Line(
    "Tests of the proposal, all", "tests", ("proposal",), total(tests, over="test"), "Of the first full year."
)
rooms_a_head = Line(
    "Rooms for ten thousand people served", "rooms", ("proposal",),
    ratio(rooms_all * quantity(10_000, "patients"), people_all),
    "Empty where nobody is served.",
)
tests_a_head = Line(
    "Tests a year for a thousand people served", "tests", ("proposal",),
    ratio(tests_all * quantity(1_000, "patients"), people_all),
    "At steady state; people from elsewhere are tested too. Empty where nobody is served.",
)
rooms_a_head_by_test = Line(
    "Rooms for ten thousand people served, by test", "rooms", ("proposal", "test"),
    ratio(rooms * quantity(10_000, "patients"), people_all),
    "Empty where nobody is served.",
)
tests_a_head_by_test = Line(
    "Tests a year for a thousand people served, by test", "tests", ("proposal", "test"),
    ratio(tests * quantity(1_000, "patients"), people_all),
    "At steady state; empty where nobody is served.",
)
enough_are_served = Check(
    "The proposal serves as many people as it should",
    in_option * above(least_people, people_all),
    ("proposal",),
    "A footprint below the one planned for needs a reason: distance, or a neighbour in the queue.",
    level="warn",
)
