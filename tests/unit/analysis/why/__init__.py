"""Why figures are what they are: indices, switching values, stresses."""
