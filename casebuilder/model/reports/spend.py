"""Spend: capital by month, within the years of the phasing.

A site's capital of the year is spent while it is built and fitted out; in a year without such a
month, evenly.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    difference,
    maximum,
    minimum,
    per_year,
    quantity,
    stated,
    total,
    where,
)
from casebuilder.algebra.shapes import differ
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import capital
from casebuilder.model.results import checks
from casebuilder.model.setting import programme, timeline

place = Input(
    "Place of the month in the financial year", "months", ("month_of_year",),
    "1 for April to 12 for March.",
    low=1, high=12, whole=True,
)
month = quantity(1, "month")
a_year = quantity(12, "months")

last_month = Line(
    "Number of March", "months", ("year",),
    per_year(timeline.month_number, "last"),
    "Of the months of the case; 0 in a year that they do not reach.",
)
works_in_year = Line(
    "Months of building and installation in the year", "months", ("site", "year"),
    above(last_month, 0)
    * maximum(
        minimum(last_month + month, programme.install_end)
        - maximum(last_month - a_year + month, programme.build_start),
        0,
    ),
    "From the start on site until the kit is connected, as far as it lies in the year.",
)
last_month_stated = Line(
    "Number of March, years of the statements", "months", ("statement",), stated(last_month), "As by year."
)
works_stated = Line(
    "Months of building and installation, years of the statements", "months", ("site", "statement"),
    stated(works_in_year), "As by year.",
)
outturn_stated = Line(
    "Capital outturn, years of the statements", "GBP_nominal / year", ("site", "statement"),
    stated(capital.outturn), "As by year.",
)
month_before = Line(
    "Number of the month before", "months", ("month_of_year", "statement"),
    last_month_stated - a_year + place,
    "Counted from the first month of the case, like the months of building.",
)
by_month = Line(
    "Capital outturn of the month", "GBP_nominal / year", ("site", "month_of_year", "statement"),
    outturn_stated
    * where(
        above(works_stated, 0),
        maximum(
            minimum(month_before + month, programme.install_end)
            - maximum(month_before, programme.build_start),
            0,
        )
        / works_stated,
        month / a_year,
    ),
    "The year's capital by the part of its building and installation that falls in the month.",
)
all_sites = Line(
    "Capital outturn of the month, all sites", "GBP_nominal / year", ("month_of_year", "statement"),
    total(by_month, over="site"),
    "In cash, with VAT.",
)
months_gap = Line(
    "Months less the year", "GBP_nominal / year", ("statement",),
    difference(total(all_sites, over="month_of_year"), total(outturn_stated, over="site")),
    "Nothing.",
)
months_add_up = Check(
    "Capital by month adds up to the year",
    differ(
        total(all_sites, over="month_of_year"),
        total(stated(capital.outturn), over="site"),
        checks.yearly_money,
    ),
    ("statement",),
    "Phasing by month and by year are one.",
)
