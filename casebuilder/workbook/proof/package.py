"""The parts of a workbook's archive: where its sheets and texts lie, whatever program wrote it."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from casebuilder.errors import CaseError

# A Strict workbook (ISO/IEC 29500-1) has namespaces of its own for the same words.
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT = (
    (STRICT_MAIN, MAIN),
    (
        "http://purl.oclc.org/ooxml/officeDocument/relationships/",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    ),
    (
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    ("http://purl.oclc.org/ooxml/officeDocument/", "http://schemas.openxmlformats.org/officeDocument/2006/"),
    ("http://purl.oclc.org/ooxml/drawingml/main", "http://schemas.openxmlformats.org/drawingml/2006/main"),
    ("http://purl.oclc.org/ooxml/drawingml/", "http://schemas.openxmlformats.org/drawingml/2006/"),
)
_TYPES, _BOOK = "[Content_Types].xml", "xl/workbook.xml"
DAMAGE = (
    expat.ExpatError,
    ElementTree.ParseError,
    LookupError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True)
class Package:
    """Where the parts of a workbook lie.

    Attributes
    ----------
    book
        The part that lists the sheets.
    sheets
        The part of each worksheet by the sheet's name, in order. Chart sheets have no cells and are left out.
    texts
        The part of the shared texts, if there is one.
    worksheets
        Every part that is a worksheet by its content type, listed or not.
    strict
        Whether the workbook is Strict Open XML.
    """

    book: str
    sheets: dict[str, str]
    texts: str | None
    worksheets: tuple[str, ...]
    strict: bool


# Files of a case, and others that no program saves as a workbook.
_NO_BOOKS = (".yaml", ".yml", ".json", ".md", ".txt", ".docx", ".pdf", ".py")
_SAVE = "open it in Excel or LibreOffice and save it as Excel Workbook (.xlsx)"


def open_workbook(path: Path) -> zipfile.ZipFile:
    """Open a workbook's archive.

    Raises
    ------
    CaseError
        There is no such file, or it is no workbook.
    """
    try:
        archive = zipfile.ZipFile(path)
    except FileNotFoundError:
        raise CaseError(f"no such workbook: {path}") from None
    except (zipfile.BadZipFile, OSError) as fault:
        raise CaseError(f"{path} is not an .xlsx workbook{_what_else(path)}") from fault
    if not {_TYPES, _BOOK} & set(archive.namelist()):
        archive.close()
        raise CaseError(f"{path} is not an .xlsx workbook: {_SAVE}")
    return archive


def _what_else(path: Path) -> str:
    if path.suffix.lower() in _NO_BOOKS:
        return ": a workbook is what build writes, as casebuilder build CASE -o FILE.xlsx; give that file"
    try:
        with path.open("rb") as file:
            old = file.read(4) == b"\xd0\xcf\x11\xe0"
    except OSError:
        return ""
    return (
        ": it has a password or is an old .xls; save it as .xlsx without a password" if old else f": {_SAVE}"
    )


def package_of(archive: zipfile.ZipFile, path: Path) -> Package:
    """Where the parts of a workbook lie.

    Raises
    ------
    CaseError
        The archive has no workbook part, or a sheet's part is missing.
    """
    types = content_types(archive)
    tops = _links(archive, "") if "_rels/.rels" in archive.namelist() else {}
    book = next((target for kind, target in tops.values() if kind.endswith("/officeDocument")), _BOOK)
    if book not in archive.namelist():
        raise CaseError(f"{path} is not an .xlsx workbook")
    if "spreadsheetml" not in types.get(book, "spreadsheetml"):
        raise CaseError(f"{path} is not an .xlsx workbook but {types[book]}")
    links = _links(archive, book)
    tree = ElementTree.fromstring(archive.read(book))
    sheets = {}
    for sheet in tree.iter():
        if local(sheet.tag) != "sheet":
            continue
        link = next((v for name, v in sheet.attrib.items() if local(name) == "id" and "}" in name), "")
        kind, target = links[link]
        if kind.endswith("/worksheet"):
            if target not in archive.namelist():
                raise CaseError(f"{path} is damaged: sheet '{sheet.get('name')}' has no part {target}")
            sheets[str(sheet.get("name"))] = target
    texts = next((target for kind, target in links.values() if kind.endswith("/sharedStrings")), None)
    worksheets = tuple(
        part for part, kind in types.items() if "worksheet+xml" in kind and part in archive.namelist()
    )
    worksheets = tuple(dict.fromkeys((*sheets.values(), *worksheets)))
    return Package(
        book,
        sheets,
        texts if texts in archive.namelist() else None,
        worksheets,
        tree.tag.startswith(f"{{{STRICT_MAIN}}}"),
    )


def content_types(archive: zipfile.ZipFile) -> dict[str, str]:
    """The content type of each part that has one of its own."""
    if _TYPES not in archive.namelist():
        return {}
    tree = ElementTree.fromstring(archive.read("[Content_Types].xml"))
    return {
        str(item.get("PartName")).lstrip("/"): str(item.get("ContentType"))
        for item in tree
        if local(item.tag) == "Override"
    }


def local(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition("}")[2]


def _links(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part: kind and target by id. Targets may be absolute or relative."""
    folder, name = posixpath.split(part)
    tree = ElementTree.fromstring(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    return {
        str(link.get("Id")): (
            str(link.get("Type")),
            posixpath.normpath(posixpath.join("/", folder, str(link.get("Target")))).lstrip("/"),
        )
        for link in tree
        if link.get("TargetMode") != "External"
    }


def as_transitional(xml: bytes) -> bytes:
    """A part of a Strict workbook with the namespaces that every engine knows."""
    for strict, usual in _STRICT:
        xml = xml.replace(strict.encode(), usual.encode())
    return xml.replace(b' conformance="strict"', b"")
