"""What a new case is made of."""
