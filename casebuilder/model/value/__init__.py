"""What it is worth: benefits, disposals, the economic case, and what has no price."""

from casebuilder.model.value import (
    appraisal,
    benefits,
    disposal_checks,
    disposals,
    economics,
    lump,
    published_health,
    unmonetised,
    value,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    lump, disposals, benefits, disposal_checks, economics, unmonetised, value, published_health, appraisal,
)
