"""Who does the units: this process, several processes, or the workers of a Dask cluster."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from casebuilder import __version__
from casebuilder.errors import CaseError
from casebuilder.tasks.many.unit import Done, Unit, work

INSTALL = "pip install 'casebuilder[cluster]'"
_WAIT = "20s"


def one_process(units: Sequence[Unit]) -> Iterator[tuple[Unit, Done]]:
    """One unit after the other, here."""
    for unit in units:
        yield unit, work(*_asked(unit))


def processes(units: Sequence[Unit], count: int) -> Iterator[tuple[Unit, Done]]:
    """Several processes.

    Raises
    ------
    CaseError
        A process ended before its work was done.
    """
    try:
        with pooled(min(count, max(1, len(units)))) as pool:
            asked = {pool.submit(work, *_asked(unit)): unit for unit in units}
            for future in as_completed(asked):
                yield asked[future], future.result()
    except BrokenProcessPool:
        raise CaseError(
            "a worker process ended before its work was done, for want of memory or since somebody ended it; "
            "what is finished is kept: run it again to go on, with fewer --workers"
        ) from None


def begin() -> None:
    """What a process does first: it leaves it to its parent to be interrupted, and ends when that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)  # whoever asked is gone, and nobody will read what comes


@contextmanager
def pooled(count: int) -> Iterator[ProcessPoolExecutor]:
    """Some processes, each begun anew so that none inherits what another holds; a stop ends them at once."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), begin)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise
    pool.shutdown()


def cluster(units: Sequence[Unit], address: str) -> Iterator[tuple[Unit, Done]]:
    """The workers of a Dask cluster; each case is sent with its unit, so that no folder need be shared.

    Raises
    ------
    CaseError
        dask.distributed is not installed, or nobody answers at the address, or a worker cannot
        do the work.
    """
    try:
        distributed: Any = import_module("distributed")
    except ImportError:
        raise CaseError(f"--scheduler needs dask.distributed: {INSTALL}") from None
    try:
        client = distributed.Client(address, timeout=_WAIT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as fault:
        raise CaseError(f"no Dask scheduler answers at {address}: {str(fault).splitlines()[0]}") from None
    with client:
        asked: dict[Any, Unit] = {}
        for unit in units:
            future = client.submit(work_sent, packed_folder(unit.folder), _asked(unit), pure=False)
            asked[future] = unit
        for future in distributed.as_completed(list(asked), loop=client.loop):
            try:
                yield asked[future], future.result()
            except Exception as fault:  # the case's own faults are in the result: this is the worker's
                what = f"{type(fault).__name__}: {fault}".splitlines()[0]
                raise CaseError(f"a worker of {address} cannot do the work: {what}") from None


def work_sent(files: dict[str, bytes], asked: tuple[str, str, int, int, int, str]) -> Done:
    """Work out a unit whose case was sent, in a folder that is gone afterwards.

    Parameters
    ----------
    files
        The files of the case by path.
    asked
        What `work` is asked; its folder is that of the sender, and faults name it.
    """
    case, folder, *rest = asked
    place = Path(tempfile.mkdtemp(prefix="casebuilder-"))
    try:
        here = place / case
        for name, content in files.items():
            path = here / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        done = work(case, str(here), *rest)  # type: ignore[arg-type]
        return replace(done, faults=tuple(fault.replace(str(here), folder) for fault in done.faults))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def packed_folder(folder: Path) -> dict[str, bytes]:
    """The files of a case by path, what begins with a dot left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def _asked(unit: Unit) -> tuple[str, str, int, int, int, str]:
    return unit.case, str(unit.folder), unit.first, unit.last, unit.seed, __version__
