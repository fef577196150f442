"""Changes in groups, in a stated order: by chapter, by input or by who made them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.algebra.chapters import Model
from casebuilder.analysis.bridge.changes import Change

CHAPTER, INPUT, WHO = "chapter", "input", "who"
GROUPED_BY = (CHAPTER, INPUT, WHO)
STRUCTURE = "structure"
UNLOGGED = "not in a log"
ORDERS = {
    CHAPTER: "chapters in the order of the model",
    INPUT: "inputs in the order of the model",
    WHO: f"people in the order of their first change in the log, '{UNLOGGED}' last",
}


@dataclass(frozen=True)
class Group:
    """Changes that make one step: its key, its name as people read it, and the changes."""

    key: str
    label: str
    changes: tuple[Change, ...]


def groups(found: Sequence[Change], model: Model, by: str) -> list[Group]:
    """The changes that can be set, in groups; those that go together are in the group of the first.

    Parameters
    ----------
    found
        All changes, in the order of the model.
    model
        Gives the chapters their names.
    by
        One of `GROUPED_BY`.
    """
    titles = {chapter.name: chapter.title for chapter in model.chapters}
    kept: dict[str, list[Change]] = {}
    with_first: dict[str, str] = {}
    for change in found:
        if not change.settable:
            continue
        key = _key(change, by)
        if change.prices_of is not None:
            key = with_first.setdefault(change.key, key)
        kept.setdefault(key, []).append(change)
    order = sorted(kept, key=lambda key: _place(kept[key], key)) if by == WHO else list(kept)
    labels = {key: _label(key, kept[key][0], titles, by) for key in order}
    return [Group(key, labels[key], tuple(kept[key])) for key in order]


def _key(change: Change, by: str) -> str:
    if by == CHAPTER:
        return change.item.chapter
    if by == INPUT:
        return change.key
    return (change.logged.who if change.logged else "") or UNLOGGED


def _label(key: str, first: Change, titles: dict[str, str], by: str) -> str:
    return titles.get(key, key) if by == CHAPTER else first.item.label if by == INPUT else key


def _place(of: Sequence[Change], key: str) -> tuple[bool, str, str]:
    dates = [change.logged.date for change in of if change.logged]
    return key == UNLOGGED, min(dates, default=""), key
