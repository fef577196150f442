"""Lines read as live formulas: the workbook, and its verification by other engines."""
