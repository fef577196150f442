"""Approval: who must approve, by site and as a programme, and what has changed since the last approval.

Limits are dated data, by what a trust's board may decide; a centre of the national programme goes to
ministers whatever it costs. Capital counts with VAT, inflation, contingency and optimism bias, property
leases with all their rent, equipment leases and managed services with their charges. Contracts for services
have a limit of their own.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    difference,
    inflate,
    largest,
    maximum,
    minimum,
    quantity,
    ratio,
    total,
    where,
)
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import capital, leases, private_finance, procurement, routes
from casebuilder.model.pooling import whole_life
from casebuilder.model.running import revenue
from casebuilder.model.setting import bought_contract, hosting, timeline

DIMENSIONS = (
    Dimension("approver", "Approver", rank=120, needs=("board", "board_greater", "national")),
    # A case that was never approved before has no scheme to compare with.
    Dimension("scheme", "Approved scheme", rank=130, may_have_none=True),
)

limit = Input(
    "Limit of capital", "GBP_nominal", ("approver", "year"),
    "Whole scheme, with VAT: above it the next approver must agree.",
)
revenue_limit = Input(
    "Limit of contracts for services", "GBP_nominal", ("year",),
    "Whole life: above it HM Treasury must agree.",
)
greater_authority = Input(
    "Trust has the greater authority", "flag", ("provider",),
    "1 for a foundation trust not in financial distress; from 2025/26 by segment of the oversight framework.",
    high=1, whole=True,
)
ministers = Input(
    "Ministers approve, whatever the value", "flag", ("site",),
    "1 for a centre of a national programme whose schemes all go to ministers.",
    high=1, whole=True,
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
board_limit = Line(
    "Limit of the trust's board", "GBP_nominal", ("provider",),
    where(
        above(greater_authority, 0),
        at(limit_then, approver="board_greater"),
        at(limit_then, approver="board"),
    ),
    "By its authority, in the year of approval.",
)
revenue_limit_then = Line(
    "Limit of contracts at approval", "GBP_nominal", (),
    total(revenue_limit * in_year * quantity(1, "1 / year"), over="year"),
    "Of the year of approval.",
)

# What the limits are held against
rent_whole = Line(
    "Rent of the first lease, all years", "GBP_nominal", ("site",),
    inflate(leases.rent_full * leases.years_of_term * quantity(1, "year"), quantity(1, "index")),
    "At base-year prices: leases are judged by their whole life.",
)
site_amount = Line(
    "Capital and leases of the site", "GBP_nominal", ("site",),
    capital.outturn_site + rent_whole + private_finance.fair_value_of_site,
    "With VAT; a private partner's building at its fair value.",
)
equipment_charges = Line(
    "Equipment leases and managed services, whole life", "GBP_nominal", (),
    inflate(
        total(
            procurement.route_taken * routes.is_financed * whole_life.charge_part, over=("route", "equipment")
        ),
        quantity(1, "index"),
    ),
    "Yearly charges of the routes taken, present value; their price is no capital.",
)
programme_amount = Line(
    "Capital, leases and managed services of the programme", "GBP_nominal", (),
    capital.outturn_total + total(rent_whole, over="site") + equipment_charges
    + total(private_finance.fair_value, over="private_contract"),
    "All sites, hospitals and digital systems: a programme is not cut up to stay below a limit.",
)
contracts_year = Line(
    "Bought tests, in cash", "GBP_nominal / year", ("year",),
    inflate(revenue.bought_tests_real, timeline.non_pay_index),
    "Exempt of VAT.",
)
contracts_amount = Line(
    "A contract for bought tests, whole life", "GBP_nominal", (),
    minimum(
        total(contracts_year, over="year"),
        largest(contracts_year, over="year") * bought_contract.contract_years,
    ),
    "Its dearest year for as long as a contract runs; each contract is approved by itself.",
)

# Who must approve
site_to_ministers = Line(
    "Site goes to ministers", "flag", ("site",),
    ministers * above(site_amount, quantity(0, "GBP_nominal")),
    "A centre of the national programme that costs anything.",
)
above_board_site = Line(
    "Site is above its board's limit", "flag", ("site",),
    above(site_amount, total(hosting.hosts * board_limit, over="provider")),
    "Of its host.",
)
above_national_site = Line(
    "Site is above the national limit", "flag", ("site",),
    above(site_amount, at(limit_then, approver="national")),
    "1 where HM Treasury must agree.",
)
above_board = Line(
    "Programme is above its boards' limit", "flag", (),
    above(
        programme_amount,
        where(
            above(total(1 - greater_authority, over="provider"), 0),
            at(limit_then, approver="board"),
            at(limit_then, approver="board_greater"),
        ),
    ),
    "Of the member with the lowest.",
)
above_national = Line(
    "Programme is above the national limits", "flag", (),
    maximum(
        above(programme_amount, at(limit_then, approver="national")),
        above(contracts_amount, revenue_limit_then),
    ),
    "Of capital, or of contracts: 1 where HM Treasury must agree.",
)
route_site = Line(
    "Approver of the site: 1 trust board, 2 NHS England and DHSC, 3 ministers, 4 HM Treasury", "number",
    ("site",),
    maximum(1 + above_board_site, 1 + 2 * site_to_ministers, 1 + 3 * above_national_site),
    "If it stood alone.",
)
route = Line(
    "Approver of the programme: 1 trust board, 2 NHS England and DHSC, 3 ministers, 4 HM Treasury", "number",
    (),
    maximum(1 + above_board, 1 + 2 * largest(site_to_ministers, over="site"), 1 + 3 * above_national),
    "As one programme; each approver comes after those before it.",
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
