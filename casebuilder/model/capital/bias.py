"""Bias: optimism bias by contributory factors, and by the own record, beside the project mix.

The weights of factors sum to one, so that no risk is counted twice.
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
