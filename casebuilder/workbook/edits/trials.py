"""What was tried in a workbook that comes back: who joins, typed beside what comes of it.

A trial is how the workbook is looked at, as a scenario is: none of it is a value of the case until it is
typed where the value stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from casebuilder.inputs.files.scalars import shown
from casebuilder.workbook.edits.typed import TypedCells, Untaken, held_cells
from casebuilder.workbook.layout.trials import SHEET
from casebuilder.workbook.proof.cells import Cell, place
from casebuilder.workbook.proof.engines import IronCalc


def tell_trials(found: TypedCells, cells: Mapping[str, Sequence[Cell]]) -> None:
    """Name every cell for trying in which something stands.

    Parameters
    ----------
    found
        What was typed in the workbook; takes what is told.
    cells
        The cells of the workbook by sheet.
    """
    held = held_cells(cells.get(SHEET, ()))
    for address, key in found.start.trials.items():
        own = held.get(place(address))
        if own is None or (own.value in (None, "") and own.formula is None and not own.error):
            continue
        value = own.error or (f"={own.formula}" if own.formula is not None else shown(own.value))
        what = f"{key} is tried at {value}: to keep it, type it where {key} stands on the sheets of inputs"
        found.untaken.append(Untaken(f"{SHEET}!{address}", what))


def clear_trials(engine: IronCalc, addresses: Iterable[str]) -> None:
    """Put a workbook that an engine has open back to what is stated."""
    tried = [at for at in addresses if engine.has(SHEET) and engine.value(SHEET, at) not in (None, "")]
    for address in tried:
        engine.put(SHEET, address, "")
    if tried:
        engine.calculate()
