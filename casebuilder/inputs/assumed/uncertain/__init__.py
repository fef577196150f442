"""How uncertain values are: what a range says, and what goes together."""
