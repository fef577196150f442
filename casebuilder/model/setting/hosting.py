"""Hosting: which trust hosts, employs for and owns each centre, and shares what belongs to no centre.

Each matrix of shares sums to one for a site, so that what one trust charges another cancels when
all are added up.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import SOME, Dimension
from casebuilder.algebra.operators import by_member, maximum, total
from casebuilder.algebra.terms import Input, Line

DIMENSIONS = (
    # Any trust will do, but there must be one.
    Dimension("provider", "Trust", rank=10, needs=SOME),
)

hosts = Input(
    "Hosts the site", "share", ("provider", "site"),
    "Runs it, takes its income and bears its running cost; sums to one over trusts.",
    holds_some="provider",
)
employs = Input(
    "Employs the site's staff", "share", ("provider", "site"),
    "Pays them, and recharges their cost to the host; sums to one over trusts.",
    holds_some="provider",
)
owns = Input(
    "Owns the site's assets", "share", ("provider", "site"),
    "Draws the capital, bears depreciation and dividend, and recharges both to the host.",
    holds_some="provider",
)
network_share = Input(
    "Share of what belongs to no centre", "share", ("provider",),
    "Bought tests, longer hours, digital systems and capital at hospitals; sums to one over trusts.",
)

# Who bears a line of running cost: the employer its staff, the host all else.
bears = by_member(cost_line={"pay": employs, "agency": employs}, others=hosts)

hosts_total = Line(
    "Hosting, all trusts", "share", ("site",), total(hosts, over="provider"), "One for a site."
)
employs_total = Line(
    "Employing, all trusts", "share", ("site",), total(employs, over="provider"), "One for a site."
)
owns_total = Line(
    "Owning, all trusts", "share", ("site",), total(owns, over="provider"), "One for a site."
)
network_total = Line(
    "Network shares, all trusts", "share", (), total(network_share, over="provider"), "One."
)
most = Line(
    "Most of the three shares", "share", ("site",),
    maximum(hosts_total, employs_total, owns_total),
    "One where each sums to one.",
)
least = Line(
    "Least of the three shares", "share", ("site",),
    -maximum(-hosts_total, -employs_total, -owns_total),
    "One where each sums to one.",
)
