"""A workbook or an intake form as a side: its case with what was typed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from casebuilder.analysis.bridge.difference import Other
from casebuilder.case import Case
from casebuilder.inputs.assumed.overlay import within
from casebuilder.inputs.digest import Digest
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.files.scalars import shown
from casebuilder.inputs.values import CaseInputs, InputValues, Origin
from casebuilder.tasks.diff.sides import Opened
from casebuilder.tasks.pull.run import read_pull

_WORKBOOKS = (".xlsx", ".xlsm")


def is_workbook(given: str) -> bool:
    """Whether a side is a workbook."""
    return Path(given).suffix.lower() in _WORKBOOKS and Path(given).is_file()


def workbook_side(given: str, case: Opened, tell: Callable[[str], None] = lambda _: None) -> Opened:
    """The case that a workbook was built from, with what was typed in the workbook.

    What the case and the workbook have both changed since is as the workbook has it. What is no edit of a
    value stands beside, with its place.

    Parameters
    ----------
    given
        The workbook or the form.
    case
        The other side.
    tell
        Told the name of each stage.

    Raises
    ------
    CaseError
        The file is none of ours.
    """
    found = read_pull(Path(given), case.case, tell)
    plan = found.plan
    edits = [*plan.edits, *(clash.edit for clash in plan.clashes)]
    beside = [Other("not taken", each.place, "", each.what) for each in plan.untaken]
    beside += [Other("altered", f"{each.sheet}!{each.cell}", "", each.change) for each in found.altered]
    beside += [
        Other("changed in both", clash.edit.name, own_shown(clash.now), shown(clash.edit.new))
        for clash in plan.clashes
    ]
    if plan.since:
        beside.append(
            Other("since", "values of the case changed after the file was written", "", f"{plan.since:,}")
        )
    inputs = edited(case.case.inputs, edits, Path(given).name)
    return Opened(given, Case(case.case.folder, case.case.model, inputs), case.log, None, tuple(beside))


def own_shown(amount: float | str | None) -> str:
    """An amount as text; of None that an option has none of its own."""
    return "none of its own" if amount is None else shown(amount)


def edited(inputs: CaseInputs, edits: Iterable[Edit], file: str) -> CaseInputs:
    """The values of a case with edits in their place, in memory."""
    values = dict(inputs.values)
    for edit in edits:
        values[edit.key] = _with_edit(values[edit.key], edit, file)
    return replace(inputs, values=values, digest=Digest(values))


def _with_edit(given: InputValues, edit: Edit, file: str) -> InputValues:
    """An input's values with one edit: its amount, its range where one was typed, and what vouches for it."""
    origin = Origin(file, 1, 1, edit.source, edit.state, edit.note)
    own = given.base if edit.option is None else given.options.get(edit.option, {})
    value = within(own.get(edit.members, given.base[edit.members]), edit.new)
    if edit.low is not None and edit.high is not None:
        value = replace(value, low=edit.low, high=edit.high)
    changed = {**own, edit.members: value}
    if edit.option is None:
        return replace(given, base=changed, other_origins={**given.other_origins, edit.members: origin})
    others = {**given.option_others.get(edit.option, {}), edit.members: origin}
    return replace(
        given,
        options={**given.options, edit.option: changed},
        option_origins={edit.option: origin, **given.option_origins},
        option_others={**given.option_others, edit.option: others},
    )
