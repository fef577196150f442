"""Verify a workbook: an engine that is not ours recalculates every formula cell, and must agree.

Nothing compared, a cell without a value, an error, a sheet that the engine does not give back, an input
that cannot be used and a formula that is not the one that was built are not agreement.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebuilder.errors import CaseError
from casebuilder.evaluate.status import PARTS, Status
from casebuilder.workbook.proof.alterations import altered_formulas
from casebuilder.workbook.proof.canary import plant
from casebuilder.workbook.proof.cells import Cell, Error, Value, count_formulas, read_cells
from casebuilder.workbook.proof.engines import ENGINES, Recalculate, Recalculated
from casebuilder.workbook.proof.unusable_inputs import unusable_inputs
from casebuilder.workbook.sheets.checks import COUNT_ROW
from casebuilder.workbook.sheets.status import CHECKS
from casebuilder.workbook.writing.formula_fingerprint import Alteration

TOLERANCE = 1e-9
# Near nothing a relative difference means nothing: engines differ in the last bits of a sum of millions,
# and lists that are drawn back to usual come near nothing by small steps. Below one the difference is
# measured against one: nine decimals, as wherever the model compares.
FLOOR = 1.0
MOST_SHOWN = 1_000
_LONGEST_FORMULA = 200

Progress = Callable[[str], None]
Row = dict[str, Any]


@dataclass
class Verification:
    """What a comparison found.

    Attributes
    ----------
    engine
        The engine that recalculated.
    formula_cells, compared
        The formula cells in the file, and those that were compared.
    max_relative_error
        Over all cells with two numbers; infinite where one is no number.
    mismatches, differing
        Cells whose values differ by more than 1e-9 or in kind: the first thousand, and how many.
    cannot, erring
        Formula cells that are an error, stored and recalculated: the first thousand, and how many.
    inputs_outside
        Input cells that cannot be used, each with its key and what is wrong.
    changed_formulas
        Cells whose formula is not the one that was built.
    seal
        The seal of the formulas as built, empty for a workbook that is not ours.
    status
        What the workbook says of its checks once recalculated; None for one that has no such counts.
    """

    engine: str
    formula_cells: int = 0
    compared: int = 0
    max_relative_error: float = 0.0
    mismatches: list[Row] = field(default_factory=list)
    differing: int = 0
    cannot: list[Row] = field(default_factory=list)
    erring: int = 0
    inputs_outside: list[Row] = field(default_factory=list)
    changed_formulas: list[Alteration] = field(default_factory=list)
    seal: str = ""
    status: Status | None = None

    @property
    def agrees(self) -> bool:
        """Whether there were formula cells, each was compared, and nothing at all was found."""
        found = self.differing or self.erring or self.inputs_outside or self.changed_formulas
        return not found and self.compared == self.formula_cells > 0


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
        No workbook, no such engine here, or the engine cannot open it or did not recalculate the canary.
    """
    name = engine or "ironcalc"
    if name not in ENGINES:
        raise CaseError(f"no engine '{name}': there are {', '.join(ENGINES)}")
    progress("Reading the stored values")
    return compare(path, dict(read_cells(path)), name, ENGINES[name], progress)


def compare(
    path: Path,
    stored: Mapping[str, list[Cell]],
    name: str,
    recalculate: Recalculate,
    progress: Progress = lambda _: None,
) -> Verification:
    """The same for a workbook that is read already.

    Parameters
    ----------
    path
        The workbook.
    stored
        Its cells by sheet, as `read_cells` gives them.
    name, recalculate
        The engine, and what makes it recalculate a copy.
    progress
        Told the name of each stage.

    Raises
    ------
    CaseError
        As `verify`.
    """
    with tempfile.TemporaryDirectory(prefix="casebuilder-") as folder:
        copy = Path(folder) / "recalculate.xlsx"
        canary = plant(path, copy, stored)
        progress(f"Recalculating with {name}")
        recalculated = recalculate(copy, Path(folder), path)
        progress("Comparing")
        found = Verification(recalculated.engine)
        for sheet, cells in stored.items():
            _compare(sheet, cells, recalculated, found)
        # Counted a second way: what the reading above passed over is not compared.
        found.formula_cells = max(found.formula_cells, count_formulas(path))
        if canary and recalculated.has(canary.sheet):
            canary.hear(recalculated)
    found.inputs_outside = unusable_inputs(stored, recalculated)
    found.status = _status(stored, recalculated)
    progress("Comparing the formulas with those that were built")
    found.seal, found.changed_formulas = altered_formulas(path, stored)
    return found


def _status(stored: Mapping[str, list[Cell]], recalculated: Recalculated) -> Status | None:
    """The four counts on Checks, in words; what is no count cannot be worked out."""
    titles = {cell.address: cell.value for cell in stored.get(CHECKS, ())}
    rows = [f"{COUNT_ROW + place}" for place in range(len(PARTS))]
    if not recalculated.has(CHECKS) or any(
        titles.get(f"A{row}") != part.meaning for row, part in zip(rows, PARTS, strict=True)
    ):
        return None
    counts = [recalculated.value(CHECKS, f"B{row}") for row in rows]
    if not all(isinstance(count, int | float) and count >= 0 for count in counts):
        return Status(cannot=1)
    return Status(*(int(count) for count in counts if isinstance(count, int | float)))


def _compare(sheet: str, cells: list[Cell], recalculated: Recalculated, found: Verification) -> None:
    given_back = recalculated.has(sheet)
    for cell in cells:
        if cell.formula is None:
            continue
        found.formula_cells += 1
        if not given_back:
            continue
        value = recalculated.value(sheet, cell.address)
        found.compared += 1
        if isinstance(cell.value, Error) and cell.value == value:
            found.erring += 1
            if len(found.cannot) < MOST_SHOWN:
                formula = cell.formula[:_LONGEST_FORMULA]
                found.cannot.append(
                    {"sheet": sheet, "cell": cell.address, "formula": formula, "error": cell.value.text}
                )
            continue
        error = _difference(cell.value, value)
        found.max_relative_error = max(found.max_relative_error, min(error, 1e300))
        if error <= TOLERANCE:
            continue
        found.differing += 1
        if len(found.mismatches) < MOST_SHOWN:
            found.mismatches.append(
                {
                    "sheet": sheet,
                    "cell": cell.address,
                    "formula": cell.formula[:_LONGEST_FORMULA],
                    "stored": _shown(cell.value),
                    "recalculated": _shown(value),
                }
            )


def _difference(stored: Value | Error, value: Value | Error) -> float:
    """The relative difference; infinite for unlike kinds, for errors and where no value is stored."""
    if stored is None:
        return math.inf
    value = "" if value is None else value
    if isinstance(stored, str) and isinstance(value, Error):
        return 0.0 if stored == value.text else math.inf  # a text that reads like an error
    if isinstance(stored, Error) or isinstance(value, Error):
        return math.inf
    if isinstance(stored, str) or isinstance(value, str):
        return 0.0 if stored == value else math.inf
    error = abs(stored - value) / max(abs(stored), abs(value), FLOOR)
    return math.inf if math.isnan(error) else error


def _shown(value: Value | Error) -> Value:
    return value.text if isinstance(value, Error) else value
