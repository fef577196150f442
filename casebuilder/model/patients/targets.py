"""Targets: the list a test can hold and meet the standard, and the capacity that takes it there.

The target list has three rules. By Little's law a list is demand times the mean wait, and the mean
wait that keeps a share within the standard follows from how waits are spread: exponential (Fong and
others 2022) or in turn. The third is what England's trusts held when they met the standard.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    choose,
    maximum,
    normal_quantile,
    quantity,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import lists, waits
from casebuilder.model.service import demand
from casebuilder.model.setting import estate, throughput, timeline

rule = Input(
    "Rule for the target list", "choice", (),
    "How the standard becomes a list.",
    choices=("exponential", "fifo", "observed"),
)
wait_factor = Input(
    "Standard over mean wait", "factor", (),
    "Where waits are exponential: the standard is this many mean waits. 4.6 keeps 99 % within it.",
    low=0.1, high=20,
)
observed_cover = Input(
    "Weeks of cover at which trusts met the standard", "weeks", ("test",),
    "List over weekly list tests of England's trusts within the standard.",
    high=12,
)
clearance_weeks = Input(
    "Weeks to clear the list above target", "weeks", (), "The plan's own.", low=1, high=208
)
demand_variation = Input(
    "Variation of demand",
    "factor",
    ("test",),
    "Standard deviation of weekly referrals over their mean.",
    high=5,
)
capacity_variation = Input(
    "Variation of capacity",
    "factor",
    ("test",),
    "Standard deviation of weekly tests over their mean.",
    high=5,
)
urgent_percentile = Input(
    "Percentile of urgent demand to plan for", "share", (),
    "Urgent patients cannot wait for a quiet week; routine ones can, so they are planned at the mean.",
    low=0.5, high=0.99,
)

weekly_demand = Line(
    "Referrals a week", "tests / week", ("test", "month"),
    demand.referrals_by_test / timeline.weeks_in_month,
    "To the list, network.",
)
weekly_done = Line(
    "List tests a week", "tests / week", ("test", "month"),
    waits.list_done / timeline.weeks_in_month,
    "In hospital, at centres and bought.",
)
queue_load = Line(
    "Queue load", "factor", ("test", "month"),
    where(above(weekly_done, 0), weekly_demand / weekly_done, 0),
    "Referrals over tests: above 1 a list grows.",
)
target_mean_wait = Line(
    "Target mean wait", "weeks", (),
    waits.standard_weeks / wait_factor,
    "The standard over how many mean waits it is.",
)
fifo_cover = Line(
    "Cover at the standard, patients seen in turn", "weeks", (),
    waits.standard_weeks / (1 - waits.standard_share),
    "Ages on the list are then spread evenly up to the longest wait.",
)
target_cover = Line(
    "Target weeks of cover", "weeks", ("test",),
    choose(
        rule, {"exponential": target_mean_wait, "fifo": fifo_cover, "observed": observed_cover}
    ),
    "By the rule chosen.",
)
target_list = Line(
    "Target list", "tests", ("test", "month"),
    weekly_demand * target_cover * lists.has_list,
    "Little's law: referrals a week × weeks.",
    held=lists.has_list,
)
above_target = Line(
    "List above target", "tests", ("test", "month"),
    maximum(waits.list_by_test - target_list, 0),
    "What has to be cleared once.",
)
relief_capacity = Line(
    "Relief capacity", "tests / week", ("test", "month"),
    weekly_demand + (waits.list_by_test - target_list) / clearance_weeks,
    "Referrals, and the list above target cleared in the weeks planned.",
)
target_capacity = Line(
    "Target capacity", "tests / week", ("test", "month"),
    weekly_demand
    + (demand_variation * demand_variation + capacity_variation * capacity_variation)
    / 2
    * wait_factor
    / waits.standard_weeks
    * quantity(1, "test"),
    "Holds a list at target: referrals, and what their and capacity's variation ask for (Kingman).",
)
pressure = Line(
    "Waiting-list pressure", "factor", ("test", "month"),
    where(above(weekly_done, 0), waits.list_by_test / weekly_done * 2 / waits.standard_weeks, 0),
    "Twice the mean wait over the standard; below 1 is wanted. The mean wait is taken as the cover.",
)

# What is missing
urgent_buffer = Line(
    "Urgent referrals above their mean", "tests / week", ("test", "month"),
    weekly_demand * demand.urgent_share * demand_variation * normal_quantile(urgent_percentile),
    "So that the weeks up to the percentile can be served; routine patients wait for a quieter week.",
)
capacity_gap = Line(
    "Capacity gap", "tests / week", ("test", "month"),
    relief_capacity + urgent_buffer - weekly_done,
    "Below nothing: there is enough.",
)
tests_a_room = Line(
    "Tests a room", "tests / week / room", ("test",),
    where(
        above(total(estate.rooms_of_test, over="site"), 0),
        total(estate.rooms_of_test * throughput.room_slots * throughput.open_days, over="site")
        / total(estate.rooms_of_test, over="site")
        * throughput.availability
        * throughput.tests_per_slot,
        0,
    ),
    "Mean of the rooms that the case names, at their own hours.",
)
gap_in_rooms = Line(
    "Capacity gap in rooms", "rooms", ("test", "month"),
    where(above(tests_a_room, 0), maximum(capacity_gap, 0) / tests_a_room, 0),
    "At the network's hours and throughput.",
)
