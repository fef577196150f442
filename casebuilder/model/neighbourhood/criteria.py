"""Fit to the pipeline's criteria: scores with their evidence, weighed, and whether each minimum is met."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.neighbourhood import served

DIMENSIONS = (
    Dimension("criterion", "Criterion of the pipeline", rank=335, may_have_none=True),
)

weight = Input(
    "Weight of the criterion", "share", ("criterion",),
    "As the region or system has it; sums to one.",
)
most = Input(
    "Full marks of the criterion", "number", ("criterion",),
    "The highest score that can be given.",
    low=1, high=100,
)
minimum = Input(
    "Minimum score of the criterion", "number", ("criterion",),
    "Below it a proposal does not go forward; 0 where there is none.",
    high=100,
)
score = Input(
    "Score", "number", ("proposal", "criterion"),
    "As agreed by those who run the pipeline.",
    high=100,
)
evidence = Input(
    "Evidence of the score: 1 judgement, 2 elsewhere, 3 such centres, 4 here", "number",
    ("proposal", "criterion"),
    "Judgement; a figure from another setting; observed at centres of this kind; measured here.",
    low=1, high=4, whole=True,
)

points = Line(
    "Weighted score", "share", ("proposal", "criterion"),
    score / most * weight,
    "Share of full marks, times the weight.",
)
fit = Line(
    "Fit to the criteria", "share", ("proposal",),
    total(points, over="criterion"),
    "Of full marks.",
)
met = Line(
    "Minimum is met", "flag", ("proposal", "criterion"),
    1 - above(minimum, score),
    "1 where the score is no less than the minimum.",
)
minimums_missed = Line(
    "Minimums missed", "number", ("proposal",), total(1 - met, over="criterion"), "None, to go forward."
)
judged = Line(
    "Fit that rests on judgement", "share", ("proposal",),
    total(points * above(2, evidence), over="criterion"),
    "Of full marks; no figure from anywhere stands behind it.",
)
# By proposal, as scores are: a case without a pipeline has no weights to add up.
weights = Line(
    "Weights, all criteria", "share", ("proposal",),
    total(weight + 0 * score, over="criterion"),
    "One, for every proposal alike.",
)
weights_sum = Check(
    "Weights of the pipeline's criteria sum to one",
    not_one(weights),
    ("proposal",),
    "Otherwise fit is no share of full marks.",
)
score_within_marks = Check(
    "No score is above full marks",
    above(score, most),
    ("proposal", "criterion"),
    "A score is given out of the marks of its criterion.",
)
minimum_met = Check(
    "Every criterion's minimum is met",
    served.in_option * (1 - met),
    ("proposal", "criterion"),
    "Of this bid's proposals; one that misses a minimum does not go forward, however it scores elsewhere.",
    level="warn",
)
