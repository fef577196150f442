"""Assumed values matched to the inputs of the model, layer by layer."""
