"""England as shipped: trusts, places, neighbourhoods, and which of them a case is about."""
