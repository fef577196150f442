"""What a reviewer asks, on the terminal and as JSON."""
