"""What operators make of arrays, cell by cell, where numpy has no function that means the same."""
