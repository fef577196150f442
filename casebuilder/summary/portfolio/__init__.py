"""Many cases on the terminal: a portfolio, and England."""
