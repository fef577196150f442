"""Write the cases of the portfolio england: one folder a system, and the file that lists them."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from casebuilder.inputs.portfolio import CASE, PORTFOLIO
from casebuilder.inputs.start.emit import yaml_text
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.many.workers import begin
from casebuilder.tasks.new.bid import Bid
from casebuilder.tasks.new.made import FILLED, filled_text
from casebuilder.tasks.new.make import make_case
from casebuilder.tasks.systems.bids import bids
from casebuilder.tasks.together import write_together

Progress = Callable[[str], None]
TITLE = "England"


def make_england(folder: Path, workers: int = 1, progress: Progress = lambda _: None) -> tuple[int, int]:
    """Write the cases that are not there yet; those that are stay as they are.

    Parameters
    ----------
    folder
        Where they go, each in a folder named by its system's code.
    workers
        How many processes share the work.
    progress
        Told which is written.

    Returns
    -------
    tuple
        How many were written, and how many stood there.
    """
    every = {provider_id(code): bid for code, bid in bids().items()}
    left = {name: bid for name, bid in every.items() if not (folder / name / CASE).is_file()}
    for number, name in enumerate(_written(folder, left, workers), 1):
        progress(f"{number} of {len(left)} cases written, {name} the last")
    listing = yaml_text({"title": TITLE, "cases": list(every)}, "The 42 systems of 2024.")
    write_together({folder / PORTFOLIO: listing.encode()})
    return len(left), len(every) - len(left)


def _written(folder: Path, left: dict[str, Bid], workers: int) -> Iterator[str]:
    if workers == 1:
        for name, bid in left.items():
            yield _write(folder / name, bid)
        return
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), begin)
    try:
        done = [pool.submit(_write, folder / name, bid) for name, bid in left.items()]
        for future in as_completed(done):
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _write(folder: Path, bid: Bid) -> str:
    make_case(bid, lambda last: {FILLED: filled_text(last.title, last.filled)}, folder, lambda _: None)
    return folder.name
