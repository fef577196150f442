"""The tree behind one figure."""
