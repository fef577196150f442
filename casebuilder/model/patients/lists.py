"""Lists: who is served, in what order and where, month by month.

Order of service in a hospital: unscheduled, then urgent, then planned tests due, then the rest of
the list. Planned tests that find no slot fall overdue and join the list. A trust does more for its list
where it is long against usual cover, and less where it is short.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    maximum,
    minimum,
    previous,
    quantity,
    step,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.patients import relief
from casebuilder.model.service import capacity, demand
from casebuilder.model.setting import timeline

has_list = Input(
    "Has a waiting list in DM01", "flag", ("test",),
    "A test without a list is done when asked for or not at all.",
    high=1, whole=True, fixed=True,
)
booking_weeks = Input(
    "Shortest time to book", "weeks", ("test",),
    "Referrals younger than this cannot be tested yet, so a list never falls to nothing.",
    high=4,
)
catchment = Input(
    "Catchment", "share", ("provider", "site"),
    "A site's patients by the trust whose list they are on; sums to 1 a site.",
)
pooling = Input(
    "Pooling of lists", "share", (),
    "0: every hospital and site serves its own list. 1: one network list, served by need.",
)
referrals_redirected = Input(
    "Referrals redirected", "share", ("test",),
    "Of the patients who may move to a centre, the share who are in fact sent there.",
)
freed_slots_used = Input(
    "Freed hospital slots used", "share", ("test",),
    "Of the hospital slots that patients sent to a centre leave free, the share used for others.",
)

# Static shares
catchment_held = Line(
    "Catchment of the trusts that do the test", "share", ("site", "test"),
    total(catchment * demand.holds_list, over="provider"),
    "Less than 1 where a trust of the catchment does not do the test.",
)
catchment_share = Line(
    "Catchment of a test", "share", ("provider", "site", "test"),
    where(above(catchment_held, 0), catchment * demand.holds_list / catchment_held, 0),
    "The catchment among the trusts that do the test.",
)

urgent_staying = Line(
    "Urgent referrals that no centre may take, baseline", "tests / month", ("provider", "test"),
    demand.baseline_additions * demand.urgent_share * (1 - demand.movable_share * referrals_redirected),
    "They come before planned tests in their own hospital.",
)
waiting_list = Line(
    "Waiting list", "tests", ("provider", "test", "month"),
    basis="Last month's, less removals without a test, plus referrals and planned tests overdue, less tests "
    "done.",
    opening=demand.opening_list * has_list, held=has_list,
)
bookable = Line(
    "Patients who can be booked", "tests / month", ("provider", "test", "month"),
    maximum(
        previous(waiting_list) * (1 - demand.removal_rate) / quantity(1, "month")
        + demand.referrals * (1 - booking_weeks / timeline.weeks_in_month / quantity(1, "month")),
        0,
    ),
    "The list and the month's referrals, less the youngest referrals.",
)

# Centres and bought tests
bookable_by_test = Line(
    "Patients who can be booked, network", "tests / month", ("test", "month"),
    total(bookable, over="provider"),
    "The sum over trusts.",
)
pooled_offer = Line(
    "Pooled centre slots a bookable patient", "share", ("test", "month"),
    where(
        above(bookable_by_test, 0),
        (capacity.centre_slots * pooling + capacity.bought_slots) / bookable_by_test,
        0,
    ),
    "Pooled and bought capacity is shared in proportion to need. May be over 1.",
)
cdc_done = Line(
    "Tests done away from hospital", "tests / month", ("provider", "test", "month"),
    minimum(
        bookable * demand.movable_share * referrals_redirected,
        bookable * pooled_offer + total(capacity.cdc_slots * catchment_share, over="site") * (1 - pooling),
    ),
    "Centres and bought tests, within those who may move and are sent; what a trust cannot use is lost.",
)

# Hospitals: unscheduled, urgent, planned, then the list
overdue = Line(
    "Planned and unscheduled tests that find no slot", "tests / month", ("provider", "test", "month"),
    maximum(demand.baseline_unscheduled * demand.unscheduled_index - capacity.hospital_capacity, 0)
    + maximum(
        demand.baseline_planned * demand.planned_index
        - maximum(
            capacity.hospital_capacity
            - demand.baseline_unscheduled * demand.unscheduled_index
            - urgent_staying * demand.referral_index,
            0,
        ),
        0,
    ),
    "Unscheduled tests come first; planned ones after urgent referrals that no centre may take.",
)
list_capacity = Line(
    "Hospital capacity for the list", "tests / month", ("provider", "test", "month"),
    maximum(
        capacity.hospital_capacity
        + overdue
        - demand.baseline_unscheduled * demand.unscheduled_index
        - demand.baseline_planned * demand.planned_index
        - cdc_done * (1 - freed_slots_used),
        0,
    ),
    "What planned and unscheduled tests leave, less slots freed by centres and left unused.",
)
relief_done = Line(
    "Relief", "tests / month", ("provider", "test", "month"),
    maximum(
        minimum(
            (previous(waiting_list) - relief.usual_additions * quantity(1, "month") * relief.usual_months)
            * relief.strength / quantity(1, "month"),
            list_capacity * relief.can_be_had,
            maximum(bookable - cdc_done - list_capacity, 0),
        ),
        -(list_capacity * relief.least),
    ),
    "What the trust does more where its list is above usual, as far as can be had and patients can be "
    "booked; below nothing, sessions left unused where the list is short.",
    held=has_list,
)
stay_done = Line(
    "Tests done for those who stay", "tests / month", ("provider", "test", "month"),
    minimum(list_capacity + relief_done, (bookable - cdc_done) * (1 - demand.transferable_share)),
    "Patients who cannot or will not move have the first call on their own hospital.",
)
# What may move and what the hospital keeps for it; written out where it is used, by trust, test and month
may_move = (bookable - cdc_done) * demand.transferable_share
kept = (list_capacity + relief_done - stay_done) * (1 - pooling)
left_to_pool = Line(
    "Patients left to the network list", "tests / month", ("test", "month"),
    total(where(above(may_move, kept), may_move - kept, 0), over="provider"),
    "Those who may move and whom their own hospital has no slot for.",
)
pooled_share = Line(
    "Share of the network list that is tested", "share", ("test", "month"),
    where(
        above(left_to_pool, 0),
        minimum(total(list_capacity + relief_done - stay_done, over="provider") * pooling / left_to_pool, 1),
        0,
    ),
    "Hospital slots given to the network, shared in proportion to need.",
)
hospital_list_done = Line(
    "Tests done from the list in hospital", "tests / month", ("provider", "test", "month"),
    stay_done + minimum(kept, may_move) * (1 - pooled_share) + may_move * pooled_share,
    "Those who stay; those who may move, in the slots that their own hospital keeps; and from the network "
    "list, in any hospital.",
)
waiting_list.define(
    (
        previous(waiting_list) * (1 - demand.removal_rate)
        + step(demand.referrals + overdue - cdc_done - hospital_list_done)
    )
    * has_list
)
