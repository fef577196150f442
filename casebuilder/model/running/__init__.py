"""What the centres cost and earn each year, from the first recruit on."""

from casebuilder.model.running import income, revenue, slip, transition

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (transition, revenue, slip, income)
