"""A workbook recalculated by an engine that is not ours, and compared."""
