"""The files of two folders: those of one alone, those that differ, and comments that differ."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from casebuilder.analysis.bridge.difference import Other
from casebuilder.inputs.edit.comments import comments

HERE, CHANGED = "there", "changed"
_YAML = (".yaml", ".yml")


def file_names(folder: Path) -> list[str]:
    """Every file of a case but those of git, from its folder, in order."""
    found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in found if ".git" not in path.parts)


def files(first: Path, second: Path) -> Iterator[Other]:
    """What differs between the files of two folders, whatever a case reads of them."""
    if first.resolve() == second.resolve():
        return
    one, other = file_names(first), file_names(second)
    for name in sorted({*one, *other}):
        if name not in other or name not in one:
            yield Other("file", name, HERE if name in one else "", HERE if name in other else "")
            continue
        before, after = (folder / name for folder in (first, second))
        old, new = before.read_bytes(), after.read_bytes()
        if old == new:
            continue
        yield Other("file", name, HERE, CHANGED)
        if before.suffix in _YAML:
            yield from _comments(name, *(text.decode("utf-8", errors="replace") for text in (old, new)))


def _comments(name: str, old: str, new: str) -> Iterator[Other]:
    """Comments that only one side has, those that follow each other together."""
    before, after = comments(old), comments(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            yield Other("comment", name, "\n".join(before[a:b]), "\n".join(after[c:d]))
