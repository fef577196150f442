"""Relief: what a trust does when its list is long or short against usual cover.

A trust whose list is long buys outsourced and insourced tests and evening lists, as far as staff and
market allow; one whose list is short leaves sessions unused. The strength is fitted to what trusts did.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, maximum, quantity, where
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.service import capacity, demand

strength = Input(
    "Response to the list, a month", "share", ("test",),
    "Of what a list is above usual, the share that a trust does more in a month; below usual, less.",
    high=0.5,
)
usual_cover = Input(
    "Usual cover", "weeks", ("test",),
    "The list that trusts hold when they neither buy nor leave sessions unused, in weeks of additions.",
    high=26,
)
most = Input(
    "Relief that can be had", "share", ("test",),
    "The most that staff and market give, as a share of the hospital's capacity for the list; longer hours "
    "and bought tests draw on the same.",
    high=1,
)
least = Input(
    "Sessions left unused at most", "share", ("test",),
    "Where lists are short, as a share of the hospital's capacity for the list.",
    high=1,
)

own_usual = Input(
    "Usual cover is the trust's own", "share", ("provider",),
    "1 for a specialist trust, whose list is short or long by its kind of work; 0 where it is England's.",
)

usual_months = Line(
    "Usual list, in months of baseline additions", "factor", ("test", "month"),
    usual_cover / (demand.weeks_in_usual_month * quantity(1, "month")) * demand.growth_index
    * demand.requests_kept,
    "Weeks of usual cover, as additions have grown, without season.",
)
usual_additions = Line(
    "Additions that a usual list is reckoned from", "tests / month", ("provider", "test"),
    where(
        above(usual_cover, 0),
        demand.baseline_additions * (1 - own_usual)
        + own_usual * demand.baseline_list
        / maximum(usual_cover, quantity(0.000001, "weeks")) * demand.weeks_in_usual_month,
        demand.baseline_additions,
    ),
    "The trust's own; of a specialist trust those to which its list would be usual, so that it keeps it.",
)
market_drawn = Line(
    "Staff and market that the option draws on already", "share", ("test", "month"),
    capacity.longer_hours
    + where(
        above(capacity.list_capacity_baseline, 0),
        capacity.bought_slots
        / (maximum(capacity.list_capacity_baseline, quantity(0.000001, "tests / month"))
           * capacity.capacity_index),
        0,
    ),
    "Longer hours and bought tests, as a share of what hospitals do from their lists.",
)
can_be_had = Line(
    "Relief that can still be had", "share", ("test", "month"),
    maximum(most - market_drawn, 0),
    "Less what longer hours and bought tests draw from the same staff and market.",
)
