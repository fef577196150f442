"""Checks of money by host: shares sum to one, and hosts add up to the network.

Reads hosting, accounts, finance and funding. Each gives 1 for a breach and 0 where all is well.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, difference, largest, maximum, smallest, total
from casebuilder.algebra.terms import Check, Line
from casebuilder.model import accounts, checks, estate, finance, hosting

every_site_has_a_host = Check(
    "Every site has a host, an employer and an owner",
    estate.included
    * maximum(above(hosting.most, 1 + checks.tolerance), above(1 - checks.tolerance, hosting.least)),
    ("site",),
    "Shares sum to one, so that no cost is borne twice or by nobody.",
)  # fmt: skip
network_is_shared = Check(
    "Network cost is shared in full",
    maximum(
        above(hosting.network_total, 1 + checks.tolerance), above(1 - checks.tolerance, hosting.network_total)
    ),
    (),
    "Shares of what belongs to no centre sum to one.",
)  # fmt: skip
surplus_gap = Line(
    "Hosts' performance less the network's", "GBP_nominal / year", ("year",),
    difference(total(accounts.surplus, over="provider"), finance.surplus),
    "Nothing: recharges cancel, and every pound has a host.",
)  # fmt: skip
hosts_make_up_the_network = Check(
    "Hosts add up to the network",
    above(maximum(surplus_gap, -surplus_gap), checks.yearly_money),
    ("year",),
    "Income and expenditure of all hosts, recharges included, is that of the scheme.",
)  # fmt: skip
recharges = Line(
    "Recharges, all trusts", "GBP_nominal / year", ("year",),
    total(accounts.staff_recharge + accounts.capital_recharge, over="provider"),
    "What one receives another pays.",
)  # fmt: skip
recharges_cancel = Check(
    "Transfers between hosts cancel",
    above(maximum(recharges, -recharges), checks.yearly_money),
    ("year",),
    "On consolidation nothing is left of them.",
)  # fmt: skip
worst_host_year = Line(
    "Worst year of the host", "GBP_nominal / year", ("provider",),
    smallest(accounts.surplus_change, over="year"),
    "Lowest change against the baseline in any year of the appraisal.",
)  # fmt: skip
hosts_can_afford = Check(
    "Every host can afford its worst year",
    above(-worst_host_year, checks.yearly_money),
    ("provider",),
    "A host in deficit against the baseline needs a share of the others' gain, or a funder.",
    level="warn",
)  # fmt: skip
call_gap = Line(
    "Largest call on an owner's envelope", "GBP_nominal / year", ("provider",),
    largest(accounts.envelope_call, over="year"),
    "Scheme and replacement beyond the award.",
)  # fmt: skip
owners_envelope_named = Check(
    "No award is needed from an owner's own envelope",
    above(call_gap, checks.yearly_money),
    ("provider",),
    "Capital that falls on an owner's own envelope must be agreed with it.",
    level="warn",
)  # fmt: skip
