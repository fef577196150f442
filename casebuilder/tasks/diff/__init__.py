"""`diff`: two folders, revisions or workbooks of a case, set side by side."""
