"""Where rows were inserted into a sheet or deleted from it, from the words of its rows then and now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

_MOST = 5_000  # rows between the first and the last difference; beyond, a sheet was written anew


@dataclass(frozen=True)
class RowShifts:
    """How rows of a sheet moved.

    Attributes
    ----------
    inserted
        The numbers, now, of rows that were not there.
    deleted
        The numbers, then, of rows that are no more.
    """

    inserted: frozenset[int]
    deleted: frozenset[int]
    _starts: tuple[int, ...]
    _shifts: tuple[int, ...]

    def then(self, row: int) -> int:
        """The number that a row of now had."""
        return row - self._shifts[bisect_right(self._starts, row) - 1]


def row_shifts(before: Mapping[int, bytes], now: Mapping[int, bytes]) -> RowShifts | None:
    """How rows moved; None where none did, or where that cannot be told.

    Parameters
    ----------
    before, now
        The hash of the words of each row that has any, by the row's number.
    """
    old, new = sorted(before), sorted(now)
    if old == new:
        return None
    shorter, start, end = min(len(old), len(new)), 0, 0
    while start < shorter and old[start] == new[start] and before[old[start]] == now[new[start]]:
        start += 1
    while end < shorter - start and before[old[-1 - end]] == now[new[-1 - end]]:
        end += 1
    left, right = old[start : len(old) - end], new[start : len(new) - end]
    if len(left) > _MOST or len(right) > _MOST:
        return None
    matcher = SequenceMatcher(None, [before[r] for r in left], [now[r] for r in right], autojunk=False)
    same = [(0, 0), *((r, r) for r in old[:start])]
    for block in matcher.get_matching_blocks():
        same += [(left[block.a + i], right[block.b + i]) for i in range(block.size)]
    if end:
        same += zip(old[-end:], new[-end:], strict=True)
    starts, shifts = [0], [0]
    inserted: set[int] = set()
    deleted: set[int] = set()
    for (old_row, new_row), (next_old, next_new) in pairwise(same):
        more = (next_new - new_row) - (next_old - old_row)
        if more > 0:  # the rows just above the one that moved
            inserted |= set(range(next_new - more, next_new))
            starts.append(next_new)
        elif more < 0:
            deleted |= set(range(next_old + more, next_old))
            starts.append(next_new)
        if more:
            shifts.append(next_new - next_old)
    if not inserted and not deleted:
        return None
    return RowShifts(frozenset(inserted), frozenset(deleted), tuple(starts), tuple(shifts))
