"""A file written beside its place and renamed into it: an interrupted run leaves the old one whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from casebuilder.errors import CaseError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """The file to write, which takes the place of an older one when all went well and is gone else.

    Raises
    ------
    CaseError
        It cannot be written, or moved into place.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield draft
        os.replace(draft, path)
    except OSError as fault:
        what = os.strerror(fault.errno) if fault.errno else fault
        raise CaseError(f"cannot write {path}: {what}") from fault
    finally:
        with suppress(OSError):
            draft.unlink()
