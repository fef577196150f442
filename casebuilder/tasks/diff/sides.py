"""A side of a comparison: a folder, the name of a case, or `REV:path` of a git repository."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from casebuilder.analysis.bridge.difference import Other
from casebuilder.case import Case, find_case, load_case
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.edit.change_log import Logged
from casebuilder.tasks.diff.git import Revision, find_revision, parts


@dataclass(frozen=True)
class Opened:
    """A side, read.

    Attributes
    ----------
    given
        As it was typed.
    case
        The case; its folder is a copy where it is of a revision.
    log
        Its change log.
    revision
        The revision that it is of; None where it lies on the disk.
    beside
        What of a workbook is no value that was typed.
    """

    given: str
    case: Case
    log: tuple[Logged, ...]
    revision: Revision | None = None
    beside: tuple[Other, ...] = ()


@contextmanager
def working_folder() -> Iterator[Path]:
    """A folder for what is unpacked; it goes when the work is done."""
    with tempfile.TemporaryDirectory(prefix="casebuilder-") as folder:
        yield Path(folder)


def revision_of(given: str) -> Revision | None:
    """The revision that a side names; None where it names a folder or a case.

    Raises
    ------
    CaseError
        It names a revision that cannot be found.
    """
    named = parts(given)
    return find_revision(given, *named) if named else None


def open_side(given: str, into: Path, sets: Sequence[str] = (), revision: Revision | None = None) -> Opened:
    """Read a side.

    Parameters
    ----------
    given
        A folder, the name of a case, or `REV:path`.
    into
        An empty folder, for the files of a revision.
    sets
        Values to put in place of others.
    revision
        The revision, where it is found already.

    Raises
    ------
    CaseError
        There is no such revision.
    InputError
        The case is at fault; its files are named as the side was typed.
    """
    revision = revision or revision_of(given)
    folder = revision.unpacked(into) if revision else find_case(given)
    try:
        case = load_case(str(folder), sets)
    except InputError as error:
        if revision is None:
            raise
        raise InputError(
            *(_renamed(each, folder, given) for each in (error.faults, error.warnings))
        ) from None
    return Opened(given, case, case.inputs.log, revision)


def _renamed(faults: Sequence[Fault], folder: Path, given: str) -> list[Fault]:
    """Faults of an unpacked revision, whose files have gone when they are read."""
    return [replace(fault, file=fault.file.replace(str(folder), given)) for fault in faults]
