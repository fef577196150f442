"""Letters of columns, and the rows that a line or an input has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casebuilder.algebra.dimensions import DIMENSIONS, Frame, without_time

OUTERMOST = "test"

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


def combinations(frame: Frame, over: tuple[str, ...]) -> list[Members]:
    """The rows by test, then in the order of DIMENSIONS.

    So the trusts and the sites of a test lie side by side, which is how they are mostly added up,
    and so do the points of a curve.
    """
    rows = without_time(over)
    nested = sorted(
        (dimension for dimension in DIMENSIONS if dimension in rows), key=lambda d: d != OUTERMOST
    )
    return [tuple(c[d] for d in rows) for c in frame.combinations(nested)]


def quoted(sheet: str) -> str:
    """A sheet's name as formulas write it."""
    return sheet if sheet.isalnum() else f"'{sheet}'"
