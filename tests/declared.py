"""The dimensions that the real model declares, for small models and frames made in memory."""

from __future__ import annotations

from casebuilder.case import load_model

_MODEL = load_model()
# By name, those of the language among them, and as a chapter declares its own.
DIMENSIONS = _MODEL.dimensions
DECLARED = tuple(dimension for chapter in _MODEL.chapters for dimension in chapter.dimensions)
