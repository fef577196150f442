"""The headlines, what stands beside them, and what must hold of them."""

from casebuilder.model.results import approval, checks, delivery, further, headlines

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (delivery, headlines, further, approval, checks)
