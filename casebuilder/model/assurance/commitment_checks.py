"""Checks of commitment: stages that cannot be, letters that have lapsed, a saving not signed for."""

from __future__ import annotations

from casebuilder.algebra.operators import above, choose, quantity, total
from casebuilder.algebra.terms import Check, Line
from casebuilder.model.assurance import procurement_checks
from casebuilder.model.capital import procurement
from casebuilder.model.pooling import commitment

stage_without_joining = Check(
    "A trust is committed to a class for which it does not join",
    above(total(above(commitment.stage_number, 0) * (1 - procurement.joins), over="equipment"), 0),
    ("provider",),
    "Beyond offered it joins (procurement.joins), or its stage is offered.",
)
signs = Line(
    "Classes for which the trust has signed", "number", ("provider",),
    total(above(commitment.stage_number, 1), over="equipment"),
    "Letter signed or later.",
)
somebody_signed = Line(
    "Somebody has signed for the trust", "flag", ("provider",),
    choose(
        commitment.signed_by,
        {"nobody": 0, "procurement_lead": 1, "director_of_finance": 1, "chief_executive": 1, "board": 1},
    ),
    "0 for nobody.",
)
signed_by_nobody = Check(
    "A letter is signed by nobody, or in no month",
    above(signs, 0)
    * (1 - somebody_signed * (above(commitment.signed_month, 0) + above(0, commitment.signed_month))),
    ("provider",),
    "Who signed and when is part of the letter (commitment.signed_by, commitment.signed_month).",
)
orders = Line(
    "Members that have ordered", "number", ("equipment",),
    total(above(commitment.stage_number, 2), over="provider"),
    "Ordered, delivered or saving booked.",
)
signed_after_order = Line(
    "Members that signed after the order", "number", ("equipment",),
    total(
        above(commitment.stage_number, 2) * above(commitment.signed_month, commitment.ordered_month),
        over="provider",
    ),
    "Their letter is of a later month than the order.",
)
ordered_before_signed = Check(
    "A class is ordered before a letter is signed, or in no month",
    above(signed_after_order, 0)
    + (1 - above(signed_after_order, 0))
    * above(orders, 0)
    * (1 - above(commitment.ordered_month, 0) - above(0, commitment.ordered_month)),
    ("equipment",),
    "An order rests on letters: look at commitment.ordered_month and commitment.signed_month.",
)
letter_has_lapsed = Check(
    "A letter has lapsed before the order",
    commitment.lapsed
    * above(
        total(
            above(commitment.stage_number, 1) * (1 - above(commitment.stage_number, 2)), over="equipment"
        ),
        0,
    ),
    ("provider",),
    "Its last month has passed (commitment.stands_until): what is signed and not ordered counts as hoped.",
    level="warn",
)
rests_on_unsigned = Check(
    "The pool's saving rests on volume that nobody has signed for",
    above(commitment.rests_on_unsigned / quantity(1, "GBP_real"), 1)
    * above(procurement_checks.pooled_routes, 0),
    (),
    "Where the route taken pools: some of what members save needs trusts without a signed letter.",
    level="warn",
)
