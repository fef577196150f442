"""Long list: choices by the options framework, scored on critical success factors, and who goes forward.

A choice that fails one factor is not carried forward, however well it scores on the others.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, maximum, total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line

DIMENSIONS = (
    Dimension("long_option", "Choice of the long list", rank=270),
    Dimension("framework", "Part of the options framework", rank=320),
    Dimension("success_factor", "Critical success factor", rank=330),
)

part = Input(
    "Part of the options framework", "flag", ("long_option", "framework"),
    "1 for the part that the choice belongs to: scope, solution, delivery, implementation or funding.",
    high=1, whole=True,
)
meets = Input(
    "Meets the factor: 0 not, 1 in part, 2 in full", "number", ("long_option", "success_factor"),
    "Scored in a workshop of the members and recorded there.",
    high=2, whole=True,
)
carried = Input(
    "Carried forward", "flag", ("long_option",),
    "1 where the choice is part of an option of the shortlist.",
    high=1, whole=True,
)
factor_weight = Input(
    "Weight of the factor", "share", ("success_factor",),
    "Sums to one.",
)

failed = Line(
    "Factors failed", "number", ("long_option",),
    total(1 - above(meets, 0), over="success_factor"),
    "Not met at all.",
)
score = Line(
    "Score", "share", ("long_option",),
    total(meets * factor_weight, over="success_factor") / 2,
    "Weighted share of full marks.",
)
parts_of_choice = Line(
    "Parts of the framework that the choice belongs to", "number", ("long_option",),
    total(part, over="framework"),
    "One.",
)
choices_of_part = Line(
    "Choices considered", "number", ("framework",), total(part, over="long_option"), "In this part."
)
carried_of_part = Line(
    "Choices carried forward", "number", ("framework",),
    total(part * carried, over="long_option"),
    "In this part.",
)
best_left_behind = Line(
    "Score, if left behind without failing", "share", ("long_option",),
    score * (1 - carried) * (1 - above(failed, 0)),
    "A good choice that is not carried forward needs a reason.",
)
# By choice, as `meets` is: a case without a long list has no weights to add up.
weights = Line(
    "Weights, all factors", "share", ("long_option",),
    total(factor_weight + 0 * meets, over="success_factor"),
    "One, for every choice alike.",
)
weights_sum = Check(
    "Weights of the critical success factors sum to one",
    not_one(weights),
    ("long_option",),
    "Otherwise a score is no share of full marks.",
)
failed_not_carried = Check(
    "No choice that fails a factor is carried forward",
    carried * above(failed, 0),
    ("long_option",),
    "A critical success factor is one that an option must meet.",
)
each_in_one_part = Check(
    "Each choice belongs to one part of the framework",
    not_one(parts_of_choice),
    ("long_option",),
    "Scope, solution, delivery, implementation or funding.",
)
each_part_has_choices = Check(
    "Every part of the framework has a choice",
    maximum(above(2, choices_of_part), above(1, carried_of_part)),
    ("framework",),
    "Two were considered at least, and one is carried forward.",
    level="warn",
)
