"""Checks of money by host: shares sum to one, and hosts add up to the network.

Each gives 1 for a breach and 0 where all is well.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, difference, lagged, largest, maximum, stated, step, total
from casebuilder.algebra.shapes import differ, not_one
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.accounts import accounts, finance, position
from casebuilder.model.capital import leases
from casebuilder.model.results import checks
from casebuilder.model.setting import estate, hosting

every_site_has_a_host = Check(
    "Every site has a host, an employer and an owner",
    estate.included
    * maximum(above(hosting.most, 1 + checks.tolerance), above(1 - checks.tolerance, hosting.least)),
    ("site",),
    "Shares sum to one, so that no cost is borne twice or by nobody.",
)
network_is_shared = Check(
    "Network cost is shared in full",
    not_one(hosting.network_total, checks.tolerance),
    (),
    "Shares of what belongs to no centre sum to one.",
)
surplus_gap = Line(
    "Hosts' performance less the network's", "GBP_nominal / year", ("statement",),
    difference(total(position.adjusted_performance, over="provider"), stated(finance.surplus)),
    "Nothing: recharges cancel, and every pound has a host.",
)
hosts_make_up_the_network = Check(
    "Hosts add up to the network",
    differ(
        total(position.adjusted_performance, over="provider"), stated(finance.surplus), checks.yearly_money
    ),
    ("statement",),
    "Income and expenditure of all hosts, recharges included, is that of the scheme.",
)
recharges_received = Line(
    "Recharges received", "GBP_nominal / year", ("statement",),
    total(maximum(accounts.staff_recharge + accounts.capital_recharge, 0), over="provider"),
    "Of trusts that receive more than they pay.",
)
recharges_paid = Line(
    "Recharges paid", "GBP_nominal / year", ("statement",),
    total(maximum(-accounts.staff_recharge - accounts.capital_recharge, 0), over="provider"),
    "By trusts that pay more than they receive.",
)
recharges = Line(
    "Recharges, all trusts", "GBP_nominal / year", ("statement",),
    difference(recharges_received, recharges_paid),
    "Nothing: what one receives another pays.",
)
recharges_cancel = Check(
    "Transfers between hosts cancel",
    differ(recharges_received, recharges_paid, checks.yearly_money),
    ("statement",),
    "On consolidation nothing is left of them.",
)
hosts_can_afford = Check(
    "Every host can afford its worst year",
    above(-position.worst_year, checks.yearly_money),
    ("provider",),
    "A host in deficit against the baseline needs a share of the others' gain, or a funder.",
    level="warn",
)
call_gap = Line(
    "Largest call on an owner's envelope", "GBP_nominal / year", ("provider",),
    largest(accounts.envelope_call, over="statement"),
    "Scheme and replacement beyond the award.",
)
owners_envelope_named = Check(
    "No award is needed from an owner's own envelope",
    above(call_gap, checks.yearly_money),
    ("provider",),
    "Capital that falls on an owner's own envelope must be agreed with it.",
    level="warn",
)
balance_sheet_balances = Check(
    "Balance sheet balances",
    differ(position.net_assets, position.capital_received + position.reserve, checks.money_tolerance),
    ("provider", "statement"),
    "Net assets of every host are its public dividend capital and reserve.",
)
lease_closing = Line(
    "Lease liability with the rent paid", "GBP_nominal", ("site", "year"),
    leases.liability + step(leases.payment),
    "Present value of the rent left, and what was paid in the year.",
)
lease_rolled = Line(
    "Lease liability rolled forward", "GBP_nominal", ("site", "year"),
    lagged(leases.liability, 1) + step(leases.addition) + step(leases.remeasured) + step(leases.interest),
    "Last year's, leases begun, reviews and interest: two ways to the same balance.",
)
leases_roll_forward = Check(
    "Lease liabilities roll forward",
    differ(lease_closing, lease_rolled, checks.money_tolerance),
    ("site", "year"),
    "Present value of the rent left is last year's, plus interest, less rent.",
)
book_gap = Line(
    "Hosts' assets less the network's", "GBP_nominal", ("statement",),
    difference(total(position.net_book_value, over="provider"), stated(finance.net_book_value)),
    "Nothing: every asset has an owner.",
)
assets_have_owners = Check(
    "Every asset has an owner",
    differ(
        total(position.net_book_value, over="provider"),
        stated(finance.net_book_value),
        checks.money_tolerance,
    ),
    ("statement",),
    "Net book values of all hosts add up to the scheme's.",
)
