"""Which values matter: what the range of each input does to value, ranking and affordability."""
