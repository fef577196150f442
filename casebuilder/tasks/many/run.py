"""A portfolio from end to end: what is finished is kept, what is not is done, and all stands in one table."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from casebuilder import __version__
from casebuilder.errors import CaseError
from casebuilder.inputs.portfolio import Listed
from casebuilder.inputs.templates.read import template
from casebuilder.tasks.many.unit import Done, Unit, program_stamp
from casebuilder.tasks.many.workers import cluster, one_process, processes
from casebuilder.whole import written_whole

if TYPE_CHECKING:
    import pyarrow as pa

    from casebuilder.analysis.many.gathered import Gathered

Progress = Callable[[str], None]
UNITS, TABLE = "units", "results.parquet"
# Draws of a unit, whoever does it: a large case is shared out, and a stop loses less.
UNIT_DRAWS = 1_000


@dataclass(frozen=True)
class Asked:
    """How a portfolio is run.

    Attributes
    ----------
    draws, seed
        How many draws of each case, and what they begin from.
    workers
        How many processes; one is this one.
    scheduler
        The address of a Dask scheduler; empty for none.
    """

    draws: int
    seed: int
    workers: int = 1
    scheduler: str = ""


def run_portfolio(
    listed: Listed, asked: Asked, folder: Path, progress: Progress = lambda _: None
) -> Gathered:
    """Work out every case of a portfolio and write its table.

    Parameters
    ----------
    listed
        The cases.
    asked
        How.
    folder
        Where the table goes, and `units/`, which a later run goes on from.
    progress
        Told how far it has come.

    Raises
    ------
    CaseError
        A file cannot be written, or workers cannot be had. A case at fault raises nothing: it is told.
    """
    start = time.perf_counter()
    progress("Looking for what is finished")
    stamp = program_stamp()
    kept = folder / UNITS
    units = [unit for name, path in listed.folders.items() for unit in units_of(name, path, asked)]
    files = {unit: kept / unit.file(stamp) for unit in units}
    left = [unit for unit in units if not _whole(files[unit])]
    faults: dict[str, tuple[str, ...]] = {}
    seconds: dict[str, float] = {}
    for number, (unit, done) in enumerate(_shared_out(left, asked), 1):
        progress(f"{len(units) - len(left) + number} of {len(units)} units finished, {unit.case} the last")
        seconds[unit.case] = seconds.get(unit.case, 0.0) + done.seconds
        if done.faults:
            faults.setdefault(unit.case, done.faults)
        else:
            _put(files[unit], done)
    progress("Writing the table")
    by_case = {
        name: [files[unit] for unit in units if unit.case == name]
        for name in listed.folders
        if name not in faults
    }
    gathered = gather(listed.name, by_case, asked, folder / TABLE, seconds)
    failed = [(name, faults[name]) for name in listed.folders if name in faults]
    return _told(gathered, failed, time.perf_counter() - start, (len(units) - len(left), len(units)))


def units_of(name: str, folder: Path, asked: Asked) -> Iterator[Unit]:
    """The units of a case: the same whoever does them."""
    for first in range(0, max(asked.draws, 1), UNIT_DRAWS):
        yield Unit(name, folder, first, min(first + UNIT_DRAWS, asked.draws), asked.seed)


def gather(
    name: str, files: dict[str, list[Path]], asked: Asked, path: Path, seconds: dict[str, float]
) -> Gathered:
    """Put the files of the units together, and work out what they come to.

    Parameters
    ----------
    name
        What the portfolio is called.
    files
        By case the files of its units.
    asked
        How it is run.
    path
        The table to write.
    seconds
        By case, what its units took.
    """
    from casebuilder.analysis.many import gathered, table

    heads = [table.merged_head([table.read_head(file) for file in some]) for some in files.values()]
    totals = gathered.Totals([each["headline"] for each in columns() if each.get("adds")])
    found: list[gathered.Found] = []

    def tables() -> Iterator[pa.Table]:
        for head, some in zip(heads, files.values(), strict=True):
            rows = table.merged([table.read(file) for file in some])
            central, draws = table.cube(rows)
            totals.add(head, central, draws)
            found.append(gathered.found(head, central, draws, seconds.get(head.case, 0.0)))
            yield rows

    table.write(path, heads, tables())
    return gathered.Gathered(
        name=name,
        version=__version__,
        seed=asked.seed,
        draws=asked.draws,
        cases=tuple(found),
        failed=(),
        totals=totals.figures(),
        sha256=sha256(path.read_bytes()).hexdigest(),
        seconds=0.0,
        finished=(0, 0),
    )


def columns() -> Sequence[dict[str, str]]:
    """The headlines that a portfolio shows, and whether they add up."""
    shown: Sequence[dict[str, str]] = template("workbook/portfolio.yaml")["columns"]
    return shown


def _shared_out(units: Sequence[Unit], asked: Asked) -> Iterator[tuple[Unit, Done]]:
    if not units:
        return iter(())
    if asked.scheduler:
        return cluster(units, asked.scheduler)
    return one_process(units) if asked.workers == 1 else processes(units, asked.workers)


def _whole(file: Path) -> bool:
    """Whether a unit's file is there and can be read."""
    from casebuilder.analysis.many.table import read_head

    try:
        return file.is_file() and bool(read_head(file))
    except CaseError:
        return False


def _put(file: Path, done: Done) -> None:
    with written_whole(file) as draft:
        draft.write_bytes(done.content)


def _told(
    found: Gathered, failed: Sequence[tuple[str, tuple[str, ...]]], seconds: float, finished: tuple[int, int]
) -> Gathered:
    from casebuilder.analysis.many.gathered import Failed

    told = tuple(Failed(case, faults) for case, faults in failed)
    return replace(found, failed=told, seconds=seconds, finished=finished)
