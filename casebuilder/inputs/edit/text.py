"""Changes to a YAML file that leave every other byte as it was: entries spliced in at their places.

The parser tells where each key and value starts and ends; what is written goes between, in the manner of its
surroundings (in brackets or by indent, with the file's own line ends). An entry that is an alias is the node
of its anchor, so that a block shared by alias is one node and is changed once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LINE_END = re.compile(r"\r\n|\r|\n")
_ANCHOR = re.compile(r"&[^\s,\[\]{}]+[ \t]*")
_PLAIN = re.compile(r"[A-Za-z0-9_][\w ./()'£%+&;-]*")
_WORDS = re.compile(r"(?i)true|false|null|yes|no|on|off|~|[-+.\d_e]+")
Span = tuple[int, int]


@dataclass(slots=True, eq=False)
class Part:
    """A node of the file: a text, a list or a mapping, and where it stands.

    Attributes
    ----------
    span
        From its first character to after its last; of a node in another's indent without what follows it.
    value
        The text, or the nodes within.
    flow
        Whether it is written in brackets.
    keys
        Where each key of a mapping stands.
    spans
        Where each value of a mapping stands: of an alias the alias, not what it is for.
    """

    span: Span
    value: str | list[Part] | dict[str, Part] = ""
    flow: bool = False
    keys: dict[str, Span] = field(default_factory=dict)
    spans: dict[str, Span] = field(default_factory=dict)

    @property
    def mapping(self) -> dict[str, Part]:
        """The entries of a mapping; none where this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Part]:
        """The items of a list; none where this is no list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str | None:
        """The text; None where this is a list or a mapping."""
        return self.value if isinstance(self.value, str) else None

    def get(self, key: str) -> Part | None:
        """The value under a key."""
        return self.mapping.get(key)

    def walk(self) -> list[Part]:
        """The node and all within it, those of aliases once."""
        found: dict[int, Part] = {}
        ahead = [self]
        while ahead:
            part = ahead.pop()
            if id(part) not in found:
                found[id(part)] = part
                ahead += [*part.items, *part.mapping.values()]
        return list(found.values())


class Changes:
    """Insertions and replacements in a text, all by its own places; laid in once, by `result`."""

    def __init__(self, text: str) -> None:
        """Nothing is changed yet."""
        self.text = text
        self._made: list[tuple[int, int, str]] = []

    def insert(self, at: int, new: str) -> None:
        """Put some text in; of several at one place the first stays first."""
        self._made.append((at, at, new))

    def replace(self, span: Span, new: str) -> None:
        """Put some text in place of another."""
        self._made.append((*span, new))

    @property
    def result(self) -> str:
        """The text with every change."""
        return changed(self.text, (0, len(self.text)), self._made)


def changed(text: str, span: Span, made: list[tuple[int, int, str]]) -> str:
    """A part of a text with the changes that lie within it."""
    parts, at = [], span[0]
    for start, end, new in sorted(made, key=lambda each: each[:2]):
        if span[0] <= start and end <= span[1]:
            parts += [text[at:start], new]
            at = end
    return "".join([*parts, text[at : span[1]]])


class YamlEdit(Changes):
    """A YAML file that is being changed.

    Attributes
    ----------
    root
        Its mapping; empty where the file is.

    Raises
    ------
    yaml.YAMLError
        It is no YAML.
    """

    def __init__(self, text: str) -> None:
        """Read where everything stands."""
        super().__init__(text)
        self._aliases: list[tuple[Part, Span]] = []
        self._names: dict[int, str] = {}
        self._starts = [0, *(match.end() for match in _LINE_END.finditer(text))]
        first = _LINE_END.search(text)
        self.line_end = first.group() if first else "\n"
        self.root = self._parsed()

    def copy_entry(
        self,
        mapping: Part,
        key: str,
        new: str,
        value: str | None = None,
        with_: Mapping[Span, str] | None = None,
    ) -> None:
        """Put an entry after another of a mapping, with its value or with one of its own.

        Parameters
        ----------
        mapping
            The mapping.
        key
            The entry that is copied, and after which the new one stands.
        new
            The key of the new one.
        value
            Its value, as YAML in one line; by default the text of the other's, without anchors.
        with_
            Of that text, what is replaced.
        """
        start, (_, end) = mapping.keys[key][0], mapping.spans[key]
        if value is None:
            made = [(*span, text) for span, text in (with_ or {}).items()]
            made += [(*self._anchor(part), "") for part in self._within(mapping.spans[key])]
            value = changed(self.text, (mapping.keys[key][1], end), made)
        else:
            value = f": {value}"
        if mapping.flow:
            self.insert(end, f", {new}{value}")
        else:
            self.insert(self._line_end(end), f"{self.line_end}{self._indent(start)}{new}{value}")

    def add_entry(self, mapping: Part, key: str, value: str) -> None:
        """Put an entry at the end of a mapping; its value is YAML in one line."""
        if not mapping.keys:
            self.insert(mapping.span[0] + 1, f"{key}: {value}")  # only brackets can be empty
            return
        last = max(mapping.keys, key=lambda name: mapping.keys[name])
        self.copy_entry(mapping, last, key, value)

    def add_item(self, sequence: Part, after: Part | None, item: str) -> None:
        """Put an item into a list, after one of it, or as the first."""
        if sequence.flow:
            if after is not None:
                self.insert(after.span[1], f", {item}")
            else:
                self.insert(sequence.span[0] + 1, f"{item}, " if sequence.items else item)
            return
        first = sequence.items[0].span[0]
        dash = self.text.rindex("-", 0, first)
        line = f"{self._indent(dash)}- {item}"
        if after is not None:
            self.insert(self._line_end(after.span[1]), f"{self.line_end}{line}")
        else:
            self.insert(self._starts[self._line(dash)], f"{line}{self.line_end}")

    def append(self, lines: list[str]) -> None:
        """Put lines at the end of the file."""
        whole = not self.text or self.text.endswith(("\n", "\r"))
        text = self.line_end.join(lines)
        self.insert(len(self.text), f"{text}{self.line_end}" if whole else f"{self.line_end}{text}")

    def _indent(self, at: int) -> str:
        """Blanks as far as a place is from the start of its line."""
        return " " * (at - self._starts[self._line(at)])

    def _line(self, at: int) -> int:
        """The line of a place, from 0."""
        low, high = 0, len(self._starts)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._starts[middle] <= at else (low, middle)
        return low

    def _line_end(self, at: int) -> int:
        """Where the line of a place ends, a comment among it."""
        found = _LINE_END.search(self.text, at)
        return found.start() if found else len(self.text)

    def _within(self, span: Span) -> list[Part]:
        """The nodes that start within a span."""
        return [part for part in self.root.walk() if span[0] <= part.span[0] <= span[1]]

    def _anchor(self, part: Part) -> Span:
        """The anchor at the start of a node, with the blanks after it; nothing where it has none."""
        found = _ANCHOR.match(self.text, part.span[0])
        return (part.span[0], found.end() if found else part.span[0])

    def _parsed(self) -> Part:
        """The tree, from the parser's events."""
        anchors: dict[str, Part] = {}
        stack: list[tuple[Part, list[tuple[str, Span]]]] = []
        root = Part((0, 0), {}, flow=True)

        def place(part: Part, span: Span) -> None:
            nonlocal root
            if not stack:
                root = part
                return
            holder, keys = stack[-1]
            if isinstance(holder.value, list):
                holder.value.append(part)
            elif isinstance(holder.value, dict) and not keys:
                keys.append((part.text or "", span))
            elif isinstance(holder.value, dict):
                key, at = keys.pop()
                holder.value[key], holder.keys[key], holder.spans[key] = part, at, span
            if not holder.flow:
                holder.span = holder.span[0], max(span[1], holder.span[1])

        for event in yaml.parse(self.text, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                part = anchors[event.anchor or ""]
                self._aliases.append((part, self._span(event)))
                place(part, self._span(event))
            elif isinstance(event, yaml.ScalarEvent):
                part = Part(self._scalar_span(event), event.value)
                if event.anchor:
                    anchors[event.anchor] = part
                    self._names[id(part)] = event.anchor
                place(part, part.span)
            elif isinstance(event, yaml.CollectionStartEvent):
                start, _ = self._span(event)
                flow = bool(event.flow_style)
                part = Part((start, start), {} if isinstance(event, yaml.MappingStartEvent) else [], flow)
                if event.anchor:
                    anchors[event.anchor] = part
                    self._names[id(part)] = event.anchor
                stack.append((part, []))
            elif isinstance(event, yaml.CollectionEndEvent):
                part, _ = stack.pop()
                if part.flow:
                    part.span = part.span[0], self._span(event)[1]
                place(part, part.span)
        return root

    def _span(self, event: yaml.Event) -> Span:
        """Where an event stands."""
        return self._at(event.start_mark), self._at(event.end_mark)

    def _at(self, mark: Any) -> int:
        """Where a mark of the parser lies: it tells line and column from 0."""
        line, column = int(mark.line), int(mark.column)
        return self._starts[line] + column

    def _scalar_span(self, event: yaml.ScalarEvent) -> Span:
        """Where a text stands: one by indent without the empty lines after it."""
        start, end = self._span(event)
        if event.style in ("|", ">"):
            end = start + len(self.text[start:end].rstrip())
        return start, end


def quoted(text: str) -> str:
    """A text as YAML writes it in one line, in quotes where it needs them."""
    if _PLAIN.fullmatch(text) and not _WORDS.fullmatch(text) and ": " not in text and " #" not in text:
        return text.rstrip() if text == text.rstrip() else f'"{text}"'
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
