"""The sheet Summary: headlines, the decision, warnings, which values matter, and charts."""
