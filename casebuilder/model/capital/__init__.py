"""What is bought, leased and built, who must approve it, and with whose money."""

from casebuilder.model.capital import (
    bias,
    capital,
    cost_form,
    equipment,
    funding,
    funds,
    leases,
    procurement,
    renewal,
    replacements,
    works,
)

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (
    equipment, leases, procurement, bias, works, capital, renewal, replacements, cost_form, funding, funds,
)
