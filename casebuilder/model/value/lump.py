"""Benefits that come with no test: a sum or a quantity of a year, beside those that follow tests."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.terms import Input

DIMENSIONS = (Dimension("benefit", "Benefit", rank=250, may_have_none=True),)

pounds = Input(
    "Sum of the year", "GBP_real / year", ("benefit", "year"),
    "Pounds of a benefit that no test brings, before realisation, attribution and optimism; by option.",
    optional=0, low=None,
)
quantity = Input(
    "Quantity of the year", "number / year", ("benefit", "year"),
    "Units of a benefit that no test brings, each at its unit value, before realisation and attribution.",
    optional=0, low=None,
)
