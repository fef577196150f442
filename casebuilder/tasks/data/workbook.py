"""Read the sheets of a published file: .xls, .xlsx, CSV, or either packed in a .zip.

The one place outside `workbook/` that knows a spreadsheet library (decision 182): what is read here are the
publisher's cells, as text and numbers; nothing is laid out, written or recalculated.
"""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, load_workbook

from casebuilder.errors import Fault
from casebuilder.inputs.files.tables import other_separator
from casebuilder.tasks.data.sheets import Sheet

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What a packed workbook has inside: of Excel, of LibreOffice.
_WORKBOOK_PARTS = {"[Content_Types].xml", "META-INF/manifest.xml"}
_TABLES = (".csv", ".xls", ".xlsx")
# What a file may be that is called a workbook or a table and is none, by how it starts.
_OTHERS = {
    b"%pdf": "a PDF",
    b"<!doctype": "a web page",
    b"<html": "a web page",
    b"<table": "a web page",
    b"<?xml": "an XML document",
    b"{": "JSON",
}
# An unpacked file of more bytes than this is no publication of a month.
_MOST_BYTES = 2_000_000_000


def read_sheets(path: Path, faults: list[Fault]) -> list[Sheet]:
    """The sheets of a file, or of the files in a .zip; none, with the fault noted, where it cannot be read.

    Parameters
    ----------
    path
        The file; what it is told by its content, not its name.
    faults
        Takes what is wrong.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        faults.append(Fault(str(path), 1, 1, "no such file"))
        return []
    except OSError as error:
        faults.append(Fault(str(path), 1, 1, f"cannot be read: {error.strerror or error}"))
        return []
    return _sheets(data, str(path), faults, packed=False)


def _sheets(data: bytes, shown: str, faults: list[Fault], *, packed: bool) -> list[Sheet]:
    def refuse(message: str) -> list[Sheet]:
        faults.append(Fault(shown, 1, 1, message))
        return []

    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return refuse("the file is empty")
    if data.startswith(ZIP):
        return _packed(data, shown, faults, packed)
    if data.startswith(COMPOUND):
        return _cells(data, shown, faults)
    other = next((what for mark, what in _OTHERS.items() if start.startswith(mark)), None)
    if other is not None:
        right = (
            "open it in Excel and save it as .xlsx" if other != "a PDF" else "give the workbook or the CSV"
        )
        return refuse(f"this is {other}, whatever its name: {right}")
    if data.count(b"\0", 0, 4096) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return refuse(
            "neither a workbook nor a table: the file is cut off or of another kind; fetch it again"
        )
    return _table(data, shown, faults)


def _packed(data: bytes, shown: str, faults: list[Fault], inside: bool) -> list[Sheet]:
    """A workbook of today, which is a .zip itself, or the tables that a .zip holds."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.namelist()
            if _WORKBOOK_PARTS & set(parts):
                return _cells(data, shown, faults)
            tables = [part for part in parts if part.lower().endswith(_TABLES) and "__MACOSX" not in part]
            if not tables or inside:
                faults.append(Fault(shown, 1, 1, "the .zip holds no .csv, .xls or .xlsx"))
                return []
            found: list[Sheet] = []
            for part in tables:
                if archive.getinfo(part).file_size > _MOST_BYTES:
                    faults.append(Fault(f"{shown}/{part}", 1, 1, "too large for a published month"))
                    continue
                found += _sheets(archive.read(part), f"{shown}/{part}", faults, packed=True)
            return found
    except RuntimeError:  # what zipfile raises for a part that is locked
        faults.append(Fault(shown, 1, 1, "the .zip is locked with a password: unpack it first"))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError):
        faults.append(
            Fault(shown, 1, 1, "the file is cut off or damaged, and cannot be unpacked: fetch it again")
        )
    return []


def _cells(data: bytes, shown: str, faults: list[Fault]) -> list[Sheet]:
    """The cells of a workbook."""
    try:
        book: CalamineWorkbook = load_workbook(io.BytesIO(data))
        return [
            Sheet(shown, name, book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
        ]
    except PasswordError:
        message = "the workbook is locked with a password: take it off in Excel and save it again"
    except CalamineError:
        message = "the workbook is cut off or damaged, or locked with a password: fetch it again"
    except Exception as error:
        message = f"the workbook cannot be read ({type(error).__name__}): fetch it again"
    except BaseException as error:  # a fault inside the library, which is no Exception in Python
        if type(error).__name__ != "PanicException":
            raise
        message = "the workbook is damaged: fetch it again"
    faults.append(Fault(shown, 1, 1, message))
    return []


def _table(data: bytes, shown: str, faults: list[Fault]) -> list[Sheet]:
    """The cells of a CSV file, in UTF-8 or in what Windows writes."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    lines = io.StringIO(text, newline="")
    separated = other_separator(text[:4096].splitlines())
    if separated:
        faults.append(Fault(shown, 1, 1, separated))
        return []
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(lines, strict=True))
    except csv.Error as error:
        faults.append(
            Fault(shown, len(rows) + 1, 1, f"not CSV from here on: {error}; the file may be cut off")
        )
        return []
    return [Sheet(shown, "", rows)]
