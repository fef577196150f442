"""`pull`: values typed into a workbook or a form brought back into the files of its case."""
