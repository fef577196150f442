"""Fits to what happened: growth, travel and waits."""
