"""What buying together costs and saves, route by route."""

from casebuilder.model.pooling import (
    apart,
    commitment,
    funder,
    lateness,
    offers,
    pool,
    pool_risks,
    route_years,
    sharing,
    taken,
    timetable,
    whole_life,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    taken,
    lateness,
    whole_life,
    route_years,
    apart,
    funder,
    pool,
    sharing,
    commitment,
    offers,
    timetable,
    pool_risks,
)
