"""Rows, styles and fingerprints, as they go into the file."""
