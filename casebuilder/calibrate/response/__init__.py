"""How hospitals respond to their lists, and what a hindcast assumes: fitted on what places returned."""
