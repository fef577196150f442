"""Three texts joined line by line: what each side changed since the start, and where both did."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import StringIO

from casebuilder.inputs.files.tables import as_cell

A, B = "a", "b"


@dataclass(frozen=True)
class Hunk:
    """Lines that both sides changed in different ways.

    Attributes
    ----------
    line
        Where they stand in the file of A, from 1.
    mine, theirs
        The lines of A and of B.
    """

    line: int
    mine: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(frozen=True)
class Joined:
    """A text with what both sides changed, and where they did so differently."""

    text: str
    hunks: tuple[Hunk, ...]


def joined(start: str, mine: str, theirs: str, prefer: str = A, *, table: bool = False) -> Joined:
    """Three texts as one.

    Parameters
    ----------
    start
        What both began with.
    mine, theirs
        The texts of A and of B.
    prefer
        Whose lines stand where both changed them differently: `a` or `b`.
    table
        Whether the lines are rows of cells, which are then joined one by one.
    """
    base, a, b = (text.splitlines(keepends=True) for text in (start, mine, theirs))
    out: list[str] = []
    hunks: list[Hunk] = []
    z = i = j = 0
    for first, last, at_a, at_b in _alike(base, a, b):
        was, one, other = base[z:first], a[i:at_a], b[j:at_b]
        if one == other or other == was:
            out += one
        elif one == was:
            out += other
        else:
            cells = _by_cell(was, one, other) if table else None
            if cells is None:
                hunks.append(Hunk(i + 1, tuple(one), tuple(other)))
                cells = one if prefer == A else other
            out += cells
        out += base[first:last]
        z, i, j = last, at_a + last - first, at_b + last - first
    return Joined("".join(out), tuple(hunks))


def apart(mine: bytes, theirs: bytes) -> tuple[Hunk, ...]:
    """The lines in which two files differ."""
    a, b = (data.decode("utf-8", errors="replace").splitlines(keepends=True) for data in (mine, theirs))
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return tuple(Hunk(i + 1, tuple(a[i:k]), tuple(b[j:m])) for kind, i, k, j, m in codes if kind != "equal")


def _alike(base: Sequence[str], a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Stretches of the start that both sides have still: from, to, and where in A and in B; the end last."""
    ones, others = (
        SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks() for side in (a, b)
    )
    i = j = 0
    while i < len(ones) and j < len(others):
        one, other = ones[i], others[j]
        first = max(one.a, other.a)
        last = min(one.a + one.size, other.a + other.size)
        if first < last:
            yield first, last, one.b + first - one.a, other.b + first - other.a
        if one.a + one.size < other.a + other.size:
            i += 1
        else:
            j += 1
    yield len(base), len(base), len(a), len(b)


def _by_cell(was: Sequence[str], one: Sequence[str], other: Sequence[str]) -> list[str] | None:
    """Rows joined cell by cell; None where they are not as many, or a cell was changed by both."""
    if not len(was) == len(one) == len(other):
        return None
    rows = []
    for texts in zip(was, one, other, strict=True):
        cells = [next(csv.reader(StringIO(text)), []) for text in texts]
        if len({len(row) for row in cells}) != 1:
            return None
        made = []
        for start, mine, theirs in zip(*cells, strict=True):
            if mine != theirs and start not in (mine, theirs):
                return None
            made.append(theirs if mine == start else mine)
        end = texts[1][len(texts[1].rstrip("\r\n")) :]
        rows.append(",".join(as_cell(cell) for cell in made) + end)
    return rows
