"""What buying together costs and saves, route by route."""

from casebuilder.model.pooling import (
    apart,
    commitment,
    funder,
    pool,
    route_years,
    routes,
    sharing,
    whole_life,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (routes, whole_life, route_years, apart, funder, pool, sharing, commitment)
