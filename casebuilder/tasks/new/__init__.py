"""Make a case: from answers and the data that ship to a folder that checks, builds and is proved."""
