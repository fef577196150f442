"""The YAML that ships under `templates/`."""
