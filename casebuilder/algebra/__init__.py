"""The language that lines are written in: pure Python, no numpy, no Excel."""
