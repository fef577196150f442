"""What buying together costs and saves, route by route."""

from casebuilder.model.pooling import (
    apart,
    funder,
    lateness,
    pool,
    pool_risks,
    route_years,
    sharing,
    timetable,
    whole_life,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    lateness,
    whole_life,
    route_years,
    apart,
    funder,
    pool,
    sharing,
    timetable,
    pool_risks,
)
