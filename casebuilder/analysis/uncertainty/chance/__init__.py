"""Many cases that could be: inputs drawn from their ranges, and what every headline comes to in each."""
