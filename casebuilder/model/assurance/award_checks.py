"""Checks of the award: drawn once, and the same to the penny by site, year, fund, host and programme.

Each gives 1 for a breach and 0 where all is well. The two ways to a sum go through other lines, and
are compared directly: a gap to nine digits would hide pennies.
"""

from __future__ import annotations

from casebuilder.algebra.operators import YEAR_NUMBER, above, largest, stated, total
from casebuilder.algebra.shapes import differ
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.accounts import accounts, finance, position
from casebuilder.model.capital import capital, funding, renewal
from casebuilder.model.results import checks

sources_by_site_and_year = Check(
    "Sources equal uses at each site in each year",
    differ(total(funding.drawn, over="fund") + funding.unfunded, capital.outturn, checks.yearly_money),
    ("site", "year"),
    "What a site spends in a year is drawn from an award or shown as unfunded, and nothing twice.",
)
sources_beside_sites = Check(
    "Sources equal uses beside the sites in each year",
    differ(
        total(funding.network_drawn, over="fund") + funding.network_unfunded,
        capital.hospital_outturn,
        checks.yearly_money,
    ),
    ("year",),
    "The same at hospitals and for digital systems.",
)
uses_in_all = Line(
    "Uses of capital by the cost form", "GBP_nominal", (),
    total(capital.outturn_site, over="site") + total(capital.hospital_outturn, over="year"),
    "Line 16 of every site, and what is spent beside them; without replacement.",
)
sources_in_all = Line(
    "Sources of capital, all years", "GBP_nominal", (),
    total(funding.award_used, over="year") + funding.capital_unfunded,
    "Award drawn and what is unfunded.",
)
sources_equal_uses_in_all = Check(
    "Sources equal uses in all",
    differ(sources_in_all, uses_in_all, checks.money_tolerance),
    (),
    "Award drawn and what is unfunded pay for the cost form of every site and for what lies beside them.",
)
cost_form_is_the_programme = Check(
    "Cost form and capital programme agree",
    differ(uses_in_all, capital.outturn_total, checks.money_tolerance),
    (),
    "The cost form of every site is the spend of all years.",
)
cost_form_with_replacement = Line(
    "Cost form and replacement of the years of the statements", "GBP_nominal / year", ("statement",),
    stated(capital.outturn_year) + stated(renewal.replacement_outturn),
    "The capital programme, year by year.",
)
programme_is_added = Check(
    "Capital programme and the accounts' additions agree",
    differ(total(accounts.additions, over="provider"), cost_form_with_replacement, checks.yearly_money),
    ("statement",),
    "What all owners add to their assets is the scheme and its replacement.",
)
last_year = Line(
    "Last year of the case", "flag", ("year",),
    1 - above(largest(YEAR_NUMBER, over="year"), YEAR_NUMBER),
    "1 in it: what is carried forward then is never drawn.",
)
award_gone = Line(
    "Award drawn, lapsed or carried past the end", "GBP_nominal", ("fund",),
    total(funding.drawn_by_fund + funding.lapsed, over="year")
    + total((funding.left_by_fund - funding.lapsed) * last_year, over="year"),
    "All that can become of a fund.",
)
award_given = Line(
    "Award of the fund, to sites and to none", "GBP_nominal", ("fund",),
    total(funding.award_by_fund, over="year"),
    "All years.",
)
funds_are_used_once = Check(
    "Each fund is used once",
    differ(award_gone, award_given, checks.money_tolerance),
    ("fund",),
    "What is drawn at all sites, lapses or is carried past the end is what the fund gives.",
)
hosts_draw_the_national_capital = Check(
    "Hosts' public dividend capital is the programme's",
    differ(
        total(position.capital_drawn, over="provider"), stated(funding.national_drawn), checks.yearly_money
    ),
    ("statement",),
    "What hosts draw adds up to the national capital drawn.",
)
hosts_draw_the_award = Check(
    "Hosts' award drawn is the programme's",
    differ(total(accounts.award, over="provider"), stated(funding.award_used), checks.yearly_money),
    ("statement",),
    "Of all funds.",
)
hosts_bear_the_rest = Check(
    "Hosts' calls on envelopes are the programme's",
    differ(
        total(accounts.envelope_call, over="provider"), stated(funding.envelope_call), checks.yearly_money
    ),
    ("statement",),
    "What no award covers, and replacement.",
)
owners_sources_equal_uses = Check(
    "Sources equal uses of each owner",
    differ(accounts.award + accounts.envelope_call, accounts.additions, checks.yearly_money),
    ("provider", "statement"),
    "What an owner adds to its assets is drawn or falls on its envelope.",
)
cash_of_hosts = Line(
    "Cash of hosts, added up", "GBP_nominal", ("statement",),
    total(position.cash, over="provider"),
    "All hosts.",
)
hosts_hold_the_cash = Check(
    "Hosts' cash is the scheme's",
    differ(cash_of_hosts, stated(finance.cash), checks.money_tolerance),
    ("statement",),
    "Consolidated, recharges cancel.",
)
hosts_pay_the_dividend = Check(
    "Hosts' dividend is the scheme's",
    differ(total(position.dividend, over="provider"), stated(finance.dividend), checks.yearly_money),
    ("statement",),
    "On net assets of every owner, and of all together.",
)
