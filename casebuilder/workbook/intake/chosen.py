"""Which rows stand on Your bid: what every bid has, what is still to do, and what moves value most."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from typing import Any

from casebuilder.analysis.uncertainty.ranking import Ranking
from casebuilder.analysis.uncertainty.to_do import Moved
from casebuilder.inputs.values import Members
from casebuilder.workbook.intake.rows import FormRow, by_key

Sections = list[tuple[str, list[FormRow]]]
BID, TO_DO, VALUE = "Sites, rooms and money", "Still to do", "What moves value most"


class Chooser:
    """Takes rows for the sheet until it is full.

    Parameters
    ----------
    rows
        The rows to choose from.
    content
        The content of `workbook/intake.yaml`.
    """

    def __init__(self, rows: Iterable[FormRow], content: Mapping[str, Any]) -> None:
        """Keep the rows by their key."""
        self.rows, self.content = by_key(rows), content
        # Inputs that every bid has and for which this one has too many rows.
        self.elsewhere: list[str] = []
        self._taken: set[FormRow] = set()
        self._left = 0

    def sections(self, to_do: Sequence[Moved], ranking: Ranking | None) -> Sections:
        """The rows under their headings, each row once.

        Parameters
        ----------
        to_do
            What is still to do, in the order of what it does.
        ranking
            The inputs in the order of what they do to value; None where there is none.
        """
        most, by_rank = self.content["rows"], self.content["least_by_rank"]
        self._left = most - by_rank
        bid: list[FormRow] = []
        for key in self.content["bid"]:
            taken = self._take(key, _any) or self._take(key, _some)
            bid += taken
            if not taken and key in self.rows:
                self.elsewhere.append(key)
        self._left += by_rank
        left_to_do: list[FormRow] = []
        for each in to_do:
            left_to_do += self._take(each.to_do.key, partial(_is_of, set(each.to_do.values)))
        ranked: list[FormRow] = []
        for one in ranking.with_effect if ranking is not None else ():
            ranked += self._take(one.key, _ranges)
        found = [(BID, bid), (TO_DO, left_to_do), (VALUE, ranked)]
        return [(title, rows) for title, rows in found if rows]

    def _take(self, key: str, wanted: Callable[[FormRow], bool]) -> list[FormRow]:
        """The rows of an input that are wanted, with those of options, where there is room for all."""
        rows = [row for row in self.rows.get(key, ()) if row not in self._taken]
        members = {row.members for row in rows if wanted(row)}
        found = [row for row in rows if row.members in members]
        if not found or len(found) > self._left:
            return []
        self._taken.update(found)
        self._left -= len(found)
        return found


def _any(_: FormRow) -> bool:
    return True


def _some(row: FormRow) -> bool:
    """Whether it holds anything: rooms that there are, awards that are made."""
    return any(value.amount for value in row.values)


def _is_of(values: AbstractSet[Members], row: FormRow) -> bool:
    return not values.isdisjoint(row.combinations)


def _ranges(row: FormRow) -> bool:
    return any(value.low is not None for value in row.values)
