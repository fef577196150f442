"""Where every input and line stands, and what Excel refuses."""
