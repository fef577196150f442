"""Headlines: the figures an approver reads first, one for each option.

Reads every chapter. Names are the keys of `summary --json`. "At steady state" is the first full
financial year after every ramp-up and after time-limited funding; money in it is cash.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    at,
    difference,
    largest,
    quantity,
    ratio,
    total,
)  # fmt: skip
from casebuilder.algebra.terms import Line
from casebuilder.model import (
    access,
    benefits,
    capacity,
    capital,
    economics,
    finance,
    funding,
    income,
    lists,
    programme,
    reporting,
    revenue,
    staff_years,
    timeline,
    waits,
    workforce,
)  # fmt: skip

NEEDS = {"quintile": ("q1",)}

# Capital
capital_outturn = Line(
    "Capital outturn", "GBP_nominal", (), capital.outturn_total, "Cash, with VAT, all years."
)
capital_pdc = Line(
    "National public dividend capital", "GBP_nominal", (), funding.capital_pdc, "National award."
)
capital_unfunded = Line(
    "Capital unfunded", "GBP_nominal", (),
    funding.capital_unfunded,
    "Built-up cost that no award covers, added over sites.",
)  # fmt: skip
capital_envelope_peak_year = Line(
    "Largest call on members' capital envelopes in a year", "GBP_nominal / year", (),
    largest(funding.envelope_call, over="year"),
    "Scheme spend beyond the award, and the replacement wave.",
)  # fmt: skip
delivered_steady = Line(
    "Tests delivered at steady state, by test", "tests", ("test",),
    total(revenue.option_tests * programme.steady_state, over="year"),
    "At centres, bought, and in extended hours.",
)  # fmt: skip
tests_steady_state = Line(
    "Tests the option delivers at steady state", "tests", (),
    total(delivered_steady, over="test"),
    "At centres, bought, and in extended hours on hospital kit.",
)  # fmt: skip
capital_per_annual_test = Line(
    "Capital for an annual test", "GBP_nominal / test", (),
    ratio(capital.outturn_total, tests_steady_state),
    "Outturn over the tests of the steady-state year.",
)  # fmt: skip

# Value for money
net_present_cost = Line(
    "Net present cost", "GBP_real", (), economics.net_present_cost, "Discounted economic cost."
)
npsv = Line("Net present social value", "GBP_real", (), economics.npsv, "Against the baseline.")
bcr = Line(
    "Benefit-cost ratio", "number", (),
    economics.bcr,
    "Against the baseline; empty where the option costs no more.",
)  # fmt: skip
equivalent_annual_cost = Line(
    "Equivalent annual cost", "GBP_real / year", (),
    economics.equivalent_annual_cost,
    "Net present cost as a level sum a year.",
)  # fmt: skip
payback_years = Line(
    "Payback", "years", (),
    economics.payback,
    "Years from the first spend; empty where net benefits never cover it.",
)  # fmt: skip

# Affordability, in cash of the steady-state year
income_steady_state = Line(
    "Income at steady state", "GBP_nominal", (),
    total(income.income * programme.steady_state, over="year"),
    "Cash of that year, net of income lost on displaced tests.",
)  # fmt: skip
revenue_cost_steady_state = Line(
    "Revenue cost at steady state", "GBP_nominal", (),
    total(revenue.revenue_cost_total * programme.steady_state, over="year"),
    "Cash of that year, before capital charges.",
)  # fmt: skip
capital_charges_steady_state = Line(
    "Capital charges at steady state", "GBP_nominal", (),
    total(finance.capital_charges * programme.steady_state, over="year"),
    "Depreciation and dividend, cash of that year.",
)  # fmt: skip
surplus_steady_state = Line(
    "Surplus at steady state", "GBP_nominal", (),
    total(finance.surplus_against_baseline * programme.steady_state, over="year"),
    "Change in adjusted financial performance against the baseline, cash of that year.",
)  # fmt: skip
surplus_worst_year = Line(
    "Surplus in the worst year", "GBP_nominal / year", (),
    finance.surplus_worst,
    "Lowest change in adjusted financial performance against the baseline in the years of the "
    "statements, cash.",
)  # fmt: skip
system_revenue_ask_steady_state = Line(
    "System revenue ask at steady state", "GBP_nominal", (),
    total(finance.system_revenue_ask * programme.steady_state, over="year"),
    "Trusts and commissioners together, cash of that year.",
)  # fmt: skip
revenue_gap_after_national_funding = Line(
    "Revenue gap after national funding", "GBP_nominal", (),
    total(finance.revenue_gap * programme.steady_state, over="year"),
    "The system's ask less cash released, in the first full year after national revenue ends.",
)  # fmt: skip
cash_releasing_benefits_steady_state = Line(
    "Cash-releasing benefits at steady state", "GBP_nominal", (),
    total(benefits.cash_releasing * programme.steady_state, over="year"),
    "Cash of that year, before optimism bias.",
)  # fmt: skip

# Activity
tests_dm01_steady_state = Line(
    "DM01 tests the option delivers at steady state", "tests", (),
    total(delivered_steady * lists.has_list, over="test"),
    "Tests that DM01 counts and that have a list.",
)  # fmt: skip
tests_additional = Line(
    "Additional tests at steady state", "tests", (),
    total(waits.additional_tests_year * programme.steady_state, over=("test", "year")),
    "Network tests with the option less those at baseline.",
)  # fmt: skip
tests_displaced = Line(
    "Displaced tests at steady state", "tests", (),
    difference(tests_steady_state, tests_additional),
    "Tests the option delivers that hospitals would have done.",
)  # fmt: skip
centre_tests = Line(
    "Centre tests", "tests / year", ("test", "year"),
    total(waits.cdc_tests_year, over="site") + waits.bought_tests_year,
    "At own centres and at an independent-sector centre.",
)  # fmt: skip
own_centre_tests = Line(
    "Tests at own centres", "tests / year", ("year",),
    total(waits.cdc_tests_year, over=("site", "test")),
    "All sites and tests.",
)  # fmt: skip
own_centre_capacity = Line(
    "Tests own centres can do", "tests / year", ("year",),
    total(capacity.cdc_capacity_year, over=("site", "test")),
    "All sites and tests.",
)  # fmt: skip
utilisation_steady_state = Line(
    "Utilisation of centres at steady state", "share", (),
    ratio(
        total(own_centre_tests * programme.steady_state, over="year"),
        total(own_centre_capacity * programme.steady_state, over="year"),
    ),
    "Tests done of tests that can be done at own centres.",
)  # fmt: skip
cost_per_test = Line(
    "Cost a test at steady state", "GBP_nominal / test", (),
    ratio(
        total(revenue.counted_cost * programme.steady_state, over="year"),
        total(delivered_steady * revenue.counts_test, over="test"),
    ),
    "Revenue cost over tests, phlebotomy left out of both; cash of that year.",
)  # fmt: skip
cost_per_additional_test = Line(
    "Cost an additional test at steady state", "GBP_nominal / test", (),
    ratio(revenue_cost_steady_state + capital_charges_steady_state, tests_additional),
    "Revenue cost and capital charges over additional tests; cash of that year.",
)  # fmt: skip

# Waits
list_start = Line(
    "Waiting list at the start", "tests", (),
    waits.list_at_start,
    "All trusts and tests with a list.",
)  # fmt: skip
list_end = Line(
    "Waiting list at the end", "tests", (),
    total(waits.list_total * timeline.last_month, over="month"),
    "In the last month.",
)  # fmt: skip
over_six_weeks_start = Line(
    "Share over six weeks at the start", "share", (),
    waits.over_six_weeks_at_start,
    "Observed, list-weighted over all tests with a list.",
)  # fmt: skip
over_six_weeks_end = Line(
    "Share over six weeks at the end", "share", (),
    total(waits.over_six_weeks_share * timeline.last_month, over="month"),
    "In the last month, list-weighted over all tests with a list.",
)  # fmt: skip
months_to_standard = Line(
    "Months to the standard", "months", (),
    waits.months_to_standard,
    "From the first opening to the first of three months at the standard; empty if never.",
)  # fmt: skip
report_turnaround_days = Line(
    "Days from test to report at the end", "days", (),
    reporting.turnaround_all_end,
    "In the last month, all tests that need a reporter; empty where there is none.",
)  # fmt: skip
centre_share = Line(
    "Share of tests done at centres at steady state", "share", ("test",),
    ratio(
        total(centre_tests * programme.steady_state, over="year"),
        total(waits.network_tests_year * programme.steady_state, over="year"),
    ),
    "Own centres and an independent-sector centre, of all tests of the network.",
)  # fmt: skip
cdc_share_ct = Line(
    "Centres' share of CT at steady state", "share", (),
    at(centre_share, test="ct"),
    "Of all CT scans of the network.",
)  # fmt: skip
cdc_share_mri = Line(
    "Centres' share of MRI at steady state", "share", (),
    at(centre_share, test="mri"),
    "Of all MRI scans of the network.",
)  # fmt: skip

# Access
within_30_minutes = Line(
    "Share of people within 30 minutes", "share", (),
    access.share_near,
    "By road of a centre or an acute hospital; the minutes that count are an input.",
)  # fmt: skip
within_30_minutes_most_deprived = Line(
    "Share of the most deprived fifth within 30 minutes", "share", (),
    at(access.share_near_quintile, quintile="q1"),
    "By road of a centre or an acute hospital.",
)  # fmt: skip

# Workforce
wte_by_role_steady = Line(
    "WTE required at steady state, by role", "wte", ("staff",),
    total(staff_years.required_year * programme.steady_state * quantity(1, "1 / year"), over="year"),
    "All sites.",
)  # fmt: skip
wte_steady_state = Line(
    "WTE required at steady state", "wte", (),
    total(wte_by_role_steady, over="staff"),
    "All sites and roles.",
)  # fmt: skip
agency_by_role_steady = Line(
    "Agency WTE at steady state, by role", "wte", ("staff",),
    total(
        staff_years.required_year
        * staff_years.agency_share_year
        * programme.steady_state
        * quantity(1, "1 / year"),
        over="year",
    ),
    "All sites.",
)  # fmt: skip
agency_share = Line(
    "Agency share of staff at steady state", "share", (),
    ratio(total(agency_by_role_steady, over="staff"), wte_steady_state),
    "Agency WTE of WTE required.",
)  # fmt: skip
wte_unfilled_at_opening = Line(
    "WTE unfilled at the last opening", "wte", (),
    total(
        workforce.unfilled_wte * programme.opening_now * quantity(1, "1 / month"),
        over=("staff", "month"),
    ),
    "Posts neither filled nor covered by agency in the month the last centre opens.",
)  # fmt: skip
