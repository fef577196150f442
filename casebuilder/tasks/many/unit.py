"""The unit of work: some draws of every headline of one case, as the file of one table."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder import __version__
from casebuilder.case import Case, load_case
from casebuilder.errors import CaseError
from casebuilder.resources import resource
from casebuilder.unchanged import stamp_of_program

if TYPE_CHECKING:
    import pyarrow as pa

    from casebuilder.analysis.progress import Tell

# Folders that every case reads beside its own.
_SHARED = ("assumptions/reference", "templates")


@dataclass(frozen=True)
class Unit:
    """Some draws of one case.

    Attributes
    ----------
    case, folder
        Its name, and where it stands.
    first, last
        The first draw, and the one after the last.
    seed
        What the draws begin from.
    """

    case: str
    folder: Path
    first: int
    last: int
    seed: int

    def file(self, program: str) -> str:
        """The name of its file: the same as long as nothing that it rests on has changed.

        Parameters
        ----------
        program
            The stamp of the program and of what every case reads.
        """
        told = [program, self.case, contents(self.folder), self.first, self.last, self.seed]
        digest = sha256(json.dumps(told).encode()).hexdigest()
        return f"{self.case}-{self.first}-{self.last}-{digest[:24]}.parquet"


@dataclass(frozen=True)
class Done:
    """What came of a unit: its file, or the faults that kept it from being worked out."""

    content: bytes
    faults: tuple[str, ...]
    seconds: float


def program_stamp() -> str:
    """What tells this program, with the reference set, from any other."""
    shared = [contents(resource(name)) for name in _SHARED]
    return sha256(json.dumps([__version__, stamp_of_program(), *shared]).encode()).hexdigest()


def contents(folder: Path) -> str:
    """The SHA-256 of every file of a folder, by path and content; what begins with a dot is passed over."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and not any(part.startswith((".", "__")) for part in inside.parts):
            content = path.read_bytes()
            found.update(f"{inside.as_posix()}\0{len(content)}\0".encode())
            found.update(content)
    return found.hexdigest()


def work(case: str, folder: str, first: int, last: int, seed: int, version: str) -> Done:
    """Work out a unit; what is at fault is told in the result, so that others go on.

    Parameters
    ----------
    case, folder, first, last, seed
        As of the unit.
    version
        The version of whoever asks: another would not give the same bits.
    """
    from casebuilder.analysis.many.table import packed

    start = time.perf_counter()
    faults: tuple[str, ...] = ()
    content = b""
    try:
        if version != __version__:
            raise CaseError(f"this worker has casebuilder {__version__}, and {version} asks: install that")
        content = packed(draws_of(load_case(folder), case, range(first, last), seed))
    except CaseError as fault:
        faults = tuple(map(str, fault.faults)) or (str(fault),)
    except OSError as fault:
        faults = (f"{fault.filename}: {fault.strerror}" if fault.filename else str(fault),)
    except Exception as fault:  # one case must not take the others with it
        faults = (f"a fault of casebuilder, not of the case: {type(fault).__name__}: {fault}",)
    return Done(content, faults, time.perf_counter() - start)


def draws_of(case: Case, name: str, draws: range, seed: int, tell: Tell | None = None) -> pa.Table:
    """The tidy table of some draws; with draw 0 stands the case itself.

    Parameters
    ----------
    case
        The case.
    name
        What the rows call it.
    draws
        Which draws.
    seed
        What they begin from.
    tell
        Told how many draws are worked out, of how many.

    Raises
    ------
    CaseError
        A line of the case itself has no value where it must have one.
    """
    import numpy as np

    from casebuilder.analysis.many.table import CENTRAL, Head, tidy
    from casebuilder.analysis.progress import silent
    from casebuilder.analysis.uncertainty.chance.simulation import simulate
    from casebuilder.analysis.uncertainty.ends import varied
    from casebuilder.evaluate.headlines import FURTHER, HEADLINES, headline_line

    problem, options = case.problem, case.problem.frame.options
    lines = {n: line for n in (*HEADLINES, *FURTHER) if (line := headline_line(problem, n)) is not None}
    values = np.full((len(draws), len(options), len(lines)), np.nan)
    if len(draws):
        found = simulate(problem, draws, seed, tuple(lines), tell or silent)
        for row, option in enumerate(found.options):
            for column, figure in enumerate(lines):
                values[:, row, column] = found.column(option, figure)
    numbers = list(draws)
    status = ""
    faults: tuple[str, ...] = ()
    if not draws.start:
        case.results.require()
        own = [
            [
                value if (value := case.headlines[o.id].value(figure)) is not None else np.nan
                for figure in lines
            ]
            for o in options
        ]
        values = np.concatenate([np.asarray(own)[None], values])
        numbers = [CENTRAL, *numbers]
        status, faults = case.checks.status.text, tuple(check_faults(case))
    head = Head(
        case=name,
        title=problem.inputs.info.title,
        inputs_sha256=problem.inputs.sha256,
        version=__version__,
        seed=seed,
        draws=((draws.start, draws.stop),),
        base_year=problem.inputs.info.base_year,
        baseline=problem.frame.baseline,
        options={option.id: option.label for option in options},
        figures={figure: line.unit for figure, line in lines.items()},
        drawn=len(varied(problem)[0]),
        status=status,
        faults=faults,
    )
    return tidy(head, numbers, values)


def check_faults(case: Case) -> Sequence[str]:
    """The checks that fail or cannot be worked out, one in words each."""
    from casebuilder.evaluate.checks import told

    checks = case.checks
    failed = [f"check failed: {of.key}: {of.label} ({told(of.breaches)})" for of in checks.failed]
    cannot = [f"check cannot be worked out: {of.key}: {of.label}" for of in checks.cannot]
    return [*failed, *cannot]
