"""Checks of the operations: arithmetic that must hold, and judgements an assurer asks for.

Reads the waterfall of demand, targets and performance. A check that fails stops a bid; a warning is shown.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, largest, maximum, quantity, smallest, total
from casebuilder.algebra.terms import Check, Line
from casebuilder.model import checks, performance, targets, timeline, waterfall

unexplained = Line(
    "Most that the waterfall leaves unexplained", "tests / year", ("test",),
    maximum(largest(waterfall.gap, over="year"), -smallest(waterfall.gap, over="year")),
    "Whichever way, in whichever year.",
)  # fmt: skip
waterfall_adds_up = Check(
    "Waterfall of demand adds up",
    above(unexplained, checks.test_tolerance / quantity(1, "year")),
    ("test",),
    "The steps from the baseline make up each year's demand.",
)  # fmt: skip
estimators_agree = Check(
    "Both estimates of demand agree",
    performance.estimators_far_apart,
    ("test",),
    "The flow estimate and the young-band floor lie near each other, or the difference is explained.",
    level="warn",
)  # fmt: skip
minimum_is_reached = Check(
    "Centres reach their least activity",
    above(largest(performance.below_minimum, over="year"), checks.test_tolerance / quantity(1, "year")),
    ("site",),
    "Activity below the least puts the funding that rests on it at risk.",
    level="warn",
)  # fmt: skip
additional_is_plausible = Check(
    "Additional tests are no more than open centres achieved",
    above(performance.achieved_additional_share, 0)
    * above(performance.additional_share, performance.achieved_additional_share),
    ("test",),
    "A bid that adds more a slot than any open centre did needs to say how.",
    level="warn",
)  # fmt: skip
gap_at_end = Line(
    "Capacity gap at the end", "tests / week", ("test",),
    total(targets.capacity_gap * timeline.last_month, over="month"),
    "In the last month.",
)  # fmt: skip
capacity_meets_target = Check(
    "Capacity is enough for the target list",
    above(gap_at_end, checks.test_tolerance / quantity(1, "week")),
    ("test",),
    "In the last month: referrals, clearing the list above target, and the urgent stream's busy weeks.",
    level="warn",
)  # fmt: skip
nobody_waits_longer = Check(
    "No trust's patients wait longer than at baseline",
    performance.waits_longer,
    ("provider", "test"),
    "Pooling helps the network; a trust that loses must know before it agrees.",
    level="warn",
)  # fmt: skip
