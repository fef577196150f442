"""Results as Word documents."""
