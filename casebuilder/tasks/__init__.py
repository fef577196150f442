"""Work over cases and their results: what is written beside the workbook."""
