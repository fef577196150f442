"""A site, test, trust or option in every file of a case in which another of its kind stands."""
