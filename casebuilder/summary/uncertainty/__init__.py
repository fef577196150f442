"""What analyses of uncertainty show."""
