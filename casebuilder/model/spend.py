"""Spend: capital by month, within the years of the phasing.

Reads timeline, programme and capital. Read by pages. A site's capital of the year is spent while it is built
and fitted out; in a year without such a month, evenly.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    differ,
    difference,
    maximum,
    minimum,
    per_year,
    quantity,
    stated,
    total,
    where,
)
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model import capital, checks, programme, timeline

place = Input(
    "Place of the month in the financial year", "months", ("month_of_year",),
    "1 for April to 12 for March.",
    low=1, high=12, whole=True,
)  # fmt: skip
month = quantity(1, "month")
a_year = quantity(12, "months")

last_month = Line(
    "Number of March", "months", ("year",),
    per_year(timeline.month_number, "last"),
    "Of the months of the case; 0 in a year that they do not reach.",
)  # fmt: skip
works_in_year = Line(
    "Months of building and installation in the year", "months", ("site", "year"),
    above(last_month, 0)
    * maximum(
        minimum(last_month + month, programme.install_end)
        - maximum(last_month - a_year + month, programme.build_start),
        0,
    ),
    "From the start on site until the kit is connected, as far as it lies in the year.",
)  # fmt: skip
last_month_stated = Line(
    "Number of March, years of the statements", "months", ("statement",), stated(last_month), "As by year."
)
by_month = Line(
    "Capital outturn of the month", "GBP_nominal / year", ("site", "month_of_year", "statement"),
    stated(capital.outturn)
    * where(
        above(stated(works_in_year), 0),
        maximum(
            minimum(last_month_stated - a_year + place + month, programme.install_end)
            - maximum(last_month_stated - a_year + place, programme.build_start),
            0,
        )
        / stated(works_in_year),
        month / a_year,
    ),
    "The year's capital by the part of its building and installation that falls in the month.",
)  # fmt: skip
all_sites = Line(
    "Capital outturn of the month, all sites", "GBP_nominal / year", ("month_of_year", "statement"),
    total(by_month, over="site"),
    "In cash, with VAT.",
)  # fmt: skip
months_gap = Line(
    "Months less the year", "GBP_nominal / year", ("statement",),
    difference(total(all_sites, over="month_of_year"), total(stated(capital.outturn), over="site")),
    "Nothing.",
)  # fmt: skip
months_add_up = Check(
    "Capital by month adds up to the year",
    differ(
        total(all_sites, over="month_of_year"),
        total(stated(capital.outturn), over="site"),
        checks.yearly_money,
    ),
    ("statement",),
    "Phasing by month and by year are one.",
)  # fmt: skip
