"""What is bought, leased and built, who must approve it, and with whose money."""

from casebuilder.model.capital import (
    capital,
    commitments,
    cost_form,
    equipment,
    equipment_leases,
    financed,
    funding,
    funds,
    leases,
    private_finance,
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
    capital,
    equipment_leases,
    private_finance,
    renewal,
    replacements,
    cost_form,
    funding,
    funds,
)
