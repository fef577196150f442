"""What differs between the named scenarios of two cases, value by value."""

from __future__ import annotations

from collections.abc import Iterator

from casebuilder.analysis.bridge.difference import Other
from casebuilder.inputs.edits import Edit, Scenario
from casebuilder.inputs.files.scalars import shown
from casebuilder.inputs.values import CaseInputs

KIND = "scenario"


def scenarios(first: CaseInputs, second: CaseInputs, *, evidence: bool) -> Iterator[Other]:
    """Scenarios of one side alone, and of those of both what they are called, say and put where.

    Parameters
    ----------
    first, second
        The two cases.
    evidence
        Whether source, state and note of a value are told with it.
    """
    one, other = ({each.name: each for each in side.scenarios} for side in (first, second))
    for name in dict.fromkeys((*one, *other)):
        if name not in one or name not in other:
            yield Other(KIND, name, *(_told(side[name]) if name in side else "" for side in (one, other)))
            continue
        before, after = (_parts(side[name], evidence=evidence) for side in (one, other))
        for what in dict.fromkeys((*before, *after)):
            was, now = before.get(what, ""), after.get(what, "")
            if was != now:
                yield Other(KIND, f"{name}: {what}", was, now)


def _told(scenario: Scenario) -> str:
    count = len(scenario.edits)
    return f"{scenario.label} ({count:,} value{'' if count == 1 else 's'})"


def _parts(scenario: Scenario, *, evidence: bool) -> dict[str, str]:
    values = {edit.name: _value(edit, evidence=evidence) for edit in scenario.edits}
    return {"label": scenario.label, "note": scenario.note, **values}


def _value(edit: Edit, *, evidence: bool) -> str:
    amount = edit.new if isinstance(edit.new, str) else shown(edit.new)
    ranged = edit.low is not None and edit.high is not None
    said = [f"range {shown(edit.low)} to {shown(edit.high)}" if ranged else ""]
    if evidence:
        said += [f"{edit.source} {edit.state}".strip(), edit.note]
    told = "; ".join(filter(None, said))
    return f"{amount} ({told})" if told else amount
