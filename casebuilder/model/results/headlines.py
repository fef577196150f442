"""Headlines: the figures an approver reads first, one for each option.

Names are the keys of `summary --json`. "At steady state" is the first full financial year after
every ramp-up and after time-limited funding; money in it is cash.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    at,
    difference,
    largest,
    maximum,
    quantity,
    ratio,
    total,
)
from casebuilder.algebra.terms import Line
from casebuilder.model.accounts import finance
from casebuilder.model.capital import capital, funding
from casebuilder.model.patients import access, activity, lists, reporting, waits
from casebuilder.model.results import delivery
from casebuilder.model.running import income, revenue
from casebuilder.model.service import staff_years, workforce
from casebuilder.model.setting import programme, timeline
from casebuilder.model.value import benefits, economics

# In revenue cost and, as depreciation and interest, in capital charges
rent_at_steady_state = total(finance.rent * programme.steady_state, over="year")
# Of what year or horizon, against what: the same words for all
all_years = "All years in which the scheme is built."
steady_year = "The first full year after every ramp-up and after time-limited national revenue."
appraisal = "Every year of the appraisal, discounted to the base year."
baseline = "The baseline option."
real = "real: base-year prices"
# Capital
capital_outturn = Line(
    "Capital outturn", "GBP_nominal", (), capital.outturn_total, "Cash, with VAT, all years.",
    includes=(
        "Works, fees, non-works, equipment, contingency, optimism bias, inflation to the year of spend and "
        "VAT not recovered; capital at hospitals and for digital systems."
    ),
    excludes="Replacement and lifecycle, and leases.",
    period=all_years,
)
capital_pdc = Line(
    "National capital awarded", "GBP_nominal", (), funding.capital_pdc, "National award.",
    includes="The national award in full, to the sites of the option and to none, drawn or not.",
    excludes="Other funds. What is drawn of it stands beside it: national capital drawn.",
    period=all_years,
)
capital_unfunded = Line(
    "Capital unfunded", "GBP_nominal", (),
    funding.capital_unfunded,
    "Built-up cost that no award covers, added over sites.",
    includes="Spend of a site and year, or beside the sites, that no award of the same covers.",
    excludes="Replacement, lifecycle, leases; award left elsewhere that is not movable or carried forward.",
    period=all_years,
)
capital_envelope_peak_year = Line(
    "Largest call on members' capital envelopes in a year", "GBP_nominal / year", (),
    largest(funding.envelope_call, over="year"),
    "Scheme spend beyond the award, and the replacement wave.",
    includes="Spend that no award covers, and replacement and lifecycle, with VAT.",
    excludes="Leases.",
    period="The year of the appraisal in which it is largest.",
)
tests_steady_state = Line(
    "Tests the option delivers at steady state", "tests", (),
    total(delivery.delivered_steady, over="test"),
    "At centres, bought, and in extended hours on hospital kit.",
    includes="Every kind of test, blood tests too, at centres, bought and in longer hours.",
    excludes="Tests that hospitals do in their own hours.",
    period=steady_year,
)
capital_per_annual_test = Line(
    "Capital for an annual test", "GBP_nominal / test", (),
    ratio(capital.outturn_total, tests_steady_state),
    "Outturn over the tests of the steady-state year.",
    includes="Capital outturn, over every test that the option delivers in the year, blood tests too.",
    excludes="Replacement, lifecycle and running cost.",
    period="Capital of all years, tests of the steady-state year.",
)

# Value for money
net_present_cost = Line(
    "Net present cost", "GBP_real", (), economics.net_present_cost, "Discounted economic cost.",
    includes=(
        "Capital, running cost with rent and optimism bias, owned space at its best other use, treatment "
        "downstream, expected risks and the cost of leaving, less residual value."
    ),
    excludes="VAT, business rates, depreciation, dividend, income within the NHS, and benefits.",
    period=appraisal,
)
npsv = Line("Net present social value", "GBP_real", (), economics.npsv, "Against the baseline.",
    includes=(
        "Benefits (cash released, time of staff and patients, health at its own rate) less net present "
        "cost."
    ),
    excludes="VAT, transfers, capital charges, income within the NHS, and what is only scored.",
    period=appraisal, against=baseline,
)
bcr = Line(
    "Benefit-cost ratio", "number", (),
    economics.bcr,
    "Against the baseline; empty where the option costs no more.",
    includes=(
        "All benefits, cash released among them, over cost: the two parts of net present social value."
    ),
    excludes="As net present social value.",
    period=appraisal, against=baseline, prices=real,
)
equivalent_annual_cost = Line(
    "Equivalent annual cost", "GBP_real / year", (),
    economics.equivalent_annual_cost,
    "Net present cost as a level sum a year.",
    includes="Net present cost of the years of the option's life, as a level sum a year.",
    excludes="As net present cost.",
    period=appraisal,
)
payback_years = Line(
    "Payback", "years", (),
    economics.payback,
    "Years from the first spend; empty where net benefits never cover it.",
    includes="Years until benefits less cost, added up, exceed nothing.",
    excludes="As net present social value; not discounted.",
    period="From the first year of spend.", against=baseline, prices=real,
)

# Affordability, in cash of the steady-state year
income_steady_state = Line(
    "Income at steady state", "GBP_nominal", (),
    total(income.income * programme.steady_state, over="year"),
    "Cash of that year, net of income lost on displaced tests.",
    includes="National revenue and payment by commissioners, less income lost on displaced tests.",
    excludes="Donated income and cash released.",
    period=steady_year,
)
revenue_cost_steady_state = Line(
    "Revenue cost at steady state", "GBP_nominal", (),
    total(revenue.revenue_cost_total * programme.steady_state, over="year"),
    "Cash of that year, before capital charges.",
    includes=(
        "Pay, non-pay and rent with VAT not recovered, at centres; bought tests, longer hours and digital "
        "systems; less what hospitals no longer spend on relief, on consumables of tests that moved and on "
        "pay of staff who left for centres."
    ),
    excludes="Depreciation, lease interest and dividend.",
    period=steady_year,
)
capital_charges_steady_state = Line(
    "Capital charges at steady state", "GBP_nominal", (),
    total(finance.capital_charges * programme.steady_state, over="year"),
    "Depreciation, lease interest and dividend, cash of that year.",
    includes="Depreciation, of leased buildings too, lease interest and PDC dividend.",
    excludes=(
        "Depreciation of donated assets, impairment, and rent, which the charges of a lease stand for."
    ),
    period=steady_year,
)
surplus_steady_state = Line(
    "Surplus at steady state", "GBP_nominal", (),
    total(finance.surplus_against_baseline * programme.steady_state, over="year"),
    "Change in adjusted financial performance against the baseline, cash of that year.",
    includes="Income and cash released, less running cost without rent, less capital charges.",
    excludes="Impairment, donated income and its depreciation.",
    period=steady_year, against=baseline,
)
surplus_worst_year = Line(
    "Surplus in the worst year", "GBP_nominal / year", (),
    finance.surplus_worst,
    "Lowest change in adjusted financial performance against the baseline in the years of the "
    "statements, cash.",
    includes="Income and cash released, less running cost without rent, less capital charges.",
    excludes="Impairment, donated income and its depreciation; years after the statements.",
    period="The worst year of the statements.", against=baseline,
)
system_revenue_ask_steady_state = Line(
    "System revenue ask at steady state", "GBP_nominal", (),
    total(finance.system_revenue_ask * programme.steady_state, over="year"),
    "Trusts and commissioners together, cash of that year.",
    includes=(
        "Running cost without rent, and capital charges, less national revenue: what trusts and "
        "commissioners pay together."
    ),
    excludes="Payments between them, and cash released.",
    period=steady_year,
)
revenue_gap_after_national_funding = Line(
    "Revenue gap after national funding", "GBP_nominal", (),
    total(finance.revenue_gap * programme.steady_state, over="year"),
    "The system's ask less cash released, in the first full year after national revenue ends.",
    includes="System revenue ask less cash released.",
    excludes="Payments between trusts and commissioners, and benefits that release no cash.",
    period=steady_year,
)
cash_releasing_benefits_steady_state = Line(
    "Cash-releasing benefits at steady state", "GBP_nominal", (),
    total(benefits.cash_releasing * programme.steady_state, over="year"),
    "Cash of that year, before optimism bias.",
    includes="Benefits that take money out of a budget, before optimism bias.",
    excludes="Time and health, and benefits that free what stays in use.",
    period=steady_year,
)

# Activity
tests_dm01_steady_state = Line(
    "DM01 tests the option delivers at steady state", "tests", (),
    total(delivery.delivered_steady * lists.has_list, over="test"),
    "Tests that DM01 counts and that have a list.",
    includes=(
        "Tests that the DM01 return counts and that have a list, at centres, bought and in longer hours."
    ),
    excludes="Blood tests, X-rays and others without a list.",
    period=steady_year,
)
tests_additional = Line(
    "Additional tests at steady state", "tests", (),
    total(activity.additional_tests_year * programme.steady_state, over=("test", "year")),
    "Network tests with the option less those at baseline.",
    includes="Tests of the whole network, hospitals with it, beyond those of the baseline.",
    excludes="Displaced tests, which hospitals would have done.",
    period=steady_year, against=baseline,
)
tests_displaced = Line(
    "Displaced tests at steady state", "tests", (),
    difference(tests_steady_state, tests_additional),
    "Tests the option delivers that hospitals would have done.",
    includes="Tests the option delivers that hospitals would have done.",
    excludes="Additional tests.",
    period=steady_year, against=baseline,
)
utilisation_steady_state = Line(
    "Utilisation of centres at steady state", "share", (),
    ratio(
        total(delivery.own_centre_tests * programme.steady_state, over="year"),
        total(delivery.own_centre_capacity * programme.steady_state, over="year"),
    ),
    "Tests done of tests that can be done at own centres.",
    includes="Tests done at own centres, over what their rooms, staff and hours can do.",
    excludes="Bought tests and longer hours at hospitals.",
    period=steady_year,
)
cost_per_test = Line(
    "Revenue cost a test at steady state, without blood tests", "GBP_nominal / test", (),
    ratio(
        total(revenue.counted_cost * programme.steady_state, over="year"),
        total(delivery.delivered_steady * revenue.counts_test, over="test"),
    ),
    "Revenue cost over tests, phlebotomy left out of both; cash of that year.",
    includes="Revenue cost, rent with it, over tests that count (revenue.counts_test).",
    excludes=(
        "Phlebotomy and walk-in blood tests, with their staff and consumables, from cost and tests; what "
        "hospitals save on relief and on pay of staff who left; all capital charges."
    ),
    period=steady_year,
)
cost_per_additional_test = Line(
    "Full cost an additional test at steady state", "GBP_nominal / test", (),
    ratio(
        revenue_cost_steady_state + capital_charges_steady_state - rent_at_steady_state,
        maximum(tests_additional, 0),
    ),
    "Capital charges hold depreciation and interest of leases, which stand for the rent; empty if none are.",
    includes="Revenue cost without rent, and capital charges, over additional tests.",
    excludes="Displaced tests, whose cost the additional ones bear; cash released and income.",
    period=steady_year, against=baseline,
)

# Waits
list_start = Line(
    "Waiting list at the start", "tests", (),
    waits.list_at_start,
    "All trusts and tests with a list.",
    includes="All trusts and tests with a list, as observed and carried forward to the first month.",
    excludes="Planned tests and those without a list.",
    period="Before the first month.",
)
list_end = Line(
    "Waiting list at the end", "tests", (),
    total(waits.list_total * timeline.last_month, over="month"),
    "In the last month.",
    includes="All trusts and tests with a list.",
    excludes="Planned tests and those without a list.",
    period="End of the last month of the case.",
)
over_six_weeks_start = Line(
    "Share over six weeks at the start", "share", (),
    waits.over_six_weeks_at_start,
    "Observed, list-weighted over all tests with a list.",
    includes="All trusts and tests with a list, weighted by list, as observed.",
    excludes="Planned tests and those without a list.",
    period="The census at the end of the baseline year.",
)
over_six_weeks_end = Line(
    "Share over six weeks at the end", "share", (),
    total(waits.over_six_weeks_share * timeline.last_month, over="month"),
    "In the last month, list-weighted over all tests with a list.",
    includes="All trusts and tests with a list, weighted by list, by the fitted rule.",
    excludes="Planned tests and those without a list.",
    period="End of the last month of the case.",
)
months_to_standard = Line(
    "Months to the standard", "months", (),
    waits.months_to_standard,
    "From the first opening to the first of three months at the standard; empty if never.",
    includes="Months until the share over six weeks stays within the standard for three months.",
    excludes="Single months within it.",
    period="From the first opening; empty where it is never reached.",
)
report_turnaround_days = Line(
    "Days from test to report at the end", "days", (),
    reporting.turnaround_all_end,
    "In the last month, all tests that need a reporter; empty where there is none.",
    includes="Mean days from test to report, of all tests that need a reporter.",
    excludes="The wait for the test.",
    period="The last month of the case.",
)
cdc_share_ct = Line(
    "Centres' share of CT at steady state", "share", (),
    at(delivery.centre_share, test="ct"),
    "Of all CT scans of the network.",
    includes="CT scans at own centres and bought, of all of the network.",
    excludes="Longer hours on hospital kit.",
    period=steady_year,
)
cdc_share_mri = Line(
    "Centres' share of MRI at steady state", "share", (),
    at(delivery.centre_share, test="mri"),
    "Of all MRI scans of the network.",
    includes="MRI scans at own centres and bought, of all of the network.",
    excludes="Longer hours on hospital kit.",
    period=steady_year,
)

# Access
within_30_minutes = Line(
    "Share of people within 30 minutes", "share", (),
    ratio(access.share_near, above(access.everyone, 0)),
    "By road of a centre or an acute hospital; the minutes that count are an input. Empty without places.",
    includes="People near a centre or an acute hospital by road; minutes by input access.near_minutes.",
    excludes="Public transport, and whether the place does the test.",
    period="The sites of the option, once open.",
)
within_30_minutes_most_deprived = Line(
    "Share of the most deprived fifth within 30 minutes", "share", (),
    ratio(at(access.share_near_quintile, quintile="q1"), above(access.everyone, 0)),
    "By road of a centre or an acute hospital. Empty without places.",
    includes="As above, of people in the most deprived fifth of neighbourhoods.",
    excludes="Public transport, and whether the place does the test.",
    period="The sites of the option, once open.",
)

# Workforce
wte_by_role_steady = Line(
    "WTE required at steady state, by role", "wte", ("staff",),
    total(staff_years.required_year * programme.steady_state * quantity(1, "1 / year"), over="year"),
    "All sites.",
)
wte_steady_state = Line(
    "WTE required at steady state", "wte", (),
    total(wte_by_role_steady, over="staff"),
    "All sites and roles.",
    includes="Posts that the centres' rooms and sites need, cover for absence with them, filled or not.",
    excludes="Hospital staff, longer hours and bought tests.",
    period=steady_year,
)
agency_share = Line(
    "Agency share of staff at steady state", "share", (),
    ratio(total(delivery.agency_by_role_steady, over="staff"), wte_steady_state),
    "Agency WTE of WTE required.",
    includes="Agency WTE over all WTE required at centres.",
    excludes="Bank staff of the own trusts.",
    period=steady_year,
)
wte_unfilled_at_opening = Line(
    "WTE unfilled at the last opening", "wte", (),
    total(
        workforce.unfilled_wte * programme.opening_now * quantity(1, "1 / month"),
        over=("staff", "month"),
    ),
    "Posts neither filled nor covered by agency in the month the last centre opens.",
    includes="Posts neither filled nor covered by agency staff.",
    excludes="Hospital posts that are empty because staff moved.",
    period="The month of the last opening.",
)
