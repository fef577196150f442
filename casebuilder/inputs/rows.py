"""Rules on the values of one input side by side: tiers that rise, and rows that hold something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from casebuilder.algebra.dimensions import DIMENSIONS
from casebuilder.errors import Fault
from casebuilder.inputs.scalars import shown
from casebuilder.inputs.values import InputValues, Members, Origin, Value

_DECIMALS = 9


def row_faults(given: InputValues) -> list[Fault]:
    """What is wrong with the rows of an input, in the base case and in each option.

    A row is the values along one dimension. Along the last the first may have to be a certain number and the
    others to rise from it (tiers that do not overlap); along a dimension that the input names one of them has
    to be more than 0.
    """
    declared = given.input
    if declared.rises_from is None and not declared.holds_some:
        return []
    along = declared.holds_some or declared.over[-1]
    found: dict[tuple[Origin, str], None] = {}
    for option in (None, *given.options):
        values = {**given.base, **given.options.get(option or "", {})}
        for row, members in _rows(values, declared.over.index(along)):
            message = _wrong(given, along, [values[m] for m in members])
            if message:
                origin = _latest(given, option, members)
                found[origin, f"{declared.key}[{','.join(row)}]: {message}"] = None
    return [Fault(origin.file, origin.line, origin.column, message) for origin, message in found]


def _rows(values: Mapping[Members, Value], along: int) -> Iterator[tuple[Members, list[Members]]]:
    rows: dict[Members, list[Members]] = {}
    for members in values:
        rows.setdefault(members[:along] + members[along + 1 :], []).append(members)
    yield from rows.items()


def _wrong(given: InputValues, along: str, row: list[Value]) -> str:
    declared = given.input
    amounts = [float(value.amount) for value in row]
    of = DIMENSIONS[along].lower()
    listed = ", ".join(shown(amount) for amount in amounts)
    if declared.holds_some and not any(amounts):
        serves = along == declared.over[-1]
        what, right = ("serves nothing", "1") if serves else ("has none", "more than 0")
        return f"0 for every {of}, so that it {what}: give {right} for one {of} at least"
    first = declared.rises_from
    if first is None:
        return ""
    if amounts[0] != first:
        return f"the first {of} starts at {shown(amounts[0])}, not at {shown(first)} ({listed})"
    for before, after in pairwise(amounts):
        if round(after - before, _DECIMALS) <= 0:
            return (
                f"the {of} that starts at {shown(after)} overlaps the one before it, which starts at "
                f"{shown(before)}: each must start later ({listed})"
            )
    return ""


def _latest(given: InputValues, option: str | None, members: list[Members]) -> Origin:
    """Where the row was given: the option's own file where it changes any of it."""
    own = given.options.get(option or "", {})
    changed = next((m for m in members if m in own), members[-1])
    return given.origin(option, changed)
