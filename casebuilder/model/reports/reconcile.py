"""Reconciliation: from economic cost to cash, and from cash to expenditure, every difference named.

Both cases are readings of the same lines: the bridge is worked out from the differences themselves,
and a check holds that it ends at the other case to the pound.
"""

from __future__ import annotations

from casebuilder.algebra.operators import difference, inflate, total
from casebuilder.algebra.shapes import differ
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.accounts import finance
from casebuilder.model.capital import capital, equipment_leases, leases, private_finance, renewal
from casebuilder.model.results import checks
from casebuilder.model.running import revenue
from casebuilder.model.setting import risks, timeline
from casebuilder.model.value import benefits, economics

economic_cost = Line(
    "Economic cost in cash", "GBP_nominal / year", ("year",),
    inflate(economics.cost, timeline.gdp_index),
    "At the prices of each year: general inflation put back.",
)
general_inflation = Line(
    "General inflation", "GBP_nominal / year", ("year",),
    inflate(economics.cost, timeline.gdp_index - 1),
    "Between base-year prices and cash.",
)
residual_out = Line(
    "Residual value and exit cost", "GBP_nominal / year", ("year",),
    -inflate(economics.terminal, timeline.gdp_index),
    "Worth of the life left, less the cost of leaving: no cash in the statements.",
)
risks_out = Line(
    "Expected cost of risks taken out", "GBP_nominal / year", ("year",),
    -inflate(risks.cost, timeline.gdp_index),
    "Budgets hold contingency; expected risk beyond it is a downside.",
)
contingency_in = Line(
    "Planning contingency put back", "GBP_nominal / year", ("year",),
    inflate(economics.contingency_removed, timeline.gdp_index),
    "Where risks took its place in the economic case, the budget keeps it.",
)
bias_out = Line(
    "Optimism bias on running cost taken out", "GBP_nominal / year", ("year",),
    -inflate(
        economics.biased * economics.running_cost_bias,
        timeline.gdp_index,
    ),
    "In the economic case only; a downside in the financial case.",
)
space_out = Line(
    "Opportunity cost of owned space taken out", "GBP_nominal / year", ("year",),
    -inflate(economics.owned_space, timeline.gdp_index),
    "No cash is paid for it.",
)
treatment_out = Line(
    "Treatment downstream", "GBP_nominal / year", ("year",),
    -inflate(benefits.treatment, timeline.gdp_index),
    "Paid elsewhere in the NHS.",
)
lost_tests_out = Line(
    "Cost of tests lost taken out", "GBP_nominal / year", ("year",),
    -inflate(economics.lost_tests, timeline.gdp_index),
    "A loss to patients, that nobody pays in cash.",
)
relief_out = Line(
    "Relief that the baseline buys too", "GBP_nominal / year", ("year",),
    difference(
        inflate(revenue.relief_change_real, timeline.non_pay_index),
        inflate(economics.relief, timeline.gdp_index),
    ),
    "It stands in the hosts' own plans: the financial case counts the change.",
)
pension_out = Line(
    "Pension paid centrally, less levy, and staff with time to spare", "GBP_nominal / year", ("year",),
    -inflate(economics.pay_adjustment, timeline.pay_index),
    "The trust pays the levy, and not the part of the pension that is paid centrally; it saves all pay of "
    "those who left, of whom the economic case takes some optimism bias off.",
)
rates_in = Line(
    "Business rates and the overheads on them", "GBP_nominal / year", ("year",),
    inflate(total(revenue.rates, over="site") + revenue.overheads_on_rates, timeline.non_pay_index),
    "A transfer, but paid; before VAT.",
)
vat_capital_in = Line(
    "VAT on capital", "GBP_nominal / year", ("year",),
    total(capital.vat_outturn, over="site")
    + inflate(capital.beside_sites, timeline.gdp_index) * capital.vat_rate * (1 - capital.recovery_equipment)
    + renewal.replacement_vat,
    "What is not recovered, on the scheme, at hospitals and on replacement.",
)
vat_running_in = Line(
    "VAT on running cost", "GBP_nominal / year", ("year",),
    inflate(total(revenue.non_pay_vat, over="site"), timeline.non_pay_index)
    + total(leases.payment, over="site") * revenue.vat_on_rent
    + equipment_leases.vat
    + total(private_finance.vat, over="private_contract"),
    "What is not recovered, on non-pay, rent and charges of financed equipment.",
)
cash_by_bridge = Line(
    "Cash cost, by the bridge", "GBP_nominal / year", ("year",),
    difference(
        economic_cost + contingency_in + rates_in + vat_capital_in + vat_running_in,
        -(residual_out + risks_out + bias_out + space_out + treatment_out + lost_tests_out + relief_out
          + pension_out),
    ),
    "Economic cost and every difference.",
)
cash_cost = Line(
    "Cash cost", "GBP_nominal / year", ("year",),
    revenue.revenue_cost_total + finance.additions,
    "Financial case: running cost with rent, and capital with replacement.",
)
cash_gap = Line(
    "Not explained between economic cost and cash", "GBP_nominal / year", ("year",),
    difference(cash_by_bridge, cash_cost),
    "Nothing, to the pound.",
)
capital_out = Line(
    "Capital, which is charged over its life", "GBP_nominal / year", ("year",),
    -finance.additions,
    "Spent in its year, charged by depreciation.",
)
rent_out = Line(
    "Rent, which is charged as a lease", "GBP_nominal / year", ("year",),
    -finance.rent,
    "Depreciation and interest stand for it.",
)
expenditure = Line(
    "Expenditure", "GBP_nominal / year", ("year",),
    cash_cost + capital_out + rent_out + finance.capital_charges,
    "Running cost without rent, and capital charges.",
)
expenditure_by_surplus = Line(
    "Income and cash released less performance", "GBP_nominal / year", ("year",),
    finance.income_and_cash_released - finance.surplus,
    "The same from the income and expenditure account.",
)
expenditure_gap = Line(
    "Not explained between cash and expenditure", "GBP_nominal / year", ("year",),
    difference(expenditure, expenditure_by_surplus),
    "Nothing, to the pound.",
)
cases_reconcile = Check(
    "Economic and financial case reconcile",
    differ(cash_by_bridge, cash_cost, checks.yearly_money),
    ("year",),
    "Inflation, VAT, transfers, and what only one case counts make up the whole difference.",
)
cash_and_expenditure_reconcile = Check(
    "Cash and expenditure reconcile",
    differ(expenditure, expenditure_by_surplus, checks.yearly_money),
    ("year",),
    "Capital, rent and capital charges make up the whole difference.",
)
