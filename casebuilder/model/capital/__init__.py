"""What is bought, leased and built, who must approve it, and with whose money."""

from casebuilder.model.capital import (
    bias,
    capital,
    commitments,
    cost_form,
    equipment,
    equipment_leases,
    financed,
    funding,
    funds,
    leases,
    procurement,
    regimes,
    renewal,
    replacements,
    routes,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    equipment,
    leases,
    procurement,
    regimes,
    commitments,
    routes,
    financed,
    bias,
    capital,
    equipment_leases,
    renewal,
    replacements,
    cost_form,
    funding,
    funds,
)
