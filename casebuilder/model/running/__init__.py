"""What the centres cost and earn each year, from the first recruit on."""

from casebuilder.model.running import contracts, income, longer_hours, revenue, slip, transition

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (transition, contracts, longer_hours, revenue, slip, income)
