"""Rules on the values of one input side by side: tiers that rise, and rows that hold something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from casebuilder.algebra.dimensions import Frame
from casebuilder.errors import Fault
from casebuilder.inputs.files.includes import REFERENCE
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed, shown
from casebuilder.inputs.values import InputValues, Members, Value

_DECIMALS = 9
_SHIPPED = f"{REFERENCE}/"


def row_faults(given: InputValues, frame: Frame) -> list[Fault]:
    """What is wrong with the rows of an input, in the base case and in each option.

    A row is the values along one dimension. Along the last the first may have to be a certain number and the
    others to rise from it (tiers that do not overlap); along a dimension that the input names one of them has
    to be more than 0, or none may be below the one before it. A row that the shipped reference set gives by
    itself may hold nothing: of the classes of equipment of a small case, a route may serve none.
    """
    declared = given.input
    if declared.rises_from is None and not declared.holds_some and not declared.never_falls:
        return []
    along = declared.holds_some or declared.never_falls or declared.over[-1]
    of = frame.title(along).lower()
    found: dict[tuple[Place, str], None] = {}
    for option in (None, *given.options):
        values = {**given.base, **given.options.get(option or "", {})}
        for row, members in _rows(values, declared.over.index(along)):
            if declared.holds_some and all(
                given.origin(option, each).file.startswith(_SHIPPED) for each in members
            ):
                continue
            message, wrong = _wrong(given, along, of, [values[m] for m in members])
            if message:
                place = values[members[wrong]].place or _latest(given, option, members)
                name = f"{declared.key}[{','.join(row)}]" if row else declared.key
                found[place, f"{name}: {message}"] = None
    return [place.fault(message) for place, message in found]


def _rows(values: Mapping[Members, Value], along: int) -> Iterator[tuple[Members, list[Members]]]:
    rows: dict[Members, list[Members]] = {}
    for members in values:
        rows.setdefault(members[:along] + members[along + 1 :], []).append(members)
    yield from rows.items()


def _wrong(given: InputValues, along: str, of: str, row: list[Value]) -> tuple[str, int]:
    """What is wrong with a row over some kind of thing, and which value is; nothing where it will do."""
    declared = given.input
    amounts = [float(value.amount) for value in row]
    values = listed(map(shown, amounts))
    if declared.holds_some and not any(amounts):
        serves = along == declared.over[-1]
        what, right = ("serves nothing", "1") if serves else ("has none", "more than 0")
        return f"0 for every {of}, so that it {what}: give {right} for one {of} at least", 0
    if declared.never_falls:
        for number, (before, after) in enumerate(pairwise(amounts), 1):
            if round(after - before, _DECIMALS) < 0:
                return (
                    f"{shown(after)} comes after {shown(before)}: from one {of} to the next the value may "
                    f"not fall ({values})"
                ), number
    first = declared.rises_from
    if first is None:
        return "", 0
    if amounts[0] != first:
        return f"the first {of} starts at {shown(amounts[0])}, not at {shown(first)} ({values})", 0
    for number, (before, after) in enumerate(pairwise(amounts), 1):
        if round(after - before, _DECIMALS) <= 0:
            return (
                f"the {of} that starts at {shown(after)} overlaps the one before it, which starts at "
                f"{shown(before)}: each must start later ({values})"
            ), number
    return "", 0


def _latest(given: InputValues, option: str | None, members: list[Members]) -> Place:
    """Where the row was given: the option's own file where it changes any of it."""
    own = given.options.get(option or "", {})
    changed = next((m for m in members if m in own), members[-1])
    origin = given.origin(option, changed)
    return Place(origin.file, origin.line, origin.column)
