"""Financial case: the scheme of all hosts together, in cash terms, with capital charges and budgets.

Worked out from the network's own lines; the checks hold that the hosts add up to it.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    at,
    cumulative,
    difference,
    internal_rate,
    lagged,
    quantity,
    smallest,
    stated,
    step,
    total,
)
from casebuilder.algebra.shapes import apart
from casebuilder.algebra.terms import Line
from casebuilder.model.accounts import accounts, assets, position
from casebuilder.model.capital import capital, equipment_leases, funding, leases, private_finance, renewal
from casebuilder.model.running import income, revenue
from casebuilder.model.value import benefits

equipment_lease_depreciation = Line(
    "Depreciation of rights of use of equipment", "GBP_nominal / year", ("year",),
    total(equipment_leases.depreciation, over="site"),
    "All leases of equipment.",
)
equipment_lease_interest = Line(
    "Interest on leases of equipment", "GBP_nominal / year", ("year",),
    total(equipment_leases.interest, over="site"),
    "All leases of equipment.",
)
lease_depreciation = Line(
    "Depreciation of rights of use", "GBP_nominal / year", ("year",),
    total(leases.right_of_use_depreciation, over="site") + equipment_lease_depreciation
    + total(private_finance.depreciation, over="private_contract"),
    "All leases, and buildings under private finance.",
)
lease_interest = Line(
    "Interest on leases", "GBP_nominal / year", ("year",),
    total(leases.interest, over="site") + equipment_lease_interest
    + total(private_finance.interest, over="private_contract"),
    "All leases, and the finance cost of private finance.",
)
rent = Line(
    "Rent, without VAT", "GBP_nominal / year", ("year",),
    total(leases.payment + equipment_leases.rental, over="site")
    + total(private_finance.on_sheet_payment, over="private_contract"),
    "All leases, of buildings and of equipment, and charges for buildings under private finance, in cash.",
)
depreciation = Line(
    "Depreciation", "GBP_nominal / year", ("year",),
    total(assets.depreciation, over="site") + assets.hospital_depreciation + lease_depreciation,
    "All components and rights of use.",
)
impairment = Line(
    "Impairment", "GBP_nominal / year", ("year",),
    total(assets.impairment, over="site"),
    "On coming into use; left out of adjusted financial performance.",
)
peppercorn_income = Line(
    "Rights of use given", "GBP_nominal / year", ("year",),
    total(leases.given_depreciation * leases.years_of_term * leases.begins, over="site")
    * quantity(1, "year"),
    "What leases at a peppercorn are worth beyond what is owed, when they begin; no cash, and left out of "
    "adjusted financial performance.",
)
donated_income = Line(
    "Donated income", "GBP_nominal / year", ("year",),
    total(funding.drawn * assets.is_donated, over=("fund", "site")) + assets.hospital_donation,
    "Left out of adjusted financial performance.",
)
donated_depreciation = Line(
    "Donated depreciation", "GBP_nominal / year", ("year",),
    total(assets.depreciation * assets.donated_share + leases.given_depreciation, over="site")
    + assets.hospital_donated_depreciation,
    "Left out of adjusted financial performance, with that of rights of use given.",
)
additions = Line(
    "Additions", "GBP_nominal / year", ("year",),
    capital.outturn_year + renewal.replacement_outturn,
    "Scheme and replacement, in cash.",
)
right_of_use_additions = Line(
    "Rights of use begun", "GBP_nominal / year", ("year",),
    total(leases.recognised + equipment_leases.addition, over="site") + peppercorn_income
    + total(private_finance.addition, over="private_contract"),
    "Leases begun or measured anew in the year, with dilapidations and what was given.",
)
assets_added = Line(
    "Assets added", "GBP_nominal / year", ("year",),
    additions + right_of_use_additions,
    "Bought, built or leased.",
)
assets_used_up = Line(
    "Assets used up", "GBP_nominal / year", ("year",),
    depreciation + impairment,
    "Depreciation and impairment.",
)
added_so_far = Line(
    "Assets added so far", "GBP_nominal", ("year",), cumulative(assets_added), "Bought, built or leased."
)
used_up_so_far = Line(
    "Assets used up so far", "GBP_nominal", ("year",),
    cumulative(assets_used_up),
    "Depreciation and impairment.",
)
net_book_value = Line(
    "Net book value", "GBP_nominal", ("year",),
    difference(added_so_far, used_up_so_far),
    "At the end of the year, assets under construction and rights of use included.",
)
donated_change = Line(
    "Change in donated assets", "GBP_nominal / year", ("year",),
    donated_income + peppercorn_income
    - total((assets.depreciation + assets.impairment) * assets.donated_share, over="site")
    - total(leases.given_depreciation, over="site") - assets.hospital_donated_depreciation,
    "Received, less their depreciation and impairment.",
)
provisions_made = Line(
    "Dilapidations provided for", "GBP_nominal / year", ("year",),
    total(leases.provision_addition, over="site"),
    "In the year.",
)
receivables = Line(
    "Receivables", "GBP_nominal", ("year",),
    step(income.national_income + income.commissioner_income) * position.income_days / position.days_a_year,
    "Income of the year not yet received.",
)
payables = Line(
    "Payables", "GBP_nominal", ("year",),
    step(total(accounts.site_non_pay, over="site") + revenue.network_cost)
    * position.payment_days / position.days_a_year,
    "Non-pay of the year not yet paid.",
)
relevant_net_assets = Line(
    "Relevant net assets", "GBP_nominal", ("year",),
    difference(
        net_book_value + receivables,
        cumulative(donated_change) + payables
        + total(leases.liability + equipment_leases.liability, over="site")
        + cumulative(provisions_made)
        + total(private_finance.liability, over="private_contract"),
    ),
    "Without cash and donated assets.",
)
dividend = Line(
    "PDC dividend", "GBP_nominal / year", ("year",),
    (relevant_net_assets * (1 - position.opening_weight)
     + lagged(relevant_net_assets, 1) * position.opening_weight)
    * position.dividend_rate,
    "On the mean of opening and closing relevant net assets.",
)
# Cash of all hosts together, in which recharges between them cancel
working_capital = Line(
    "Working capital of all hosts", "GBP_nominal", ("year",),
    receivables - payables,
    "What is owed to hosts less what they owe.",
)
running_cash = Line(
    "Running cash of all hosts", "GBP_nominal / year", ("year",),
    income.income + benefits.cash_releasing - revenue.revenue_cost_total
    - (working_capital - lagged(working_capital, 1)) * quantity(1, "1 / year"),
    "Received and paid in the year, rent included, before dividend.",
)
capital_cash = Line(
    "Capital cash of all hosts", "GBP_nominal / year", ("year",),
    apart(funding.national_drawn + donated_income, additions, funding.crumb),
    "Drawn and donated, less spent.",
)
cash = Line(
    "Cash of all hosts", "GBP_nominal", ("year",),
    cumulative(running_cash) + cumulative(capital_cash) - cumulative(dividend),
    "What the scheme has added to the cash of all hosts, at year end.",
)
capital_charges = Line(
    "Capital charges", "GBP_nominal / year", ("year",),
    depreciation - donated_depreciation + lease_interest + dividend,
    "Depreciation, lease interest and dividend, without what was donated.",
)
payments = Line(
    "Payments for tests", "GBP_nominal / year", ("year",),
    income.national_income + income.commissioner_income,
    "National revenue and payment by commissioners.",
)
income_and_cash_released = Line(
    "Income and cash released", "GBP_nominal / year", ("year",),
    income.income + benefits.cash_releasing,
    "Of all members together.",
)
running_without_rent = Line(
    "Running cost without rent", "GBP_nominal / year", ("year",),
    revenue.revenue_cost_total - rent,
    "Depreciation and interest of leases stand for the rent.",
)
surplus = Line(
    "Adjusted financial performance of the scheme", "GBP_nominal / year", ("year",),
    income_and_cash_released - running_without_rent - capital_charges,
    "Income and cash released, less running cost and capital charges; without impairment and donations.",
)
surplus_against_baseline = Line(
    "Change in adjusted financial performance", "GBP_nominal / year", ("year",),
    difference(surplus, at(surplus, option=BASELINE)),
    "Against the baseline.",
)
surplus_of_statements = Line(
    "Change in adjusted financial performance, years of the statements", "GBP_nominal / year", ("statement",),
    stated(surplus_against_baseline),
    "Hosts plan over these; later years show where prices and costs drift apart, not a plan.",
)
surplus_worst = Line(
    "Worst year", "GBP_nominal / year", (),
    smallest(surplus_of_statements, over="statement"),
    "The lowest change in adjusted financial performance of any year of the statements.",
)
system_revenue_ask = Line(
    "System revenue ask", "GBP_nominal / year", ("year",),
    revenue.revenue_cost_total - rent + capital_charges - income.national_income,
    "Trusts and commissioners together: income between them cancels, so what remains is cost "
    "that national revenue does not pay.",
)
ask_without_national = Line(
    "System revenue ask without national revenue", "GBP_nominal / year", ("year",),
    system_revenue_ask + income.national_income,
    "What the system must find if national revenue ends or never comes.",
)
revenue_gap = Line(
    "Revenue gap after cash released", "GBP_nominal / year", ("year",),
    system_revenue_ask - benefits.cash_releasing,
    "What is left to find from the system's own allocation once cash is released.",
)
system_cash = Line(
    "Cash of the system", "GBP_nominal / year", ("year",),
    income.national_income + benefits.cash_releasing - revenue.revenue_cost_total - additions,
    "National revenue and cash released, less running cost and capital, however it is funded; income "
    "between trusts and commissioners cancels.",
)
system_cash_change = Line(
    "Change in the cash of the system", "GBP_nominal / year", ("year",),
    difference(system_cash, at(system_cash, option=BASELINE)),
    "Against the baseline.",
)
system_cash_so_far = Line(
    "Change in the cash of the system so far", "GBP_nominal", ("year",),
    cumulative(system_cash_change),
    "Against the baseline.",
)
financial_rate_of_return = Line(
    "Internal rate of return of the system's cash", "share", (),
    internal_rate(system_cash_so_far),
    "In cash, so to be held against a nominal rate; empty where cash released and national revenue never "
    "cover what was spent.",
)

# Budgets
capital_limit_charge = Line(
    "CDEL", "GBP_nominal / year", ("year",),
    apart(
        additions + total(leases.in_limit + equipment_leases.addition, over="site")
        + total(private_finance.in_limit, over="private_contract"),
        donated_income,
        funding.crumb,
    ),
    "Capital departmental expenditure: additions, leases begun and measured anew, less what was donated; "
    "nothing for a lease from a body of the group, or for what is given with a peppercorn.",
)
resource_charge = Line(
    "RDEL, not ring-fenced", "GBP_nominal / year", ("year",),
    revenue.revenue_cost_total - rent + lease_interest - benefits.cash_releasing
    + total(private_finance.more_in_revenue, over="private_contract"),
    "Running cost and lease interest, less cash released; before income, which moves within the NHS.",
)
ring_fenced_charge = Line(
    "RDEL, ring-fenced", "GBP_nominal / year", ("year",),
    difference(depreciation, donated_depreciation + private_finance.depreciation_off_budgets),
    "Depreciation, without that of private finance that the national accounts do not count as public.",
)
managed_charge = Line(
    "AME", "GBP_nominal / year", ("year",),
    impairment,
    "Impairment on coming into use; scored outside the host's control total.",
)
