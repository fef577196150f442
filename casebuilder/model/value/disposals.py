"""Disposals enabled: buildings that a site of the bid lets go, with receipts, cost saved, date and owner.

What they save is counted once, under a benefit of the log: receipts and backlog maintenance as capital,
running cost as revenue. The kept share of a receipt pays for capital through a fund, whose award is like any
other.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import YEAR_NUMBER, above, inflate, largest, quantity, total
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.setting import estate, timeline

DIMENSIONS = (
    Dimension("disposal", "Disposal", rank=245, may_have_none=True),
    Dimension("body", "Body", rank=310),
)

freed_by = Input(
    "Site that frees the building", "flag", ("disposal", "site"),
    "1 for the site whose opening lets the building go; the disposal counts where the option takes it in.",
    high=1, whole=True,
)
vacated = Input(
    "Year in which the building is left", "number", ("disposal",),
    "Number of the financial year, the base year being 1, from which nothing is paid for it; 0 where no "
    "date is agreed, and then nothing counts.",
    high=100, whole=True,
)
sold = Input(
    "Year in which the building is sold", "number", ("disposal",),
    "Number of the financial year of the receipt, the base year being 1; 0 where it is not sold, or no "
    "date is agreed.",
    high=100, whole=True,
)
receipt = Input(
    "Receipt", "GBP_real", ("disposal",),
    "What the sale brings, before its cost, at base-year prices; 0 where a lease ends.",
)
sale_cost = Input(
    "Cost of sale, share of the receipt", "share", ("disposal",),
    "Agents, legal work, clearing and making safe.",
)
kept = Input(
    "Share of the net receipt that is kept", "share", ("disposal",),
    "By the system or the owner for its own capital; the rest goes to the national pool or another body.",
)
paid_into = Input(
    "Fund that the kept receipt is paid into", "flag", ("disposal", "fund"),
    "1 for the fund whose award it pays for.",
    high=1, whole=True,
)
running_cost = Input(
    "Running cost of the building", "GBP_real / year", ("disposal",),
    "Rent, energy, upkeep, cleaning and business rates that stop when it is left.",
)
backlog = Input(
    "Backlog maintenance of the building", "GBP_real", ("disposal",),
    "Cost to eradicate backlog, as returned for the estate.",
)
backlog_planned = Input(
    "Backlog that would be spent, share", "share", ("disposal",),
    "What the owner's capital plan has of it: backlog that nobody would mend saves nothing.",
)
owner = Input(
    "Answers for the disposal", "flag", ("disposal", "body"),
    "1 for the body that has agreed to let the building go; one for each.",
    high=1, whole=True,
)
running_benefit = Input(
    "Benefit that counts the running cost saved", "flag", ("disposal", "benefit"),
    "1 for the benefit of the log; its attribution, optimism, evidence and release of cash hold.",
    high=1, whole=True,
)
capital_benefit = Input(
    "Benefit that counts receipt and backlog", "flag", ("disposal", "benefit"),
    "1 for the benefit of the log; a benefit that releases no cash, since a receipt pays no running cost.",
    high=1, whole=True,
)

enabled = Line(
    "Disposal is enabled", "flag", ("disposal",),
    largest(freed_by * estate.included, over="site"),
    "1 where the option takes in the site that frees the building.",
)
is_left = Line(
    "Building is left", "flag", ("disposal", "year"),
    enabled * above(vacated, 0) * above(YEAR_NUMBER, vacated - 1),
    "From the year stated.",
)
running_saved = Line(
    "Running cost saved", "GBP_real / year", ("disposal", "year"),
    running_cost * is_left,
    "From the year in which the building is left.",
)
net_receipt = Line(
    "Receipt less cost of sale", "GBP_real / year", ("disposal", "year"),
    receipt * (1 - sale_cost) / quantity(1, "year")
    * enabled * above(YEAR_NUMBER, sold - 1) * above(sold + 1, YEAR_NUMBER),
    "In the year of sale.",
)
backlog_avoided = Line(
    "Backlog maintenance avoided", "GBP_real / year", ("disposal", "year"),
    backlog * backlog_planned / quantity(1, "year") * is_left * above(vacated + 1, YEAR_NUMBER),
    "What would have been spent, in the year in which the building is left.",
)
kept_cash = Line(
    "Net receipt kept", "GBP_nominal / year", ("disposal", "year"),
    inflate(net_receipt * kept, timeline.gdp_index),
    "In cash; the rest is another body's.",
)
by_benefit = Line(
    "Saved by disposals, under the benefit", "GBP_real / year", ("benefit", "year"),
    total(
        running_saved * running_benefit + (net_receipt + backlog_avoided) * capital_benefit, over="disposal"
    ),
    "Each pound under one benefit; dated by itself, so that no realisation is put on it.",
)
