"""What vouches for some values of a block apart from what the block says of them all: `apart:`."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import BeforeValidator

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.assumed.blocks import Block
from casebuilder.inputs.files.dates import FINANCIAL_YEAR, MONTH
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.schema import STATES, Shape, Text, as_text, check
from casebuilder.inputs.shape.sources import check_source
from casebuilder.inputs.values import UNVERIFIED, Members, Origin, Source

APART = "apart"
# The entry of an input with one value.
VALUE = "value"
_FORM = "write members: {source: ..., state: ..., note: ...}"
_PERIOD = re.compile(f"{FINANCIAL_YEAR}|{MONTH}")


class ApartGiven(Shape):
    """What vouches for some values."""

    source: Text | None = None
    state: Annotated[STATES | None, BeforeValidator(as_text)] = None
    note: Text = ""


@dataclass(frozen=True)
class Entry:
    """An entry: the members that it names, by their places among the dimensions, and what it says."""

    named: Mapping[int, str]
    node: Node
    given: ApartGiven

    def holds(self, members: Members) -> bool:
        """Whether it speaks for a combination."""
        return all(members[at] == member for at, member in self.named.items())


def named_by(key: str, declared: Input, frame: Frame) -> tuple[dict[int, str], str]:
    """The members that a key names, by their places; and the first that is none.

    Each is matched to the next dimension that has it, as `--set` does.
    """
    found: dict[int, str] = {}
    start = 0
    for member in (part.strip() for part in key.split(",")):
        ids = [frame.positions.get(name, {}) for name in declared.over]
        at = next((place for place in range(start, len(ids)) if member in ids[place]), None)
        if at is None:
            return found, member
        found[at] = member
        start = at + 1
    return found, ""


def read_apart(
    block: Block,
    declared: Input,
    given: Collection[Members],
    origin: Origin,
    frame: Frame,
    register: dict[str, Source],
    faults: list[Fault],
    warnings: list[Fault],
) -> dict[Members, Origin]:
    """The origin of each combination that the block speaks of apart.

    Of entries that hold for one value the one that names more members does, then the later one.

    Parameters
    ----------
    block, declared
        The block, and the input it is for.
    given
        The combinations that the block gives, in the input's order.
    origin
        What the block says of all its values.
    frame, register
        The members, and the sources, of the case.
    faults, warnings
        Take what is wrong.
    """
    node = block.node.get(APART)
    if node is None:
        return {}
    if not node.mapping:
        faults.append(block.at(APART).fault(f"{block.key}: apart says nothing: {_FORM}"))
        return {}
    found: dict[Members, Origin] = {}
    entries = [_entry(block, declared, node, key, given, frame, faults) for key in node.mapping]
    for entry in sorted(filter(None, entries), key=lambda each: len(each.named)):
        mine = [members for members in given if entry.holds(members)]
        own = _origin(block, entry, origin, register, faults, warnings)
        found.update(dict.fromkeys(mine, own))
    return found


def _entry(
    block: Block,
    declared: Input,
    node: Node,
    key: str,
    given: Collection[Members],
    frame: Frame,
    faults: list[Fault],
) -> Entry | None:
    """An entry; None where it is at fault, or names what the case has not and need not."""
    place, entry = node.key_place(key), node.mapping[key]
    if not entry.mapping:
        faults.append(entry.place.fault(f"{block.key}: apart of '{key}' says nothing: {_FORM}"))
        return None
    said = check(ApartGiven, entry, place, faults)
    if said is None:
        return None
    if not declared.over:
        if key != VALUE:
            what = f"{block.key} is a single value: write {APART}: {{{VALUE}: ...}}, not '{key}'"
            faults.append(place.fault(what))
            return None
        return Entry({}, entry, said)
    named, strange = named_by(key, declared, frame)
    if strange:
        # A period off the axis, as in values that are held.
        if not block.lenient and not _PERIOD.fullmatch(strange):
            known = [id for name in declared.over for id in frame.ids(name)]
            near = nearest(strange, known) or f" of {', '.join(known[:6])}"
            what = f"'{strange}' is no member{near}" if strange not in known else _order(declared)
            faults.append(place.fault(f"{block.key}: apart names '{key}': {what}"))
        return None
    found = Entry(named, entry, said)
    if not block.lenient and not any(found.holds(members) for members in given):
        what = f"{block.key}: apart names '{key}': no value is given for it here"
        faults.append(place.fault(f"{what}: give the value too, or delete the line"))
        return None
    return found


def _order(declared: Input) -> str:
    return f"write its members in the order {', '.join(declared.over)}"


def _origin(
    block: Block,
    entry: Entry,
    origin: Origin,
    register: dict[str, Source],
    faults: list[Fault],
    warnings: list[Fault],
) -> Origin:
    """What an entry says, in place of what its block does; nothing that it leaves out is taken from there."""
    given, node = entry.given, entry.node
    source, state = given.source or "", given.state or UNVERIFIED
    at = node.get("source")
    if at is not None and given.source is not None:
        check_source(given.source, at.place, register, faults)
        if given.state is None:
            what = f"{block.key}: a source and no state: it counts as unverified"
            warnings.append(at.place.fault(f"{what}; write state: published, local or chosen"))
    elif state in ("published", "local"):
        place = node.key_place("state")
        faults.append(place.fault(f"{block.key}: {state} by which source? Write source: and its id"))
    return replace(origin, source=source, state=state, note=given.note)
