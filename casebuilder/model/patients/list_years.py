"""Lists after the months: the same service, relief and conservation, a year at a time.

Within a year a list runs as it would month by month at the year's mean flows: what leaves without a
test and what relief takes follow from the list as it moves. In the years of the months all is nothing.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    difference,
    maximum,
    minimum,
    per_year,
    power,
    previous,
    quantity,
    total,
    where,
)
from casebuilder.algebra.terms import Line
from casebuilder.model.patients import lists, relief
from casebuilder.model.service import capacity, demand
from casebuilder.model.setting import timeline

months_a_year = quantity(12, "months / year")
year_in_months = quantity(12, "1")
a_year = quantity(1, "year")

# What twelve months do to a list
kept_in_year = Line(
    "Of a list, still there after a year without tests", "share", ("test",),
    power(1 - demand.removal_rate, year_in_months),
    "After twelve months of removals.",
)
kept_of_flow = Line(
    "Of patients added in a year, still there at its end without tests", "share", ("test",),
    where(
        above(demand.removal_rate, 0),
        (1 - kept_in_year) / (demand.removal_rate * year_in_months),
        1,
    ),
    "Patients who come month by month leave for fewer months.",
)
drawn_back = Line(
    "Of a list, what removals and relief take in a month", "share", ("test",),
    demand.removal_rate + relief.strength,
    "Together they draw a list back.",
)
months_of_list = Line(
    "Months of its opening list that a year's lists hold", "factor", ("test",),
    where(above(drawn_back, 0), (1 - power(1 - drawn_back, year_in_months)) / drawn_back, year_in_months),
    "The sum of twelve months' lists, of what was there at the start.",
)
months_of_flow = Line(
    "Months of a year's flow that its lists hold", "factor", ("test",),
    where(above(drawn_back, 0), (1 - months_of_list / year_in_months) / drawn_back, 0),
    "The sum of twelve months' lists, of what was added evenly over the year.",
)
relief_of_list = Line(
    "Of a list, what relief takes in a year", "share", ("test",),
    relief.strength * months_of_list,
    "The month's response over twelve months, of what was there at the start.",
)
relief_of_flow = Line(
    "Of a year's flow, what relief takes in it", "share", ("test",),
    relief.strength * months_of_flow,
    "The month's response over twelve months, of what was added evenly over the year.",
)
weeks_a_year = quantity(365.25 / 7, "weeks / year")
referral_index = Line(
    "Referrals as a multiple of the baseline, mean of the year", "index", ("test", "year"),
    basis="The mean of the months; after them it grows by the year's growth.",
    opening=0,
)
other_index = Line(
    "Planned and unscheduled demand as a multiple of the baseline, mean of the year", "index",
    ("test", "year"),
    basis="The mean of the months; after them it grows by the year's growth.",
    opening=0,
)
usual_months = Line(
    "Usual list, in months of baseline additions, mean of the year", "factor", ("test", "year"),
    basis="The mean of the months; after them it grows by the year's growth.",
    opening=0,
)
referral_index.define(
    where(
        above(timeline.after_horizon, 0),
        previous(referral_index) * demand.usual_year * (1 + demand.growth),
        per_year(demand.referral_index, "mean"),
    )
)
other_index.define(
    where(
        above(timeline.after_horizon, 0),
        previous(other_index) * demand.usual_year * (1 + demand.growth),
        per_year(demand.other_index, "mean"),
    )
)
usual_months.define(
    where(
        above(timeline.after_horizon, 0),
        previous(usual_months) * (1 + demand.growth),
        per_year(relief.usual_months, "mean"),
    )
)
relief_of_usual = Line(
    "Of a month's usual additions, what relief leaves in a year", "factor", ("test", "year"),
    relief.strength * year_in_months * usual_months * (1 - relief_of_flow),
    "What a usual list would have relief do in the year, which is not done.",
)
referral_months = Line(
    "Referrals of the year, in months of baseline additions", "months / year", ("test", "year"),
    referral_index * months_a_year * timeline.after_horizon,
    "Twelve months of the year's mean; 0 in the years of the months.",
)
other_months = Line(
    "Planned and unscheduled demand of the year, in months of the baseline's", "months / year",
    ("test", "year"),
    other_index * months_a_year * timeline.after_horizon,
    "Twelve months of the year's mean; 0 in the years of the months.",
)
drawn_by_bought_test = Line(
    "Of staff and market, what a bought test a year draws", "years / test", ("test", "year"),
    basis="The mean of the months; after the months as in the last year.",
    opening=0,
)
drawn_by_bought_test.define(
    where(
        above(timeline.after_horizon, 0),
        previous(drawn_by_bought_test),
        where(
            above(capacity.list_capacity_baseline, 0),
            1
            / (maximum(capacity.list_capacity_baseline, quantity(0.000001, "tests / month"))
               * per_year(capacity.capacity_index, "mean")
               * months_a_year),
            0,
        ),
    )
)
market_drawn = Line(
    "Staff and market that the option draws on already, in the year", "share", ("test", "year"),
    basis="After the months as in the last year; bought tests while a contract is in force.",
    opening=0,
)
market_drawn.define(
    where(
        above(timeline.after_horizon, 0),
        capacity.longer_hours_year + capacity.bought_capacity_year * drawn_by_bought_test,
        per_year(relief.market_drawn, "mean"),
    )
)
can_be_had = Line(
    "Relief that can still be had, in the year", "share", ("test", "year"),
    maximum(relief.most - market_drawn, 0) * timeline.after_horizon,
    "After the months, less what longer hours and bought tests draw.",
)

# Who is served, as in the months
hospital_capacity = Line(
    "Hospital capacity in the year", "tests / year", ("provider", "test", "year"),
    maximum(
        (demand.baseline_waiting - capacity.activity_in_baseline) * capacity.hospital_index_year
        + demand.baseline_not_waiting * capacity.other_capacity_index_year
        - capacity.resources_moved * capacity.moved_share_year,
        0,
    )
    * months_a_year
    * timeline.after_horizon,
    "Baseline × growth × staff still there, less the rooms moved.",
)
waiting_list = Line(
    "Waiting list at the end of the year", "tests", ("provider", "test", "year"),
    basis="After the months: the list a year before less removals, plus referrals and planned tests overdue, "
    "less tests done.",
    opening=demand.opening_list * lists.has_list, held=lists.has_list,
)
bookable = Line(
    "Patients who can be booked in the year", "tests / year", ("provider", "test", "year"),
    maximum(
        demand.baseline_additions * referral_months
        + (
            previous(waiting_list) * kept_in_year / a_year
            - demand.baseline_additions * referral_months * lists.booking_weeks
            / (weeks_a_year * a_year)
        )
        / kept_of_flow,
        0,
    )
    * timeline.after_horizon,
    "The list and the year's referrals, less the youngest referrals at its end.",
)
bookable_by_test = Line(
    "Patients who can be booked in the year, network", "tests / year", ("test", "year"),
    total(bookable, over="provider"),
    "The sum over trusts.",
)
pooled_offer = Line(
    "Pooled centre slots a bookable patient in the year", "share", ("test", "year"),
    where(
        above(bookable_by_test, 0),
        (total(capacity.cdc_capacity_year, over="site") * lists.pooling + capacity.bought_capacity_year)
        / bookable_by_test,
        0,
    ),
    "Pooled and bought capacity is shared in proportion to need. May be over 1.",
)
cdc_done = Line(
    "Tests done away from hospital in the year", "tests / year", ("provider", "test", "year"),
    minimum(
        bookable * demand.movable_share * lists.referrals_redirected,
        bookable * pooled_offer
        + total(capacity.cdc_capacity_year * lists.catchment_share, over="site")
        * (1 - lists.pooling),
    ),
    "Centres and bought tests, within those who may move and are sent; what a trust cannot use is lost.",
)
overdue = Line(
    "Planned and unscheduled tests that find no slot in the year", "tests / year",
    ("provider", "test", "year"),
    maximum(demand.baseline_unscheduled * other_months - hospital_capacity, 0)
    + maximum(
        demand.baseline_planned * other_months
        - maximum(
            hospital_capacity
            - demand.baseline_unscheduled * other_months
            - lists.urgent_staying * referral_months,
            0,
        ),
        0,
    ),
    "Unscheduled tests come first; planned ones after urgent referrals that no centre may take.",
)
list_capacity = Line(
    "Hospital capacity for the list in the year", "tests / year", ("provider", "test", "year"),
    maximum(
        difference(hospital_capacity + overdue, demand.baseline_not_waiting * other_months)
        - cdc_done * (1 - lists.freed_slots_used),
        0,
    ),
    "What planned and unscheduled tests leave, less slots freed by centres and left unused.",
)
relief_done = Line(
    "Relief in the year", "tests / year", ("provider", "test", "year"),
    maximum(
        minimum(
            previous(waiting_list) * relief_of_list / a_year
            + (demand.baseline_additions * referral_months
               - cdc_done - list_capacity + overdue)
            * relief_of_flow
            - relief.usual_additions * relief_of_usual * quantity(1, "month") / a_year,
            list_capacity * can_be_had,
            maximum(bookable - cdc_done - list_capacity, 0),
        ),
        -(list_capacity * relief.least),
    ),
    "The sum of the months' response as the list is drawn back to usual cover, as far as can be had and "
    "patients can be booked; below nothing, sessions left unused.",
    held=lists.has_list,
)
stay_done = Line(
    "Tests done for those who stay in the year", "tests / year", ("provider", "test", "year"),
    minimum(list_capacity + relief_done, (bookable - cdc_done) * (1 - demand.transferable_share)),
    "Patients who cannot or will not move have the first call on their own hospital.",
)
# What may move and what the hospital keeps for it, as in the months
may_move = (bookable - cdc_done) * demand.transferable_share
kept = (list_capacity + relief_done - stay_done) * (1 - lists.pooling)
left_to_pool = Line(
    "Patients left to the network list in the year", "tests / year", ("test", "year"),
    total(where(above(may_move, kept), may_move - kept, 0), over="provider"),
    "Those who may move and whom their own hospital has no slot for.",
)
pooled_share = Line(
    "Share of the network list that is tested in the year", "share", ("test", "year"),
    where(
        above(left_to_pool, 0),
        minimum(
            (total(list_capacity, over="provider")
             + total(relief_done, over="provider")
             - total(stay_done, over="provider"))
            * lists.pooling / left_to_pool,
            1,
        ),
        0,
    ),
    "Hospital slots given to the network, shared in proportion to need.",
)
hospital_list_done = Line(
    "Tests done from the list in hospital in the year", "tests / year", ("provider", "test", "year"),
    stay_done + minimum(kept, may_move) * (1 - pooled_share) + may_move * pooled_share,
    "Those who stay; those who may move, in the slots that their own hospital keeps; and from the network "
    "list, in any hospital.",
)
waiting_list.define(
    where(
        above(timeline.after_horizon, 0),
        previous(waiting_list) * kept_in_year
        + (
            demand.baseline_additions * referral_months
            + overdue - cdc_done - hospital_list_done
        )
        * a_year * kept_of_flow,
        per_year(lists.waiting_list, "last"),
    )
    * lists.has_list
)
