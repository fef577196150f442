"""What the reference set says of DM01: names of tests and places, and how a case starts from it."""
