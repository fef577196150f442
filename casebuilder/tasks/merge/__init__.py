"""`merge`: two people's edits of one case in one."""
