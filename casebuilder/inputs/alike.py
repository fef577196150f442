"""What readers could not tell apart: labels alike, and the baseline from the option put forward."""

from __future__ import annotations

from collections.abc import Iterable

from casebuilder.algebra.dimensions import Frame
from casebuilder.errors import Fault
from casebuilder.inputs.edits import AS_STATED
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.in_workbook import put_forward

Labelled = tuple[str, str, Place]


def like_labels(kind: str, labelled: Iterable[Labelled], taken: str = "") -> list[Fault]:
    """A warning for each label that another has, whatever its capitals and blanks.

    Parameters
    ----------
    kind
        What is labelled, in the plural.
    labelled
        The id, the label and its place of each.
    taken
        A label that stands for something else.
    """
    first: dict[str, str] = {}
    warnings: list[Fault] = []
    for id, label, place in labelled:
        said = _plain(label)
        if not said:
            continue
        if said == _plain(taken):
            what = f"the label '{label}' of {id} is what a workbook calls the case without any of its {kind}"
            warnings.append(place.fault(f"{what}: give it another"))
        elif said in first:
            what = f"'{first[said]}' and '{id}' of {kind} have one label, '{label}'"
            warnings.append(place.fault(f"{what}: readers cannot tell them apart; give one of them another"))
        first.setdefault(said, id)
    return warnings


def like_scenarios(labelled: Iterable[Labelled]) -> list[Fault]:
    """The same of scenarios, none of which may be called as the case without them is."""
    return like_labels("scenarios", labelled, AS_STATED)


def baseline_put_forward(case: Node, decision: Node | None, frame: Frame) -> list[Fault]:
    """A warning where the baseline is also the option put forward, so that nothing is compared with it.

    Parameters
    ----------
    case, decision
        case.yaml, and decision.yaml where there is one.
    frame
        The case's options.
    """
    baseline, options = case.get("baseline"), case.get("options")
    said = decision.get("put_forward") if decision is not None else None
    if baseline is None or options is None or put_forward(frame) != frame.baseline:
        return []
    if said is None and len(frame.option_ids) == 1:
        return []  # no option is put forward yet
    place = said.place if said is not None else options.items[-1].place
    name = place.file.replace("\\", "/").rpartition("/")[2]
    what = f"'{frame.baseline}' is the baseline and also the option put forward ({name}, line {place.line})"
    cure = "name another baseline, or list the option put forward last under options:"
    return [baseline.place.fault(f"{what}, so that it is compared with itself: {cure}")]


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
