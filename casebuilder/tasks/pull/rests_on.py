"""Typed formulas that rest on a cell which does not come home as the formula read it: they are not taken."""

from __future__ import annotations

from casebuilder.tasks.pull.plan import Plan
from casebuilder.workbook.edits.formula_cells import cells_read
from casebuilder.workbook.edits.typed import TypedCells, Untaken


def leave_doubtful(plan: Plan, found: TypedCells) -> None:
    """Take out of a plan what rests on a cell that is not taken, clashes, or is a text to the spreadsheet.

    A formula is worked out from the file as it is. Where a cell that it reads stays as the case has it, or is
    a text that is read as a number here and as nothing there, its result is of neither.
    """
    formulas = {cell.place: cell for cell in found.typed if cell.held.formula is not None}
    if not formulas:
        return
    doubtful = {each.place: "not taken" for each in plan.untaken if each.place}
    doubtful |= {clash.edit.place: "a clash" for clash in plan.clashes}
    taken = {edit.place: edit for edit in (*plan.edits, *(clash.edit for clash in plan.clashes))}
    for cell in found.typed:
        edit = taken.get(cell.place)
        if isinstance(cell.held.value, str) and edit is not None and not isinstance(edit.new, str):
            doubtful.setdefault(cell.place, "a text, which a spreadsheet reads as no number")
    left = dict(formulas)
    while True:
        fallen = {
            at: on
            for at, cell in left.items()
            if at in taken
            and (
                on := next((c for c in cells_read(cell.held.formula or "", cell.sheet) if c in doubtful), "")
            )
        }
        if not fallen:
            return
        for at, on in fallen.items():
            edit, cell = taken[at], left.pop(at)
            what = f"={(cell.held.formula or '').lstrip('=')} rests on {on}, which is {doubtful[on]}"
            plan.untaken.append(Untaken(at, f"{edit.name}: {what}: type the value"))
            doubtful[at] = "not taken"
        plan.edits = [edit for edit in plan.edits if edit.place not in fallen]
        plan.clashes = [clash for clash in plan.clashes if clash.edit.place not in fallen]
