"""Write the cases of the portfolio england: one folder a system, and the file that lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from pathlib import Path

from casebuilder.errors import CaseError
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.portfolio import CASE, PORTFOLIO
from casebuilder.inputs.start.emit import yaml_text
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.many.workers import pooled
from casebuilder.tasks.new.bid import Bid
from casebuilder.tasks.new.made import FILLED, filled_text
from casebuilder.tasks.new.make import make_case
from casebuilder.tasks.systems.bids import bids
from casebuilder.tasks.together import write_together

Progress = Callable[[str], None]
TITLE = "England"


def make_england(
    folder: Path, workers: int = 1, progress: Progress = lambda _: None, only: Sequence[str] = ()
) -> tuple[int, int]:
    """Write the cases that are not there yet; those that are stay as they are.

    Parameters
    ----------
    folder
        Where they go, each in a folder named by its system's code.
    workers
        How many processes share the work.
    progress
        Told which is written.
    only
        The codes of those wanted; all where none is named.

    Returns
    -------
    tuple
        How many were written, and how many stood there.

    Raises
    ------
    CaseError
        A code is that of no system.
    """
    known = {provider_id(code): bid for code, bid in bids().items()}
    wanted = [provider_id(code) for code in only] or list(known)
    for code in wanted:
        if code not in known:
            raise CaseError(f"'{code}' is no system of 2024{nearest(code, known) or f': {_listed(known)}'}")
    every = {name: known[name] for name in wanted}
    left = {name: bid for name, bid in every.items() if not (folder / name / CASE).is_file()}
    for number, name in enumerate(_written(folder, left, workers), 1):
        progress(f"{number} of {len(left)} cases written, {name} the last")
    there = [name for name in known if (folder / name / CASE).is_file()]
    listing = yaml_text({"title": TITLE, "cases": there}, "Systems of 2024.")
    write_together({folder / PORTFOLIO: listing.encode()})
    return len(left), len(every) - len(left)


def _listed(known: Mapping[str, Bid]) -> str:
    return ", ".join(f"{name} ({bid.title})" for name, bid in known.items())


def _written(folder: Path, left: dict[str, Bid], workers: int) -> Iterator[str]:
    if workers == 1:
        for name, bid in left.items():
            yield _write(folder / name, bid)
        return
    with pooled(workers) as pool:
        done = [pool.submit(_write, folder / name, bid) for name, bid in left.items()]
        for future in as_completed(done):
            yield future.result()


def _write(folder: Path, bid: Bid) -> str:
    make_case(bid, lambda last: {FILLED: filled_text(last.title, last.filled)}, folder, lambda _: None)
    return folder.name
