"""Accounts: income, expenditure and additions of the scheme by host, transfers between hosts shown.

Each line adds up over trusts to the network's own; recharges between trusts add up to nothing.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, quantity, stated, total, where
from casebuilder.algebra.terms import Line
from casebuilder.model.accounts import assets
from casebuilder.model.capital import capital, equipment_leases, funding, leases, private_finance, renewal
from casebuilder.model.patients import activity, lists
from casebuilder.model.running import income, revenue
from casebuilder.model.setting import hosting
from casebuilder.model.value import benefits

# Whose patients and whose tests
site_value = Line(
    "Tests of the site at the price a test", "GBP_real / year", ("site", "year"),
    total(activity.cdc_tests_year * income.payment, over="test"),
    "What its tests would earn without a cap.",
)
bought_value = Line(
    "Bought tests at the price a test", "GBP_real / year", ("year",),
    total(activity.bought_tests_year * income.payment, over="test"),
    "At an independent-sector centre.",
)
host_value = Line(
    "Tests of the host at the price a test", "GBP_real / year", ("provider", "statement"),
    total(stated(site_value) * hosting.hosts, over="site")
    + (stated(bought_value) + stated(income.hospital_value_real)) * hosting.network_share,
    "At its centres, with its share of bought tests and of longer hours.",
)
value_share = Line(
    "Share of the network's tests, by value", "share", ("provider", "statement"),
    where(
        above(stated(income.centre_value_real) + stated(income.hospital_value_real), 0),
        host_value / (stated(income.centre_value_real) + stated(income.hospital_value_real)),
        hosting.network_share,
    ),
    "What national revenue and payment by commissioners are shared by.",
)
home_value = Line(
    "Centre tests of the trust's own patients", "GBP_real / year", ("provider", "statement"),
    total(stated(site_value) * lists.catchment, over="site") + stated(bought_value) * hosting.network_share,
    "By the catchment of each centre.",
)
home_total = Line(
    "Centre tests of all trusts' patients", "GBP_real / year", ("statement",),
    total(home_value, over="provider"),
    "All trusts.",
)
home_share = Line(
    "Share of displaced tests", "share", ("provider", "statement"),
    where(above(home_total, 0), home_value / home_total, hosting.network_share),
    "A test leaves the trust whose patient it is.",
)

# Income and expenditure
national_income = Line(
    "National revenue", "GBP_nominal / year", ("provider", "statement"),
    stated(income.national_income) * value_share,
    "By tests done, at the price a test.",
)
commissioner_income = Line(
    "Payment by commissioners", "GBP_nominal / year", ("provider", "statement"),
    stated(income.commissioner_income) * value_share,
    "By tests done, at the price a test.",
)
income_lost = Line(
    "Income lost on displaced tests", "GBP_nominal / year", ("provider", "statement"),
    stated(income.income_lost) * home_share,
    "Falls on the trust whose patients go to a centre.",
)
cash_released = Line(
    "Cash released", "GBP_nominal / year", ("provider", "statement"),
    stated(benefits.cash_releasing) * home_share,
    "Where patients come from: there outsourcing and extra sessions end.",
)
pay = Line(
    "Pay, as employer", "GBP_nominal / year", ("provider", "statement"),
    total(stated(revenue.pay_cost) * hosting.employs, over="site"),
    "Own and agency staff of the sites it employs for.",
)
site_non_pay = Line(
    "Non-pay of the site, with the VAT on rent", "GBP_nominal / year", ("site", "year"),
    revenue.non_pay_cost + revenue.rent_cost - leases.payment + equipment_leases.expensed
    + private_finance.expensed_of_site,
    "The rent itself is in the lease; with charges of equipment that are expensed.",
)
non_pay = Line(
    "Non-pay, with the VAT on rent", "GBP_nominal / year", ("provider", "statement"),
    total(stated(site_non_pay) * hosting.hosts, over="site"),
    "Of the sites it hosts, with the VAT on rent.",
)
network_cost = Line(
    "Share of network cost", "GBP_nominal / year", ("provider", "statement"),
    stated(revenue.network_cost) * hosting.network_share,
    "Longer hours, bought tests, digital systems and competitions, less hospital cost saved.",
)
donated_at_site = Line(
    "Donated capital drawn at the site", "GBP_nominal / year", ("site", "statement"),
    total(stated(funding.drawn) * assets.is_donated, over="fund"),
    "From all donated funds.",
)
donated_income = Line(
    "Donated income, as owner", "GBP_nominal / year", ("provider", "statement"),
    total(donated_at_site * hosting.owns, over="site")
    + stated(assets.hospital_donation) * hosting.network_share,
    "Recognised when drawn; left out of adjusted performance.",
)
peppercorn_income = Line(
    "Rights of use given, as lessee", "GBP_nominal / year", ("provider", "statement"),
    total(
        stated(leases.given_depreciation) * leases.years_of_term * stated(leases.begins) * hosting.owns,
        over="site",
    )
    * quantity(1, "year"),
    "What leases at a peppercorn are worth beyond what is owed, when they begin; no cash, and left out of "
    "adjusted performance.",
)
hospital_depreciation = Line(
    "Depreciation of hospital capital, years of the statements", "GBP_nominal / year", ("statement",),
    stated(assets.hospital_depreciation),
    "As by year.",
)
depreciation = Line(
    "Depreciation, as owner", "GBP_nominal / year", ("provider", "statement"),
    total(
        (stated(assets.depreciation) + stated(leases.right_of_use_depreciation)
         + stated(equipment_leases.depreciation)
         + private_finance.depreciation_stated)
        * hosting.owns,
        over="site",
    )
    + hospital_depreciation * hosting.network_share,
    "Of the sites it owns or leases, with its share of capital at hospitals.",
)
impairment = Line(
    "Impairment, as owner", "GBP_nominal / year", ("provider", "statement"),
    total(stated(assets.impairment) * hosting.owns, over="site"),
    "When buildings come into use; annually managed expenditure.",
)
hospital_donated_depreciation = Line(
    "Depreciation of donated capital beside the sites, years of the statements",
    "GBP_nominal / year",
    ("statement",),
    stated(assets.hospital_donated_depreciation),
    "As by year.",
)
donated_depreciation = Line(
    "Depreciation of donated assets, as owner", "GBP_nominal / year", ("provider", "statement"),
    total(
        (stated(assets.depreciation) * assets.donated_share + stated(leases.given_depreciation))
        * hosting.owns,
        over="site",
    )
    + hospital_donated_depreciation * hosting.network_share,
    "Part of depreciation; added back in adjusted performance.",
)
donated_charges = Line(
    "Depreciation and impairment of donated assets, as owner",
    "GBP_nominal / year",
    ("provider", "statement"),
    donated_depreciation
    + total(stated(assets.impairment) * assets.donated_share * hosting.owns, over="site"),
    "What donated assets lose in the year.",
)
interest = Line(
    "Interest on leases, as lessee", "GBP_nominal / year", ("provider", "statement"),
    total(
        (stated(leases.interest) + stated(equipment_leases.interest)
         + private_finance.interest_stated)
        * hosting.owns,
        over="site",
    ),
    "The unwinding of what is owed (IFRS 16).",
)
staff_recharge = Line(
    "Staff recharged between trusts", "GBP_nominal / year", ("provider", "statement"),
    total(stated(revenue.pay_cost) * (hosting.employs - hosting.hosts), over="site"),
    "Received by the employer, above nothing; paid by the host, below nothing. Adds up to nothing.",
)
capital_recharge = Line(
    "Depreciation recharged between trusts", "GBP_nominal / year", ("provider", "statement"),
    total(
        (stated(assets.depreciation)
         + stated(leases.right_of_use_depreciation) + stated(leases.interest)
         + stated(equipment_leases.depreciation) + stated(equipment_leases.interest)
         + private_finance.depreciation_stated + private_finance.interest_stated)
        * (hosting.owns - hosting.hosts),
        over="site",
    ),
    "With lease interest; received by the owner, paid by the host. Dividend stays with the owner.",
)

# What the owner's assets are financed by
additions = Line(
    "Additions, as owner", "GBP_nominal / year", ("provider", "statement"),
    total((stated(capital.outturn) + stated(renewal.replacement_site)) * hosting.owns, over="site")
    + stated(capital.hospital_outturn) * hosting.network_share,
    "Scheme and replacement, paid in cash.",
)
award_beside = Line(
    "Award drawn beside the sites", "GBP_nominal / year", ("statement",),
    total(stated(funding.network_drawn), over="fund"),
    "All funds, at hospitals and for digital systems.",
)
award = Line(
    "Award drawn, as owner", "GBP_nominal / year", ("provider", "statement"),
    total(stated(funding.drawn) * hosting.owns, over=("fund", "site"))
    + award_beside * hosting.network_share,
    "All funds, at the sites it owns, with its share of what is drawn beside them.",
)
envelope_call = Line(
    "Call on the owner's capital envelope", "GBP_nominal / year", ("provider", "statement"),
    total((stated(funding.unfunded) + stated(renewal.replacement_site)) * hosting.owns, over="site")
    + stated(funding.network_unfunded) * hosting.network_share,
    "Spend of its sites that no award covers, replacement included.",
)
