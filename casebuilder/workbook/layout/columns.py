"""Letters of columns, and the rows that a line or an input has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casebuilder.algebra.dimensions import Frame, without_time

Members = tuple[str, ...]


@cache
def letter(column: int) -> str:
    """The letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Block:
    """The rows of one line or input, in order, by its members without time."""

    first: int
    rows: Mapping[Members, int]

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + len(self.rows) - 1


def stacked(first: int, combinations: Sequence[Members]) -> Block:
    """Combinations one below the other from a row on."""
    return Block(first, {members: first + number for number, members in enumerate(combinations)})


def combinations(frame: Frame, over: tuple[str, ...], nesting: tuple[str, ...]) -> list[Members]:
    """The rows in the order that their readers add them up in: some dimensions, outermost first."""
    rows = without_time(over)
    return [tuple(c[d] for d in rows) for c in frame.combinations(nesting)]


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return sheet if sheet.isalnum() else f"'{sheet}'"
