"""The files of a copy of a case: its own title, and nothing that the case claims or is held to."""

from __future__ import annotations

import re
from pathlib import Path

from casebuilder.errors import CaseError, Fault
from casebuilder.inputs.files.yaml import Node, parse_yaml
from casebuilder.inputs.read import CASE

# What is true of one bid alone.
_LEFT_BEHIND = ("expected.yaml",)


def copied_files(source: Path, title: str | None, system: str) -> dict[str, bytes]:
    """By path within the case, what stands in each file of the copy.

    Parameters
    ----------
    source
        The folder of the case.
    title, system
        Its new title and system; where none is given the old one stays, marked as a copy.
    """
    found: dict[str, bytes] = {}
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if (
            path.is_file()
            and name not in _LEFT_BEHIND
            and not any(part.startswith(".") for part in name.split("/"))
        ):
            found[name] = path.read_bytes()
    found[CASE] = _own_case(found[CASE].decode("utf-8-sig"), title, system).encode()
    return found


def _own_case(text: str, title: str | None, system: str) -> str:
    """case.yaml with its own title and without claims; every other byte as it was."""
    faults: list[Fault] = []
    node = parse_yaml(text, CASE, faults)
    if node is None:
        raise CaseError(f"{CASE} cannot be read")
    lines = text.splitlines(keepends=True)
    starts = sorted(place.line for place in node.keys.values())
    kept: list[str] = lines[: starts[0] - 1]
    for key, first, last in _entries(node, starts, len(lines)):
        if key == "title":
            old = node.mapping["title"].text or ""
            kept.append(f"title: {_quoted(title or f'{old} (copy)')}\n")
        elif key == "system" and system:
            kept.append(f"system: {_quoted(system)}\n")
        elif key != "claims":
            kept += lines[first - 1 : last]
    return "".join(kept)


def _entries(node: Node, starts: list[int], count: int) -> list[tuple[str, int, int]]:
    """Every entry of the mapping with its first and last line."""
    by_line = {place.line: key for key, place in node.keys.items()}
    ends = [*(start - 1 for start in starts[1:]), count]
    return [(by_line[start], start, end) for start, end in zip(starts, ends, strict=True)]


def _quoted(text: str) -> str:
    """A text as YAML, in quotes where it needs them."""
    if re.fullmatch(r"[A-Za-z][\w ,.()/'-]*", text) and not text.endswith((" ", ":")):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
