"""Stakes: the pounds at stake in each check of money.

Reads every chapter with such checks. A gap between two ways to the same sum counts at its largest, what is
short in several years or places at its sum.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    difference,
    largest,
    maximum,
    minimum,
    quantity,
    smallest,
    total,
)
from casebuilder.algebra.terms import Line
from casebuilder.model import (
    accounts,
    appraisal,
    benchmark,
    capital,
    checks,
    cost_by_line,
    cost_form,
    economics,
    finance,
    funding,
    funds,
    governance,
    headlines,
    host_costs,
    money_checks,
    plans,
    pool,
    position,
    procurement_checks,
    reconcile,
    route_years,
    slip,
    spend,
    staff_cost,
    value,
)  # fmt: skip

# Capital and what pays for it
award_apart = Line(
    "Difference of built-up cost and award, all sites", "GBP_nominal", (),
    total(checks.award_gap, over="site"),
    "Whichever way it falls at each.",
)  # fmt: skip
award_lapsing = Line(
    "Award that lapses, all years", "GBP_nominal", (),
    total(funding.lapsed_year, over="year"),
    "Unspent at 31 March and not carried forward.",
)  # fmt: skip
not_agreed = Line(
    "Award of funds that are not agreed", "GBP_nominal", (),
    total(funds.total_by_fund * (1 - funds.agreed), over="fund"),
    "Announced or offered.",
)  # fmt: skip
on_conditions = Line(
    "Award of funds whose conditions are open", "GBP_nominal", (),
    total(funds.total_by_fund * minimum(funds.conditions_open, 1), over="fund"),
    "In full, however many of its conditions are open.",
)  # fmt: skip
past_expiry = Line(
    "Award planned after a fund's last year", "GBP_nominal", (),
    total(funds.after_expiry, over="fund"),
    "All funds.",
)  # fmt: skip
beyond_limit = Line(
    "Capital beyond the limit, all years", "GBP_nominal", (),
    total(funds.limit_broken, over="year"),
    "What must be found elsewhere in the system's capital plan.",
)  # fmt: skip
lost_by_slip = Line(
    "National capital that slip takes past 31 March", "GBP_nominal", (),
    total(slip.slipped * slip.national_at_risk, over="site"),
    "All sites that slip.",
)  # fmt: skip
on_own_envelopes = Line(
    "Calls on owners' own envelopes", "GBP_nominal", (),
    total(accounts.envelope_call, over=("provider", "statement")),
    "In the years of the statements.",
)  # fmt: skip
outturn_apart = Line(
    "Outturn by year less the cost form", "GBP_nominal", ("site",),
    difference(checks.phased_outturn, capital.outturn_site),
    "Nothing.",
)  # fmt: skip
outturn_gap = Line(
    "Largest gap of outturn by year and the cost form", "GBP_nominal", (),
    maximum(largest(outturn_apart, over="site"), -smallest(outturn_apart, over="site")),
    "Of any site.",
)  # fmt: skip
capital_apart = Line(
    "Economic capital in cash less financial", "GBP_nominal / year", ("year",),
    difference(checks.economic_capital_in_cash, capital.outturn_year),
    "Nothing.",
)  # fmt: skip
capital_gap = Line(
    "Largest gap of economic and financial capital", "GBP_nominal", (),
    maximum(largest(capital_apart, over="year"), -smallest(capital_apart, over="year")) * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip
site_sources_apart = Line(
    "Sources less uses of the site", "GBP_nominal", ("site",),
    difference(checks.sources_of_site, capital.outturn_site),
    "Nothing.",
)  # fmt: skip
site_sources_gap = Line(
    "Largest gap of sources and uses of a site", "GBP_nominal", (),
    maximum(largest(site_sources_apart, over="site"), -smallest(site_sources_apart, over="site")),
    "Of any site.",
)  # fmt: skip
sources_apart = Line(
    "Sources less uses of the year", "GBP_nominal / year", ("year",),
    difference(checks.sources_of_year, finance.additions),
    "Nothing.",
)  # fmt: skip
sources_gap = Line(
    "Largest gap of sources and uses of a year", "GBP_nominal", (),
    maximum(largest(sources_apart, over="year"), -smallest(sources_apart, over="year")) * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip
items_gap = Line(
    "Largest gap of the cost form by item", "GBP_real", (),
    maximum(largest(cost_form.items_gap, over="site"), -smallest(cost_form.items_gap, over="site")),
    "Of any site.",
)  # fmt: skip
vat_gap = Line(
    "Largest gap of VAT by line", "GBP_nominal", (),
    maximum(largest(cost_form.vat_gap, over="site"), -smallest(cost_form.vat_gap, over="site")),
    "Of any site.",
)  # fmt: skip
months_gap = Line(
    "Largest gap of capital by month and by year", "GBP_nominal", (),
    maximum(largest(spend.months_gap, over="statement"), -smallest(spend.months_gap, over="statement"))
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip

# Income, expenditure and value
worst_deficit = Line(
    "Deficit of the worst year", "GBP_nominal", (),
    maximum(-headlines.surplus_worst_year, 0) * quantity(1, "year"),
    "Of the scheme, against the baseline.",
)  # fmt: skip
cost_beyond_band = Line(
    "Cost outside the band of the National Cost Collection", "GBP_real", ("test",),
    maximum(
        benchmark.test_cost - benchmark.national * benchmark.centre_tests * benchmark.highest_ratio,
        benchmark.national * benchmark.centre_tests * benchmark.lowest_ratio - benchmark.test_cost,
        0,
    )
    * above(benchmark.national, 0) * above(benchmark.centre_tests, 0),
    "Of tests that have a national cost.",
)  # fmt: skip
implausible_cost = Line(
    "Cost outside the band of the National Cost Collection, all tests", "GBP_real", (),
    total(cost_beyond_band, over="test"),
    "Above the highest or below the lowest.",
)  # fmt: skip
unspread = Line(
    "Cost that no test bears, whichever way", "GBP_real", (),
    maximum(benchmark.not_spread, -benchmark.not_spread),
    "Nothing.",
)  # fmt: skip
value_apart = Line(
    "Value at the lower rates less value", "GBP_real", (),
    difference(value.npsv_low, economics.npsv),
    "What the rates change.",
)  # fmt: skip
turned_by_rates = Line(
    "Value that the rates change", "GBP_real", (),
    maximum(value_apart, -value_apart),
    "Whichever way.",
)  # fmt: skip
baseline_value = Line(
    "Value of the baseline, whichever way", "GBP_nominal", (),
    maximum(checks.baseline_npsv, -checks.baseline_npsv),
    "Nothing.",
)  # fmt: skip
negative_book = Line(
    "Net book value below nothing", "GBP_nominal", (),
    maximum(-smallest(finance.net_book_value, over="year"), 0),
    "In the worst year.",
)  # fmt: skip
running_gap = Line(
    "Largest gap of running cost by line", "GBP_nominal", (),
    maximum(largest(cost_by_line.gap, over="year"), -smallest(cost_by_line.gap, over="year"))
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip
pay_gap = Line(
    "Largest gap of pay by role", "GBP_nominal", (),
    maximum(largest(staff_cost.role_gap, over="year"), -smallest(staff_cost.role_gap, over="year"))
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip
cash_gap = Line(
    "Largest gap of economic and financial case", "GBP_nominal", (),
    maximum(largest(reconcile.cash_gap, over="year"), -smallest(reconcile.cash_gap, over="year"))
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip
expenditure_gap = Line(
    "Largest gap of cash and expenditure", "GBP_nominal", (),
    maximum(
        largest(reconcile.expenditure_gap, over="year"), -smallest(reconcile.expenditure_gap, over="year")
    )
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip
appraisal_gap = Line(
    "Largest gap of the rows of the appraisal model", "GBP_real", (),
    maximum(
        largest(appraisal.cost_gap, over="year"), -smallest(appraisal.cost_gap, over="year"),
        largest(appraisal.benefit_gap, over="year"), -smallest(appraisal.benefit_gap, over="year"),
    )
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip

# Hosts and members
host_deficit = Line(
    "Deficit of the host's worst year", "GBP_nominal", ("provider",),
    maximum(-position.worst_year, 0) * quantity(1, "year"),
    "Against the baseline.",
)  # fmt: skip
host_deficits = Line(
    "Deficits of the hosts' worst years", "GBP_nominal", (),
    total(host_deficit, over="provider"),
    "Each host's own worst year.",
)  # fmt: skip
not_closed = Line(
    "Gap left by what is agreed, all years", "GBP_nominal", (),
    total(plans.gap_without_agreement, over="statement"),
    "What nobody has agreed to close.",
)  # fmt: skip
cash_short = Line(
    "Cash short at the lowest month end", "GBP_nominal", ("provider",),
    plans.plan_given * maximum(plans.least_cash - plans.lowest_cash, 0),
    "Of hosts with a plan.",
)  # fmt: skip
all_cash_short = Line(
    "Cash short at the lowest month ends, all hosts", "GBP_nominal", (),
    total(cash_short, over="provider"),
    "Each host at its own lowest.",
)  # fmt: skip
envelope_short = Line(
    "Envelope short in the worst year", "GBP_nominal", ("provider",),
    plans.plan_given * maximum(-plans.least_headroom, 0) * quantity(1, "year"),
    "Of hosts with a plan.",
)  # fmt: skip
all_envelopes_short = Line(
    "Envelopes short in the worst years, all hosts", "GBP_nominal", (),
    total(envelope_short, over="provider"),
    "Each host in its own worst.",
)  # fmt: skip
gain_out = Line(
    "What the member would gain by leaving", "GBP_nominal", ("provider",),
    maximum(governance.better_off_out, 0),
    "In the years of the statements.",
)  # fmt: skip
gains_out = Line(
    "What members would gain by leaving", "GBP_nominal", (),
    total(gain_out, over="provider"),
    "Each by itself.",
)  # fmt: skip
hosts_gap = Line(
    "Largest gap of hosts and network", "GBP_nominal", (),
    maximum(
        largest(money_checks.surplus_gap, over="statement"),
        -smallest(money_checks.surplus_gap, over="statement"),
    )
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip
recharges_gap = Line(
    "Largest rest of recharges", "GBP_nominal", (),
    maximum(
        largest(money_checks.recharges, over="statement"), -smallest(money_checks.recharges, over="statement")
    )
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip
books_gap = Line(
    "Largest gap of hosts' and network's assets", "GBP_nominal", (),
    maximum(
        largest(money_checks.book_gap, over="statement"), -smallest(money_checks.book_gap, over="statement")
    ),
    "Of any year.",
)  # fmt: skip
host_balance_apart = Line(
    "Net assets less capital and reserve of the host", "GBP_nominal", ("provider", "statement"),
    difference(position.net_assets, position.capital_received + position.reserve),
    "Nothing.",
)  # fmt: skip
host_balance = Line(
    "Largest rest of the host's balance sheet", "GBP_nominal", ("provider",),
    maximum(largest(host_balance_apart, over="statement"), -smallest(host_balance_apart, over="statement")),
    "Of any year.",
)  # fmt: skip
balance_gap = Line(
    "Largest rest of a balance sheet", "GBP_nominal", (),
    largest(host_balance, over="provider"),
    "Of any host.",
)  # fmt: skip
lease_apart = Line(
    "Lease liability less the roll-forward", "GBP_nominal", ("site", "year"),
    difference(money_checks.lease_closing, money_checks.lease_rolled),
    "Nothing.",
)  # fmt: skip
site_lease_gap = Line(
    "Largest gap of the site's lease liability", "GBP_nominal", ("site",),
    maximum(largest(lease_apart, over="year"), -smallest(lease_apart, over="year")),
    "Of any year.",
)  # fmt: skip
lease_gap = Line(
    "Largest gap of a lease liability", "GBP_nominal", (),
    largest(site_lease_gap, over="site"),
    "Of any site.",
)  # fmt: skip
hosts_lines_gap = Line(
    "Largest gap of hosts' pay and non-pay by line", "GBP_nominal", (),
    maximum(
        largest(host_costs.pay_gap, over="statement"),
        -smallest(host_costs.pay_gap, over="statement"),
        largest(host_costs.non_pay_gap, over="statement"),
        -smallest(host_costs.non_pay_gap, over="statement"),
    )
    * quantity(1, "year"),
    "Of any year.",
)  # fmt: skip

# Procurement
trusts_gap = Line(
    "Largest gap of trusts and route", "GBP_real", (),
    largest(procurement_checks.most_gap, over="route"),
    "Of any route.",
)  # fmt: skip
route_years_gap = Line(
    "Largest gap of a route's years and its whole life", "GBP_real", (),
    maximum(largest(route_years.gap_by_year, over="route"), -smallest(route_years.gap_by_year, over="route")),
    "Of any route.",
)  # fmt: skip
parts_gap = Line(
    "Gap of the parts of the pool's saving", "GBP_real", (),
    maximum(pool.gap_in_parts, -pool.gap_in_parts),
    "Nothing.",
)  # fmt: skip
