"""Why figures are what they are: which inputs move them, what would switch them, and what stresses do."""
