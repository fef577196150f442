"""The form for those who own the values: made, and what was pasted into it read."""
