"""Making a case."""
