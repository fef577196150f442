"""Read the cells of a workbook that hold something, with formulas and the values stored in them.

The file is read as it is: calamine and pandas give errors and empty texts the same face, and a
check must tell them apart. Prefixed and Strict sheets, shared and array formulas, inline texts and cells
without an address are read like any other.
"""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat

from casebuilder.errors import CaseError
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.package import (
    DAMAGE,
    MAIN,
    STRICT_MAIN,
    Package,
    local,
    open_workbook,
    package_of,
)
from casebuilder.workbook.writing.formula_patterns import Formula, column_number

Value = float | str | bool | None
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")
_EPOCH = datetime.datetime(1899, 12, 30)
_TAGS = {
    f"{space} {tag}": tag
    for space in (MAIN, STRICT_MAIN)
    for tag in ("row", "c", "f", "v", "t", "rPh", "sheetData")
}
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f(?=[\s/>])")
_DATA = re.compile(rb"<((?:[\w.-]+:)?sheetData)\b.*?</\1\s*>", re.DOTALL)


class Error(NamedTuple):
    """An error value, such as #DIV/0!."""

    text: str


class Cell(NamedTuple):
    """A cell with its stored value; `formula` is None for a constant, `value` None where none is stored.

    `span` is the range that an array formula or a data table fills, empty for any other cell.
    """

    address: str
    formula: str | None
    value: Value | Error
    span: str = ""


def place(address: str) -> tuple[int, int]:
    """Row and column, from 1, of an address such as AB12."""
    found = _ADDRESS.fullmatch(address)
    if not found:
        raise CaseError(f"'{address}' is no cell address")
    return int(found.group(2)), column_number(found.group(1))


def read_cells(path: Path) -> Iterator[tuple[str, list[Cell]]]:
    """Each sheet's name with its cells that hold something.

    Raises
    ------
    CaseError
        There is no such file, it is no workbook, or it is damaged.
    """
    try:
        with open_workbook(path) as archive:
            package = package_of(archive, path)
            texts = _shared_texts(archive, package)
            for name, part in package.sheets.items():
                yield name, _Reader(texts).read(archive.read(part))
    except DAMAGE as fault:
        raise CaseError(f"{path} is damaged: {fault}") from fault


def count_formulas(path: Path) -> int:
    """The formula cells of all worksheets, counted by their marks in the file and not by reading it.

    Raises
    ------
    CaseError
        As `read_cells`.
    """
    try:
        with open_workbook(path) as archive:
            return sum(
                len(_FORMULA.findall(found.group()))
                for part in package_of(archive, path).worksheets
                for found in _DATA.finditer(_as_utf8(archive.read(part)))
            )
    except DAMAGE as fault:
        raise CaseError(f"{path} is damaged: {fault}") from fault


def _as_utf8(xml: bytes) -> bytes:
    return xml.decode("utf-16").encode() if xml[:2] in (b"\xff\xfe", b"\xfe\xff") else xml


def _shared_texts(archive: zipfile.ZipFile, package: Package) -> list[str]:
    if package.texts is None:
        return []
    tree = ElementTree.fromstring(archive.read(package.texts))
    return ["".join(_texts(item)) for item in tree if local(item.tag) == "si"]


def _texts(item: ElementTree.Element) -> Iterator[str]:
    """The texts of an item, those that say how to pronounce it left out."""
    for part in item:
        if local(part.tag) == "t":
            yield part.text or ""
        elif local(part.tag) != "rPh":
            yield from _texts(part)


class _Reader:
    """Reads one sheet's XML as a stream: hundreds of thousands of cells in a second or two."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = texts
        self.cells: list[Cell] = []
        self.address = self.kind = self.shared = self.span = ""
        self.row = 0
        self.formula: list[str] | None = None
        self.value: list[str] | None = None
        self.target: list[str] | None = None
        self.masters: dict[str, Formula] = {}
        self.inside = self.spoken = False

    def read(self, xml: bytes) -> list[Cell]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(xml, True)
        return self.cells

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _TAGS.get(name)
        if tag == "c":
            self.kind = attributes.get("t", "n")
            self.address = attributes.get("r") or self._next_address()
            self.formula = self.value = None
            self.shared = self.span = ""
        elif tag == "f" and self.inside:
            self.target = self.formula = []
            if attributes:
                kind = attributes.get("t", "normal")
                self.shared = attributes.get("si", "") if kind == "shared" else ""
                if kind in ("array", "dataTable"):
                    self.span = f"{kind} {attributes.get('ref', '')}"
        elif tag == "v" or (tag == "t" and not self.spoken):
            if self.value is None:
                self.value = []
            self.target = self.value
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.address = ""
        elif tag == "rPh":
            self.spoken = True
        elif tag == "sheetData":
            self.inside = True

    def _text(self, text: str) -> None:
        if self.target is not None:
            self.target.append(text)

    def _end(self, name: str) -> None:
        tag = _TAGS.get(name)
        if tag in ("f", "v", "t"):
            self.target = None
        elif tag == "c":
            if self.formula is not None or self.value is not None:
                self._keep()
        elif tag == "rPh":
            self.spoken = False
        elif tag == "sheetData":
            self.inside = False

    def _next_address(self) -> str:
        """The address of a cell that has none of its own: right of the last, or first in its row."""
        column = place(self.address)[1] + 1 if self.address else 1
        return f"{letter(column)}{self.row}"

    def _keep(self) -> None:
        formula = None if self.formula is None else "".join(self.formula)
        if self.shared:
            formula = self._shared(formula or "")
        self.cells.append(Cell(self.address, formula, self._stored(), self.span))

    def _shared(self, text: str) -> str:
        """A shared formula's own text: its first cell has it, the others are copies."""
        row, column = place(self.address)
        if text:
            self.masters[self.shared] = Formula(text, row, column)
            return text
        master = self.masters[self.shared]
        return master.moved(row - master.row, column - master.column)

    def _stored(self) -> Value | Error:
        if self.value is None:
            return None
        text = "".join(self.value)
        if self.kind == "s":
            return self.texts[int(text)]
        if self.kind in ("str", "inlineStr"):
            return text
        if not text:
            return None
        if self.kind == "e":
            return Error(text)
        if self.kind == "b":
            return text in ("1", "true")
        if self.kind == "d":
            return serial(text)
        return float(text)


def serial(moment: str) -> float:
    """The number of a date that a Strict workbook writes as a word, such as 2021-04-01T00:00:00."""
    found = datetime.datetime.fromisoformat(moment.removesuffix("Z"))
    return (found.replace(tzinfo=None) - _EPOCH) / datetime.timedelta(days=1)
