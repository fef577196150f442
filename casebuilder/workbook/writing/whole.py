"""A workbook written whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import xlsxwriter.workbook
from xlsxwriter import Workbook
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


# A sixtieth smaller than by zlib's own choice, for half as long again; level 9 takes four times as long.
_LEVEL = 7


def close_packed(workbook: Workbook) -> None:
    """Write a workbook out, packed tighter than xlsxwriter has it, which offers no choice."""
    module = xlsxwriter.workbook
    as_it_was = module.ZipFile
    module.ZipFile = partial(ZipFile, compresslevel=_LEVEL)
    try:
        workbook.close()
    finally:
        module.ZipFile = as_it_was
