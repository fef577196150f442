"""What buying together costs and saves, route by route."""

from casebuilder.model.pooling import (
    apart,
    commitments,
    funder,
    pool,
    regimes,
    route_years,
    routes,
    sharing,
    whole_life,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (regimes, commitments, routes, whole_life, route_years, apart, funder, pool, sharing)
