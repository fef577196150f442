"""decision.yaml: the option put forward, by whom, on which criteria, and why though another ranks first."""

from __future__ import annotations

import math
from collections.abc import Mapping

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import Frame, time_of, without_time
from casebuilder.algebra.terms import Line
from casebuilder.errors import Fault
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed, nearest, shown
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.inputs.shape.schema import DecisionFile, check
from casebuilder.inputs.shape.sources import check_source
from casebuilder.inputs.values import Decision, Shown, Source

DECISION = "decision.yaml"
_HEADLINES = "headlines"
_DECIMALS = 9


def load_decision(
    files: Files, register: Mapping[str, Source], frame: Frame, model: Model | None
) -> Decision:
    """A case's decision.yaml; empty where it has none. What is wrong is noted in `files`.

    Parameters
    ----------
    files
        The case's files, which take the faults.
    register
        The sources it may cite.
    frame
        The case's options, members and periods.
    model
        The lines that criteria and reasons may name; None: they are not looked at.
    """
    path = files.folder / DECISION
    node = files.load(path) if path.is_file() else None
    given = check(DecisionFile, node, node.place, files.faults) if node else None
    if node is None or given is None:
        return Decision()
    faults = files.faults
    _check_option(node, given.put_forward, frame, faults)
    source = node.get("source")
    if source is not None:
        check_source(given.source, source.place, dict(register), faults)
    stated = node.get("criteria")
    criteria = _all(stated, "name", frame, model, faults)
    weights = math.fsum(each.weight for each in given.criteria)
    # One that is left out for a fault of its own would be missing from the sum as well.
    whole = stated is not None and len(given.criteria) == len(stated.items)
    if whole and round(weights - 1.0, _DECIMALS) != 0:
        what = f"the weights of the criteria add up to {shown(round(weights, _DECIMALS))}, not to 1"
        faults.append(node.key_place("criteria").fault(what))
    reasons = _all(node.get("reasons"), "text", frame, model, faults)
    return Decision(given.by, given.source, given.state, given.note, criteria, reasons, node.place)


def _check_option(node: Node, option: str, frame: Frame, faults: list[Fault]) -> None:
    """The option put forward is the last that case.yaml lists."""
    entry, last = node.get("put_forward"), put_forward(frame)
    if entry is None or option == last:
        return
    if option not in frame.option_ids:
        hint = nearest(option, frame.option_ids) or f"; the options are {listed(frame.option_ids, 12)}"
        faults.append(entry.place.fault(f"'{option}' is no option{hint}"))
    else:
        what = f"the last option of case.yaml is put forward, {last}: list {option} last, or write {last}"
        faults.append(entry.place.fault(what))


def _all(
    entry: Node | None, named: str, frame: Frame, model: Model | None, faults: list[Fault]
) -> tuple[Shown, ...]:
    """The criteria or the reasons; what lacks a line, or a way that is better, is a fault already noted."""
    found: list[Shown] = []
    for item in entry.items if entry else []:
        line, better = item.get("line"), item.get("better")
        if line is None or better is None:
            continue
        key = line.text or ""
        at: dict[str, str] | None = {}
        if model is not None:
            declared = model.by_key.get(key)
            if not isinstance(declared, Line):
                faults.append(line.place.fault(f"'{key}' is no line{_no_line(key, model)}"))
                continue
            at = _at(declared, item.get("at"), line.place, frame, faults)
        if at is not None:
            said, weight = item.get(named), item.get("weight")
            number = weight.scalar if weight else 0.0
            amount = float(number) if isinstance(number, int | float) else 0.0
            text = (said.text or "") if said else ""
            found.append(Shown(text, key, at, better.text == "more", amount, _scale(item, faults)))
    return tuple(found)


def _scale(item: Node, faults: list[Fault]) -> tuple[float, float] | None:
    """The values between which points run; None where none are given, or none that can be."""
    entry = item.get("scale")
    found = [each.scalar for each in entry.items] if entry is not None else []
    numbers = [float(each) for each in found if isinstance(each, int | float)]
    if entry is None or len(numbers) != 2:  # anything else is a fault already noted
        return None
    least, most = numbers
    if least >= most:
        what = "a scale runs from the lesser value to the greater, whichever is better"
        faults.append(entry.place.fault(f"{what}: not {shown(least)} to {shown(most)}"))
        return None
    return least, most


def _no_line(key: str, model: Model) -> str:
    """What to write instead of a key that no line has."""
    if f"{_HEADLINES}.{key}" in model.by_key:
        return f"; write {_HEADLINES}.{key}"
    if any(item.key == key for item in model.inputs):
        return ": it is an input, which shows nothing of an option; name a line that rests on it"
    return nearest(key, model.by_key)


def _at(
    line: Line, entry: Node | None, place: Place, frame: Frame, faults: list[Fault]
) -> dict[str, str] | None:
    """The member of each of a line's dimensions; None, with a fault, where one is wrong or missing."""
    found: dict[str, str] = {}
    rest = list(line.over)
    for item in entry.items if entry else []:
        member = item.text or ""
        dimension = next((name for name in rest if member in frame.positions.get(name, {})), None)
        if dimension is None:
            known = [member for name in rest for member in frame.ids(name)]
            hint = nearest(member, known) or _possible(rest, frame)
            faults.append(item.place.fault(f"'{member}' is no member of {line.key}{hint}"))
            return None
        rest.remove(dimension)
        found[dimension] = member
    if rest:
        faults.append(place.fault(f"{line.key} varies by {listed(rest)}: add at:{_possible(rest, frame)}"))
        return None
    if not frame.exists({name: found[name] for name in without_time(line.over)}):
        faults.append(
            place.fault(f"{line.key} has no value for {listed(found.values())}: no such combination")
        )
        return None
    axis = time_of(line.over)
    return {name: found[name] for name in (*without_time(line.over), *([axis] if axis else []))}


def _possible(dimensions: list[str], frame: Frame) -> str:
    """The members that may be named."""
    if not dimensions:
        return ": it takes no member more"
    parts = [f"{name} is one of {listed(frame.ids(name), 6)}" for name in dimensions]
    return f"; {'; '.join(parts)}"
