"""Verify a workbook: an engine that is not ours recalculates every formula cell, and must agree.

A copy with one wrong value stored in a formula cell, the canary, is what gets recalculated: an
engine that only hands stored values back is found out.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebuilder.errors import CaseError
from casebuilder.workbook.cells import Cell, Error, Value, open_workbook, read_cells, sheet_parts
from casebuilder.workbook.engines import ENGINES, Recalculated

TOLERANCE = 1e-9
# Near nothing a relative difference means nothing: engines differ in the last bit of a sum of
# millions. Below this value the difference is measured against it.
FLOOR = 1e-3
MOST_SHOWN = 1_000
_CANARY_SHIFT = 1_000_003.5

Progress = Callable[[str], None]


@dataclass
class Verification:
    """What a comparison found.

    `max_relative_error` is over all cells; `mismatches` are those beyond 1e-9, errors included: the
    first thousand of `differing`.
    """

    engine: str
    formula_cells: int = 0
    compared: int = 0
    max_relative_error: float = 0.0
    mismatches: list[dict[str, Any]] = field(default_factory=list)
    differing: int = 0

    @property
    def agrees(self) -> bool:
        """Whether every formula cell was compared and none differs."""
        return not self.differing and self.compared == self.formula_cells

    def to_json(self) -> dict[str, Any]:
        """The contract's keys."""
        return {
            "formula_cells": self.formula_cells,
            "compared": self.compared,
            "mismatches": self.mismatches,
            "max_relative_error": self.max_relative_error,
            "engine": self.engine,
        }


def verify(path: Path, engine: str | None = None, progress: Progress = lambda _: None) -> Verification:
    """Recalculate every formula cell of a workbook and compare it with the value stored.

    Parameters
    ----------
    path
        Any .xlsx workbook.
    engine
        `ironcalc` (the default) or `libreoffice`.
    progress
        Told the name of each stage.

    Raises
    ------
    CaseError
        No workbook, no such engine here, or the engine did not recalculate the canary.
    """
    name = engine or "ironcalc"
    if name not in ENGINES:
        raise CaseError(f"no engine '{name}': there are {', '.join(ENGINES)}")
    with tempfile.TemporaryDirectory(prefix="casebuilder-") as folder:
        progress("Reading the stored values")
        stored = dict(read_cells(path))
        copy = Path(folder) / "canary.xlsx"
        canary = _plant_canary(path, copy, stored)
        progress(f"Recalculating with {name}")
        recalculated = ENGINES[name](copy, Path(folder))
        progress("Comparing")
        found = Verification(recalculated.engine)
        for sheet, cells in stored.items():
            _compare(sheet, cells, recalculated, found)
        if canary:
            _hear_canary(canary, stored, recalculated)
    return found


def _compare(sheet: str, cells: list[Cell], recalculated: Recalculated, found: Verification) -> None:
    for cell in cells:
        if cell.formula is None:
            continue
        found.formula_cells += 1
        value = recalculated.value(sheet, cell.address)
        error = _difference(cell.value, value)
        found.compared += 1
        found.max_relative_error = max(found.max_relative_error, min(error, 1e300))
        if error <= TOLERANCE:
            continue
        found.differing += 1
        if len(found.mismatches) < MOST_SHOWN:
            found.mismatches.append({
                "sheet": sheet, "cell": cell.address, "formula": cell.formula[:200],
                "stored": _shown(cell.value), "recalculated": _shown(value),
            })  # fmt: skip


def _difference(stored: Value | Error, value: Value | Error) -> float:
    """The relative difference of two values; infinite for unlike kinds and for errors."""
    if isinstance(stored, Error) or isinstance(value, Error):
        return float("inf")
    stored, value = ("" if stored is None else stored), ("" if value is None else value)
    if isinstance(stored, str) or isinstance(value, str):
        return 0.0 if stored == value else float("inf")
    return abs(stored - value) / max(abs(stored), abs(value), FLOOR)


def _shown(value: Value | Error) -> Value:
    return value.text if isinstance(value, Error) else value


def _candidates(stored: dict[str, list[Cell]]) -> Iterator[tuple[str, Cell]]:
    for sheet, cells in stored.items():
        for cell in cells:
            if cell.formula and isinstance(cell.value, float) and not isinstance(cell.value, bool):
                yield sheet, cell


def _plant_canary(path: Path, copy: Path, stored: dict[str, list[Cell]]) -> tuple[str, Cell] | None:
    """Copy the workbook with the last number among its formula cells made wrong."""
    canary = max(_candidates(stored), key=lambda found: len(found[1].formula or ""), default=None)
    if canary is None:
        shutil.copyfile(path, copy)
        return None
    sheet, cell = canary
    assert isinstance(cell.value, float)
    packed = {"compression": zipfile.ZIP_DEFLATED, "compresslevel": 1}
    with open_workbook(path) as source, zipfile.ZipFile(copy, "w", **packed) as out:  # type: ignore[call-overload]
        part = sheet_parts(source)[sheet]
        for item in source.infolist():
            content = source.read(item.filename)
            if item.filename == part:
                content = _spoil(content, cell.address, cell.value + _CANARY_SHIFT)
            out.writestr(item.filename, content)
    return canary


def _spoil(xml: bytes, address: str, wrong: float) -> bytes:
    start = xml.index(f'r="{address}"'.encode())
    value = xml.index(b"<v>", start) + len(b"<v>")
    end = xml.index(b"</v>", value)
    return xml[:value] + repr(wrong).encode() + xml[end:]


def _hear_canary(
    canary: tuple[str, Cell], stored: dict[str, list[Cell]], recalculated: Recalculated
) -> None:
    sheet, cell = canary
    assert isinstance(cell.value, float)
    value = recalculated.value(sheet, cell.address)
    if isinstance(value, float) and abs(value - cell.value - _CANARY_SHIFT) < 1:
        raise CaseError(
            f"{recalculated.engine} did not recalculate: the wrong value planted in "
            f"{sheet}!{cell.address} came straight back, so nothing is proved"
        )
