"""What is said of scenarios in a workbook that comes back: none of it is a value of the case.

Which scenario is chosen is how the workbook is looked at. What a scenario puts in place stands in the
case's own files, so that a value typed on its sheet is named and not taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.inputs.edits import AS_STATED
from casebuilder.inputs.files.scalars import rounded, shown
from casebuilder.inputs.templates.read import standard_stresses
from casebuilder.workbook.edits.grid import KEY, Held
from casebuilder.workbook.edits.typed import TypedCells, Untaken, held_cells
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.inputs import INPUTS
from casebuilder.workbook.layout.scenarios import CHOSEN_ROW, SCENARIOS
from casebuilder.workbook.proof.cells import Cell
from casebuilder.workbook.proof.engines import IronCalc
from casebuilder.workbook.sheets.scenarios import CHOOSE

_CHOSEN = f"B{CHOSEN_ROW}"


def tell_scenarios(found: TypedCells, cells: Mapping[str, Sequence[Cell]]) -> None:
    """Say which scenario a workbook was left at, and name what was typed on the sheet of scenarios.

    Parameters
    ----------
    found
        What was typed in the workbook; takes what is told.
    cells
        The cells of the workbook by sheet.
    """
    if not found.start.scenarios:
        return
    chosen = _chosen(cells.get(INPUTS, ()))
    if chosen.casefold() != AS_STATED.casefold():
        found.notes.append(
            f"The workbook was left at the scenario '{chosen}', which is no value of the case: what is typed "
            f"on {INPUTS} is read as it stands there."
        )
    own = held_cells(cells.get(SCENARIOS, ()))
    top = min((row for (row, _), held in own.items() if held.value == KEY), default=0)
    header = {str(held.value): column for (row, column), held in own.items() if row == top}
    rows = {
        str(held.value): row
        for (row, column), held in own.items()
        if column == header.get(KEY) and row > top and held.value
    }
    for key, given in found.start.scenarios.items():
        for name in [each for each in header if each in _names(found)]:
            if key not in rows:
                continue
            at = rows[key], header[name]
            then, held = given.get(name), own.get(at, Held(None))
            if held.formula is None and not _same(then, held):
                was = "blank" if then is None else shown(then)
                cure = (
                    "it follows from a standard stress; for other values write a scenario of another name in "
                    "scenarios/ of the case"
                    if name in standard_stresses()
                    else f"what a scenario puts in place is changed in scenarios/{name}.yaml of the case"
                )
                what = f"{key} in the scenario {name} was {was}: {cure}"
                found.untaken.append(Untaken(f"{SCENARIOS}!{letter(at[1])}{at[0]}", what))


def as_stated(engine: IronCalc) -> None:
    """Put a workbook that an engine has open back to what is stated."""
    if engine.has(SCENARIOS) and engine.value(INPUTS, f"A{CHOSEN_ROW}") == CHOOSE:
        engine.put(INPUTS, _CHOSEN, AS_STATED)
        engine.calculate()


def _names(found: TypedCells) -> set[str]:
    """The scenarios that the workbook was written with."""
    return {name for given in found.start.scenarios.values() for name in given}


def _chosen(inputs: Sequence[Cell]) -> str:
    """The word in the cell for choosing; as stated where it is blank or gone."""
    by_address = {cell.address: cell.value for cell in inputs}
    if by_address.get(f"A{CHOSEN_ROW}") != CHOOSE:
        return AS_STATED
    return str(by_address.get(_CHOSEN) or AS_STATED).strip()


def _same(then: float | str | None, held: Held) -> bool:
    """Whether a cell holds what was written there."""
    if held.error:
        return False
    value = None if held.value == "" else held.value
    if isinstance(then, str) or isinstance(value, str) or then is None or value is None:
        return then == value
    return rounded(float(value)) == then
