"""Bias: the one basis of contingency, and optimism bias by project mix, contributory factors or own record.

The weights of factors sum to one, so that no risk is counted twice; what rests on the schedule of rooms is
not mitigated before rooms are known.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import at, choose, total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line

DIMENSIONS = (
    Dimension("bias_factor", "Factor of optimism bias", rank=210),
    Dimension("stage", "Stage of the case", rank=460, needs=("soc", "obc", "fbc")),
)

basis = Input(
    "Basis of contingency", "choice", (),
    "What stands for cost that is not foreseen, once: optimism bias by the method below, or an uplift to the "
    "middle (P50) or to four fifths (P80) of the published class.",
    choices=("optimism_bias", "class_p50", "class_p80"),
)
class_uplift_p50 = Input(
    "Uplift to the middle of the class", "factor", (),
    "Published cost of built centres over what this form builds up for them without contingency and bias, "
    "less 1: exceeded by half of them.",
    low=-0.5, high=2,
)
class_uplift_p80 = Input(
    "Uplift to four fifths of the class", "factor", (),
    "The same, exceeded by a fifth of them.",
    low=-0.5, high=2,
)
method = Input(
    "Method of optimism bias", "choice", (),
    "By the mix of project types and one share mitigated; by contributory factors at the stage of the "
    "case; or by what the organisation's own schemes overran.",
    choices=("project_mix", "contributory_factors", "own_record"),
)
stage = Input(
    "Stage of the case", "choice", (),
    "Strategic outline, outline or full business case: more of each factor is mitigated at a later one.",
    choices=("soc", "obc", "fbc"),
)
weight = Input(
    "Contribution of the factor", "share", ("bias_factor",),
    "Share of the upper bound that the factor contributes; sums to one.",
)
mitigated = Input(
    "Factor mitigated", "share", ("bias_factor", "stage"),
    "The share of the factor that surveys, design, consents and contracts have removed.",
)
rests_on_rooms = Input(
    "Factor rests on the schedule of rooms", "flag", ("bias_factor",),
    "1 for what cannot be mitigated before rooms are agreed: output specification, design, its complexity.",
    high=1, whole=True,
)
rooms_known = Input(
    "Rooms of the site are known", "share", ("site",),
    "1 where the schedule of rooms is agreed, 0 where it is a planning assumption.",
)
let_pass = Input(
    "Mitigated beyond what is known, let pass", "share", (),
    "So much more than the factors say may be mitigated by project mix before it is warned of.",
)
own_record = Input(
    "Own overrun of capital cost", "share", (),
    "Mean overrun of the organisation's own schemes, from approval to outturn, before inflation.",
    high=2,
)

mitigated_now = Line(
    "Factor mitigated at this stage", "share", ("bias_factor",),
    choose(stage, {
        "soc": at(mitigated, stage="soc"),
        "obc": at(mitigated, stage="obc"),
        "fbc": at(mitigated, stage="fbc"),
    }),
    "Of the stage chosen.",
)
factor_left = Line(
    "Contribution left after mitigation", "share", ("bias_factor",),
    weight * (1 - mitigated_now),
    "Of the upper bound.",
)
left = Line(
    "Upper bound left after mitigation", "share", (),
    total(factor_left, over="bias_factor"),
    "All factors; what the upper bound is multiplied by.",
)
unknown_rooms = Line(
    "Mitigation that rests on known rooms", "share", (),
    total(weight * mitigated_now * rests_on_rooms, over="bias_factor"),
    "Of the upper bound: what is not mitigated while rooms are unknown.",
)
left_site = Line(
    "Upper bound left at the site", "share", ("site",),
    left + (1 - rooms_known) * unknown_rooms,
    "What is left of all factors at this stage, and what unknown rooms add.",
)
weights = Line(
    "Contributions, all factors", "share", (),
    total(weight, over="bias_factor"),
    "One.",
)
weights_sum = Check(
    "Contributions to optimism bias sum to one",
    not_one(weights),
    (),
    "Otherwise a risk is counted twice or left out.",
)
