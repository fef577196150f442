"""A workbook written whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlsxwriter.exceptions import XlsxWriterException

from casebuilder import whole
from casebuilder.errors import CaseError


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """The file to write, as `casebuilder.whole` has it.

    Raises
    ------
    CaseError
        It cannot be written, or moved into place.
    """
    try:
        with whole.written_whole(path) as draft:
            yield draft
    except XlsxWriterException as fault:  # xlsxwriter's own word for what the system refused
        what = getattr(fault.__context__, "strerror", None) or fault
        raise CaseError(f"cannot write {path}: {what}") from fault
