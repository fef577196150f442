"""A ranking kept from one command to the next: the inputs and the program being the same, so is the ranking.

It costs seconds, and `build`, `summary` and `compare` all show it. What is kept lies in a folder for caches
and is told by a hash of all values, ranges and states, of the program's files, and of what the case comes
to; nothing else reads it, and it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path
from typing import Any

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.ends import inputs_in_use, layers
from casebuilder.analysis.uncertainty.ranking import End, Ranked, Ranking, rank_inputs
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import headlines
from casebuilder.evaluate.problem import Problem
from casebuilder.unchanged import stamp_of_program, write_whole

FOLDER = "CASEBUILDER_CACHE"
MOST = 64


def ranking_kept(results: Results, tell: Tell = silent) -> Ranking | None:
    """The ranking of a case, from what is kept where there is one."""
    if results.no_values:
        return None
    place = place_of("values", results)
    found = None if place is None else _read(place)
    if found is None:
        found = rank_inputs(results, tell)
        if found is not None and place is not None:
            keep(place, json.dumps(asdict(found)))
    return found


def place_of(name: str, results: Results, *asked: object) -> Path | None:
    """Where what rests on a case, the program and what is asked is kept; None where nothing is kept.

    Parameters
    ----------
    name
        What it is called.
    results
        Of the case.
    asked
        What else it rests on, with a `repr` that says all of it.
    """
    folder = cache_folder()
    if folder is None:
        return None
    problem = results.problem
    comes_to = {option: dict(own.headlines) for option, own in headlines(results).items()}
    told = [stamp_of_program(), told_of(problem), problem.frame.baseline, comes_to, *asked]
    return folder / f"{name}-{sha256(repr(told).encode()).hexdigest()}.json"


def keep(place: Path, text: str) -> None:
    """Keep a text; the oldest of its name make room. Left out where nothing can be written."""
    write_whole(place, text)
    with contextlib.suppress(OSError):
        for old in beyond(place, MOST):
            old.unlink(missing_ok=True)


def beyond(place: Path, most: int) -> list[Path]:
    """Of the texts kept beside one and of its name, those beyond the newest so many."""
    kept = place.parent.glob(f"{place.name.partition('-')[0]}-*.json")
    return sorted(kept, key=lambda path: path.stat().st_mtime, reverse=True)[most:]


def cache_folder() -> Path | None:
    """The folder for caches that the system names, or CASEBUILDER_CACHE; none where that is empty."""
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named else None
    system = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_CACHE_HOME")
    try:
        return (Path(system) if system else Path.home() / ".cache") / "casebuilder"
    except RuntimeError:  # a user without a home
        return None


def told_of(problem: Problem) -> list[Any]:
    """All that the ranking rests on: each value, its range and its state."""
    return [
        [key, given.prices_of, option, members, value.amount, value.low, value.high, value.spread, state]
        for key, given in sorted(inputs_in_use(problem).items())
        for option, values in layers(given)
        for members, value in sorted(values.items())
        for state in [given.origin(option, members).state]
    ]


def _read(place: Path) -> Ranking | None:
    """A ranking as it was written; None where there is none, or it cannot be read."""
    try:
        data = json.loads(place.read_text(encoding="utf-8"))
        inputs = tuple(_ranked(each) for each in data["inputs"])
        return Ranking(data["option"], _end(data["base"]), inputs, data["without_range"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _ranked(data: dict[str, Any]) -> Ranked:
    ends = {end: _end(data[end]) for end in ("low", "high")}
    return Ranked(**{**data, "amounts": tuple(data["amounts"]), **ends})


def _end(data: dict[str, Any]) -> End:
    return End(data["figures"], data["first"], tuple(data["breaks"]))
