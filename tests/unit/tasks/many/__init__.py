"""Many cases in one run."""
