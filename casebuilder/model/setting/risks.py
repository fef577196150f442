"""Risks: expected cost by year, risk by risk, of what neither contingency nor optimism bias covers.

A risk has outcomes with a probability and an impact each; what is left of the probability is that
nothing happens.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import above, total
from casebuilder.algebra.shapes import not_one
from casebuilder.algebra.terms import Check, Input, Line

DIMENSIONS = (
    Dimension("risk", "Risk", rank=340, may_have_none=True),
    Dimension("outcome", "Outcome of a risk", rank=350),
)

probability = Input(
    "Probability of the outcome", "share", ("risk", "outcome"),
    "Of a good, a likely and a bad outcome; together one at most.",
)
impact = Input(
    "Impact of the outcome", "GBP_real", ("risk", "outcome"),
    "Cost if it happens; below nothing where it saves.",
    low=None,
)
profile = Input(
    "Year in which the risk falls", "share / year", ("risk", "year"),
    "The share of the expected cost in each year; sums to one.",
    high=1,
)
applies = Input(
    "Risk applies to the option", "share", ("risk",),
    "0 where the option does not run the risk, a part where it runs less of it.",
)
covered = Input(
    "Risk is within optimism bias or contingency", "flag", ("risk",),
    "1: it stands in the register and is not counted again.",
    high=1, whole=True,
)
replaces_contingency = Input(
    "Risk is one that planning contingency is for", "flag", ("risk",),
    "1 for design and construction risk: counting it takes the contingency's place.",
    high=1, whole=True,
)

expected = Line(
    "Expected impact", "GBP_real", ("risk",),
    total(probability * impact, over="outcome"),
    "Probability times impact, added up over the outcomes (Green Book, expected value).",
)
probability_total = Line(
    "Probability, all outcomes", "share", ("risk",),
    total(probability, over="outcome"),
    "One at most.",
)
counted = Line(
    "Expected cost that is counted", "GBP_real", ("risk",),
    expected * applies * (1 - covered),
    "Without what optimism bias or contingency already covers.",
)
cost_by_risk = Line(
    "Expected cost of the risk", "GBP_real / year", ("risk", "year"),
    counted * profile,
    "In the years in which it falls.",
)
cost = Line(
    "Expected cost of risks", "GBP_real / year", ("year",),
    total(cost_by_risk, over="risk"),
    "All risks that are counted; against the baseline in the economic case.",
)
for_contingency = Line(
    "Risks counted that contingency is for", "number", (),
    total(applies * (1 - covered) * replaces_contingency, over="risk"),
    "More than nothing: the planning contingency must leave the economic case.",
)
in_register = Line(
    "Risks of the register that contingency is for", "number", (),
    total(applies * replaces_contingency * above(probability_total, 0), over="risk"),
    "Counted, or within optimism bias: either way the economic case holds them without the contingency.",
)
profile_total = Line(
    "Profile of the risk, all years", "share", ("risk",),
    total(profile, over="year"),
    "One, where its cost falls in full.",
)
probabilities_sum = Check(
    "Probabilities of a risk are one at most",
    above(probability_total, 1),
    ("risk",),
    "A register with more is wrong.",
)
profiles_sum = Check(
    "A risk's cost falls in full",
    not_one(profile_total),
    ("risk",),
    "Its profile over the years sums to one.",
)
