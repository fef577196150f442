"""Read a workbook or a form, plan what it changes in a case, and write that into the case's files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from casebuilder.case import Case
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.evaluate.checks import told
from casebuilder.inputs.edit.change_log import CHANGE_LOG, Logged, read_change_log, with_rows
from casebuilder.inputs.edit.put import put_edits
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.files.scalars import shown
from casebuilder.tasks.pull.plan import Plan, Planner, changed_since
from casebuilder.tasks.pull.rests_on import leave_doubtful
from casebuilder.tasks.pull.sources import with_sources
from casebuilder.tasks.together import write_together
from casebuilder.tasks.trial import copy_of, lay, read_trial
from casebuilder.workbook.edits.scenarios import tell_scenarios
from casebuilder.workbook.edits.start import INTAKE, WORKBOOK, Start
from casebuilder.workbook.edits.trials import tell_trials
from casebuilder.workbook.edits.typed import TypedCells, read_typed
from casebuilder.workbook.edits.worked_out import worked_out
from casebuilder.workbook.proof.alterations import FACTS, altered_formulas
from casebuilder.workbook.proof.cells import read_cells
from casebuilder.workbook.writing.formula_fingerprint import Alteration

Tell = Callable[[str], None]


@dataclass
class Pull:
    """What a file changes in a case.

    Attributes
    ----------
    path, case
        The two.
    start
        What the file was written with.
    plan
        The values to take and those that are not.
    altered
        Formulas, rows and sheets of the model that are not those that were built; never taken.
    """

    path: Path
    case: Case
    start: Start
    plan: Plan
    altered: list[Alteration] = field(default_factory=list)


@dataclass(frozen=True)
class Ready:
    """What is to be written: all of it proved by reading the case as it would be.

    Attributes
    ----------
    files
        The files that change or are new, each as it is to be.
    count
        How many values are in them.
    notes
        What was done beyond the values: a range widened, a block added.
    refused
        The edits that cannot be placed, each with what to do by hand.
    failing
        The checks that would fail, or could not be worked out, and hold now, in words.
    case
        The case as it would be.
    """

    files: dict[Path, bytes]
    count: int
    notes: tuple[str, ...]
    refused: tuple[tuple[Edit, str], ...]
    failing: tuple[str, ...]
    case: Case

    def write(self) -> None:
        """Write all files, or none.

        Raises
        ------
        CaseError
            The folder cannot be written: nothing was changed.
        """
        try:
            write_together(self.files)
        except OSError as error:
            where = error.filename or "the case's folder"
            raise CaseError(
                f"{where}: {error.strerror or error}: nothing was changed; can the folder be written to?"
            ) from error


def read_pull(path: Path, case: Case, tell: Tell = lambda _: None) -> Pull:
    """What a file would change; nothing is written.

    Parameters
    ----------
    path
        A workbook or a form that casebuilder wrote, saved by any program.
    case
        The case that it is for.
    tell
        Told the name of each stage.

    Raises
    ------
    CaseError
        The file is none of ours, or damaged.
    """
    tell("Reading the workbook")
    cells = dict(read_cells(path))
    found = read_typed(path, cells)
    tell_scenarios(found, cells)
    tell_trials(found, cells)
    since, compared = changed_since(found.start, case.inputs)
    if found.start.case != case.name and 2 * since > compared:
        raise CaseError(
            f"{path} was written from the case {found.start.case}, and is not of {case.name}: {since:,} "
            f"of its {compared:,} values are others or are not there; give the case it was built from"
        )
    if found.start.kind == INTAKE:
        from casebuilder.tasks.intake.pasted import add_pasted

        add_pasted(path, cells, found, case.inputs)
    formulas = [cell for cell in found.typed if cell.held.formula is not None]
    if formulas:
        tell("Working out the formulas that were typed")
    plan = Planner(case.inputs, found, worked_out(path, formulas, found.start.trials)).make()
    plan.since = since
    leave_doubtful(plan, found)
    altered: list[Alteration] = []
    if found.start.kind == WORKBOOK:
        tell("Looking for formulas that were changed")
        altered = _not_typed(altered_formulas(path, cells)[1], found)
    return Pull(path, case, found.start, plan, altered)


def prepare(
    pull: Pull, edits: Sequence[Edit], who: str, why: str, today: date, tell: Tell = lambda _: None
) -> Ready:
    """Edits in the case's files and its change log, proved but not written.

    Parameters
    ----------
    pull
        What was read.
    edits
        Those of its edits that are taken.
    who, why, today
        What the log says of them.
    tell
        Told the name of each stage.

    Raises
    ------
    InputError
        With them the case would be at fault, or its change log cannot be read.
    """
    case, folder = pull.case, pull.case.folder.resolve()
    log = folder / CHANGE_LOG
    faults: list[Fault] = []
    read_change_log(folder, str(case.folder / CHANGE_LOG), faults)
    if faults:
        raise InputError(faults)
    sourced, sources = with_sources(folder, case.inputs.sources, edits, pull.path.name, today)
    tell("Putting the values into the case's files")
    put = put_edits(folder, case.inputs, sourced)
    refused = {edit.name for edit, _ in put.refused}
    taken = [edit for edit in sourced if edit.name not in refused]
    files = {**put.files, **sources}
    if taken:
        text = log.read_bytes().decode("utf-8") if log.is_file() else ""
        rows = [_logged(edit, who, why, pull.path.name, today) for edit in taken]
        files[log] = with_rows(text, rows).encode("utf-8")
    tell("Proving the case with them")
    with copy_of(folder) as trial:
        lay(files, folder, trial)
        proved = read_trial(case.folder, trial)
    failing = _failing(case, proved) if taken else ()
    return Ready(files, len(taken), tuple(put.notes), tuple(put.refused), failing, proved)


def _failing(before: Case, after: Case) -> tuple[str, ...]:
    """The checks that hold in a case as it is and not as it would be."""
    held = {check.key for check in (*before.checks.failed, *before.checks.cannot)}
    now = [(check, "fails") for check in after.checks.failed]
    now += [(check, "cannot be worked out") for check in after.checks.cannot]
    return tuple(
        f"{check.key} {what}: {check.label} ({told(check.breaches)})"
        for check, what in now
        if check.key not in held
    )


def _logged(edit: Edit, who: str, why: str, file: str, today: date) -> Logged:
    """An edit as the change log keeps it."""
    before = "" if edit.old is None else shown(edit.old)
    return Logged(today.isoformat(), who, why, edit.name, before, shown(edit.new), edit.source, file)


def _not_typed(altered: Sequence[Alteration], found: TypedCells) -> list[Alteration]:
    """The alterations that are not in a cell for typing, where what stands was read as a value.

    Of the sheets with such cells what else changed in a row (a unit, a bound) is told by its key.
    """
    return [
        each
        for each in altered
        if each.cell not in found.positions.get(each.sheet, ())
        and not (each.change == FACTS and each.sheet in found.positions)
    ]
