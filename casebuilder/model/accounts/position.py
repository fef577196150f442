"""Position: each host's balances, dividend, performance and cash, and that they tie.

Everything is what the option adds to the host's own plan; balances start at nothing.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    at,
    cumulative,
    difference,
    lagged,
    quantity,
    smallest,
    stated,
    step,
    total,
)
from casebuilder.algebra.shapes import apart
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.accounts import accounts
from casebuilder.model.capital import equipment_leases, funding, leases, private_finance
from casebuilder.model.setting import hosting

dividend_rate = Input(
    "PDC dividend rate", "share / year", (),
    "On average relevant net assets.",
    high=0.1,
)
opening_weight = Input(
    "Weight of the opening balance in the dividend's mean", "share", (),
    "A half: the dividend takes the simple mean of opening and closing relevant net assets.",
)
income_days = Input(
    "Days until income is received", "days", (),
    "From the end of the year's service to the cash.",
    high=120,
)
payment_days = Input(
    "Days until suppliers are paid", "days", (),
    "Of non-pay cost; staff are paid in the month.",
    high=120,
)
days_a_year = quantity(365, "days")

receivables = Line(
    "Receivables", "GBP_nominal", ("provider", "statement"),
    step(accounts.national_income + accounts.commissioner_income) * income_days / days_a_year,
    "Income of the year not yet received.",
)
payables = Line(
    "Payables", "GBP_nominal", ("provider", "statement"),
    step(accounts.non_pay + accounts.network_cost) * payment_days / days_a_year,
    "Non-pay of the year not yet paid.",
)
working_capital = Line(
    "Working capital", "GBP_nominal", ("provider", "statement"),
    receivables - payables,
    "What is owed to the host less what it owes.",
)
cost_so_far = Line(
    "Cost of the owner's assets", "GBP_nominal", ("provider", "statement"),
    cumulative(accounts.additions),
    "Additions so far, paid in cash.",
)
provisions_made = Line(
    "Dilapidations provided for", "GBP_nominal / year", ("provider", "statement"),
    total(stated(leases.provision_addition) * hosting.owns, over="site"),
    "In the year.",
)
right_of_use_begun = Line(
    "Right of use recognised, with dilapidations", "GBP_nominal / year", ("provider", "statement"),
    total(
        (stated(leases.addition) + stated(leases.remeasured)
         + stated(equipment_leases.addition) + private_finance.addition_stated)
        * hosting.owns,
        over="site",
    )
    + provisions_made + accounts.peppercorn_income,
    "Leases begun or measured anew in the year, with dilapidations and what was given; no cash.",
)
right_of_use_cost = Line(
    "Cost of rights of use", "GBP_nominal", ("provider", "statement"),
    cumulative(right_of_use_begun),
    "All leases begun so far.",
)
charges = Line(
    "Depreciation and impairment", "GBP_nominal / year", ("provider", "statement"),
    accounts.depreciation + accounts.impairment,
    "What assets lose in the year.",
)
charges_so_far = Line(
    "Accumulated depreciation and impairment", "GBP_nominal", ("provider", "statement"),
    cumulative(charges),
    "So far.",
)
net_book_value = Line(
    "Net book value of the owner", "GBP_nominal", ("provider", "statement"),
    difference(cost_so_far + right_of_use_cost, charges_so_far),
    "Assets under construction and rights of use included.",
)
donated_assets = Line(
    "Donated assets", "GBP_nominal", ("provider", "statement"),
    difference(
        cumulative(accounts.donated_income) + cumulative(accounts.peppercorn_income),
        cumulative(accounts.donated_charges),
    ),
    "Received so far, less their depreciation and impairment; bear no dividend.",
)
lease_liability = Line(
    "Lease liability", "GBP_nominal", ("provider", "statement"),
    total(
        (stated(leases.liability) + stated(equipment_leases.liability)
         + private_finance.liability_stated)
        * hosting.owns,
        over="site",
    ),
    "Present value of rent and charges still to pay.",
)
provisions = Line(
    "Provisions", "GBP_nominal", ("provider", "statement"),
    cumulative(provisions_made),
    "Dilapidations of leased buildings.",
)
relevant_net_assets = Line(
    "Relevant net assets", "GBP_nominal", ("provider", "statement"),
    difference(net_book_value + working_capital, donated_assets + lease_liability + provisions),
    "Without cash and donated assets.",
)
dividend = Line(
    "PDC dividend", "GBP_nominal / year", ("provider", "statement"),
    (relevant_net_assets * (1 - opening_weight) + lagged(relevant_net_assets, 1) * opening_weight)
    * dividend_rate,
    "On the mean of opening and closing relevant net assets, from the first drawdown. Own cash spent on "
    "assets raises them as public dividend capital does.",
)

# Income and expenditure
operating = Line(
    "Income and cash released, less running cost", "GBP_nominal / year", ("provider", "statement"),
    accounts.national_income + accounts.commissioner_income - accounts.income_lost + accounts.cash_released
    - accounts.pay - accounts.non_pay - accounts.network_cost
    + accounts.staff_recharge + accounts.capital_recharge,
    "After recharges between trusts; before capital charges.",
)
income = Line(
    "Income with donations", "GBP_nominal / year", ("provider", "statement"),
    accounts.national_income + accounts.commissioner_income - accounts.income_lost + accounts.donated_income,
    "Of the scheme, net of what displaced tests earned.",
)
income_change = Line(
    "Change in income", "GBP_nominal / year", ("provider", "statement"),
    difference(income, at(income, option=BASELINE)),
    "Against the baseline.",
)
surplus = Line(
    "Surplus", "GBP_nominal / year", ("provider", "statement"),
    operating + accounts.donated_income + accounts.peppercorn_income - charges - accounts.interest - dividend,
    "With impairment and donated income.",
)
adjusted_performance = Line(
    "Adjusted financial performance of the host", "GBP_nominal / year", ("provider", "statement"),
    surplus + accounts.impairment - accounts.donated_income - accounts.peppercorn_income
    + accounts.donated_depreciation,
    "Surplus without impairment, donated income, rights of use given, and the depreciation of both.",
)
performance_change = Line(
    "Change in adjusted financial performance of the host", "GBP_nominal / year", ("provider", "statement"),
    difference(adjusted_performance, at(adjusted_performance, option=BASELINE)),
    "Against the baseline.",
)
worst_year = Line(
    "Worst year of the host", "GBP_nominal / year", ("provider",),
    smallest(performance_change, over="statement"),
    "Lowest change in adjusted financial performance in the years of the statements.",
)

# Cash
national_capital = Line(
    "National capital drawn at the site", "GBP_nominal / year", ("site", "year"),
    total(funding.drawn * funding.is_pdc, over="fund"),
    "Public dividend capital.",
)
national_network_capital = Line(
    "National capital drawn beside the sites", "GBP_nominal / year", ("year",),
    total(funding.network_drawn * funding.is_pdc, over="fund"),
    "Public dividend capital.",
)
capital_drawn = Line(
    "Public dividend capital drawn", "GBP_nominal / year", ("provider", "statement"),
    total(stated(national_capital) * hosting.owns, over="site")
    + stated(national_network_capital) * hosting.network_share,
    "At the sites it owns, with its share of what is drawn beside them.",
)
rent_paid = Line(
    "Rent paid", "GBP_nominal / year", ("provider", "statement"),
    total(
        (stated(leases.payment) + stated(equipment_leases.rental)
         + private_finance.paid_stated)
        * hosting.owns,
        over="site",
    ),
    "Interest and repayment of leases.",
)
running_cash = Line(
    "Running cash", "GBP_nominal / year", ("provider", "statement"),
    operating - rent_paid - (working_capital - lagged(working_capital, 1)) * quantity(1, "1 / year"),
    "Received and paid in the year, rent included, before dividend.",
)
capital_cash = Line(
    "Capital cash", "GBP_nominal / year", ("provider", "statement"),
    apart(capital_drawn + accounts.donated_income, accounts.additions, funding.crumb),
    "Drawn and donated, less spent.",
)
cash_flow = Line(
    "Cash flow", "GBP_nominal / year", ("provider", "statement"),
    running_cash + capital_cash - dividend,
    "Of the scheme, in the year.",
)
cash = Line(
    "Cash", "GBP_nominal", ("provider", "statement"),
    cumulative(cash_flow),
    "What the scheme has added to the host's cash, at year end.",
)
cash_change = Line(
    "Change in cash", "GBP_nominal", ("provider", "statement"),
    difference(cash, at(cash, option=BASELINE)),
    "Against the baseline, at year end.",
)
capital_received = Line(
    "Public dividend capital", "GBP_nominal", ("provider", "statement"),
    cumulative(capital_drawn),
    "Drawn so far.",
)
reserve = Line(
    "Income and expenditure reserve", "GBP_nominal", ("provider", "statement"),
    cumulative(surplus),
    "Surpluses so far.",
)
net_assets = Line(
    "Net assets", "GBP_nominal", ("provider", "statement"),
    net_book_value + working_capital + cash - lease_liability - provisions,
    "Assets less liabilities.",
)
balance = Line(
    "Net assets less taxpayers' equity", "GBP_nominal", ("provider", "statement"),
    difference(net_assets, capital_received + reserve),
    "Nothing: what is owned is owed or owned by the taxpayer.",
)
lowest_cash = Line(
    "Lowest cash of the host", "GBP_nominal", ("provider",),
    smallest(cash, over="statement"),
    "What the scheme takes at most from the host's cash at a year end.",
)
