"""A case as it would be with some files of it changed, read in a copy before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from casebuilder.case import Case, load_case
from casebuilder.errors import Fault, InputError

_NOT_READ = shutil.ignore_patterns("*.xlsx", ".git")


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """A copy of a case's folder under its own name, without workbooks and what git keeps; gone afterwards."""
    with TemporaryDirectory(prefix="casebuilder-") as temporary:
        trial = Path(temporary) / folder.resolve().name
        shutil.copytree(folder, trial, ignore=_NOT_READ)
        yield trial


def lay(files: Mapping[Path, bytes], folder: Path, trial: Path) -> None:
    """Put files of a case, as they would be, into a copy of it."""
    root = folder.resolve()
    for path, data in files.items():
        target = trial / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def read_trial(folder: Path, trial: Path) -> Case:
    """The case in a copy.

    Raises
    ------
    InputError
        It is at fault; the faults are told in the case's own files.
    """
    try:
        return load_case(str(trial))
    except InputError as error:
        raise InputError([in_the_case(fault, folder, trial) for fault in error.faults]) from None


def in_the_case(fault: Fault, folder: Path, trial: Path) -> Fault:
    """A fault of a copy, in the case's own file as it would be."""
    path = Path(fault.file)
    file = str(folder / path.relative_to(trial)) if path.is_relative_to(trial) else fault.file
    return replace(fault, file=file, message=f"nothing is written: with it {fault.message}")
