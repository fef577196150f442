"""Many evaluations, and what is reckoned from data before a case is read."""
