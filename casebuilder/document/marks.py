"""A mark in a Word file by which it is told later whether anybody has changed it.

The mark is the hash of the document's text as it was written. Word writes that part anew when it saves.
"""

from __future__ import annotations

from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

_TEXT, _MARK = "word/document.xml", "casebuilder/written.sha256"
_DATE = (1980, 1, 1, 0, 0, 0)  # the same bytes for the same figures, whenever they are written


def marked(data: bytes) -> bytes:
    """A Word file with its mark, the same for the same text."""
    held = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(held, "w") as new:
        for name in old.namelist():
            _put(new, name, old.read(name))
        new.comment = f"{_MARK} {_hash(old.read(_TEXT))}".encode()
    return held.getvalue()


def is_as_written(path: Path) -> bool:
    """Whether a file has its mark and the text that it was made for."""
    try:
        with ZipFile(path) as file:
            return file.comment == f"{_MARK} {_hash(file.read(_TEXT))}".encode()
    except (BadZipFile, KeyError, OSError):
        return False


def _put(file: ZipFile, name: str, data: bytes) -> None:
    about = ZipInfo(name, _DATE)
    about.compress_type = ZIP_DEFLATED
    file.writestr(about, data)


def _hash(text: bytes) -> str:
    return sha256(text).hexdigest()
