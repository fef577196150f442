"""The input cells of a workbook that cannot be used, as its own live tests say once recalculated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casebuilder.inputs.shape.renamed import renamed
from casebuilder.workbook.layout.addresses import INPUTS, letter
from casebuilder.workbook.layout.scenarios import CHOSEN_ROW, SCENARIOS
from casebuilder.workbook.layout.trials import FIRST_ROW as TRIALS_FROM
from casebuilder.workbook.layout.trials import SHEET as TRIALS
from casebuilder.workbook.layout.trials import rows_for_trying
from casebuilder.workbook.proof.cells import Cell, Error, Value, place
from casebuilder.workbook.proof.engines import Recalculated
from casebuilder.workbook.sheets.scenarios import CHOOSE, NOT_LISTED
from casebuilder.workbook.sheets.selection import (
    CHOOSE_MONTH,
    CHOOSE_OPTION,
    FAULT_COLUMN,
    MONTH_ROW,
    OPTION_ROW,
)

_WITHIN = 30  # the rows in which the header stands
KEY, FAULT, KIND, LEAST, MOST = "Key", "Fault", "Kind", "Least", "Most"
DATA = "Data "


def unusable_inputs(stored: Mapping[str, list[Cell]], recalculated: Recalculated) -> list[dict[str, Any]]:
    """The rows of Inputs, Scenarios and the Data sheets whose `Fault` cell says something, by their key.

    With them the cells for choosing what pages show, where one holds a word that is not in its list. A sheet
    without a header row of `Key` and `Fault` has none: it is not ours, or of an older version.
    """
    found = _choosers(stored, recalculated)
    for sheet, cells in stored.items():
        if (sheet not in (INPUTS, SCENARIOS) and not sheet.startswith(DATA)) or not recalculated.has(sheet):
            continue
        by_place = {place(cell.address): cell for cell in cells}
        header = next(
            (row for row in range(1, _WITHIN + 1) if (cell := by_place.get((row, 1))) and cell.value == KEY),
            None,
        )
        if header is None:
            continue
        columns = {str(cell.value): column for (row, column), cell in by_place.items() if row == header}
        fault = columns.get(FAULT)
        if fault is None:
            continue
        for row, column in sorted(by_place):
            if column != 1 or row <= header or (row, fault) not in by_place:
                continue
            address = f"{letter(fault)}{row}"
            said = recalculated.value(sheet, address)
            if said not in (None, "", 0, False):
                allowed = {
                    name: by_place[row, columns[name]].value
                    for name in (KIND, LEAST, MOST)
                    if (row, columns.get(name, 0)) in by_place
                }
                found.append(
                    {
                        "key": by_place[row, 1].value,
                        "sheet": sheet,
                        "cell": address,
                        "fault": _fault(said, allowed) + _since(str(by_place[row, 1].value)),
                    }
                )
    return found


def _choosers(stored: Mapping[str, list[Cell]], recalculated: Recalculated) -> list[dict[str, Any]]:
    found = []
    for sheet, cells in stored.items():
        if not recalculated.has(sheet):
            continue
        labels = {cell.address: cell.value for cell in cells if cell.value in (CHOOSE_OPTION, CHOOSE_MONTH)}
        for row, label in ((OPTION_ROW, CHOOSE_OPTION), (MONTH_ROW, CHOOSE_MONTH)):
            if labels.get(f"A{row}") == label:
                said = recalculated.value(sheet, f"{letter(FAULT_COLUMN)}{row}")
                if said not in (None, ""):
                    found.append({"key": label, "sheet": sheet, "cell": f"B{row}", "fault": str(said)})
    chooser = next((cell for cell in stored.get(INPUTS, ()) if cell.address == f"A{CHOSEN_ROW}"), None)
    if chooser is not None and chooser.value == CHOOSE and recalculated.has(INPUTS):
        said = recalculated.value(INPUTS, f"C{CHOSEN_ROW}")
        if said == NOT_LISTED:
            found.append({"key": CHOOSE, "sheet": INPUTS, "cell": f"B{CHOSEN_ROW}", "fault": NOT_LISTED})
    return found + _trials(stored.get(TRIALS, ()))


def _trials(cells: Sequence[Cell]) -> list[dict[str, Any]]:
    """Cells for trying who joins that hold neither 0 nor 1."""
    by_place = {place(cell.address): cell for cell in cells}
    if not any(row == TRIALS_FROM for row, _ in by_place):
        return []
    rows = rows_for_trying({row for row, column in by_place if column == 1})
    return [
        {"key": "tried", "sheet": TRIALS, "cell": cell.address, "fault": "neither 0 nor 1"}
        for (row, column), cell in sorted(by_place.items())
        if row in rows and column > 1 and cell.value is not None and cell.value not in (0.0, 1.0)
    ]


def _since(key: str) -> str:
    """What became of the key of a row, where the workbook is older than the program."""
    became = renamed(key)
    return f"; {became}" if became is not None else ""


def _fault(said: Value | Error, allowed: Mapping[str, object]) -> str:
    """What is wrong with a row, and what its cells may be."""
    if isinstance(said, Error):
        return said.text
    if not isinstance(said, float):
        return str(said)
    text = f"{said:g} cell{'s' * (said != 1)} cannot be used"
    kind = str(allowed.get(KIND) or "")
    least, most = allowed.get(LEAST), allowed.get(MOST)
    parts = [
        kind,
        f"at least {least:g}" if isinstance(least, float) else "",
        f"at most {most:g}" if isinstance(most, float) else "",
    ]
    wanted = ", ".join(part for part in parts if part)
    return f"{text}: {wanted}" if wanted else text
