"""Many cases at once: their figures draw by draw in one tidy table, and what the table comes to."""
