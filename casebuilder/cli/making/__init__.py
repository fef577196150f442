"""Commands that make a case and bring data into it."""
