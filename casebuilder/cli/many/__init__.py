"""Commands over many cases, and the unit of their work."""
