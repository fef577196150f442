"""Host costs: each host's running cost of the centres line by line.

Staff fall on the employer and the rest on the host of a site; the lines add up to pay and non-pay
of the accounts, which a check holds.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    absolute,
    at,
    by_member,
    difference,
    inflate,
    maximum,
    stated,
    total,
)
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.accounts import accounts
from casebuilder.model.capital import equipment_leases, leases, private_finance
from casebuilder.model.results import checks
from casebuilder.model.running import revenue, transition
from casebuilder.model.setting import cost_lines, estate, hosting, programme, timeline

cost = Line(
    "Host's running cost of the line", "GBP_nominal / year", ("provider", "cost_line", "statement"),
    by_member(
        cost_line=cost_lines.NETWORK,
        others=inflate(
            by_member(
                cost_line={
                    "premises": total(
                        estate.gross_internal_area * stated(programme.open_year) * hosting.hosts, over="site"
                    )
                    * revenue.running_rate * at(stated(cost_lines.factor), cost_line="premises"),
                    "energy": total(
                        revenue.energy_full * stated(programme.open_year) * hosting.hosts, over="site"
                    )
                    * at(stated(cost_lines.factor), cost_line="energy"),
                },
                others=total(stated(revenue.by_line) * hosting.bears, over="site"),
            ),
            stated(cost_lines.index),
        ),
    ),
    "Staff of the sites it employs for, all else of those it hosts, before VAT; nothing beside the centres.",
)
opening_pay = Line(
    "Pay before opening and in double running", "GBP_nominal / year", ("provider", "statement"),
    inflate(
        total(stated(transition.pay_year) * hosting.employs, over="site")
        * at(stated(cost_lines.factor), cost_line="pay"),
        stated(timeline.pay_index),
    ),
    "Of the sites that open in the year.",
)
non_pay_index = Line(
    "Non-pay index, years of the statements", "index", ("statement",),
    stated(timeline.non_pay_index),
    "As by year.",
)
vat = Line(
    "VAT not recovered on running cost", "GBP_nominal / year", ("provider", "statement"),
    total(
        (inflate(stated(revenue.non_pay_vat), non_pay_index) + stated(leases.payment) * revenue.vat_on_rent
         + stated(equipment_leases.expensed) + private_finance.expensed_stated)
        * hosting.hosts,
        over="site",
    ),
    "On non-pay and rent, each line at its own share; with charges of financed equipment that are expensed.",
)
non_pay_lines = Line(
    "Non-pay, all lines", "GBP_nominal / year", ("provider", "statement"),
    total(by_member(cost_line=cost_lines.STAFF, others=cost), over="cost_line") + vat,
    "All lines but staff, with VAT.",
)

pay_gap = Line(
    "Staff lines less pay of the accounts", "GBP_nominal / year", ("statement",),
    difference(
        total(at(cost, cost_line="pay") + at(cost, cost_line="agency") + opening_pay, over="provider"),
        total(accounts.pay, over="provider"),
    ),
    "Nothing.",
)
non_pay_gap = Line(
    "Non-pay lines less non-pay of the accounts", "GBP_nominal / year", ("statement",),
    difference(total(non_pay_lines, over="provider"), total(accounts.non_pay, over="provider")),
    "Nothing.",
)
lines_make_up_accounts = Check(
    "Lines make up pay and non-pay of the hosts",
    maximum(
        above(absolute(pay_gap), checks.yearly_money),
        above(absolute(non_pay_gap), checks.yearly_money),
    ),
    ("statement",),
    "Every pound of a host's running cost has a line.",
)
