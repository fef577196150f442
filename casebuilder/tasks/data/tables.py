"""The tables of a case as text: read as they stand, and replaced only when all is right."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from casebuilder.case import load_case
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.inputs.files.places import read_text
from casebuilder.inputs.files.tables import table_text
from casebuilder.tasks.data.outcome import Changed
from casebuilder.tasks.schema import renew
from casebuilder.tasks.together import write_together
from casebuilder.tasks.trial import copy_of, lay


@dataclass(frozen=True)
class Given:
    """A table of a case: its header and the cells of each row, as they stand."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The table as a file."""
        return table_text(self.header, self.rows)

    def sums(self) -> dict[str, float]:
        """By column the sum of its numbers, for columns that hold nothing else."""
        found: dict[str, float] = {}
        for at, name in enumerate(self.header):
            cells = [row[at] for row in self.rows if at < len(row) and row[at].strip()]
            with suppress(ValueError):
                numbers = [float(cell) for cell in cells]
                found[name] = round(sum(numbers), 4)
        return found


def read_given(path: Path, faults: list[Fault]) -> Given | None:
    """A table with all its columns; None where there is none or it cannot be read.

    Parameters
    ----------
    path
        The file.
    faults
        Takes why it cannot be read.
    """
    if not path.is_file():
        return None
    text = read_text(path, str(path), faults)
    if text is None:
        return None
    rows = [tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text)) if any(row)]
    return Given(rows[0], tuple(rows[1:])) if rows else None


def from_text(text: str) -> Given:
    """A table from its text."""
    rows = [tuple(row) for row in csv.reader(io.StringIO(text))]
    return Given(rows[0], tuple(rows[1:]))


def changed(name: str, before: Given | None, after: Given, columns: Sequence[str]) -> Changed:
    """What a table was and is.

    Parameters
    ----------
    name
        The file within the case.
    before, after
        The table; None where there was none.
    columns
        Those whose sums are told.
    """
    old, new = before.sums() if before is not None else {}, after.sums()
    sums = {column: (old.get(column), new[column]) for column in columns if column in new}
    return Changed(name, len(before.rows) if before is not None else None, len(after.rows), sums)


def replace_tables(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write tables of a case, all or none; gives what is to be said of the case as it was.

    They are written into a copy of the case first, which is read; a case that could be read before and cannot
    be read with them keeps its own.

    Parameters
    ----------
    folder
        The case.
    texts
        By name within the case what the file is to hold.

    Raises
    ------
    InputError
        The case cannot be read with the new tables: nothing was written.
    CaseError
        A file cannot be written.
    """
    said = _tried(folder, texts)
    try:
        write_together({folder / name: text.encode() for name, text in texts.items()})
        renew(folder)
    except OSError as fault:
        what = os.strerror(fault.errno) if fault.errno else fault
        raise CaseError(f"cannot write {fault.filename or folder}: {what}") from fault
    return said


def _tried(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Read a copy of the case with the new tables; one that was at fault may stay so, which is said."""
    with copy_of(folder) as copy:
        lay({folder.resolve() / name: text.encode() for name, text in texts.items()}, folder, copy)
        try:
            load_case(str(copy))
            return ()
        except InputError as error:
            here = [replace(fault, file=fault.file.replace(str(copy), str(folder))) for fault in error.faults]
    try:
        load_case(str(folder))
    except InputError as error:
        count = len(error.faults)
        what = "a fault" if count == 1 else f"{count} faults"
        return (f"the case had {what} before and has some still: casebuilder check {folder} names them",)
    what = f"with the new tables the case could not be read ({len(here)} faults below): nothing was written"
    raise InputError([Fault(str(folder), 1, 1, what), *here])
