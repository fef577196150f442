"""Where two sides began, and where the result goes."""

from __future__ import annotations

from pathlib import Path

from casebuilder.case import find_case
from casebuilder.errors import CaseError
from casebuilder.resources import resource
from casebuilder.tasks.diff.git import merge_base
from casebuilder.tasks.diff.sides import Opened, open_side, revision_of


def begun(first: Opened, second: Opened, start: str | None, into: Path) -> Opened | None:
    """The start: as it is given, the commit at which two revisions parted, or None where the logs tell.

    Parameters
    ----------
    first, second
        The two sides.
    start
        A folder, a case or `REV:path`; None where it is not given.
    into
        An empty folder for the files of a revision.
    """
    if start is not None:
        return open_side(start, into)
    if first.revision is None or second.revision is None:
        return None
    base = first.revision.at(merge_base(first.revision, second.revision))
    return open_side(base.given, into, revision=base)


def target(first: str, output: Path | None) -> Path:
    """The folder that the result is written to.

    Raises
    ------
    CaseError
        It has files already, or A is no folder that can be written to.
    """
    if output is not None:
        if output.exists() and (not output.is_dir() or any(output.iterdir())):
            raise CaseError(f"{output} is there already: give a new folder with -o")
        return output
    if revision_of(first) is not None:
        raise CaseError(f"{first} is a commit, which stays as it is: give a folder for the result with -o")
    folder = find_case(first)
    if folder.resolve().is_relative_to(resource("assumptions").resolve()):
        raise CaseError(f"{first} is a case that ships: give a folder for the result with -o")
    return folder
