"""Read the formula cells of a workbook, with the values stored in them.

The file is read as it is: calamine and pandas give errors and empty texts the same face, and a
check must tell them apart.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from casebuilder.errors import CaseError

Value = float | str | bool | None
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_DAMAGE = (expat.ExpatError, ElementTree.ParseError, LookupError, ValueError, zipfile.BadZipFile, zlib.error)


@dataclass(frozen=True)
class Error:
    """An error value, such as #DIV/0!."""

    text: str


@dataclass(frozen=True)
class Cell:
    """A cell with its stored value; `formula` is None for a constant."""

    address: str
    formula: str | None
    value: Value | Error


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet, by the sheet's name, in order."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): str(link.get("Target")) for link in links.iter(f"{_PACKAGE}Relationship")}
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    parts = {}
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(f"{_LINKS}id")].lstrip("/")
        parts[str(sheet.get("name"))] = target if target.startswith("xl/") else f"xl/{target}"
    return parts


def open_workbook(path: Path) -> zipfile.ZipFile:
    """Open a workbook's archive.

    Raises
    ------
    CaseError
        There is no such file, or it is no workbook.
    """
    try:
        archive = zipfile.ZipFile(path)
        archive.getinfo("xl/workbook.xml")
    except FileNotFoundError:
        raise CaseError(f"no such workbook: {path}") from None
    except (zipfile.BadZipFile, KeyError, OSError) as fault:
        raise CaseError(f"{path} is not an .xlsx workbook") from fault
    return archive


def read_cells(path: Path) -> Iterator[tuple[str, list[Cell]]]:
    """Each sheet's name with its cells that hold something.

    Raises
    ------
    CaseError
        There is no such file, it is no workbook, or it is damaged.
    """
    try:
        with open_workbook(path) as archive:
            texts = _shared_texts(archive)
            for name, part in sheet_parts(archive).items():
                yield name, _Reader(texts).read(archive.read(part))
    except _DAMAGE as fault:
        raise CaseError(f"{path} is damaged: {fault}") from fault


def _shared_texts(archive: zipfile.ZipFile) -> list[str]:
    try:
        tree = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    except KeyError:
        return []
    return ["".join(t.text or "" for t in item.iter(f"{_MAIN}t")) for item in tree]


class _Reader:
    """Reads one sheet's XML as a stream: hundreds of thousands of cells in a second or two."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.cells: list[Cell] = []
        self.address = self.kind = ""
        self.formula: list[str] | None = None
        self.value: list[str] | None = None
        self.target: list[str] | None = None

    def read(self, xml: bytes) -> list[Cell]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)
        return self.cells

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self.address, self.kind = attributes.get("r", ""), attributes.get("t", "n")
            self.formula = self.value = None
        elif tag == "f":
            self.target = self.formula = []
        elif tag in ("v", "t"):
            self.target = self.value = self.value or []

    def _text(self, text: str) -> None:
        if self.target is not None:
            self.target.append(text)

    def _end(self, tag: str) -> None:
        if tag in ("f", "v", "t"):
            self.target = None
        elif tag == "c" and (self.formula is not None or self.value is not None):
            formula = None if self.formula is None else "".join(self.formula)
            self.cells.append(Cell(self.address, formula, self._stored()))

    def _stored(self) -> Value | Error:
        if self.value is None:
            return None
        text = "".join(self.value)
        if self.kind == "s":
            return self.texts[int(text)]
        if self.kind == "e":
            return Error(text)
        if self.kind == "b":
            return text == "1"
        if self.kind in ("str", "inlineStr"):
            return text
        return float(text) if text else ""
