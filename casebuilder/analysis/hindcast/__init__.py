"""What the model would have said at a past date, beside what came."""
