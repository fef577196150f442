"""Results as people read them on a terminal, and the JSON that says the same."""
