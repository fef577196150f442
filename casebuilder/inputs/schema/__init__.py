"""JSON Schemas of the YAML files of a case, for editors: from the model and the shapes of the files."""
