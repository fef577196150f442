"""The form in Excel for those who own the values of a case."""
