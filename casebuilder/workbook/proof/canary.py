"""The copy of a workbook that an engine recalculates, with one wrong value planted in it: the canary.

An engine that only hands stored values back is found out by it. A Strict workbook is copied with the
namespaces that every engine knows.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from casebuilder.errors import CaseError
from casebuilder.workbook.proof.cells import Cell, Value, serial
from casebuilder.workbook.proof.engines import Recalculated
from casebuilder.workbook.proof.package import DAMAGE, as_transitional, open_workbook, package_of

_SHIFT = 1_000_003.5
_WORD = "canary"
_DATE = re.compile(rb'(<(?:[\w.-]+:)?c\b[^>]*?) t="d"([^>]*>\s*<(?:[\w.-]+:)?v>)([^<]*)')


@dataclass(frozen=True)
class Canary:
    """A formula cell whose stored value was made wrong in the copy."""

    sheet: str
    cell: Cell

    @property
    def wrong(self) -> Value:
        """The value planted."""
        value = self.cell.value
        if isinstance(value, bool):
            return not value
        return value + _SHIFT if isinstance(value, float) else f"{value}{_WORD}"

    def hear(self, recalculated: Recalculated) -> None:
        """Make sure that the engine worked the cell out.

        Raises
        ------
        CaseError
            The wrong value came straight back.
        """
        value = recalculated.value(self.sheet, self.cell.address)
        wrong = self.wrong
        near = isinstance(value, float) and isinstance(wrong, float) and abs(value - wrong) < 1
        if near or value == wrong:
            raise CaseError(
                f"{recalculated.engine} did not recalculate: the wrong value planted in "
                f"{self.sheet}!{self.cell.address} came straight back, so nothing is proved"
            )


def plant(path: Path, copy: Path, stored: Mapping[str, list[Cell]]) -> Canary | None:
    """Copy a workbook with the value of its longest formula made wrong; None where no formula has a value.

    Raises
    ------
    CaseError
        The workbook is damaged, or the cell cannot be found in the file again.
    """
    canary = max(_candidates(stored), key=_fitness, default=None)
    packed = {"compression": zipfile.ZIP_DEFLATED, "compresslevel": 1}
    try:
        with open_workbook(path) as source, zipfile.ZipFile(copy, "w", **packed) as out:  # type: ignore[call-overload]
            package = package_of(source, path)
            spoiled = package.sheets[canary.sheet] if canary else None
            for item in source.infolist():
                content = source.read(item.filename)
                if package.strict and item.filename.endswith((".xml", ".rels")):
                    content = _DATE.sub(_as_number, as_transitional(content))
                if canary and item.filename == spoiled:
                    content = _spoil(path, content, canary)
                out.writestr(item.filename, content)
    except DAMAGE as fault:
        raise CaseError(f"{path} is damaged: {fault}") from fault
    return canary


def _fitness(canary: Canary) -> tuple[bool, int]:
    """Numbers before words, and of these the longest formula."""
    return isinstance(canary.cell.value, float), len(canary.cell.formula or "")


def _candidates(stored: Mapping[str, list[Cell]]) -> Iterator[Canary]:
    for sheet, cells in stored.items():
        for cell in cells:
            known = isinstance(cell.value, float | bool | str) and cell.value != ""
            if cell.formula and not cell.span and known:
                yield Canary(sheet, cell)


def _as_number(found: re.Match[bytes]) -> bytes:
    """A date that a Strict workbook writes as a word, as the number that every engine reads."""
    start, middle, moment = found.groups()
    return start + middle + repr(serial(moment.decode())).encode()


def _spoil(path: Path, xml: bytes, canary: Canary) -> bytes:
    address = canary.cell.address.encode()
    found = re.search(
        rb'<((?:[\w.-]+:)?)c\b[^>]*?\br=["\']'
        + address
        + rb'["\'](?:(?!</\1c>).)*?<\1v(?:\s[^>]*)?>([^<]*)</\1v>',
        xml,
        re.DOTALL,
    )
    if found is None:
        raise CaseError(
            f"{path}: the value of {canary.sheet}!{canary.cell.address} cannot be found in the file again, "
            "so that no engine can be put to the test; open it in Excel or LibreOffice and save it as .xlsx"
        )
    wrong = canary.wrong
    text = str(int(wrong)) if isinstance(wrong, bool) else str(wrong)
    new = text.replace("&", "&amp;").replace("<", "&lt;").encode()
    return xml[: found.start(2)] + new + xml[found.end(2) :]
