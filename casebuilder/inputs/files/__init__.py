"""Files of a case as text, YAML and tables: what stands where."""
