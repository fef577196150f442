"""Which rows stand on Your bid: what every bid has, what is still to do, and what moves value most."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casebuilder.analysis.uncertainty.ranking import Ranking
from casebuilder.analysis.uncertainty.to_do import Moved
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
        most = self.content["rows"]
        bid = [row for key in self.content["bid"] for row in self.rows.get(key, ())]
        if len(bid) > most:
            shown = {(row.item.key, row.members) for row in bid if any(v.amount for v in row.values)}
            bid = [row for row in bid if (row.item.key, row.members) in shown]
        self._taken.update(bid)
        self._left = max(most - len(bid), self.content["least_by_rank"])
        left_to_do: list[FormRow] = []
        for each in to_do:
            wanted = set(each.to_do.values)
            left_to_do += self._take(each.to_do.key, lambda row, w=wanted: not w.isdisjoint(row.combinations))
        ranked: list[FormRow] = []
        for one in ranking.with_effect if ranking is not None else ():
            ranked += self._take(one.key, lambda row: any(value.low is not None for value in row.values))
        found = [(BID, bid), (TO_DO, left_to_do), (VALUE, ranked)]
        return [(title, rows) for title, rows in found if rows]

    def _take(self, key: str, wanted: Any) -> list[FormRow]:
        """The rows of an input that are wanted, with those of options, where there is room for all."""
        rows = [row for row in self.rows.get(key, ()) if row not in self._taken]
        members = {row.members for row in rows if wanted(row)}
        found = [row for row in rows if row.members in members]
        if not found or len(found) > self._left:
            return []
        self._taken.update(found)
        self._left -= len(found)
        return found
