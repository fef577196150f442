"""Checks of the offers: that they add up, and that what is signed comes in time."""

from __future__ import annotations

from casebuilder.algebra.operators import above, absolute, at
from casebuilder.algebra.terms import Check
from casebuilder.model.assurance import procurement_checks
from casebuilder.model.pooling import offers, sharing, taken, timetable

charges_add_up = Check(
    "Charges of the offers add up to what members pay together",
    above(absolute(offers.gap_in_charges), 0),
    (),
    "Under the rule put forward.",
)
parts_add_up = Check(
    "Side payments of the offers add up to nothing",
    above(absolute(offers.gap_in_parts), 0),
    (),
    "What members pay suppliers and the funder is what they are charged.",
)
ends_before_order = Check(
    "Offers end before the first order is due",
    above(0, offers.months_to_order) * above(sharing.members, 1) * above(procurement_checks.pooled_routes, 0),
    (),
    "Else a member could still stay away when the order is placed.",
    level="warn",
)
received_in_time = Check(
    "Goods are received by 31 March of the year of their capital",
    above(at(timetable.lapses, slip="none"), 0),
    ("tranche",),
    "On the route taken, from approval at the start of the case; else national capital of the year lapses.",
    level="note",
)
taken_costs_no_more = Check(
    "The route taken costs no more than each trust buying alone",
    above(0, taken.saving),
    (),
    "Price and process of the centres' first units.",
    level="note",
)
