"""What people typed into a workbook, read back."""
