"""A case as a table of values: one entry for each value of the base case and each that an option gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.inputs.edits import Amount, Edit, name_of
from casebuilder.inputs.values import CaseInputs, Members

Slot = tuple[str | None, str, Members]
Table = Mapping[Slot, Amount]


def table_of(inputs: CaseInputs) -> dict[Slot, Amount]:
    """Every amount, by option (None for the base case), key and members."""
    found: dict[Slot, Amount] = {}
    for key, given in inputs.values.items():
        found.update(((None, key, members), value.amount) for members, value in given.base.items())
        for option, own in given.options.items():
            found.update(((option, key, members), value.amount) for members, value in own.items())
    return found


def slot_name(slot: Slot) -> str:
    """As `--set` takes it."""
    option, key, members = slot
    return name_of(option, key, members)


def edit_of(inputs: CaseInputs, slot: Slot, old: Amount | None, ids: Mapping[str, str]) -> Edit:
    """What a case gives in a slot as an edit, with what vouches for it there.

    Parameters
    ----------
    inputs
        The case.
    slot
        One that it has.
    old
        What stood there before.
    ids
        Sources that are called otherwise in the result.
    """
    option, key, members = slot
    given = inputs.values[key]
    value = given.base[members] if option is None else given.options[option][members]
    origin = given.origin(option, members)
    source = ids.get(origin.source, origin.source)
    return Edit(
        key, members, value.amount, option, old, source, origin.state, origin.note, value.low, value.high
    )


@dataclass(frozen=True)
class Clash:
    """What both sides changed in different ways, or nobody knows who.

    Attributes
    ----------
    what
        A value as `--set` takes it, or a kind and what it is, or a file with its line.
    mine, theirs
        How A and B have it.
    who_a, who_b
        Who changed it and why, where a log tells.
    note
        What else is to be said.
    """

    what: str
    mine: str
    theirs: str
    who_a: str = ""
    who_b: str = ""
    note: str = ""


def three_way(start: Table, mine: Table, theirs: Table) -> tuple[dict[Slot, Amount], set[Slot], set[Slot]]:
    """The values of A with those that B alone changed; also which came from B, and which clash.

    Where they clash the value of A stands.
    """
    expected: dict[Slot, Amount] = {}
    taken: set[Slot] = set()
    clashing: set[Slot] = set()
    for slot in dict.fromkeys((*mine, *theirs)):
        was, one, other = start.get(slot), mine.get(slot), theirs.get(slot)
        held = one
        if one != other and one == was:
            held = other
            taken.add(slot)
        elif one != other and other != was:
            clashing.add(slot)
        if held is not None:
            expected[slot] = held
    return expected, taken, clashing
