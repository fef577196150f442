"""Place in the pipeline: capital of the proposals in order, against what the system has for them by year."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, largest, maximum, quantity, ratio, total
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.capital import capital
from casebuilder.model.neighbourhood import served

DIMENSIONS = (
    Dimension("allocation", "Allocation of the pipeline", rank=145, may_have_none=True),
)

place = Input(
    "Place in the pipeline", "number", ("proposal",),
    "1 is served first; every proposal has its own.",
    low=1, high=1_000, whole=True,
)
stated_capital = Input(
    "Capital of a neighbour in the queue", "GBP_nominal / year", ("proposal", "year"),
    "As its own proposal has it, in cash with VAT. Not read for a proposal of this case, whose capital is "
    "built up.",
)
draws = Input(
    "Share of the proposal's capital that the allocation pays", "share", ("proposal", "allocation"),
    "What no allocation pays is money of its own: receipts, a partner, operational capital.",
)
allocated = Input(
    "Allocation of the pipeline", "GBP_nominal / year", ("allocation", "year"),
    "Capital that the system has for proposals of the pipeline, in cash.",
)

is_ours = Line(
    "Proposal has a site of this case", "flag", ("proposal",),
    largest(served.site_of, over="site"),
    "In whichever option.",
)
capital_year = Line(
    "Capital of the proposal", "GBP_nominal / year", ("proposal", "year"),
    stated_capital * (1 - is_ours) + total(served.taken_in * capital.outturn, over="site"),
    "Of this bid as built up, with VAT, in the option; of its neighbours as stated.",
)
capital_all = Line(
    "Capital of the proposal, all years", "GBP_nominal", ("proposal",),
    total(capital_year, over="year"),
    "In cash, with VAT.",
)
capital_a_head = Line(
    "Capital for each person served", "GBP_nominal / patient", ("proposal",),
    ratio(capital_all * served.in_option, served.people_all),
    "Of this bid's proposals; empty where nobody is served.",
)
ahead = Line(
    "Proposal is ahead of this bid", "flag", ("proposal",),
    (1 - is_ours) * above(largest(served.in_option * place, over="proposal"), place),
    "1 where it stands before the last of this bid's own in the option.",
)
taken_ahead = Line(
    "Allocation taken by proposals ahead", "GBP_nominal / year", ("allocation", "year"),
    total(capital_year * ahead * draws, over="proposal"),
    "What they draw in the year.",
)
left_when_reached = Line(
    "Allocation left when this bid is reached", "GBP_nominal / year", ("allocation", "year"),
    allocated - taken_ahead,
    "Below nothing, those ahead take more than there is.",
)
taken_here = Line(
    "Allocation that this bid takes", "GBP_nominal / year", ("allocation", "year"),
    total(capital_year * is_ours * draws, over="proposal"),
    "Of its proposals in the option.",
)
left_after = Line(
    "Allocation left after this bid", "GBP_nominal / year", ("allocation", "year"),
    left_when_reached - taken_here,
    "For those behind; below nothing, this bid does not fit in the year.",
)
allocated_all = Line(
    "Allocation of the pipeline, all years", "GBP_nominal", ("allocation",),
    total(allocated, over="year"),
    "In cash.",
)
taken_ahead_all = Line(
    "Allocation taken by proposals ahead, all years", "GBP_nominal", ("allocation",),
    total(taken_ahead, over="year"),
    "In cash.",
)
taken_here_all = Line(
    "Allocation that this bid takes, all years", "GBP_nominal", ("allocation",),
    total(taken_here, over="year"),
    "In cash.",
)
left_after_all = Line(
    "Allocation left after this bid, all years", "GBP_nominal", ("allocation",),
    total(left_after, over="year"),
    "What of one year is left pays for another only where it may be carried forward.",
)
short = Line(
    "Allocation that is short for this bid", "GBP_nominal / year", ("allocation", "year"),
    maximum(taken_here - maximum(left_when_reached, 0), 0),
    "What it needs in the year beyond what is left.",
)
drawn = Line(
    "Capital that allocations pay", "share", ("proposal",), total(draws, over="allocation"), "One at most."
)
exceeded_before = Check(
    "The pipeline's allocation reaches this bid",
    above(taken_ahead, allocated) * above(taken_here, quantity(0, "GBP_nominal / year")),
    ("allocation", "year"),
    "Proposals ahead take more than there is in a year in which this bid needs it.",
    level="warn",
)
bid_fits = Check(
    "This bid fits in what the pipeline has left",
    above(short, quantity(1, "GBP_nominal / year")),
    ("allocation", "year"),
    "What is short must come from another year or other money.",
    level="warn",
)
drawn_once = Check(
    "No proposal draws more than its capital",
    above(drawn, 1),
    ("proposal",),
    "Allocations together pay for it once.",
)
