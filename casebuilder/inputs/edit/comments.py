"""The comments of a YAML file."""

from __future__ import annotations

import re
from typing import Any

import yaml

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def comments(text: str) -> list[str]:
    """Every comment in order, from its sign to the end of its line; none of a file that is no YAML.

    A `#` within a text is none.
    """
    try:
        spans = _texts(text)
    except yaml.YAMLError:
        return []
    found = []
    for match in _LINE.finditer(text):
        at, line = match.start(), match.group()
        for place, mark in enumerate(line, at):
            if mark == "#" and (place == at or text[place - 1] in " \t") and not _inside(place, spans):
                found.append(text[place : match.end()].rstrip())
                break
    return found


def _texts(text: str) -> list[tuple[int, int]]:
    """Where every scalar stands; of a block the lines under its head, which may have a comment of its own."""
    starts = [match.start() for match in _LINE.finditer(text)]
    spans = []
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.ScalarEvent):
            first: Any = event.start_mark
            last: Any = event.end_mark
            start, end = (starts[mark.line] + mark.column for mark in (first, last))
            if event.style in ("|", ">"):
                start, end = starts[first.line + 1], start + len(text[start:end].rstrip())
            spans.append((start, end))
    return spans


def _inside(place: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)
