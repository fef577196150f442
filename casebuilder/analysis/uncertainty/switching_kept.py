"""Switching values kept from one command to the next: the case, the program and the limits being the same.

They lie beside the ranking (`analysis.uncertainty.kept`); nothing else reads them, and they may be deleted
at any time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path as File

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.kept import keep, place_of
from casebuilder.analysis.uncertainty.why.paths import paths
from casebuilder.analysis.uncertainty.why.switching import Switch, switching_values
from casebuilder.analysis.uncertainty.why.targets import Target
from casebuilder.evaluate.engine import Results


def switching_kept(
    results: Results, wanted: Sequence[Target], keys: Sequence[str] | None = None, tell: Tell = silent
) -> dict[Target, list[Switch]]:
    """Switching values as `switching_values` has them, from what is kept where there is any.

    Parameters
    ----------
    results, wanted, keys, tell
        As for `switching_values`.
    """
    place = place_of("switching", results, list(wanted), None if keys is None else sorted(keys))
    found = None if place is None else _read(place, results, wanted)
    if found is None:
        found = switching_values(results, wanted, keys, tell)
        if place is not None:
            keep(place, json.dumps([[_plain(each) for each in found[target]] for target in wanted]))
    return found


def _plain(each: Switch) -> list[object]:
    """All of a switch but its target and its path, which the case gives."""
    return [each.path.item.key, each.position, each.gap, each.jumps, list(each.breaks), each.refused]


def _read(place: File, results: Results, wanted: Sequence[Target]) -> dict[Target, list[Switch]] | None:
    """Switching values as they were written; None where there are none, or they cannot be read."""
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
        every = {path.item.key: path for path in paths(results.problem)}
        return {
            target: [
                Switch(target, every[key], position, gap, jumps, tuple(breaks), refused)
                for key, position, gap, jumps, breaks, refused in told
            ]
            for target, told in zip(wanted, data, strict=True)
        }
    except (OSError, ValueError, KeyError, TypeError):
        return None
