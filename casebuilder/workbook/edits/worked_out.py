"""Formulas that people typed where a value stands, worked out; stored results are never read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from casebuilder.errors import CaseError
from casebuilder.workbook.edits.formula_cells import reads_cells
from casebuilder.workbook.edits.scenarios import as_stated
from casebuilder.workbook.edits.trials import clear_trials
from casebuilder.workbook.edits.typed import Typed
from casebuilder.workbook.proof.cells import Error, Value


def worked_out(path: Path, typed: Sequence[Typed], trials: Iterable[str] = ()) -> dict[str, Value | Error]:
    """The value of each typed formula, by its place.

    A formula of numbers alone is worked out by itself. One that reads other cells is read from the whole
    workbook, recalculated.

    They are worked out with every value as stated: a scenario that the workbook was left at is no value.

    Parameters
    ----------
    path
        The workbook.
    typed
        The cells that hold a formula.
    trials
        The addresses of cells for trying: they are emptied first.

    Raises
    ------
    CaseError
        The engine cannot open the workbook.
    """
    alone = [cell for cell in typed if not reads_cells(cell.held.formula or "")]
    found = _alone(alone)
    rest = [cell for cell in typed if cell.place not in found]
    if rest:
        from casebuilder.workbook.proof.engines import IronCalc

        engine = IronCalc(path)
        as_stated(engine)
        clear_trials(engine, trials)
        for cell in rest:
            if not engine.has(cell.sheet):
                raise CaseError(f"{path}: the sheet {cell.sheet} cannot be recalculated")
            found[cell.place] = engine.value(cell.sheet, cell.address)
    return found


def _alone(typed: Sequence[Typed]) -> dict[str, Value | Error]:
    """Formulas that read nothing, on a sheet of their own."""
    if not typed:
        return {}
    import ironcalc

    from casebuilder.workbook.proof.engines import as_value

    sheet = ironcalc.create("typed", "en", "UTC", "en")
    for row, cell in enumerate(typed, 1):
        sheet.set_user_input(0, row, 1, f"={(cell.held.formula or '').lstrip('=')}")
    sheet.evaluate()
    return {cell.place: as_value(sheet.get_cell_value(0, row, 1)) for row, cell in enumerate(typed, 1)}
