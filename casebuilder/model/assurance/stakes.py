"""Stakes: the pounds at stake in each check of money.

A gap between two ways to the same sum counts at its largest, what is short in several years or
places at its sum.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    absolute,
    at,
    difference,
    largest,
    maximum,
    minimum,
    quantity,
    smallest,
    total,
)
from casebuilder.algebra.terms import Line
from casebuilder.model.accounts import accounts, finance, governance, plans, position
from casebuilder.model.assurance import money_checks, procurement_checks
from casebuilder.model.capital import capital, cost_form, funding, funds
from casebuilder.model.pooling import offers, pool, route_years, taken, timetable
from casebuilder.model.reports import benchmark, cost_by_line, host_costs, reconcile, spend, staff_cost
from casebuilder.model.results import checks, headlines
from casebuilder.model.running import slip
from casebuilder.model.value import appraisal, economics, value

# Capital and what pays for it
award_apart = Line(
    "Difference of built-up cost and award, all sites", "GBP_nominal", (),
    total(checks.award_gap, over="site"),
    "Whichever way it falls at each.",
)
award_lapsing = Line(
    "Award that lapses, all years", "GBP_nominal", (),
    total(funding.lapsed_year, over="year"),
    "Unspent at 31 March and not carried forward.",
)
not_agreed = Line(
    "Award of funds that are not agreed", "GBP_nominal", (),
    total(funds.total_by_fund * (1 - funds.agreed), over="fund"),
    "Announced or offered.",
)
on_conditions = Line(
    "Award of funds whose conditions are open", "GBP_nominal", (),
    total(funds.total_by_fund * minimum(funds.conditions_open, 1), over="fund"),
    "In full, however many of its conditions are open.",
)
past_expiry = Line(
    "Award planned after a fund's last year", "GBP_nominal", (),
    total(funds.after_expiry, over="fund"),
    "All funds.",
)
beyond_limit = Line(
    "Capital beyond the limit, all years", "GBP_nominal", (),
    total(funds.limit_broken, over="year"),
    "What must be found elsewhere in the system's capital plan.",
)
lost_by_slip = Line(
    "National capital that slip takes past 31 March", "GBP_nominal", (),
    total(slip.slipped * slip.national_at_risk, over="site"),
    "All sites that slip.",
)
on_own_envelopes = Line(
    "Calls on owners' own envelopes", "GBP_nominal", (),
    total(accounts.envelope_call, over=("provider", "statement")),
    "In the years of the statements.",
)
outturn_apart = Line(
    "Outturn by year less the cost form", "GBP_nominal", ("site",),
    difference(checks.phased_outturn, capital.outturn_site),
    "Nothing.",
)
outturn_gap = Line(
    "Largest gap of outturn by year and the cost form", "GBP_nominal", (),
    largest(absolute(outturn_apart), over="site"),
    "Of any site.",
)
capital_apart = Line(
    "Economic capital in cash less financial", "GBP_nominal / year", ("year",),
    difference(checks.economic_capital_in_cash, capital.outturn_year),
    "Nothing.",
)
capital_gap = Line(
    "Largest gap of economic and financial capital", "GBP_nominal", (),
    largest(absolute(capital_apart), over="year") * quantity(1, "year"),
    "Of any year.",
)
site_sources_apart = Line(
    "Sources less uses of the site", "GBP_nominal", ("site",),
    difference(checks.sources_of_site, capital.outturn_site),
    "Nothing.",
)
site_sources_gap = Line(
    "Largest gap of sources and uses of a site", "GBP_nominal", (),
    largest(absolute(site_sources_apart), over="site"),
    "Of any site.",
)
sources_apart = Line(
    "Sources less uses of the year", "GBP_nominal / year", ("year",),
    difference(checks.sources_of_year, finance.additions),
    "Nothing.",
)
sources_gap = Line(
    "Largest gap of sources and uses of a year", "GBP_nominal", (),
    largest(absolute(sources_apart), over="year") * quantity(1, "year"),
    "Of any year.",
)
items_gap = Line(
    "Largest gap of the cost form by item", "GBP_real", (),
    largest(absolute(cost_form.items_gap), over="site"),
    "Of any site.",
)
vat_gap = Line(
    "Largest gap of VAT by line", "GBP_nominal", (),
    largest(absolute(cost_form.vat_gap), over="site"),
    "Of any site.",
)
months_gap = Line(
    "Largest gap of capital by month and by year", "GBP_nominal", (),
    largest(absolute(spend.months_gap), over="statement") * quantity(1, "year"),
    "Of any year.",
)

# Income, expenditure and value
worst_deficit = Line(
    "Deficit of the worst year", "GBP_nominal", (),
    maximum(-headlines.surplus_worst_year, 0) * quantity(1, "year"),
    "Of the scheme, against the baseline.",
)
cost_beyond_band = Line(
    "Cost outside the band of the National Cost Collection", "GBP_real", ("test",),
    maximum(
        benchmark.test_cost - benchmark.national * benchmark.centre_tests * benchmark.highest_ratio,
        benchmark.national * benchmark.centre_tests * benchmark.lowest_ratio - benchmark.test_cost,
        0,
    )
    * above(benchmark.national, 0) * above(benchmark.centre_tests, 0),
    "Of tests that have a national cost.",
)
implausible_cost = Line(
    "Cost outside the band of the National Cost Collection, all tests", "GBP_real", (),
    total(cost_beyond_band, over="test"),
    "Above the highest or below the lowest.",
)
unspread = Line(
    "Cost that no test bears, whichever way", "GBP_real", (),
    absolute(benchmark.not_spread),
    "Nothing.",
)
value_apart = Line(
    "Value at the lower rates less value", "GBP_real", (),
    difference(value.npsv_low, economics.npsv),
    "What the rates change.",
)
turned_by_rates = Line(
    "Value that the rates change", "GBP_real", (),
    absolute(value_apart),
    "Whichever way.",
)
baseline_value = Line(
    "Value of the baseline, whichever way", "GBP_nominal", (),
    absolute(checks.baseline_npsv),
    "Nothing.",
)
negative_book = Line(
    "Net book value below nothing", "GBP_nominal", (),
    maximum(-smallest(finance.net_book_value, over="year"), 0),
    "In the worst year.",
)
running_gap = Line(
    "Largest gap of running cost by line", "GBP_nominal", (),
    largest(absolute(cost_by_line.gap), over="year") * quantity(1, "year"),
    "Of any year.",
)
pay_gap = Line(
    "Largest gap of pay by role", "GBP_nominal", (),
    largest(absolute(staff_cost.role_gap), over="year") * quantity(1, "year"),
    "Of any year.",
)
cash_gap = Line(
    "Largest gap of economic and financial case", "GBP_nominal", (),
    largest(absolute(reconcile.cash_gap), over="year") * quantity(1, "year"),
    "Of any year.",
)
expenditure_gap = Line(
    "Largest gap of cash and expenditure", "GBP_nominal", (),
    largest(absolute(reconcile.expenditure_gap), over="year") * quantity(1, "year"),
    "Of any year.",
)
appraisal_gap = Line(
    "Largest gap of the rows of the appraisal model", "GBP_real", (),
    maximum(
        largest(absolute(appraisal.cost_gap), over="year"),
        largest(absolute(appraisal.benefit_gap), over="year"),
    )
    * quantity(1, "year"),
    "Of any year.",
)

# Hosts and members
host_deficit = Line(
    "Deficit of the host's worst year", "GBP_nominal", ("provider",),
    maximum(-position.worst_year, 0) * quantity(1, "year"),
    "Against the baseline.",
)
host_deficits = Line(
    "Deficits of the hosts' worst years", "GBP_nominal", (),
    total(host_deficit, over="provider"),
    "Each host's own worst year.",
)
not_closed = Line(
    "Gap left by what is agreed, all years", "GBP_nominal", (),
    total(plans.gap_without_agreement, over="statement"),
    "What nobody has agreed to close.",
)
cash_short = Line(
    "Cash short at the lowest month end", "GBP_nominal", ("provider",),
    plans.plan_given * maximum(plans.least_cash - plans.lowest_cash, 0),
    "Of hosts with a plan.",
)
all_cash_short = Line(
    "Cash short at the lowest month ends, all hosts", "GBP_nominal", (),
    total(cash_short, over="provider"),
    "Each host at its own lowest.",
)
envelope_short = Line(
    "Envelope short in the worst year", "GBP_nominal", ("provider",),
    plans.plan_given * maximum(-plans.least_headroom, 0) * quantity(1, "year"),
    "Of hosts with a plan.",
)
all_envelopes_short = Line(
    "Envelopes short in the worst years, all hosts", "GBP_nominal", (),
    total(envelope_short, over="provider"),
    "Each host in its own worst.",
)
gain_out = Line(
    "What the member would gain by leaving", "GBP_nominal", ("provider",),
    maximum(governance.better_off_out, 0),
    "In the years of the statements.",
)
gains_out = Line(
    "What members would gain by leaving", "GBP_nominal", (),
    total(gain_out, over="provider"),
    "Each by itself.",
)
hosts_gap = Line(
    "Largest gap of hosts and network", "GBP_nominal", (),
    largest(absolute(money_checks.surplus_gap), over="statement") * quantity(1, "year"),
    "Of any year.",
)
recharges_gap = Line(
    "Largest rest of recharges", "GBP_nominal", (),
    largest(absolute(money_checks.recharges), over="statement") * quantity(1, "year"),
    "Of any year.",
)
books_gap = Line(
    "Largest gap of hosts' and network's assets", "GBP_nominal", (),
    largest(absolute(money_checks.book_gap), over="statement"),
    "Of any year.",
)
host_balance_apart = Line(
    "Net assets less capital and reserve of the host", "GBP_nominal", ("provider", "statement"),
    difference(position.net_assets, position.capital_received + position.reserve),
    "Nothing.",
)
host_balance = Line(
    "Largest rest of the host's balance sheet", "GBP_nominal", ("provider",),
    largest(absolute(host_balance_apart), over="statement"),
    "Of any year.",
)
balance_gap = Line(
    "Largest rest of a balance sheet", "GBP_nominal", (),
    largest(host_balance, over="provider"),
    "Of any host.",
)
lease_apart = Line(
    "Lease liability less the roll-forward", "GBP_nominal", ("site", "year"),
    difference(money_checks.lease_closing, money_checks.lease_rolled),
    "Nothing.",
)
site_lease_gap = Line(
    "Largest gap of the site's lease liability", "GBP_nominal", ("site",),
    largest(absolute(lease_apart), over="year"),
    "Of any year.",
)
lease_gap = Line(
    "Largest gap of a lease liability", "GBP_nominal", (),
    largest(site_lease_gap, over="site"),
    "Of any site.",
)
hosts_lines_gap = Line(
    "Largest gap of hosts' pay and non-pay by line", "GBP_nominal", (),
    maximum(
        largest(absolute(host_costs.pay_gap), over="statement"),
        largest(absolute(host_costs.non_pay_gap), over="statement"),
    )
    * quantity(1, "year"),
    "Of any year.",
)

# Procurement
trusts_gap = Line(
    "Largest gap of trusts and route", "GBP_real", (),
    largest(procurement_checks.most_gap, over="route"),
    "Of any route.",
)
route_years_gap = Line(
    "Largest gap of a route's years and its whole life", "GBP_real", (),
    largest(absolute(route_years.gap_by_year), over="route"),
    "Of any route.",
)
parts_gap = Line(
    "Gap of the parts of the pool's saving", "GBP_real", (),
    absolute(pool.gap_in_parts),
    "Nothing.",
)
offers_gap = Line(
    "Gap of charges and what members pay together", "GBP_real", (),
    absolute(offers.gap_in_charges),
    "Nothing.",
)
side_payments_gap = Line(
    "Gap of side payments", "GBP_real", (),
    absolute(offers.gap_in_parts),
    "Nothing.",
)
late_capital = Line(
    "National capital of goods received after its year", "GBP_nominal", (),
    total(at(timetable.lapses, slip="none"), over="tranche"),
    "On the route taken.",
)
dearer_than_alone = Line(
    "Route taken above each trust buying alone", "GBP_real", (),
    maximum(-taken.saving, 0),
    "Price and process of the centres' first units.",
)
