"""The portfolio england: a small case for each system, and what all come to."""
