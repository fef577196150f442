"""Places in files, and reading a file's text so that a bad byte has a place too."""

from __future__ import annotations

import gzip
import re
import zlib
from pathlib import Path
from typing import NamedTuple

from casebuilder.errors import Fault

# What neither YAML nor CSV may hold: control characters, line ends that no editor shows, marks that turn
# the order of the text that follows, and halves of surrogate pairs.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)

PACKED = ".gz"

# The first bytes of files that are given other names by mistake.
_KINDS = {
    b"PK": "a workbook",
    b"\xd0\xcf\x11\xe0": "a workbook or document of an older Excel or Word",
    b"%PDF": "a PDF",
    b"{\\rtf": "a document of a word processor",
}


class Place(NamedTuple):
    """A line and column, from 1, of a file named as it is shown to the user."""

    file: str
    line: int = 1
    column: int = 1

    def fault(self, message: str) -> Fault:
        """Something wrong here, in one line."""
        return Fault(self.file, self.line, self.column, " ".join(message.splitlines()))

    def at(self, line: int, column: int) -> Place:
        """Another place in the same file."""
        return Place(self.file, line, column)


def read_text(path: Path, shown: str, faults: list[Fault]) -> str | None:
    """A file's text; None, and a fault, where it cannot be read as UTF-8 text.

    Parameters
    ----------
    path
        The file; one that ends in `.gz` is unpacked.
    shown
        Its name as faults show it.
    faults
        Takes what is wrong.
    """
    start = Place(shown)
    try:
        data = path.read_bytes()
        if path.suffix == PACKED:
            data, path = gzip.decompress(data), path.with_suffix("")
    except (gzip.BadGzipFile, EOFError, zlib.error):
        faults.append(start.fault(f"cannot be unpacked, though it is called {PACKED}: give the file whole"))
        return None
    except FileNotFoundError:
        faults.append(start.fault("no such file"))
        return None
    except OSError as error:
        faults.append(start.fault(f"cannot be read: {error.strerror or error}"))
        return None
    other = _no_text(data, path)
    if other:
        faults.append(start.fault(other))
        return None
    try:
        text = data.decode("utf-8-sig").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        message = f"not UTF-8 text: save the file as UTF-8{_how(path)}"
        faults.append(_place(start, before).fault(message))
        return None
    bad = FORBIDDEN.search(text)
    if bad:
        faults.append(_place(start, text[: bad.start()]).fault(unseen(bad.group())))
        return None
    return text


def unseen(mark: str) -> str:
    """What is said of a character that nobody sees and no cell can hold."""
    return f"a control character (code {ord(mark):#06x}) stands in the text: delete it"


def _no_text(data: bytes, path: Path) -> str:
    """What a file is that is no UTF-8 text by its first bytes; empty where it may be."""
    table = path.suffix.lower() == ".csv"
    for start, what in _KINDS.items():
        if data.startswith(start):
            kind = "a workbook or another zipped file" if start == b"PK" else what
            right = "open it in Excel and save it as CSV UTF-8" if table else "write the file as plain text"
            return f"this is {kind}, whatever its name: {right}{_how(path) if table else ''}"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:200].count(0) > len(data[:200]) / 4:
        return f"UTF-16 text, which Excel and Notepad call Unicode: save the file as UTF-8{_how(path)}"
    return ""


def _how(path: Path) -> str:
    """Where a program keeps the choice."""
    if path.suffix.lower() == ".csv":
        return " (in Excel: File, Save As, CSV UTF-8 (Comma delimited))"
    return " (in Notepad: File, Save as, Encoding: UTF-8)"


def _place(start: Place, before: str) -> Place:
    """The place that follows some text."""
    return start.at(before.count("\n") + 1, len(before) - before.rfind("\n"))
