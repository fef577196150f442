"""Lines read as Excel formulas."""
