"""A simulation kept from one command to the next: inputs, ranges, program, draws and seed being the same.

Its figures lie in a file of numbers in the folder for caches, and beside it what else is told of it. Only
what is not too large is kept; nothing else reads it, and it may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import json
import os
from hashlib import sha256
from pathlib import Path

from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.uncertainty.chance.columns import Columns
from casebuilder.analysis.uncertainty.chance.drawn import drawing
from casebuilder.analysis.uncertainty.chance.placing import Sum
from casebuilder.analysis.uncertainty.chance.possible import of_chance, possible, settled
from casebuilder.analysis.uncertainty.chance.scores import SOBOL
from casebuilder.analysis.uncertainty.chance.simulation import Simulation, simulate
from casebuilder.analysis.uncertainty.kept import beyond, cache_folder, told_of
from casebuilder.evaluate.problem import Problem
from casebuilder.unchanged import stamp_of_program, write_whole

# So many are kept, none of more bytes than these.
MOST, LARGEST = 8, 64_000_000
_NUMBERS, _TOLD = ".f64", ".json"


def simulation_kept(
    problem: Problem, draws: int, seed: int, sampling: str = SOBOL, tell: Tell = silent
) -> Simulation | None:
    """A simulation, from what is kept where there is one; None where nothing of the case can be drawn.

    Parameters
    ----------
    problem
        The case.
    draws
        How many.
    seed, sampling
        How scores are drawn.
    tell
        Told how many are worked out, of how many.
    """
    if not of_chance(problem)[0]:
        return None
    place = _place(problem, draws, seed, sampling)
    found = None if place is None else _read(place, problem, draws, seed, sampling)
    if found is None:
        if not possible(problem).inputs:
            return None
        found = simulate(problem, range(draws), seed, tell=tell, sampling=sampling)
        if place is not None:
            _write(place, found)
    return found


def _place(problem: Problem, draws: int, seed: int, sampling: str) -> Path | None:
    """Where the figures of these draws are kept; None where nothing is to be kept."""
    folder = cache_folder()
    if folder is None:
        return None
    frame = problem.frame
    shape = [frame.members, frame.option_ids, frame.baseline, sorted(frame.pairs), sorted(problem.by_key)]
    told = [stamp_of_program(), told_of(problem), problem.inputs.uncertainty, shape, draws, seed, sampling]
    return folder / f"draws-{sha256(repr(told).encode()).hexdigest()}"


def _read(place: Path, problem: Problem, draws: int, seed: int, sampling: str) -> Simulation | None:
    """A simulation as it was written; None where there is none, or it cannot be read."""
    try:
        data = json.loads(place.with_suffix(_TOLD).read_text(encoding="utf-8"))
        figures = tuple(data["figures"])
        count = len(figures) * len(problem.frame.options)
        columns = Columns.load(place.with_suffix(_NUMBERS), count, draws)
        sums = {key: Sum(along, exact) for key, (along, exact) in data["sums"].items()}
        settled(problem, sums, data["held"])
        return Simulation(
            drawing=drawing(problem, seed, sampling, draws),
            draws=range(draws),
            figures=figures,
            columns=columns,
            seconds=data["seconds"],
            without_value=tuple(data["without_value"]),
            raised=data["raised"],
            checked=data["checked"],
            broken=data["broken"],
            any_broken=data["any_broken"],
            case=data["case"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(place: Path, found: Simulation) -> None:
    """Keep it; the oldest make room. Left out where nothing can be written, or it is too large."""
    if found.columns.count * found.columns.draws * 8 > LARGEST:
        return
    can = possible(found.problem)
    data = {
        "figures": found.figures,
        "seconds": found.seconds,
        "without_value": found.without_value,
        "raised": dict(found.raised),
        "checked": found.checked,
        "broken": dict(found.broken),
        "any_broken": found.any_broken,
        "case": list(found.case),
        "sums": {key: [each.along, each.exact] for key, each in can.sums.items()},
        "held": dict(can.held),
    }
    numbers = place.with_suffix(_NUMBERS)
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = numbers.with_name(f"{numbers.name}.{os.getpid()}")
        try:
            found.columns.save(draft)
            os.replace(draft, numbers)
        finally:
            draft.unlink(missing_ok=True)
        write_whole(place.with_suffix(_TOLD), json.dumps(data))
        for old in beyond(place, MOST):
            old.unlink(missing_ok=True)
            old.with_suffix(_NUMBERS).unlink(missing_ok=True)
