"""Who comes and who is seen: demand, staff, and the slots that rooms and staff give."""

from casebuilder.model.service import capacity, demand, hospital_staff, staff_years, waterfall, workforce

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (demand, waterfall, workforce, staff_years, hospital_staff, capacity)
