"""The sheet Sensitivity: ranges of every headline, what they rest on, and what stresses would do."""
