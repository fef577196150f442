"""Approval: who must approve, by site and as a programme, and what has changed since the last approval.

Limits are dated data; capital counts with VAT, inflation, contingency and optimism bias, and leases
with all their rent.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    difference,
    inflate,
    largest,
    maximum,
    quantity,
    ratio,
    total,
)
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import capital, leases

DIMENSIONS = (
    Dimension("approver", "Approver", rank=120),
    # A case that was never approved before has no scheme to compare with.
    Dimension("scheme", "Approved scheme", rank=130, may_have_none=True),
)

limit = Input(
    "Delegated limit", "GBP_nominal", ("approver", "year"),
    "Whole scheme, with VAT: above it the next approver must agree.",
)
approval_year = Input(
    "Year of approval", "number", (),
    "Number of the financial year, the base year being 1.",
    low=1, whole=True,
)
last_amount = Input(
    "Amount last approved", "GBP_nominal", ("scheme",),
    "Capital with VAT, as approved.",
)
new_amount = Input(
    "Amount now", "GBP_nominal", ("scheme",),
    "Capital with VAT, as asked for now.",
)
price_rise = Input(
    "Rise of construction prices since", "factor", ("scheme",),
    "From the last approval to now, by the tender price index.",
    low=-0.5, high=3,
)
price_share = Input(
    "Share of the last amount still to be let", "share", ("scheme",),
    "What was contracted before bears no further rise.",
)
scope_change = Input(
    "Change of scope", "GBP_nominal", ("scheme",),
    "What was added or taken out, where it is known.",
    low=None,
)

in_year = Line(
    "Year of approval", "flag", ("year",),
    above(YEAR_NUMBER + 1, approval_year) * above(approval_year + 1, YEAR_NUMBER),
    "1 in the year in which the case is approved.",
)
limit_then = Line(
    "Delegated limit at approval", "GBP_nominal", ("approver",),
    total(limit * in_year * quantity(1, "1 / year"), over="year"),
    "Of the year of approval.",
)
rent_whole = Line(
    "Rent of the first lease, all years", "GBP_nominal", ("site",),
    inflate(leases.rent_full * leases.years_of_term * quantity(1, "year"), quantity(1, "index")),
    "At base-year prices: leases are judged by their whole life.",
)
site_amount = Line(
    "Capital and leases of the site", "GBP_nominal", ("site",),
    capital.outturn_site + rent_whole,
    "What the limits are held against.",
)
programme_amount = Line(
    "Capital and leases of the programme", "GBP_nominal", (),
    capital.outturn_total + total(rent_whole, over="site"),
    "All sites, hospitals and digital systems: a programme is not cut up to stay below a limit.",
)
above_limit_site = Line(
    "Site is above the limit", "flag", ("site", "approver"),
    above(site_amount, limit_then),
    "1 where the next approver must agree.",
)
above_limit = Line(
    "Programme is above the limit", "flag", ("approver",),
    above(programme_amount, limit_then),
    "1 where the next approver must agree.",
)
route_site = Line(
    "Approver of the site: 1 trust board, 2 NHS England and DHSC, 3 HM Treasury", "number", ("site",),
    1 + total(above_limit_site, over="approver"),
    "If it stood alone.",
)
route = Line(
    "Approver of the programme: 1 trust board, 2 NHS England and DHSC, 3 HM Treasury", "number", (),
    1 + total(above_limit, over="approver"),
    "As one programme.",
)

# The bridge from the last approval
change = Line(
    "Change since the last approval", "GBP_nominal", ("scheme",),
    new_amount - last_amount,
    "Amount now less amount then.",
)
change_share = Line(
    "Change since the last approval, share", "factor", ("scheme",),
    ratio(change, last_amount),
    "Of the amount then.",
)
by_prices = Line(
    "By construction prices", "GBP_nominal", ("scheme",),
    last_amount * price_share * price_rise,
    "What was still to be let, by the rise of tender prices.",
)
not_explained = Line(
    "Not explained in public", "GBP_nominal", ("scheme",),
    difference(change, by_prices + scope_change),
    "What neither prices nor known changes of scope account for.",
)
programme_needs_more = Check(
    "The programme needs no higher approver than its sites",
    above(route, maximum(largest(route_site, over="site"), 1)),
    (),
    "Sites that each stay below a limit are above it together; the board stands for a case without sites.",
    level="warn",
)
