"""Shipped cases and their workbooks, worked out once for all tests; tests/conftest.py says how to use them.

A case is read and evaluated once in each process. A workbook is written once in a run: processes share a
folder, and whoever asks first writes while the others wait at a lock.
"""

from __future__ import annotations

import fcntl
import gc
import hashlib
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import ironcalc

from casebuilder.case import Case, load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.cells import Cell, Error, Value, read_cells
from casebuilder.workbook.proof.engines import IronCalc
from casebuilder.workbook.proof.verify import Verification, compare
from tests.short import folder_of
from tests.workbook.reading import Sheet, sheets_of


class Reopened(IronCalc):
    """IronCalc as it stood when it had read and recalculated a workbook: opened in a fraction of the time.

    What is typed is taken through when a value is next asked for, so that putting a value back costs nothing
    until then.
    """

    def __init__(self, saved: Path) -> None:
        """Open what was saved."""
        self.engine = "ironcalc"
        self.model = ironcalc.load_from_icalc(str(saved))
        self.sheets = {s["name"]: i for i, s in enumerate(self.model.get_worksheets_properties())}
        self.stale = False

    def put(self, sheet: str, address: str, value: float | str) -> None:
        """Type a value into a cell."""
        super().put(sheet, address, value)
        self.stale = True

    def calculate(self) -> None:
        """Calculate every cell again."""
        super().calculate()
        self.stale = False

    def settle(self) -> None:
        """Take through what was typed, if anything was since."""
        if self.stale:
            self.calculate()

    def value(self, sheet: str, address: str) -> Value | Error:
        """The value of one cell, with all that was typed."""
        self.settle()
        return super().value(sheet, address)


def opened(workbook: Path) -> Reopened:
    """A workbook of one test file, recalculated: from the file the first time, then from what was saved."""
    saved = workbook.with_suffix(".ic")
    if not saved.exists():
        IronCalc(workbook).model.save_to_icalc(str(saved))
    return Reopened(saved)


def proved(workbook: Path, cells: dict[str, list[Cell]]) -> Verification:
    """What `verify` finds in a workbook of one test file; as recalculated for it `opened` opens it."""
    return _compared(workbook, cells, lambda model: model.save_to_icalc(str(workbook.with_suffix(".ic"))))


def _compared(
    workbook: Path, cells: dict[str, list[Cell]], keep: Callable[[ironcalc.Model], object]
) -> Verification:
    """What `verify` finds with IronCalc; what keeps the workbook as recalculated for it is given."""

    def recalculate(copy: Path, folder: Path, shown: Path) -> IronCalc:
        engine = IronCalc(copy, folder, shown)
        keep(engine.model)
        return engine

    return compare(workbook, cells, "ironcalc", recalculate)


class ShippedCases:
    """Cases by name, tests/short.py among them, with values put in place of others where `sets` has them.

    Everything but an engine is shared by all tests of a process, so that no test may change it.

    Parameters
    ----------
    folder
        Where workbooks are written; one for all processes of a run.
    """

    def __init__(self, folder: Path) -> None:
        """Nothing is worked out before it is asked for."""
        self.folder = folder
        self.case = cache(_solved)
        self.cells = cache(self._cells)
        self.sheets = cache(self._sheets)

    def workbook(self, name: str, *sets: str) -> Path:
        """The workbook of a case, as `build` writes it. Read it; to change it, copy it first."""
        case = self.case(name, *sets)
        return self._once(
            f"{_named(name, sets)}.xlsx",
            lambda path: build(case.results, case.headlines, case.checks, case.findings, path, "test"),
        )

    def proof(self, name: str, *sets: str) -> Verification:
        """What `verify` finds with IronCalc; the workbook as recalculated for it is kept for `engine`."""

        def prove(path: Path) -> None:
            def keep(model: ironcalc.Model) -> None:
                self._once(f"{_named(name, sets)}.ic", lambda to: model.save_to_icalc(str(to)))

            found = _compared(self.workbook(name, *sets), self.cells(name, *sets), keep)
            path.write_bytes(pickle.dumps(found))

        kept = self._once(f"{_named(name, sets)}.proof", prove)
        found: Verification = pickle.loads(kept.read_bytes())
        return found

    def engine(self, name: str, *sets: str) -> Reopened:
        """IronCalc with the workbook open and recalculated: the caller's own, to type into."""
        if not sets:  # proved by a test of its own, in this process or another
            self.proof(name)
        workbook = self.workbook(name, *sets)
        saved = self._once(
            f"{_named(name, sets)}.ic", lambda path: IronCalc(workbook).model.save_to_icalc(str(path))
        )
        return Reopened(saved)

    def _cells(self, name: str, *sets: str) -> dict[str, list[Cell]]:
        """Every cell of the workbook as stored, by sheet; read from the file by one process of a run."""
        workbook = self.workbook(name, *sets)
        read: dict[str, list[Cell]] = {}

        def write(path: Path) -> None:
            read.update(read_cells(workbook))
            path.write_bytes(pickle.dumps(read))

        kept = self._once(f"{_named(name, sets)}.cells", write)
        if read:
            return read
        with _collector_at_rest():
            cells: dict[str, list[Cell]] = pickle.loads(kept.read_bytes())
        return cells

    def _sheets(self, name: str, *sets: str) -> dict[str, Sheet]:
        """Every sheet of the workbook as stored."""
        with _collector_at_rest():
            return sheets_of(self.cells(name, *sets).items())

    def _once(self, name: str, write: Callable[[Path], object]) -> Path:
        """The file of that name, written by whichever process asks first."""
        path = self.folder / name
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not path.exists():
                unfinished = path.with_name(f"unfinished-{name}")
                unfinished.unlink(missing_ok=True)
                with _collector_at_rest():
                    write(unfinished)
                unfinished.rename(path)
        return path


def _solved(name: str, *sets: str) -> Case:
    """A case with results, headlines and checks: all now, before any test plants a fault in a line."""
    case = load_case(folder_of(name), sets)
    for worked_out in ("results", "headlines", "checks"):
        getattr(case, worked_out)
    return case


def _named(name: str, sets: tuple[str, ...]) -> str:
    return f"{name}-{hashlib.sha256(repr(sets).encode()).hexdigest()[:12]}" if sets else name


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Let a million cells be made without the collector going through them; they stay to the end."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
