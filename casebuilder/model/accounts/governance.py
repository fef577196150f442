"""Governance: who decides, who bears each shared risk, and each member's position in base, downside and exit.

The vehicle decides how gains and shared losses fall on members; their shares of every risk sum to
one. Who hosts, employs and owns is in hosting.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE, Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    by_member,
    choose,
    difference,
    largest,
    maximum,
    quantity,
    smallest,
    stated,
    total,
    where,
)
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.accounts import accounts, finance, position
from casebuilder.model.running import income, revenue
from casebuilder.model.setting import hosting

DIMENSIONS = (
    Dimension("decision", "Decision given to a body", rank=260, may_have_none=True),
    # A case that shares any risk says how each of these is borne.
    Dimension("shared_risk", "Shared risk", rank=300, needs=(
        "cost_overrun", "volume_shortfall", "under_recovery", "asset_failure", "funding_ends",
    ), may_have_none=True),
)

vehicle = Input(
    "Vehicle of the collaborative", "choice", (),
    "Lead host: the lead bears shared losses. Service agreement and joint committee: as agreed risk by risk. "
    "Pooled budget: by each member's share of the network.",
    choices=("lead_host", "service_agreement", "joint_committee", "pooled_budget"),
)
lead = Input(
    "Lead host", "share", ("provider",),
    "Who leads where the vehicle is a lead host; sums to one.",
)
bears = Input(
    "Bears the risk", "share", ("provider", "shared_risk"),
    "Share of a loss from the risk, as agreed; sums to one over members.",
)
decides = Input(
    "Decides", "flag", ("decision", "body"),
    "1 for the body that takes the decision; one body for each.",
    high=1, whole=True,
)
downside = Input(
    "Size of the downside", "share", ("shared_risk",),
    "Share of what the risk falls on: capital charges, payments, running cost, payments, later payments.",
)
leaving_year = Input(
    "Year in which a member gives notice", "number", (),
    "Number of the financial year, the base year being 1.",
    low=1, high=60, whole=True,
)
notice_years = Input(
    "Years of notice", "number", (),
    "While it runs the member stays, with all it gains and pays.",
    high=10, whole=True,
)
assets_kept = Input(
    "Assets left with the member that leaves", "share", (),
    "Share of its own centres' assets that nobody takes over: their charges stay with it.",
)
exit_charge = Input(
    "Exit charge, share of network cost of a year", "share", ("provider",),
    "What the member pays to the others in the year it leaves, for contracts that run on.",
    high=5,
)

# Who bears what
lead_bears = Line(
    "The lead host bears shared losses", "flag", (),
    choose(vehicle, {"lead_host": 1, "service_agreement": 0, "joint_committee": 0, "pooled_budget": 0}),
    "1 where the vehicle is a lead host.",
)
all_bear = Line(
    "All members bear shared losses by their share of the network", "flag", (),
    choose(vehicle, {"lead_host": 0, "service_agreement": 0, "joint_committee": 0, "pooled_budget": 1}),
    "1 where the vehicle is a pooled budget.",
)
borne = Line(
    "Share of the loss that the member bears", "share", ("provider", "shared_risk"),
    where(above(lead_bears, 0), lead, where(above(all_bear, 0), hosting.network_share, bears)),
    "By the vehicle chosen; as agreed risk by risk under a service agreement or a joint committee.",
)
borne_total = Line(
    "Share of the loss, all members", "share", ("shared_risk",), total(borne, over="provider"), "One."
)
bodies = Line(
    "Bodies that decide", "number", ("decision",), total(decides, over="body"), "One for each decision."
)

# The downside, against the baseline
charges = Line(
    "Capital charges", "GBP_nominal / year", ("statement",),
    stated(finance.capital_charges),
    "In the years of the statements.",
)
charges_change = Line(
    "Capital charges against the baseline", "GBP_nominal / year", ("statement",),
    difference(charges, at(charges, option=BASELINE)),
    "What an overrun of capital adds to.",
)
payments = Line(
    "Payments for tests", "GBP_nominal / year", ("statement",),
    stated(finance.payments),
    "In the years of the statements.",
)
payments_change = Line(
    "Payments for tests against the baseline", "GBP_nominal / year", ("statement",),
    difference(payments, at(payments, option=BASELINE)),
    "What a shortfall of volume takes from.",
)
running = Line(
    "Running cost, in cash", "GBP_nominal / year", ("statement",),
    stated(finance.running_without_rent),
    "In the years of the statements.",
)
running_change = Line(
    "Running cost against the baseline", "GBP_nominal / year", ("statement",),
    difference(running, at(running, option=BASELINE)),
    "What under-recovery leaves unpaid.",
)
past_national = Line(
    "National revenue has ended", "flag", ("year",),
    1 - income.funded_nationally,
    "1 after the last year of time-limited funding.",
)
after_national = Line(
    "Payments once national revenue has ended", "GBP_nominal / year", ("statement",),
    payments_change * stated(past_national),
    "What rests on commissioners taking over.",
)
loss_of_risk = Line(
    "Loss in the downside", "GBP_nominal / year", ("shared_risk", "statement"),
    by_member(
        shared_risk={
            "cost_overrun": maximum(charges_change, 0),
            "volume_shortfall": maximum(payments_change, 0),
            "under_recovery": maximum(running_change, 0),
            "asset_failure": maximum(payments_change, 0),
            "funding_ends": maximum(after_national, 0),
        },
    )
    * downside,
    "Charges on the overrun; payments not earned, while most cost stays; running cost above what prices "
    "follow; payments of the weeks without an asset; national revenue that nobody takes over.",
)
loss = Line(
    "Loss of the member in the downside", "GBP_nominal / year", ("provider", "statement"),
    at(loss_of_risk * borne, shared_risk="cost_overrun")
    + at(loss_of_risk * borne, shared_risk="volume_shortfall")
    + at(loss_of_risk * borne, shared_risk="under_recovery")
    + at(loss_of_risk * borne, shared_risk="asset_failure")
    + at(loss_of_risk * borne, shared_risk="funding_ends"),
    "Its share of each loss.",
)
loss_total = Line(
    "Loss in the downside, all members", "GBP_nominal / year", ("statement",),
    at(loss_of_risk, shared_risk="cost_overrun") + at(loss_of_risk, shared_risk="volume_shortfall")
    + at(loss_of_risk, shared_risk="under_recovery") + at(loss_of_risk, shared_risk="asset_failure")
    + at(loss_of_risk, shared_risk="funding_ends"),
    "All risks at once, at the size given.",
)
system_change = Line(
    "Change in performance, all members", "GBP_nominal / year", ("statement",),
    total(position.performance_change, over="provider"),
    "Against the baseline.",
)
position_base = Line(
    "Net position of the member, base", "GBP_nominal / year", ("provider", "statement"),
    where(above(all_bear, 0), system_change * hosting.network_share, position.performance_change),
    "Its own accounts, recharges included; in a pooled budget its share of the whole.",
)
position_downside = Line(
    "Net position of the member, downside", "GBP_nominal / year", ("provider", "statement"),
    position_base - loss,
    "Base, less its share of every loss.",
)
downside_total = Line(
    "Net position in the downside, all members", "GBP_nominal / year", ("statement",),
    total(position_downside, over="provider"),
    "The system's.",
)

# Exit
has_left = Line(
    "Year after notice", "flag", ("year",),
    above(YEAR_NUMBER, leaving_year + notice_years),
    "1 once a member that gave notice has left.",
)
leaves = Line(
    "Year of leaving", "flag", ("year",),
    above(YEAR_NUMBER, leaving_year + notice_years - 1) - has_left,
    "1 in the last year of notice, when the exit charge is paid.",
)
own_charges = Line(
    "Charges on the member's own centres", "GBP_nominal / year", ("provider", "statement"),
    accounts.depreciation - accounts.donated_depreciation + accounts.interest + position.dividend,
    "Depreciation, lease interest and dividend.",
)
exit_paid = Line(
    "Exit charge of the member", "GBP_nominal / year", ("provider", "statement"),
    maximum(stated(revenue.network_cost), 0) * exit_charge * stated(leaves) * hosting.network_share,
    "Its share of the network's cost of a year, by the terms.",
)
position_exit = Line(
    "Net position of the member, if it leaves", "GBP_nominal / year", ("provider", "statement"),
    position_base * (1 - stated(has_left)) - exit_paid
    - own_charges * assets_kept * stated(has_left),
    "As a member until notice ends; then the charges of assets that nobody took over.",
)
worst_base = Line(
    "Worst year in base", "GBP_nominal / year", ("provider",),
    smallest(position_base, over="statement"),
    "Of the member.",
)
worst_downside = Line(
    "Worst year in the downside", "GBP_nominal / year", ("provider",),
    smallest(position_downside, over="statement"),
    "Of the member.",
)
worst_exit = Line(
    "Worst year if it leaves", "GBP_nominal / year", ("provider",),
    smallest(position_exit, over="statement"),
    "Of the member.",
)
base_sum = Line(
    "Net position in base, all years", "GBP_nominal", ("provider",),
    total(position_base, over="statement"),
    "In the years of the statements.",
)
downside_sum = Line(
    "Net position in the downside, all years", "GBP_nominal", ("provider",),
    total(position_downside, over="statement"),
    "In the years of the statements.",
)
exit_sum = Line(
    "Net position if it leaves, all years", "GBP_nominal", ("provider",),
    total(position_exit, over="statement"),
    "In the years of the statements.",
)
better_off_out = Line(
    "Gain from leaving, all years", "GBP_nominal", ("provider",),
    difference(exit_sum, base_sum),
    "Above nothing: on these terms the member would be better off out.",
)
most_borne = Line(
    "Largest share of one risk", "share", ("shared_risk",), largest(borne, over="provider"), "Of any member."
)

shares_sum = Check(
    "Members bear every shared risk in full",
    not_one(borne_total),
    ("shared_risk",),
    "Shares sum to one, so that no loss is nobody's.",
)
one_body_decides = Check(
    "One body takes each decision",
    not_one(bodies),
    ("decision",),
    "A decision that two take is taken by neither.",
)
nobody_gains_by_leaving = Check(
    "No member is better off out",
    above(better_off_out, quantity(1, "GBP_nominal")) * above(1 - hosting.network_share, 0),
    ("provider",),
    "A member that would gain by leaving needs a share of the others' gain, or other terms.",
    level="warn",
)
