"""What `--set` changes: how it is read, and what is said of it."""
