"""From a folder of YAML and CSV to checked values, each with the place it came from."""
