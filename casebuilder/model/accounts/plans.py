"""Plans: each host's baseline plan, with the scheme on top, and whether it can afford the total.

All is cash, over the years of the statements; the scheme counts as its change against the baseline.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE, Dimension
from casebuilder.algebra.operators import (
    above,
    at,
    difference,
    lagged,
    largest,
    maximum,
    minimum,
    ratio,
    smallest,
    stated,
    step,
    total,
    where,
)
from casebuilder.algebra.shapes import apart
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.accounts import accounts, finance, governance, position
from casebuilder.model.capital import funding, replacements

DIMENSIONS = (
    Dimension("mitigation", "Mitigation", rank=220),
    # The last month of a financial year is picked by a check of shares.
    Dimension("month_of_year", "Month of the financial year", rank=230, needs=("mar",)),
)

income = Input(
    "Income, plan", "GBP_nominal / year", ("provider", "year"),
    "The host's operating income without the scheme.",
)
performance = Input(
    "Adjusted financial performance, plan", "GBP_nominal / year", ("provider", "year"),
    "The host's own plan without the scheme; below nothing where it plans a deficit.",
    low=None,
)
control_total = Input(
    "Control total", "GBP_nominal / year", ("provider", "year"),
    "What the host has agreed to reach.",
    low=None,
)
cash = Input(
    "Cash at year end, plan", "GBP_nominal", ("provider", "year"),
    "Without the scheme.",
)
least_cash = Input(
    "Least cash a host may hold", "GBP_nominal", ("provider",),
    "Below it the host needs support.",
)
envelope = Input(
    "Operational capital envelope", "GBP_nominal / year", ("provider", "year"),
    "Of the host, in the year.",
)
envelope_planned = Input(
    "Envelope already planned for", "share", ("provider",),
    "By the host's own programme.",
)
replacements_planned = Input(
    "Hospital replacements that the host's programme holds", "share", ("provider",),
    "Of the kit that falls due, the part that stands in the host's own programme already.",
)
net_assets = Input(
    "Relevant net assets, plan", "GBP_nominal", ("provider", "year"),
    "Without the scheme.",
)
running_by = Input(
    "Running cash by month end", "share", ("month_of_year",),
    "Share of the year's income and running cost that has been received and paid.",
    never_falls="month_of_year",
)
capital_by = Input(
    "Capital paid by month end", "share", ("month_of_year",),
    "Share of the year's capital paid, with the capital drawn for it.",
    never_falls="month_of_year",
)
dividend_by = Input(
    "Dividend paid by month end", "share", ("month_of_year",),
    "Half in September and half in March.",
    never_falls="month_of_year",
)
mitigation = Input(
    "Mitigation", "GBP_nominal / year", ("mitigation", "year"),
    "What a step adds to the hosts' performance in the year.",
)
mitigation_agreed = Input(
    "Mitigation is agreed", "flag", ("mitigation",),
    "1 where somebody has agreed to it in writing; others are shown and not relied on.",
    high=1, whole=True,
)

plan_given = Line(
    "Plan of the host is given", "flag", ("provider",),
    above(total(income, over="year"), 0),
    "0 where no plan is stated: then only the change by the scheme means anything.",
)

cash_given = Line(
    "Cash plan of the host is given", "flag", ("provider",),
    above(largest(cash, over="year"), 0),
    "0 where no plan of cash is stated.",
)
envelope_given = Line(
    "Capital envelope of the host is given", "flag", ("provider",),
    above(total(envelope, over="year"), 0),
    "0 where no envelope is stated.",
)
net_assets_given = Line(
    "Planned net assets of the host are given", "flag", ("provider",),
    above(largest(net_assets, over="year"), 0),
    "0 where none are stated.",
)

# Plan and scheme
income_total = Line(
    "Income with the scheme", "GBP_nominal / year", ("provider", "statement"),
    stated(income) + position.income_change,
    "Plan and scheme.",
)
performance_total = Line(
    "Adjusted financial performance with the scheme", "GBP_nominal / year", ("provider", "statement"),
    stated(performance) + position.performance_change,
    "Plan and scheme.",
)
against_control = Line(
    "Performance less control total", "GBP_nominal / year", ("provider", "statement"),
    performance_total - stated(control_total),
    "Below nothing, the control total is missed.",
)
cash_total = Line(
    "Cash at year end with the scheme", "GBP_nominal", ("provider", "statement"),
    stated(cash) + position.cash_change,
    "Plan and scheme.",
)
net_assets_total = Line(
    "Relevant net assets with the scheme", "GBP_nominal", ("provider", "statement"),
    stated(net_assets) + position.relevant_net_assets,
    "Plan and scheme.",
)
replacements_due = Line(
    "Hospital kit that falls due", "GBP_nominal / year", ("provider", "statement"),
    stated(replacements.cost),
    "By the host's register, or estimated; in the year in which it is due, in cash with VAT.",
)
capital_charge = Line(
    "CDEL of the host, scheme and hospital kit", "GBP_nominal / year", ("provider", "statement"),
    apart(
        accounts.additions + position.right_of_use_begun + replacements_due,
        accounts.donated_income, funding.crumb,
    ),
    "Bought, built or leased for the scheme, less what was donated, and the hospital kit that falls due.",
)
envelope_free = Line(
    "Envelope free for the scheme", "GBP_nominal / year", ("provider", "statement"),
    difference(stated(envelope) * (1 - envelope_planned), replacements_due * (1 - replacements_planned)),
    "What is left of the envelope after the host's programme and hospital kit that falls due.",
)
envelope_headroom = Line(
    "Envelope headroom", "GBP_nominal / year", ("provider", "statement"),
    difference(envelope_free + at(accounts.envelope_call, option=BASELINE), accounts.envelope_call),
    "What is left of the envelope after the host's programme, hospital kit that falls due and the scheme.",
)

# Month ends
running_flow = Line(
    "Running cash of the year, change", "GBP_nominal / year", ("provider", "statement"),
    difference(position.running_cash, at(position.running_cash, option=BASELINE)),
    "Against the baseline.",
)
capital_flow = Line(
    "Capital cash of the year, change", "GBP_nominal / year", ("provider", "statement"),
    difference(position.capital_cash, at(position.capital_cash, option=BASELINE)),
    "Against the baseline.",
)
dividend_flow = Line(
    "Dividend of the year, change", "GBP_nominal / year", ("provider", "statement"),
    difference(position.dividend, at(position.dividend, option=BASELINE)),
    "Against the baseline.",
)
month_end_cash = Line(
    "Cash at month end with the scheme", "GBP_nominal", ("provider", "month_of_year", "statement"),
    stated(cash) + lagged(position.cash_change, 1)
    + step(running_flow) * running_by + step(capital_flow) * capital_by - step(dividend_flow) * dividend_by,
    "The plan's year-end cash, the scheme's of the year before, and the year so far.",
)
lowest_of_year = Line(
    "Lowest month-end cash of the year", "GBP_nominal", ("provider", "statement"),
    smallest(month_end_cash, over="month_of_year"),
    "With the scheme.",
)
lowest_cash = Line(
    "Lowest month-end cash", "GBP_nominal", ("provider",),
    smallest(lowest_of_year, over="statement"),
    "In any month of the statements, with the scheme.",
)
worst_against_control = Line(
    "Worst year against control total", "GBP_nominal / year", ("provider",),
    smallest(against_control, over="statement"),
    "In the years of the statements.",
)
least_headroom = Line(
    "Least envelope headroom", "GBP_nominal / year", ("provider",),
    smallest(envelope_headroom, over="statement"),
    "In the years of the statements.",
)

# The gap and what closes it
shortfall = Line(
    "Shortfall of the host", "GBP_nominal / year", ("provider", "statement"),
    maximum(-position.performance_change, 0),
    "What the scheme takes from its performance.",
)
shortfall_all = Line(
    "Shortfall of all hosts", "GBP_nominal / year", ("statement",),
    total(shortfall, over="provider"),
    "Without what other hosts gain.",
)
gain_all = Line(
    "Gain of the hosts that gain", "GBP_nominal / year", ("statement",),
    difference(governance.system_change, -shortfall_all),
    "What could be shared with those that lose.",
)
mitigation_agreed_year = Line(
    "Mitigation agreed", "GBP_nominal / year", ("year",),
    total(mitigation * mitigation_agreed, over="mitigation"),
    "All steps that somebody has agreed to.",
)
mitigation_year = Line(
    "Mitigation, agreed or not", "GBP_nominal / year", ("year",),
    total(mitigation, over="mitigation"),
    "All steps.",
)
agreed_received = Line(
    "Agreed mitigation received", "GBP_nominal / year", ("provider", "statement"),
    where(
        above(shortfall_all, 0),
        minimum(stated(mitigation_agreed_year), shortfall_all) * shortfall / shortfall_all,
        0 * shortfall,
    ),
    "By the hosts that lose, in proportion, and no further than their loss.",
)
mitigated = Line(
    "Change in performance after agreed mitigation", "GBP_nominal / year", ("provider", "statement"),
    difference(position.performance_change, -agreed_received),
    "What is agreed in writing counts.",
)
all_received = Line(
    "Mitigation received if all is agreed", "GBP_nominal / year", ("provider", "statement"),
    where(
        above(shortfall_all, 0),
        minimum(stated(mitigation_year), shortfall_all) * shortfall / shortfall_all,
        0 * shortfall,
    ),
    "By the hosts that lose, in proportion, and no further than their loss.",
)
mitigated_all = Line(
    "Change in performance if every mitigation is agreed", "GBP_nominal / year", ("provider", "statement"),
    difference(position.performance_change, -all_received),
    "With the steps that nobody has agreed to yet.",
)
worst_mitigated = Line(
    "Worst year of the host if every mitigation is agreed", "GBP_nominal / year", ("provider",),
    smallest(mitigated_all, over="statement"),
    "In the years of the statements.",
)
gap_left = Line(
    "Gap left if every mitigation is agreed", "GBP_nominal / year", ("statement",),
    maximum(shortfall_all - stated(mitigation_year), 0),
    "What nobody has offered to close.",
)
gap_without_agreement = Line(
    "Gap left by what is agreed", "GBP_nominal / year", ("statement",),
    maximum(shortfall_all - stated(mitigation_agreed_year), 0),
    "What nobody has agreed to close.",
)
income_that_closes = Line(
    "Rise in income that closes the gap", "factor", ("statement",),
    ratio(
        maximum(-governance.system_change, 0),
        stated(finance.payments),
    ),
    "Share by which payments for tests must rise for all hosts to break even; empty without any.",
)

mitigation_is_agreed = Check(
    "The gap is closed by what is agreed",
    above(gap_without_agreement, 0),
    ("statement",),
    "Hosts that lose need somebody's agreement in writing before approval.",
    level="warn",
)
cash_holds = Check(
    "Cash of every host holds at month ends",
    cash_given * above(least_cash, lowest_cash),
    ("provider",),
    "With the scheme no month end falls below the least a host may hold.",
    level="warn",
)
envelope_holds = Check(
    "Every envelope holds",
    envelope_given * above(0 * least_headroom, least_headroom),
    ("provider",),
    "The scheme, its replacements and hospital kit that falls due fit what is left of the host's envelope.",
    level="warn",
)
plan_is_stated = Check(
    "A plan is entered for every host: income, cash and capital envelope",
    1 - plan_given * cash_given * envelope_given,
    ("provider",),
    "Where none is, what a host can afford is not tested; the change by the scheme still stands. The state "
    "on Inputs says whether what is entered is the host's own.",
    level="note",
)
