"""Columns of a case's tables that nothing reads, where the name is nearly that of one that is read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.assumed.blocks import Blocks
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import bare
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.inputs.files.yaml import Node

_Columns = dict[Path, set[str]]
# How alike a name is to that of marks, and how long one is of which a slip is told: tables hold columns for
# people, which are left alone.
_LIKE, _SHORTEST = 0.8, 5


def columns_read(case: Node, layers: Iterable[Blocks], inputs: Sequence[Input], files: Files) -> _Columns:
    """What is read of each of a case's tables that holds values, by its path.

    Parameters
    ----------
    case
        case.yaml, whose members and pairs may come from the same tables.
    layers
        The blocks of the case, of its options and of its scenarios.
    inputs
        What the model declares.
    files
        Knows where the tables lie.
    """
    over = {declared.key: declared.over for declared in inputs}
    found: _Columns = {}
    ranges: list[tuple[str, str]] = []
    for block in (block for layer in layers for block in layer.by_key.values()):
        entry, limits = block.node.get("table"), block.node.get("range")
        if entry is not None and entry.text:
            columns = block.given.over or over.get(block.key, ())
            path = files.resolved(files.folder / entry.text)
            found.setdefault(path, {TO_DO}).update((*columns, block.column))
        if limits is not None and limits.mapping:
            ranges += _of_range(limits)
    for name, column in (*ranges, *_of_members(case), *_of_pairs(case)):
        path = files.resolved(files.folder / name)
        if path in found:
            found[path].add(column)
    return found


def unread_columns(read: Mapping[Path, set[str]], files: Files) -> list[Fault]:
    """A warning for each column that nothing reads and that is nearly called as one that is read.

    Parameters
    ----------
    read
        What is read of each table, as `columns_read` has it.
    files
        Knows how to name a table.
    """
    warnings: list[Fault] = []
    for path, columns in read.items():
        header = _header(path)
        known = {name for column in columns for name in _named(column, header)}
        meant = {name: _meant(name, columns) for name in header if name and name not in known}
        place = Place(files.shown(path))
        warnings += [
            place.fault(f"column '{name}' is read by nothing; did you mean '{right}'?")
            for name, right in meant.items()
            if right
        ]
    return warnings


def _named(column: str, header: Sequence[str]) -> list[str]:
    """The names in a header by which a column is found, as `read_table` finds it."""
    if column in header or column == TO_DO:
        return [column]
    return [name for name in header if bare(name) == column]


def _of_range(node: Node) -> list[tuple[str, str]]:
    """The file and column of each range that is the rows of a table."""
    file, column = node.get("file"), node.get("column")
    if file is not None and column is not None:
        return [(file.text or "", column.text or "")]
    return [pair for child in node.mapping.values() for pair in _of_range(child)]


def _of_members(case: Node) -> list[tuple[str, str]]:
    members = case.get("members")
    found = []
    for entry in (members.mapping if members else {}).values():
        name = entry.get("table")
        keys = (entry.get("id"), entry.get("label")) if name is not None else ()
        found += [(name.text or "", key.text or "") for key in keys if name is not None and key is not None]
    return found


def _of_pairs(case: Node) -> list[tuple[str, str]]:
    pairs = case.get("pairs")
    found = []
    for item in pairs.items if pairs else ():
        name, over = item.get("table"), item.get("over")
        if name is not None and over is not None:
            found += [(name.text or "", each.text or "") for each in over.items]
    return found


def _header(path: Path) -> list[str]:
    """The names of a table's columns; none where it cannot be read, which is told elsewhere."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [name.strip() for name in next(csv.reader(stream), [])]
    except (OSError, UnicodeDecodeError, csv.Error):
        return []


def _meant(name: str, columns: Iterable[str]) -> str:
    """The column that a name was meant for; empty where it is none of these."""
    if SequenceMatcher(None, _plain(name), _plain(TO_DO)).ratio() >= _LIKE:
        return TO_DO
    return next((each for each in sorted(columns) if each != TO_DO and _slip(name, each)), "")


def _slip(name: str, column: str) -> bool:
    """Whether a name is another in other capitals or blanks, or with one letter wrong before its end."""
    one, other = _plain(name), _plain(column)
    if one == other:
        return True
    same = next((i for i, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), None)
    if same is None or min(len(one), len(other)) < _SHORTEST:
        return False
    left, right = one[same:], other[same:]
    if left[0].isdigit() or right[0].isdigit():
        return False
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    wrong = left[1:] == right[1:] != ""
    return swapped or wrong or left[1:] == right or left == right[1:]


def _plain(name: str) -> str:
    return bare(name).replace("_", "")
