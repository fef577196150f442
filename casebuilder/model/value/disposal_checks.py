"""Checks of disposals: date and owner, counted once, receipts before awards, no receipt as revenue."""

from __future__ import annotations

from casebuilder.algebra.operators import above, cumulative, maximum, quantity, total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.capital import funding
from casebuilder.model.value import benefits, disposals, lump

owners = Line(
    "Bodies that answer for the disposal", "number", ("disposal",),
    total(disposals.owner, over="body"),
    "One.",
)
running_counted = Line(
    "Benefits that count its running cost", "number", ("disposal",),
    total(disposals.running_benefit, over="benefit"),
    "One, where there is any.",
)
capital_counted = Line(
    "Benefits that count its receipt and backlog", "number", ("disposal",),
    total(disposals.capital_benefit, over="benefit"),
    "One, where there is any.",
)
stated_beside = Line(
    "Pounds stated under the benefit that counts it", "GBP_real / year", ("disposal", "year"),
    total(
        lump.pounds * maximum(disposals.running_benefit, disposals.capital_benefit), over="benefit"
    ),
    "A sum of the year under the same benefit.",
)
kept_all = Line(
    "Net receipt kept, all years", "GBP_nominal", ("disposal",),
    total(disposals.kept_cash, over="year"),
    "In cash.",
)
running_saved_all = Line(
    "Running cost saved, all years", "GBP_real", ("disposal",),
    total(disposals.running_saved, over="year"),
    "At base-year prices, not discounted.",
)
paid_in = Line(
    "Receipts into the fund", "GBP_nominal / year", ("disposal", "fund", "year"),
    disposals.paid_into * total(disposals.kept_cash * disposals.paid_into, over="disposal"),
    "Of all disposals that pay into it.",
)
award_beyond = Line(
    "Award of the fund beyond its receipts so far", "GBP_nominal", ("disposal", "fund", "year"),
    disposals.paid_into * maximum(cumulative(funding.award_by_fund) - cumulative(paid_in), 0),
    "Money that is not there yet.",
)
dated_and_owned = Check(
    "Every disposal counted has a date and an owner",
    disposals.enabled
    * maximum(
        maximum(1 - above(disposals.vacated, 0), not_one(owners)),
        above(disposals.receipt, 0) * (1 - above(disposals.sold, 0)),
    ),
    ("disposal",),
    "Without a date nothing of it counts; without an owner nobody lets it go.",
    level="warn",
)
counted_once = Check(
    "Disposals are counted once",
    disposals.enabled
    * maximum(
        not_one(running_counted) * above(disposals.running_cost, 0),
        not_one(capital_counted) * above(disposals.receipt + disposals.backlog, 0),
    ),
    ("disposal",),
    "Running cost under one benefit, receipt and backlog under one.",
)
not_stated_twice = Check(
    "Disposals are not stated as sums too",
    disposals.enabled * above(stated_beside, 0),
    ("disposal", "year"),
    "A benefit that counts disposals has no sum of the year beside them, which may be the same building.",
    level="warn",
)
receipt_is_capital = Check(
    "No receipt is counted as revenue",
    disposals.capital_benefit * benefits.is_cash_releasing,
    ("disposal", "benefit"),
    "A receipt pays for capital through its fund; it releases no running cost.",
)
receipt_before_award = Check(
    "Receipts are there before they are spent",
    above(award_beyond, quantity(1, "GBP_nominal")),
    ("disposal", "fund", "year"),
    "The award of a fund that receipts pay for is no more than what they have brought so far.",
    level="warn",
)
