"""Stakes of the award: the pounds at stake in checks that draw it once."""

from __future__ import annotations

from casebuilder.algebra.operators import absolute, difference, largest, quantity, stated, total
from casebuilder.algebra.terms import Line
from casebuilder.model.accounts import accounts, finance, position
from casebuilder.model.assurance import award_checks
from casebuilder.model.capital import capital, funding
from casebuilder.model.reports import benchmark, cost_bridge

site_years_apart = Line(
    "Sources less uses of the site in the year", "GBP_nominal / year", ("site", "year"),
    difference(
        total(funding.drawn, over="fund") + funding.unfunded,
        capital.outturn,
    ),
    "Nothing.",
)
site_years_by_site = Line(
    "Sources less uses of the site in the year, of the site", "GBP_nominal", ("site",),
    largest(absolute(site_years_apart), over="year") * quantity(1, "year"),
    "Largest gap of any year.",
)
site_years = Line(
    "Sources less uses of the site in the year, largest gap", "GBP_nominal", (),
    largest(site_years_by_site, over="site"),
    "Of any site and year.",
)
beside_sites_apart = Line(
    "Sources less uses beside the sites", "GBP_nominal / year", ("year",),
    difference(
        total(funding.network_drawn, over="fund") + funding.network_unfunded,
        capital.hospital_outturn,
    ),
    "Nothing.",
)
beside_sites = Line(
    "Sources less uses beside the sites, largest gap", "GBP_nominal", (),
    largest(absolute(beside_sites_apart), over="year") * quantity(1, "year"),
    "Of any year.",
)
in_all_apart = Line(
    "Sources less uses in all", "GBP_nominal", (),
    difference(award_checks.sources_in_all, award_checks.uses_in_all),
    "Nothing.",
)
in_all = Line(
    "Sources less uses in all, whichever way", "GBP_nominal", (),
    absolute(in_all_apart),
    "Nothing.",
)
programme_apart = Line(
    "Cost form less capital programme", "GBP_nominal", (),
    difference(award_checks.uses_in_all, capital.outturn_total),
    "Nothing.",
)
programme = Line(
    "Cost form less capital programme, whichever way", "GBP_nominal", (),
    absolute(programme_apart),
    "Nothing.",
)
additions_apart = Line(
    "Additions of owners less the programme", "GBP_nominal / year", ("statement",),
    difference(
        total(accounts.additions, over="provider"),
        award_checks.cost_form_with_replacement,
    ),
    "Nothing.",
)
additions = Line(
    "Additions of owners less the programme, largest gap", "GBP_nominal", (),
    largest(absolute(additions_apart), over="statement") * quantity(1, "year"),
    "Of any year.",
)
funds_used_apart = Line(
    "Award gone less award given", "GBP_nominal", ("fund",),
    difference(
        award_checks.award_gone,
        award_checks.award_given,
    ),
    "Nothing.",
)
funds_used = Line(
    "Award gone less award given, largest gap", "GBP_nominal", (),
    largest(absolute(funds_used_apart), over="fund"),
    "Of any fund.",
)
national_drawn_apart = Line(
    "Hosts' national capital less the programme's", "GBP_nominal / year", ("statement",),
    difference(
        total(position.capital_drawn, over="provider"),
        stated(funding.national_drawn),
    ),
    "Nothing.",
)
national_drawn = Line(
    "Hosts' national capital less the programme's, largest gap", "GBP_nominal", (),
    largest(absolute(national_drawn_apart), over="statement") * quantity(1, "year"),
    "Of any year.",
)
award_drawn_apart = Line(
    "Hosts' award less the programme's", "GBP_nominal / year", ("statement",),
    difference(
        total(accounts.award, over="provider"),
        stated(funding.award_used),
    ),
    "Nothing.",
)
award_drawn = Line(
    "Hosts' award less the programme's, largest gap", "GBP_nominal", (),
    largest(absolute(award_drawn_apart), over="statement") * quantity(1, "year"),
    "Of any year.",
)
calls_apart = Line(
    "Hosts' calls on envelopes less the programme's", "GBP_nominal / year", ("statement",),
    difference(
        total(accounts.envelope_call, over="provider"),
        stated(funding.envelope_call),
    ),
    "Nothing.",
)
calls = Line(
    "Hosts' calls on envelopes less the programme's, largest gap", "GBP_nominal", (),
    largest(absolute(calls_apart), over="statement") * quantity(1, "year"),
    "Of any year.",
)
owners_apart = Line(
    "Sources less uses of the owner", "GBP_nominal / year", ("provider", "statement"),
    difference(
        accounts.award + accounts.envelope_call,
        accounts.additions,
    ),
    "Nothing.",
)
owners_by_provider = Line(
    "Sources less uses of the owner, of the owner", "GBP_nominal", ("provider",),
    largest(absolute(owners_apart), over="statement") * quantity(1, "year"),
    "Largest gap of any year.",
)
owners = Line(
    "Sources less uses of the owner, largest gap", "GBP_nominal", (),
    largest(owners_by_provider, over="provider"),
    "Of any owner and year.",
)
cash_apart = Line(
    "Hosts' cash less the scheme's", "GBP_nominal", ("statement",),
    difference(
        award_checks.cash_of_hosts,
        stated(finance.cash),
    ),
    "Nothing.",
)
cash = Line(
    "Hosts' cash less the scheme's, largest gap", "GBP_nominal", (),
    largest(absolute(cash_apart), over="statement"),
    "Of any year.",
)
dividend_apart = Line(
    "Hosts' dividend less the scheme's", "GBP_nominal / year", ("statement",),
    difference(
        total(position.dividend, over="provider"),
        stated(finance.dividend),
    ),
    "Nothing.",
)
dividend = Line(
    "Hosts' dividend less the scheme's, largest gap", "GBP_nominal", (),
    largest(absolute(dividend_apart), over="statement") * quantity(1, "year"),
    "Of any year.",
)
bridge_apart = Line(
    "Full cost by the headlines less the benchmark's", "GBP_real", (),
    difference(cost_bridge.centres_real, benchmark.whole),
    "Nothing.",
)
bridge = Line(
    "Full cost by the headlines less the benchmark's, whichever way", "GBP_real", (),
    absolute(bridge_apart),
    "Nothing.",
)
