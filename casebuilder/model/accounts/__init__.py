"""What it does to each host's books, and to the network's."""

from casebuilder.model.accounts import accounts, assets, finance, governance, plans, position

# Upstream first: each chapter reads only those before it, here and in the parts before.
CHAPTERS = (assets, accounts, position, finance, governance, plans)
