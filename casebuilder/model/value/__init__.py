"""What it is worth: benefits, the economic case, and what has no price."""

from casebuilder.model.value import appraisal, benefits, economics, lump, published_health, unmonetised, value

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (lump, benefits, economics, unmonetised, value, published_health, appraisal)
