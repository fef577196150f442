"""Values that the reference set has for a member and not for one made after it: the case gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casebuilder.algebra.dimensions import time_of
from casebuilder.inputs.files.edit import Part, YamlEdit, quoted
from casebuilder.inputs.files.scalars import shown
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.inputs.values import UNVERIFIED, InputValues, Members, Value
from casebuilder.tasks.add.blocks import Newcomer
from casebuilder.tasks.add.documents import Documents

Nested = dict[str, Any]


def give_lacking(
    documents: Documents,
    newcomer: Newcomer,
    values: Mapping[str, InputValues],
    lacking: Mapping[str, Sequence[Members]],
) -> None:
    """Write, for each input that lacks values for a newcomer, those that the other has.

    Parameters
    ----------
    documents
        The files of the case.
    newcomer
        Who is added.
    values
        What the case has for every input.
    lacking
        By input, the combinations that have no value once the newcomer is there.
    """
    blocks = {found.key: found for found in documents.blocks() if found.edit not in list(documents.options())}
    for key, combinations in lacking.items():
        given = values[key]
        if newcomer.dimension not in given.input.over:
            continue
        at = given.input.over.index(newcomer.dimension)
        likes = {m: (*m[:at], newcomer.other, *m[at + 1 :]) for m in combinations if m[at] == newcomer.name}
        mine = {members: given.base[like] for members, like in likes.items() if like in given.base}
        if not mine:
            continue
        found = blocks.get(key)
        if found is None:
            _write_block(documents, newcomer, given, mine, next(iter(likes.values())))
        elif found.block.get("values") is not None:
            _join(found.edit, found.block, newcomer, mine)


def _write_block(
    documents: Documents, newcomer: Newcomer, given: InputValues, mine: Mapping[Members, Value], like: Members
) -> None:
    """A block of its own at the end of the chapter's file."""
    declared = given.input
    held = time_of(declared.over) is not None
    kept = _changes(mine) if held else mine
    origin = given.origin(None, like)
    ranges = _ranges(kept)
    unverified = origin.state == UNVERIFIED and len(ranges) == len(kept)
    lines = [
        f"{declared.name}:",
        f"  unit: {quoted(declared.unit)}",
        f"  over: [{', '.join(declared.over)}]",
        f"  values: {_flow(_nested({members: _scalar(value) for members, value in kept.items()}))}",
        *(["  hold: true"] if held else []),
        *([f"  range: {_flow(_nested(ranges))}"] if ranges else []),
        *([f"  source: {origin.source}"] if origin.source else []),
        f"  state: {UNVERIFIED if unverified else 'chosen'}",
        f"  {TO_DO}: {{{newcomer.name}: {newcomer.copied}}}",
    ]
    edit = documents.edit(documents.folder / f"{declared.chapter}.yaml")
    if not edit.result:
        what = f"# {declared.chapter.capitalize()}: what the reference set has not for members of this case."
        edit.append([what])
    edit.append(["", *lines])


def _join(edit: YamlEdit, block: Part, newcomer: Newcomer, mine: Mapping[Members, Value]) -> None:
    """In a block of the case that lies over the reference set's."""
    values, ranges, said = block.get("values"), block.get("range"), block.get(TO_DO)
    if values is not None:
        _put(edit, values, _nested({members: _scalar(value) for members, value in mine.items()}))
    if ranges is not None and ranges.mapping and "factor" not in ranges.mapping:
        _put(edit, ranges, _nested(_ranges(mine)))
    if said is None:
        edit.add_entry(block, TO_DO, f"{{{newcomer.name}: {newcomer.copied}}}")
    elif said.mapping and newcomer.name not in said.mapping:
        edit.add_entry(said, newcomer.name, newcomer.copied)


def _put(edit: YamlEdit, part: Part, nested: Nested) -> None:
    """Put entries into a mapping, at the depth where they are not yet."""
    for key, value in nested.items():
        there = part.get(key)
        if there is None:
            edit.add_entry(part, key, _flow(value))
        elif there.mapping and isinstance(value, dict):
            _put(edit, there, value)


def _changes(mine: Mapping[Members, Value]) -> dict[Members, Value]:
    """Of a series the first value and those that differ from the one before."""
    kept: dict[Members, Value] = {}
    last: dict[Members, Value] = {}
    for members, value in sorted(mine.items()):
        before = last.get(members[:-1])
        if before is None or (before.amount, before.low, before.high) != (
            value.amount,
            value.low,
            value.high,
        ):
            kept[members] = last[members[:-1]] = value
    return kept


def _ranges(mine: Mapping[Members, Value]) -> dict[Members, str]:
    return {
        members: f"[{shown(value.low)}, {shown(value.high)}]"
        for members, value in mine.items()
        if value.low is not None and value.high is not None
    }


def _scalar(value: Value) -> str:
    return quoted(value.amount) if isinstance(value.amount, str) else shown(value.amount)


def _nested(flat: Mapping[Members, str]) -> Nested:
    """A mapping for each dimension within the one before."""
    nested: Nested = {}
    for members, text in flat.items():
        here = nested
        for member in members[:-1]:
            here = here.setdefault(member, {})
        here[members[-1]] = text
    return nested


def _flow(value: Nested | str) -> str:
    """As YAML in brackets."""
    if isinstance(value, str):
        return value
    return f"{{{', '.join(f'{key}: {_flow(child)}' for key, child in value.items())}}}"
