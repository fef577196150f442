"""What `prioritise` shows."""
