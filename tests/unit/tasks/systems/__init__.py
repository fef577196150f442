"""The portfolio england."""
