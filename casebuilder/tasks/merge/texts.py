"""The files of two sides as one: what only one changed as it is, what both did joined line by line."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path, PurePosixPath

from casebuilder.inputs.edit.change_log import CHANGE_LOG
from casebuilder.inputs.edit.comments import comments
from casebuilder.inputs.shape.sources import SOURCES
from casebuilder.tasks.diff.files import file_names
from casebuilder.tasks.merge.lines import A, Hunk, apart, joined
from casebuilder.tasks.merge.slots import Clash
from casebuilder.tasks.merge.sources import renamed_ids, with_entries

_YAML = (".yaml", ".yml")
_OPTIONS = "options"
_LONGEST = 400
Contents = Mapping[str, bytes]


@dataclass
class Texts:
    """The files of the result, and what of them is to be looked at.

    Attributes
    ----------
    files
        By name within the case, in posix form.
    hunks
        By file, the lines that both changed differently.
    clashes
        Files that cannot be joined at all.
    both
        The files that both changed.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    hunks: dict[str, tuple[Hunk, ...]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    both: set[str] = field(default_factory=set)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a case by its name."""
    return {name: (folder / name).read_bytes() for name in file_names(folder)}


def with_start(
    start: Contents,
    mine: Contents,
    theirs: Contents,
    ids: Mapping[str, str],
    new_sources: Collection[str],
    prefer: str,
    *,
    plainly: bool = False,
) -> Texts:
    """Three sets of files as one.

    Parameters
    ----------
    start, mine, theirs
        The files of the start, of A and of B.
    ids
        B's sources that are called otherwise in the result.
    new_sources
        The ids that B added.
    prefer
        Whose lines stand where both changed them differently.
    plainly
        Whether YAML that both changed stays as A has it, since joined it cannot be read.
    """
    found = Texts()
    for name in sorted({*start, *mine, *theirs} - {CHANGE_LOG}):
        was, one = start.get(name), mine.get(name)
        other = _renamed(theirs.get(name), was, ids)
        if one == other or other == was:
            chosen = one
        elif one == was:
            chosen = other
        else:
            found.both.add(name)
            chosen = _both(found, name, (was, one, other), (new_sources, ids), prefer, plainly=plainly)
        if chosen is not None:
            found.files[name] = chosen
    return found


def without_start(
    mine: Contents, theirs: Contents, ids: Mapping[str, str], new_sources: Collection[str]
) -> Texts:
    """A's files, with those that B alone has and the sources that B added."""
    found = Texts(dict(mine))
    for name, other in theirs.items():
        one = mine.get(name)
        if name == CHANGE_LOG or one == other:
            continue
        if one is None:
            found.files[name] = _renamed(other, None, ids) or other
            continue
        found.both.add(name)
        if name == SOURCES:
            found.files[name] = _with_sources(one, other, new_sources, ids)
        elif not name.endswith(".csv"):  # the rows of a table are values
            found.hunks[name] = apart(one, other)
    return found


def _renamed(data: bytes | None, start: bytes | None, ids: Mapping[str, str]) -> bytes | None:
    """B's text with its new sources as they are called in the result."""
    if data is None or not ids:
        return data
    try:
        kept = (start or b"").decode("utf-8").splitlines(keepends=True)
        return renamed_ids(data.decode("utf-8"), ids, kept).encode("utf-8")
    except UnicodeDecodeError:
        return data


def _with_sources(one: bytes, other: bytes, new_sources: Collection[str], ids: Mapping[str, str]) -> bytes:
    return with_entries(one.decode("utf-8"), other.decode("utf-8"), new_sources, ids).encode("utf-8")


def _both(
    found: Texts,
    name: str,
    sides: tuple[bytes | None, bytes | None, bytes | None],
    sources: tuple[Collection[str], Mapping[str, str]],
    prefer: str,
    *,
    plainly: bool,
) -> bytes | None:
    """A file that both changed."""
    _, one, other = sides
    chosen = one if prefer == A else other
    if one is None or other is None:
        found.clashes.append(Clash(f"file {name}", _state(one), _state(other)))
        return chosen
    try:
        texts = [(side or b"").decode("utf-8") for side in sides]
    except UnicodeDecodeError:
        found.clashes.append(Clash(f"file {name}", "changed", "changed", note="it is no text"))
        return chosen
    made = joined(texts[0], texts[1], texts[2], prefer, table=name.endswith(".csv"))
    if name == SOURCES and made.hunks:
        new, ids = sources
        # B's ids are renamed in its text already.
        return _with_sources(one, other, [ids.get(each, each) for each in new], {})
    if plainly and name.endswith(_YAML):
        found.hunks[name] = made.hunks
        return chosen
    found.hunks[name] = made.hunks
    return made.text.encode("utf-8")


def _state(side: bytes | None) -> str:
    return "gone" if side is None else "changed"


def text_clashes(
    found: Texts, result: Contents, chapters: Collection[str], sides: tuple[Contents, Contents, Contents]
) -> list[Clash]:
    """Lines that one side added and that do not stand in the result, by file and line.

    What a chapter, an option or the register of sources says is set side by side as values and what stands
    beside them; of these only comments are looked for here.

    Parameters
    ----------
    found
        The files as they were joined.
    result
        The files as they are to be written.
    chapters
        The names of the model's chapters.
    sides
        The files of the start, of A and of B; without a start its files are those of A.
    """
    clashes = list(found.clashes)
    start, mine, theirs = sides
    for name in sorted(found.both):
        if name in mine and name in theirs and name.endswith(_YAML):
            clashes += _comments(name, start.get(name, b""), mine[name], theirs[name], result[name])
        if _of_values(name, chapters):
            continue
        for hunk in found.hunks.get(name, ()):
            if name.endswith(".csv") and _rows(hunk) <= _rows_of(result[name]):
                continue
            sides_of = ("".join(hunk.mine).strip(), "".join(hunk.theirs).strip())
            clashes.append(Clash(f"{name}:{hunk.line}", *(text[:_LONGEST] for text in sides_of)))
    return clashes


def _of_values(name: str, chapters: Collection[str]) -> bool:
    """Whether a file holds inputs or sources and nothing else that a case reads."""
    path = PurePosixPath(name)
    if path.suffix not in _YAML:
        return False
    top = len(path.parts) == 1
    return name == SOURCES or (top and path.stem in chapters) or (path.parts[0] == _OPTIONS and not top)


def _comments(name: str, start: bytes, mine: bytes, theirs: bytes, result: bytes) -> list[Clash]:
    """Comments that one side added and the result lacks."""
    was, one, other, now = (
        Counter(comments(text.decode("utf-8", errors="replace"))) for text in (start, mine, theirs, result)
    )
    lost_a, lost_b = (one - was) - now, (other - was) - now
    if not lost_a and not lost_b:
        return []
    return [
        Clash(f"comment {name}", "\n".join(lost_a), "\n".join(lost_b), note="it stands on one side alone")
    ]


def _rows(hunk: Hunk) -> set[tuple[str, ...]]:
    return {tuple(row) for row in csv.reader(StringIO("".join((*hunk.mine, *hunk.theirs))))}


def _rows_of(data: bytes) -> set[tuple[str, ...]]:
    return {tuple(row) for row in csv.reader(StringIO(data.decode("utf-8", errors="replace")))}
