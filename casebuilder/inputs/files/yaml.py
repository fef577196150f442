"""YAML read into a tree that keeps the line, the column and the text of every key and value.

A value keeps its text as it was typed; whether it is a number is decided where one is wanted. The tree
is built from the parser's events, without recursion: deep nesting and bombs of aliases are counted
while they are read, and are faults like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from casebuilder.errors import Fault
from casebuilder.inputs.files.commas import joined, joined_items, unsplit
from casebuilder.inputs.files.once import of_many
from casebuilder.inputs.files.places import FORBIDDEN, Place, read_text, unseen
from casebuilder.inputs.files.scalars import Scalar, Word
from casebuilder.inputs.files.syntax import syntax_fault

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ODD_INDENT = re.compile(r"^[ \t]*(?:- )?(?P<blank>[\u00a0\u2007\u202f\u3000])", re.MULTILINE)
MOST_NODES = 100_000
DEEPEST = 40


@dataclass(slots=True, eq=False)
class Node:
    """A value with its place: a text as typed, a list of nodes, or a mapping from text to nodes.

    Attributes
    ----------
    place
        Where it starts.
    value
        The text, list or mapping; None where nothing is given.
    keys
        The places of a mapping's keys.
    size
        How many values it holds, those of aliases included.
    flow
        Whether it is written in brackets.
    comment
        What a comment keeps of the line that a text ends on, from the # on.
    """

    place: Place
    value: str | list[Node] | dict[str, Node] | None = None
    keys: dict[str, Place] = field(default_factory=dict)
    size: int = 1
    flow: bool = False
    comment: str = ""

    @property
    def mapping(self) -> dict[str, Node]:
        """The entries of a mapping; none where this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The items of a list; none where this is no list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str | None:
        """The text as typed; None where nothing, a list or a mapping is given."""
        return str(self.value) if isinstance(self.value, str) else None

    @property
    def word(self) -> Word | None:
        """The text, with whether it stood in quotes."""
        if isinstance(self.value, Word):
            return self.value
        return Word(self.value, quoted=True) if isinstance(self.value, str) else None

    @property
    def scalar(self) -> Scalar:
        """What the text means by itself: a number, true or false, nothing, or text."""
        return self.value.scalar if isinstance(self.value, Word) else self.text

    def get(self, key: str) -> Node | None:
        """The value under a key."""
        return self.mapping.get(key)

    def key_place(self, key: str) -> Place:
        """Where a key stands; the place of the mapping where it has no such key."""
        return self.keys.get(key, self.place)

    def plain(self) -> Any:
        """The same as dicts, lists and texts as typed."""
        if isinstance(self.value, dict):
            return {key: child.plain() for key, child in self.value.items()}
        if isinstance(self.value, list):
            return [child.plain() for child in self.value]
        return self.value


def read_yaml(path: Path, shown: str, faults: list[Fault]) -> Node | None:
    """A file's mapping; None, with the faults noted, where it cannot be read at all.

    Parameters
    ----------
    path
        The file.
    shown
        Its name as faults show it.
    faults
        Takes what is wrong.
    """
    text = read_text(path, shown, faults)
    if text is None:
        return None
    node, found = _parsed(text, shown)
    faults += found
    return node


@lru_cache(maxsize=512)
def _parsed(text: str, shown: str) -> tuple[Node | None, tuple[Fault, ...]]:
    """The same text once: a case read again with other values set reads the same files."""
    faults: list[Fault] = []
    node = parse_yaml(text, shown, faults)
    return node, tuple(faults)


def parse_yaml(text: str, shown: str, faults: list[Fault]) -> Node | None:
    """The mapping that some text holds; an empty text is an empty mapping."""
    odd = _ODD_INDENT.search(text)
    if odd:
        # A blank that YAML does not know as one would become part of the word after it.
        before = text[: odd.start("blank")]
        place = Place(shown, before.count("\n") + 1, len(before) - before.rfind("\n"))
        lines = len(_ODD_INDENT.findall(text))
        more = of_many(lines, "lines")
        faults.append(place.fault(f"a non-breaking space in the indent: write plain spaces{more}"))
        return None
    builder = _Builder(Place(shown), text.splitlines(), faults)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if not builder.take(event):
                return None
    except yaml.YAMLError as error:
        faults.append(syntax_fault(error, text, shown))
        return None
    root = builder.root
    if root is None or (root.scalar is None and not isinstance(root.value, dict | list)):
        return Node(Place(shown), {})
    if not isinstance(root.value, dict):
        faults.append(root.place.fault("a mapping of keys to values is expected here"))
        return None
    return root


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    node: Node
    anchor: str | None
    key: str | None = None
    key_place: Place | None = None
    key_end: tuple[int, int] = (0, 0)
    # The last entry or item that is finished, and where its text starts.
    last: Node | None = None
    last_key: str = ""
    last_start: tuple[int, int] = (0, 0)
    # Of a list in brackets: each item's place from 0, and whether a blank stands before it.
    marks: list[tuple[int, int]] = field(default_factory=list)


class _Builder:
    """Takes events one by one and builds the tree."""

    def __init__(self, start: Place, lines: list[str], faults: list[Fault]) -> None:
        self.root: Node | None = None
        self._lines = lines
        self._start = start
        self._faults = faults
        self._anchors: dict[str, Node] = {}
        self._stack: list[_Open] = []
        self._count = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False where reading further makes no sense."""
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            return self._start_collection(event)
        if isinstance(event, yaml.CollectionEndEvent):
            closed = self._stack.pop()
            if closed.node.flow and isinstance(closed.node.value, list):
                self._mend_items(closed)
            if closed.anchor:
                self._anchors[closed.anchor] = closed.node
            self._place_node(closed.node)
        elif isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                return self._refuse(event, "a second document: one file holds one")
        return True

    def _scalar(self, event: yaml.ScalarEvent) -> bool:
        place = self._mark(event)
        if event.tag is not None:
            self._faults.append(place.fault(_tag(event.tag)))
        # A code in double quotes may stand for what the file itself may not hold.
        bad = FORBIDDEN.search(event.value)
        if bad:
            self._faults.append(place.fault(unseen(bad.group())))
        plain = event.implicit[0] and event.tag is None
        if self._expects_key():
            return self._key(event, place)
        start, end = _marks(event)
        if plain and event.value == "" and self._stack and self._goes_on(start):
            return True
        node = Node(place, None if plain and event.value == "" else Word(event.value, quoted=not plain))
        if node.value is None and self._stack:
            self._split(node, start)
        if plain:
            node.comment = self._comment(end)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._place_node(node, start)
        return self._within_limit(event, 1)

    def _goes_on(self, start: tuple[int, int]) -> bool:
        """Take a key without a value in { } for the rest of the value before it, which a comma has ended."""
        top = self._stack[-1]
        bare = top.node.flow and top.key is not None and start == top.key_end
        if not bare or top.last is None or top.key_place is None or not isinstance(top.last.value, Word):
            return False
        if top.last.value.quoted or top.last_start[0] != start[0]:
            return False
        whole = self._lines[start[0]][top.last_start[1] : start[1]]
        mended = joined(whole, top.last_key, str(top.last.value), str(top.key))
        if mended is None:
            return False
        value, message = mended
        fault = top.last.place.fault(message)
        # A number of three groups is told once, whole.
        at = fault.line, fault.column
        self._faults[:] = [told for told in self._faults if (told.line, told.column) != at]
        self._faults.append(fault)
        top.last.value = Word(value)
        top.key = None
        return True

    def _split(self, node: Node, start: tuple[int, int]) -> None:
        """Take a key in { } apart whose colon has no blank after it: `{north:2}`."""
        top = self._stack[-1]
        if not top.node.flow or top.key is None or top.key_place is None or start != top.key_end:
            return
        parts = unsplit(top.key)
        if parts is not None:
            top.key, value = parts
            node.value = Word(value)
            message = f"a colon and a blank stand between a key and its value: write {top.key}: {value}"
            self._faults.append(top.key_place.fault(message))

    def _mend_items(self, closed: _Open) -> None:
        """Put together the items of a list that are one number, cut by commas."""
        items = closed.node.items
        if len(items) != len(closed.marks) or not all(isinstance(item.value, Word) for item in items):
            return
        rest: set[int] = set()
        for group, number in joined_items([str(item.value) for item in items], closed.marks):
            first = items[group[0]]
            first.value = Word(number)
            rest.update(group[1:])
            self._faults.append(first.place.fault(f"a comma inside [ ] ends a number: write {number}"))
        closed.node.value = [item for place, item in enumerate(items) if place not in rest]

    def _comment(self, end: tuple[int, int]) -> str:
        """What a comment keeps of a line, from the # on."""
        line = self._lines[end[0]][end[1] :] if end[0] < len(self._lines) else ""
        return line.strip() if line.lstrip().startswith("#") and line[:1] != "#" else ""

    def _start_collection(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        if event.tag is not None:
            self._faults.append(self._mark(event).fault(_tag(event.tag)))
        if self._expects_key():
            return self._refuse(event, "a key must be a word, not a list or a mapping")
        if len(self._stack) >= DEEPEST:
            return self._refuse(event, f"nested deeper than {DEEPEST} levels")
        value: list[Node] | dict[str, Node] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._stack.append(_Open(Node(self._mark(event), value, flow=bool(event.flow_style)), event.anchor))
        return self._within_limit(event, 1)

    def _alias(self, event: yaml.AliasEvent) -> bool:
        name = event.anchor or ""
        node = self._anchors.get(name)
        if node is None:
            text = "text that starts with * goes in quotes"
            return self._refuse(event, f"*{name} stands for nothing above, or for itself: {text}")
        if self._expects_key():
            return self._refuse(event, "a key must be a word, not an alias")
        self._place_node(node)
        return self._within_limit(event, node.size)

    def _key(self, event: yaml.ScalarEvent, place: Place) -> bool:
        top = self._stack[-1]
        top.key, top.key_place, top.key_end = event.value, place, _marks(event)[1]
        return True

    def _place_node(self, node: Node, start: tuple[int, int] = (0, 0)) -> None:
        """Put a finished node where it belongs."""
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        top.node.size += node.size
        top.last, top.last_key, top.last_start = node, top.key or "", start
        if isinstance(top.node.value, list):
            top.node.value.append(node)
            top.marks.append(start)
        elif isinstance(top.node.value, dict) and top.key is not None and top.key_place:
            first = top.node.keys.get(top.key)
            if first is not None:
                message = f"duplicate key '{top.key}': line {first.line} gives it first"
                self._faults.append(top.key_place.fault(message))
            # The first of duplicates stays.
            top.node.value.setdefault(top.key, node)
            top.node.keys.setdefault(top.key, top.key_place)
            top.key = None

    def _expects_key(self) -> bool:
        return (
            bool(self._stack) and isinstance(self._stack[-1].node.value, dict) and self._stack[-1].key is None
        )

    def _within_limit(self, event: yaml.Event, size: int) -> bool:
        self._count += size
        if self._count > MOST_NODES:
            return self._refuse(event, f"more than {MOST_NODES:,} values once aliases are filled in")
        return True

    def _refuse(self, event: yaml.Event, message: str) -> bool:
        self._faults.append(self._mark(event).fault(message))
        return False

    def _mark(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return self._start.at(mark.line + 1, mark.column + 1) if mark else self._start


def _marks(event: Any) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where an event's text starts and ends: line and column from 0."""
    return (event.start_mark.line, event.start_mark.column), (event.end_mark.line, event.end_mark.column)


def _tag(tag: str) -> str:
    return f"the tag {tag} is not allowed: text that starts with ! goes in quotes"
