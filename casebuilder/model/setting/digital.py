"""Digital: image sharing, remote reporting and decision support, each with effect, cost and start.

An option takes a system in by a flag; without it the system has neither effect nor cost.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import YEAR_NUMBER, above, maximum, minimum, per_year, quantity, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import timeline

DIMENSIONS = (
    Dimension("digital", "Digital system", rank=380),
)

taken = Input("System is in the option", "flag", ("digital",), "1 where it is.", high=1, whole=True)
start_month = Input(
    "Month in which it starts", "months", ("digital",), "Number of the month in which it first has effect.",
    low=1, high=240, whole=True,
)
ramp_months = Input("Months to full use", "months", ("digital",), "In equal steps.", low=1, high=60)
requests_avoided = Input(
    "Requests avoided", "share", ("digital", "test"),
    "Of requests to the list: scans already done elsewhere, and requests that guidance stops.",
)
reports_gained = Input(
    "Reports an hour gained", "factor", ("digital",), "Fewer interruptions, images at hand.", high=1.5
)
reporting_hours_gained = Input(
    "Reporting hours gained", "factor", ("digital",),
    "Hours of the day that reporters could not give on site.",
    high=1,
)
minutes_saved = Input(
    "Staff minutes saved a test", "minutes / test", ("digital",),
    "Vetting, moving images, chasing results; of all tests of the network.",
    high=30,
)
capital_cost = Input(
    "Capital", "GBP_real / year", ("digital", "year"), "Licences, integration and kit; before VAT."
)
running_cost = Input(
    "Running cost", "GBP_real / year", ("digital",), "Licences, hosting and support, from the start."
)
interoperability = Input(
    "Joining the members' systems", "GBP_real / year", ("digital", "year"),
    "Interfaces and data work at each member that the system needs and its price leaves out.",
)
interoperability_funded = Input(
    "Share of that work in the capital above",
    "share",
    ("digital",),
    "The rest is a cost that nobody has funded.",
)
value_of_staff_time = Input(
    "Value of an hour of staff time saved", "GBP_real / hour", (), "Staff stay and do other work."
)

reached = Line(
    "Use reached", "share", ("digital", "month"),
    taken
    * minimum(1, maximum((timeline.month_number - start_month + quantity(1, "month")) / ramp_months, 0)),
    "0 before the start, then equal monthly steps.",
)
reached_year = Line(
    "Use reached, mean of the year", "share", ("digital", "year"),
    per_year(reached, "mean") + timeline.after_horizon * taken,
    "Full use in the years after the months.",
)
reports_factor = Line(
    "Reports in-house, with what digital gives", "factor", ("month",),
    1 + total(reached * (reports_gained + reporting_hours_gained), over="digital"),
    "More an hour and more hours; the parts add up.",
)

# Money
has_started = Line(
    "System runs", "share", ("digital", "year"),
    taken * minimum(above(YEAR_NUMBER * quantity(12, "months"), start_month - quantity(1, "month")), 1),
    "1 in every year by whose end it has started.",
)
unfunded_interoperability = Line(
    "Joining the members' systems, not funded", "GBP_real / year", ("year",),
    total(taken * interoperability * (1 - interoperability_funded), over="digital"),
    "Shown apart: claims of savings rest on it.",
)
capital_year = Line(
    "Digital capital", "GBP_real / year", ("year",),
    total(taken * capital_cost, over="digital") + unfunded_interoperability,
    "Before VAT; with the work that its price leaves out.",
)
running_year = Line(
    "Digital running cost", "GBP_real / year", ("year",),
    total(has_started * running_cost, over="digital"),
    "Full price from the year of the start.",
)
