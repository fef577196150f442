"""Entries of a YAML file set, put in and taken out; what is reached by alias stays as it was elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from casebuilder.inputs.edit.text import Part, YamlEdit, quoted

# The entries of a mapping in order, each value as YAML in one line or as entries.
Entries = Sequence[tuple[str, "str | Entries"]]
# What ends a word, or begins something else, within brackets.
_NOT_IN_BRACKETS = re.compile(r"[,\[\]{}\r\n]")


class TreeEdit(YamlEdit):
    """A YAML file whose values are changed one by one.

    An alias that is changed becomes a copy. A node with an anchor that is changed loses the anchor: the first
    alias of it takes what was there, and the anchor, so that all others mean what they meant.
    """

    def __init__(self, text: str) -> None:
        """Read where everything stands."""
        super().__init__(text)
        self._touched: dict[int, tuple[Part, bool]] = {}

    def is_alias(self, mapping: Part, key: str) -> bool:
        """Whether the value under a key is an alias."""
        return self.text.startswith("*", mapping.spans[key][0])

    def touch(self, part: Part, *, whole: bool = False) -> None:
        """Say that something in a node is changed, or the whole of it."""
        if id(part) in self._names and any(one is part for one, _ in self._aliases):
            self._touched[id(part)] = part, whole or self._touched.get(id(part), (part, False))[1]

    def set_value(self, mapping: Part, key: str, text: str) -> None:
        """Put a text, in one line, in place of the value under a key."""
        part, span = mapping.mapping[key], mapping.spans[key]
        if self.is_alias(mapping, key):
            self.replace(span, text)
            return
        self.touch(part, whole=True)
        start = span[0] if id(part) in self._touched else self._anchor(part)[1]
        if start == span[1]:
            text = f" {text}"  # nothing was given
        self.replace((start, span[1]), text)

    def rename_key(self, mapping: Part, key: str, new: str) -> None:
        """Put another key in place of one."""
        self.replace(mapping.keys[key], new)

    def put_entry(self, mapping: Part, after: str | None, key: str, value: str) -> None:
        """Put an entry after another, or before the first; a value of several lines stands by indent."""
        if after is not None:
            self.copy_entry(mapping, after, key, value.lstrip(" "))
        elif not mapping.keys:
            self.add_entry(mapping, key, value)
        else:
            start = min(span[0] for span in mapping.keys.values())
            after_it = ", " if mapping.flow else f"{self.line_end}{self._indent(start)}"
            self.insert(start, f"{key}: {value}{after_it}")

    def put_below(self, mapping: Part, after: str | None, key: str, entries: Entries) -> None:
        """Put an entry with entries of its own after another, a line each unless within brackets."""
        if mapping.flow or after is None:
            self.put_entry(mapping, after, key, in_one_line(entries))
            return
        blanks = self._indent(mapping.keys[after][0])
        lines = [f"{self.line_end}{blanks}{line}" for line in in_lines(key, entries)]
        self.insert(self._line_end(mapping.spans[after][1]), "".join(lines))

    def append_below(self, key: str, entries: Entries) -> None:
        """Put an entry with entries of its own at the end of the file, apart from it as others are."""
        if self.root.keys and self.root.flow:
            self.put_entry(self.root, self.last_of(self.root), key, in_one_line(entries))
            return
        blanks = self._indent(min(span[0] for span in self.root.keys.values())) if self.root.keys else ""
        lines = [f"{blanks}{line}" for line in in_lines(key, entries)]
        ended = re.search(r"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)[ \t]*$", self.text)
        self.append(["", *lines] if self._is_spaced() and not ended else lines)

    def _is_spaced(self) -> bool:
        """Whether an empty line stands before the last key of the file, or before its comment."""
        last = self.last_of(self.root)
        line = self._line(self.root.keys[last][0]) - 1 if last is not None and len(self.root.keys) > 1 else -1
        while line >= 0:
            said = self.text[self._starts[line] : self._line_end(self._starts[line])].strip()
            if not said.startswith("#"):
                return not said
            line -= 1
        return False

    def last_of(self, mapping: Part) -> str | None:
        """The key that stands last."""
        return max(mapping.keys, key=lambda name: mapping.keys[name], default=None)

    def remove_entries(self, mapping: Part, keys: Collection[str]) -> None:
        """Take some entries out, but not all; by indent with the comments on their lines."""
        order = sorted(mapping.keys, key=lambda name: mapping.keys[name])
        kept: str | None = None
        for place, key in enumerate(order):
            if key not in keys:
                kept = key
                continue
            start, end = mapping.keys[key][0], mapping.spans[key][1]
            if not mapping.flow:
                after = self._line_end(end)
                after += 2 if self.text.startswith("\r\n", after) else after < len(self.text)
                self.replace((self._starts[self._line(start)], after), "")
            elif kept is None:
                self.replace((start, mapping.keys[order[place + 1]][0]), "")
            else:
                before = mapping.spans[order[place - 1]][1]
                self.replace((before, end), "")

    def copied(self, part: Part) -> str:
        """A node as YAML in one line, aliases filled in, without anchors."""
        if part.text is not None:
            start, end = self._anchor(part)[1], part.span[1]
            return in_brackets(self.text[start:end], part.text)
        if part.mapping:
            return "{" + ", ".join(f"{key}: {value}" for key, value in self.copied_entries(part)) + "}"
        if isinstance(part.value, dict):
            return "{}"
        return "[" + ", ".join(self.copied(item) for item in part.items) + "]"

    def copied_entries(self, part: Part) -> list[tuple[str, str]]:
        """The entries of a mapping, each value in one line."""
        return [
            (in_brackets(self.text[slice(*part.keys[key])], key), self.copied(value))
            for key, value in part.mapping.items()
        ]

    def copied_below(self, part: Part, at: int, name: str = "") -> str:
        """The entries of a mapping a line each, to stand under a key; `name` is the anchor that it has."""
        blanks = f"{self._indent(at)}  "
        lines = [f"{blanks}{key}: {value}" for key, value in self.copied_entries(part)]
        return "".join([f" &{name}" if name else "", *(f"{self.line_end}{line}" for line in lines)])

    @property
    def result(self) -> str:
        """The text with every change."""
        for part, whole in list(self._touched.values()):
            self._keep_elsewhere(part, whole)
        self._touched = {}
        return super().result

    def _keep_elsewhere(self, part: Part, whole: bool) -> None:
        """Give a node's text and anchor, as they were, to the first alias of it that is left."""
        name = self._names[id(part)]
        left = [
            span
            for one, span in self._aliases
            if one is part and not any(start <= span[0] and span[1] <= end for start, end, _ in self._made)
        ]
        if not left:
            return
        own = self._anchor(part)
        if not whole and part.mapping and not part.flow:
            # The line that the anchor ended keeps no blank at its end.
            blank = 1 if own[0] and self.text[own[0] - 1] == " " and self.text[own[1]] in "\r\n" else 0
            own = own[0] - blank, own[1]
        if not whole:
            self.replace(own, "")
        span = min(left)
        holder = next((each for each in self.root.walk() if span in each.spans.values()), None)
        if holder is not None and not holder.flow and part.mapping and self._is_block(part):
            key = next(key for key, at in holder.spans.items() if at == span)
            text = self.copied_below(part, holder.keys[key][0], name)
            self.replace((span[0] - 1, span[1]), text)
            return
        self.replace(span, f"&{name} {self.copied(part)}")

    def _is_block(self, part: Part) -> bool:
        """Whether a mapping stands by indent and holds mappings: it is copied so."""
        return not part.flow and any(child.mapping or child.items for child in part.mapping.values())


def in_one_line(entries: Entries) -> str:
    """Entries within brackets."""
    texts = (
        f"{in_brackets(key, key)}: {value if isinstance(value, str) else in_one_line(value)}"
        for key, value in entries
    )
    return "{" + ", ".join(texts) + "}"


def in_lines(key: str, entries: Entries) -> list[str]:
    """An entry and those below it, a line each, by indent."""
    lines = [f"{key}:"]
    for name, value in entries:
        below = [f"{name}: {value}"] if isinstance(value, str) else in_lines(name, value)
        lines += [f"  {line}" for line in below]
    return lines


def in_brackets(text: str, meant: str) -> str:
    """A word as it may stand within brackets, in one line."""
    if text[:1] in ("'", '"') and not re.search(r"[\r\n]", text):
        return text
    if text[:1] in ("|", ">") or _NOT_IN_BRACKETS.search(text):
        return quoted(meant).replace("\n", "\\n") if "\n" in meant else _forced(meant)
    return text


def _forced(meant: str) -> str:
    """A text in quotes where brackets or commas are in it."""
    text = quoted(meant)
    return text if text.startswith('"') else f'"{text}"'
