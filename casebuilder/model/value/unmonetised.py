"""Unmonetised benefits: scored and weighted, and what a point would have to be worth.

They stand beside the net present social value and are never added to it.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE, Dimension
from casebuilder.algebra.operators import at, maximum, ratio, total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line
from casebuilder.model.value import economics

DIMENSIONS = (
    Dimension("unmonetised", "Unmonetised benefit", rank=280),
)

score = Input(
    "Score", "number", ("unmonetised",),
    "0 to 10, agreed before the figures were known; the baseline is scored too.",
    high=10,
)
importance = Input(
    "Weight of the unmonetised benefit", "share", ("unmonetised",),
    "Sums to one.",
)

points = Line(
    "Weighted points", "number", (),
    total(score * importance, over="unmonetised"),
    "Of ten.",
)
points_gained = Line(
    "Points gained", "number", (),
    points - at(points, option=BASELINE),
    "Against the baseline.",
)
value_a_point = Line(
    "Value of a point at which the option breaks even", "GBP_real", (),
    ratio(maximum(-economics.npsv, 0), maximum(points_gained, 0)),
    "What society must hold a point to be worth for the value to be nothing; empty without points.",
)
weights_total = Line(
    "Weights, all unmonetised benefits", "share", (), total(importance, over="unmonetised"), "One."
)
weights_sum = Check(
    "Weights of unmonetised benefits sum to one",
    not_one(weights_total),
    (),
    "Otherwise points of options cannot be compared.",
)
