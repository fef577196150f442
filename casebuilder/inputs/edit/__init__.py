"""Edits of a case: every byte that they are not about stays as it was."""
