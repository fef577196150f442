"""Values that the reference set has for a member and not for one made after it: the case gives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Input
from casebuilder.inputs.edit.text import Part, YamlEdit, quoted
from casebuilder.inputs.files.scalars import shown
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.inputs.read import Bound
from casebuilder.inputs.values import UNVERIFIED, InputValues, Members, Value
from casebuilder.tasks.add.blocks import NONE_YET, Newcomer
from casebuilder.tasks.add.documents import Documents

Nested = dict[str, Any]


def give_lacking(
    documents: Documents, newcomer: Newcomer, values: Mapping[str, InputValues], now: Bound, *, known: bool
) -> None:
    """Write, for each input, the values of the other that a newcomer lacks.

    Parameters
    ----------
    documents
        The files of the case.
    newcomer
        Who is added.
    values
        What the case has for every input.
    now
        What it has once the newcomer stands in its files.
    known
        Whether the reference set names the newcomer, so that what it says of it holds. Of one that it does
        not know, what it says of all others is not meant.
    """
    blocks = {found.key: found for found in documents.blocks() if found.edit not in list(documents.options())}
    for key, given in values.items():
        if newcomer.dimension not in given.input.over:
            continue
        at = given.input.over.index(newcomer.dimension)
        others = [members for members in given.base if members[at] == newcomer.other]
        likes = {(*other[:at], newcomer.name, *other[at + 1 :]): other for other in others}
        lacking = set(now.lacking.get(key, ()))
        there = now.values[key].base if key in now.values else {}
        if newcomer.none_of(key):
            none = Value(NONE_YET[key])
            mine = {m: none for m in likes if m in lacking or (m in there and there[m].amount != none.amount)}
        else:
            differ = {m for m, like in likes.items() if m in there and there[m] != given.base[like]}
            needed = lacking & set(likes) if known else (lacking | differ) & set(likes)
            series = _whole_series(given.input, needed, likes)
            mine = {members: given.base[likes[members]] for members in series}
        if not mine:
            continue
        found = blocks.get(key)
        said = newcomer.none_yet if newcomer.none_of(key) else newcomer.copied
        if found is None:
            lines = _block(given, mine, likes[next(iter(mine))], f"{{{newcomer.name}: {quoted(said)}}}")
            _append(documents, given.input, lines)
        elif found.block.get("values") is not None:
            _join(found.edit, found.block, newcomer.name, quoted(said), mine)


def _whole_series(declared: Input, needed: Iterable[Members], every: Iterable[Members]) -> list[Members]:
    """With each combination over time all its periods: a value holds until another is given."""
    rows = without_time(declared.over)
    wanted = {members[: len(rows)] for members in needed}
    return [members for members in every if members[: len(rows)] in wanted]


def _block(given: InputValues, mine: Mapping[Members, Value], like: Members, to_do: str) -> list[str]:
    """A block of its own, with the source that the other has."""
    declared = given.input
    held = time_of(declared.over) is not None
    kept = _changes(mine) if held else mine
    origin = given.origin(None, like)
    ranges = _ranges(kept)
    unverified = origin.state == UNVERIFIED and len(ranges) == len(kept)
    return [
        f"{declared.name}:",
        f"  unit: {quoted(declared.unit)}",
        f"  over: [{', '.join(declared.over)}]",
        f"  values: {_flow(_nested({members: _scalar(value) for members, value in kept.items()}))}",
        *(["  hold: true"] if held else []),
        *([f"  range: {_flow(_nested(ranges))}"] if ranges else []),
        *([f"  source: {origin.source}"] if origin.source else []),
        f"  state: {UNVERIFIED if unverified else 'chosen'}",
        f"  {TO_DO}: {to_do}",
    ]


def _append(documents: Documents, declared: Input, lines: list[str]) -> None:
    """Put a block at the end of the chapter's file, which may be new."""
    edit = documents.edit(documents.folder / f"{declared.chapter}.yaml")
    if not edit.result:
        what = f"# {declared.chapter.capitalize()}: what the reference set has not for members of this case."
        edit.append([what])
    edit.append(["", *lines])


def _join(edit: YamlEdit, block: Part, name: str, said: str, mine: Mapping[Members, Value]) -> None:
    """In a block of the case that lies over the reference set's."""
    values, ranges, to_do = block.get("values"), block.get("range"), block.get(TO_DO)
    if values is not None:
        _put(edit, values, _nested({members: _scalar(value) for members, value in mine.items()}))
    if ranges is not None and ranges.mapping and "factor" not in ranges.mapping:
        _put(edit, ranges, _nested(_ranges(mine)))
    if to_do is None:
        edit.add_entry(block, TO_DO, f"{{{name}: {said}}}")
    elif to_do.mapping and name not in to_do.mapping:
        edit.add_entry(to_do, name, said)


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
