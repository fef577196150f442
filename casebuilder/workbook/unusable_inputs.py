"""The input cells of a workbook that cannot be used, as its own live tests say once recalculated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebuilder.workbook.cells import Cell, Error, place
from casebuilder.workbook.engines import Recalculated
from casebuilder.workbook.layout import INPUTS, letter

_WITHIN = 30  # the rows in which the header stands
KEY, FAULT = "Key", "Fault"
DATA = "Data "


def unusable_inputs(stored: Mapping[str, list[Cell]], recalculated: Recalculated) -> list[dict[str, Any]]:
    """The rows of Inputs and of the Data sheets whose `Fault` cell says something, by their key.

    A sheet without a header row of `Key` and `Fault` has none: it is not ours, or of an older version.
    """
    found: list[dict[str, Any]] = []
    for sheet, cells in stored.items():
        if (sheet != INPUTS and not sheet.startswith(DATA)) or not recalculated.has(sheet):
            continue
        by_place = {place(cell.address): cell for cell in cells}
        header = next((row for row in range(1, _WITHIN + 1)
                       if (cell := by_place.get((row, 1))) and cell.value == KEY), None)  # fmt: skip
        if header is None:
            continue
        faults = [column for (row, column), cell in by_place.items() if row == header and cell.value == FAULT]
        for row, column in sorted(by_place):
            if column != 1 or row <= header:
                continue
            for fault in faults:
                if (row, fault) not in by_place:
                    continue
                address = f"{letter(fault)}{row}"
                said = recalculated.value(sheet, address)
                text = said.text if isinstance(said, Error) else said
                if text not in (None, "", 0, 0.0, False):
                    found.append({"key": by_place[row, 1].value, "sheet": sheet, "cell": address,
                                  "fault": text})  # fmt: skip
    return found
