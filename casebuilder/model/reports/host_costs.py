"""Host costs: each host's running cost of the centres line by line.

Staff fall on the employer and the rest on the host of a site; the lines add up to pay and non-pay
of the accounts, which a check holds.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, absolute, at, difference, inflate, maximum, stated, total
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.accounts import accounts
from casebuilder.model.capital import equipment, leases
from casebuilder.model.results import checks
from casebuilder.model.running import revenue, transition
from casebuilder.model.setting import cost_lines, estate, hosting, programme, timeline

# As employer
own_staff = Line(
    "Own staff, as employer", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.own_pay) * hosting.employs, over="site"), stated(timeline.pay_index)),
    "Of the sites it employs for.",
)
agency_staff = Line(
    "Agency staff, as employer", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.agency_pay) * hosting.employs, over="site"), stated(timeline.pay_index)),
    "Of the sites it employs for.",
)
opening_pay = Line(
    "Pay before opening and in double running", "GBP_nominal / year", ("provider", "statement"),
    inflate(
        total(transition.pay_cost * stated(equipment.opened) * hosting.employs, over="site")
        * at(stated(cost_lines.factor), cost_line="pay"),
        stated(timeline.pay_index),
    ),
    "Of the sites that open in the year.",
)

# As host, before VAT
consumables = Line(
    "Consumables", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.consumables) * hosting.hosts, over="site"), stated(timeline.non_pay_index)),
    "Contrast is among them.",
)
reporting = Line(
    "Outside reporting", "GBP_nominal / year", ("provider", "statement"),
    inflate(
        total(stated(revenue.outside_reporting) * hosting.hosts, over="site"), stated(timeline.non_pay_index)
    ),
    "Of its centres' tests.",
)
transport = Line(
    "Transport of samples", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.transport) * hosting.hosts, over="site"), stated(timeline.non_pay_index)),
    "Couriers that its centres pay for.",
)
maintenance = Line(
    "Maintenance", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.maintenance) * hosting.hosts, over="site"), stated(timeline.non_pay_index)),
    "Of equipment, after its warranty.",
)
estate_running = Line(
    "Estate running", "GBP_nominal / year", ("provider", "statement"),
    inflate(
        total(estate.gross_internal_area * stated(programme.open_year) * hosting.hosts, over="site")
        * revenue.running_rate * at(stated(cost_lines.factor), cost_line="premises"),
        stated(timeline.non_pay_index),
    ),
    "Facilities management, with the energy of the building.",
)
energy = Line(
    "Energy of units", "GBP_nominal / year", ("provider", "statement"),
    inflate(
        total(revenue.energy_full * stated(programme.open_year) * hosting.hosts, over="site")
        * at(stated(cost_lines.factor), cost_line="energy"),
        stated(timeline.non_pay_index),
    ),
    "Scanners and other units.",
)
rates = Line(
    "Business rates", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.rates) * hosting.hosts, over="site"), stated(timeline.non_pay_index)),
    "A transfer, but paid.",
)
hired_units = Line(
    "Hired units", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.hired_units) * hosting.hosts, over="site"), stated(timeline.non_pay_index)),
    "With their crew.",
)
overheads = Line(
    "Overheads", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.overheads) * hosting.hosts, over="site"), stated(timeline.non_pay_index)),
    "Share of direct cost.",
)
opening = Line(
    "Recruitment, training and commissioning", "GBP_nominal / year", ("provider", "statement"),
    inflate(total(stated(revenue.opening) * hosting.hosts, over="site"), stated(timeline.non_pay_index)),
    "Of the sites that open in the year.",
)
vat = Line(
    "VAT not recovered on running cost", "GBP_nominal / year", ("provider", "statement"),
    (inflate(
        total(stated(revenue.non_pay_real) * hosting.hosts, over="site"), stated(timeline.non_pay_index)
     )
     + total(stated(leases.payment) * hosting.hosts, over="site"))
    * revenue.vat_on_non_pay,
    "On non-pay and rent.",
)

pay_gap = Line(
    "Staff lines less pay of the accounts", "GBP_nominal / year", ("statement",),
    difference(
        total(own_staff + agency_staff + opening_pay, over="provider"), total(accounts.pay, over="provider")
    ),
    "Nothing.",
)
non_pay_gap = Line(
    "Non-pay lines less non-pay of the accounts", "GBP_nominal / year", ("statement",),
    difference(
        total(
            consumables + reporting + transport + maintenance + estate_running + energy + rates + hired_units
            + overheads + opening + vat,
            over="provider",
        ),
        total(accounts.non_pay, over="provider"),
    ),
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
