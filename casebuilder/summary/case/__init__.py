"""A case on the terminal: headlines, checks, operations, options side by side."""
