"""What a pull found, as data: the values to take, clashes, and what is no edit."""

from __future__ import annotations

from typing import Any

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.values import CaseInputs
from casebuilder.tasks.pull.run import Pull


def label_of(edit: Edit, inputs: CaseInputs) -> str:
    """What an edited value is called: the input with its members, its period and its option."""
    item, frame = inputs.values[edit.key].input, inputs.frame
    labels = [frame.label(d, m) for d, m in zip(without_time(item.over), edit.members, strict=False)]
    period = [edit.members[-1]] if time_of(item.over) else []
    option = [frame.label_of_option(edit.option)] if edit.option else []
    return " · ".join([item.label, *labels, *period, *option])


def pull_data(pull: Pull) -> dict[str, Any]:
    """The whole plan for JSON: values as numbers or words, with what vouches for them."""
    plan, inputs = pull.plan, pull.case.inputs
    return {
        "file": pull.path.name,
        "kind": pull.start.kind,
        "case": pull.case.name,
        "written_from": {
            "case": pull.start.case,
            "version": pull.start.version,
            "inputs_sha256": pull.start.inputs_sha256,
        },
        "changed_since": plan.since,
        "already_so": plan.same,
        "pasted": plan.notes,
        "edits": [_edit(edit, inputs, offered=edit.name in plan.offered) for edit in plan.edits],
        "clashes": [
            {**_edit(clash.edit, inputs, offered=False), "case": clash.now} for clash in plan.clashes
        ],
        "not_taken": [{"place": each.place, "what": each.what} for each in plan.untaken],
        "altered": [
            {"sheet": each.sheet, "cell": each.cell, "change": each.change, "formula": each.formula}
            for each in pull.altered
        ],
    }


def _edit(edit: Edit, inputs: CaseInputs, *, offered: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "input": edit.name,
        "label": label_of(edit, inputs),
        "unit": inputs.values[edit.key].input.unit,
        "from": edit.old,
        "to": edit.new,
        "place": edit.place,
    }
    if edit.source:
        data["source"] = edit.source
    if edit.note:
        data["note"] = edit.note
    if edit.low is not None or edit.high is not None:
        data["range"] = [edit.low, edit.high]
    if offered:
        data["gives_option_its_own"] = True
    return data
