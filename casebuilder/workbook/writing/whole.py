"""A workbook written whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zipfile import ZipFile, ZipInfo

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


class _Packed(ZipFile):
    """Packs each part tighter: a part from memory would else be packed as zlib has it."""

    def writestr(
        self, zinfo_or_arcname: str | ZipInfo, data: Any, compress_type: int | None = None, *_: object
    ) -> None:
        super().writestr(zinfo_or_arcname, data, compress_type, _LEVEL)


def new_workbook(path: Path) -> Workbook:
    """An empty workbook to be written to a path: texts stay texts, whatever they look like.

    Its parts are put together in memory: as files on their own they take a twentieth longer.
    """
    kept = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    return Workbook(str(path), {**kept, "in_memory": True})


def close_packed(workbook: Workbook) -> None:
    """Write a workbook out, packed tighter than xlsxwriter offers, and let its cells go.

    A workbook and its sheets hold each other, so that a million cells would stay until the collector has gone
    through all of them.
    """
    module = xlsxwriter.workbook
    as_it_was = module.ZipFile
    module.ZipFile = _Packed
    try:
        workbook.close()
    finally:
        module.ZipFile = as_it_was
    for sheet in workbook.worksheets():
        sheet.table.clear()
