"""The sheets that every workbook has, one or two modules a sheet."""
