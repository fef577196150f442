"""What was chosen for `compare --rooms`: a table says of each why, and its range."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from casebuilder.inputs.files.tables import numbers
from casebuilder.resources import resource

TABLE = "assumptions/reference/data/rooms_choices.csv"
TOLERANCE, LEAST_GAIN, AWAY, LOOKED_ON = "waits_tolerance", "least_gain", "rooms_away", "looked_on_from"


@cache
def choices() -> Mapping[str, float]:
    """What was chosen, by name."""
    found = numbers(resource(TABLE), ("what",), ("value",))
    return {what: value for (what,), (value,) in found.items()}
