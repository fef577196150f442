"""YAML read into a tree that keeps the line and column of every key and value.

The tree is built from the parser's events, without recursion: deep nesting and bombs of aliases
are counted while they are read, and are faults like any other.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from casebuilder.errors import Fault
from casebuilder.inputs.places import Place, read_text
from casebuilder.inputs.scalars import Scalar, resolve

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MOST_NODES = 100_000
DEEPEST = 40

_PLAINER = {
    "mapping values are not allowed": (
        "a colon where no key can stand: put text that holds a colon in quotes, or mend the indent"
    ),
    "did not find expected key": "the indent fits no line above",
    "did not find expected '-' indicator": "the indent fits no list item above",
    "could not find expected ':'": "a key without a colon",
    "did not find expected ',' or": "a bracket that is not closed, or a comma that is missing",
    "found unexpected end of stream": "a quote that is not closed",
    "did not find expected <document start>": "text that belongs to no key",
}


@dataclass(slots=True, eq=False)
class Node:
    """A value with its place: a scalar, a list of nodes, or a mapping from text to nodes."""

    place: Place
    value: Scalar | list[Node] | dict[str, Node] = None
    keys: dict[str, Place] = field(default_factory=dict)
    size: int = 1

    @property
    def mapping(self) -> dict[str, Node]:
        """The entries of a mapping; none where this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The items of a list; none where this is no list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def scalar(self) -> Scalar:
        """The value where this is neither a list nor a mapping."""
        return None if isinstance(self.value, list | dict) else self.value

    def get(self, key: str) -> Node | None:
        """The value under a key."""
        return self.mapping.get(key)

    def key_place(self, key: str) -> Place:
        """Where a key stands; the place of the mapping where it has no such key."""
        return self.keys.get(key, self.place)

    def plain(self) -> Any:
        """The same as dicts, lists and scalars."""
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
    return None if text is None else parse_yaml(text, shown, faults)


def parse_yaml(text: str, shown: str, faults: list[Fault]) -> Node | None:
    """The mapping that some text holds; an empty text is an empty mapping."""
    builder = _Builder(Place(shown), faults)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if not builder.take(event):
                return None
    except yaml.YAMLError as error:
        faults.append(_syntax_fault(error, text, shown))
        return None
    root = builder.root
    if root is None or root.value is None:
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


class _Builder:
    """Takes events one by one and builds the tree."""

    def __init__(self, start: Place, faults: list[Fault]) -> None:
        self.root: Node | None = None
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
            self._faults.append(place.fault(f"the tag {event.tag} is not allowed"))
        plain = event.implicit[0] and event.tag is None
        if self._expects_key():
            return self._key(event.value, place)
        node = Node(place, resolve(event.value) if plain else event.value)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._place_node(node)
        return self._within_limit(event, 1)

    def _start_collection(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> bool:
        if event.tag is not None:
            self._faults.append(self._mark(event).fault(f"the tag {event.tag} is not allowed"))
        if self._expects_key():
            return self._refuse(event, "a key must be a word, not a list or a mapping")
        if len(self._stack) >= DEEPEST:
            return self._refuse(event, f"nested deeper than {DEEPEST} levels")
        value: list[Node] | dict[str, Node] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._stack.append(_Open(Node(self._mark(event), value), event.anchor))
        return self._within_limit(event, 1)

    def _alias(self, event: yaml.AliasEvent) -> bool:
        name = event.anchor or ""
        node = self._anchors.get(name)
        if node is None:
            return self._refuse(event, f"*{name} stands for nothing above, or for itself")
        if self._expects_key():
            return self._refuse(event, "a key must be a word, not an alias")
        self._place_node(node)
        return self._within_limit(event, node.size)

    def _key(self, key: str, place: Place) -> bool:
        top = self._stack[-1]
        if key in top.node.keys:
            first = top.node.keys[key].line
            self._faults.append(place.fault(f"duplicate key '{key}': line {first} gives it first"))
        top.key, top.key_place = key, place
        return True

    def _place_node(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        top.node.size += node.size
        if isinstance(top.node.value, list):
            top.node.value.append(node)
        elif isinstance(top.node.value, dict) and top.key is not None and top.key_place:
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


def _syntax_fault(error: yaml.YAMLError, text: str, shown: str) -> Fault:
    """What the parser could not read, where it stood, in plainer words."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    if mark is None:
        return Place(shown).fault(f"not YAML: {problem}")
    lines = text.splitlines()
    line = lines[mark.line] if mark.line < len(lines) else ""
    place = Place(shown, mark.line + 1, mark.column + 1)
    if "\t" in line[: mark.column + 1]:
        return place.at(place.line, line.index("\t") + 1).fault("a tab: YAML is indented with spaces")
    for start, plainer in _PLAINER.items():
        if problem.startswith(start):
            return place.fault(f"not YAML: {plainer}")
    return place.fault(f"not YAML: {problem}")
