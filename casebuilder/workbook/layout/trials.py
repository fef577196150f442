"""Cells for trying who joins: where they stand, and how a cell in use reads past them.

A meeting types who is in and who is out beside what comes of it. What is typed there stands in front of the
value, for every option, and nothing else changes: a blank is as stated.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from casebuilder.algebra.terms import Input
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import Members
from casebuilder.workbook.layout.columns import letter

SHEET = "Who joins"
# The inputs that can be tried, over trust and class, in the order of their tables; all are flags.
TRIED = ("procurement.joins", "procurement.refuses_standard")
SHOWN_BESIDE = "sharing.share_volume"  # without it there is no pool, and nothing to see
# The top of the first table: its title, three lines of note, its header, then a row a trust.
FIRST_ROW, NOTE_LINES = 6, 3
_AROUND = NOTE_LINES + 2  # the title, the note and the header
_COLUMN = 2


@dataclass(frozen=True)
class TrialLayout:
    """The cells for trying, by input.

    Attributes
    ----------
    items
        The inputs.
    trusts, classes
        Members of the rows and columns of their tables, by id.
    """

    items: tuple[Input, ...] = ()
    trusts: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    _top: Mapping[str, int] = field(default_factory=dict)

    def title_row(self, item: Input) -> int:
        """The row of a table's title."""
        return self._top[item.key]

    def first_row(self, item: Input) -> int:
        """The row of a table's first trust."""
        return self._top[item.key] + _AROUND

    @property
    def after(self) -> int:
        """The first row below the last table."""
        return max((self.first_row(item) + len(self.trusts) + 1 for item in self.items), default=FIRST_ROW)

    def place(self, item: Input, members: Members) -> tuple[int, int]:
        """The row and the column, from 1, in which a value is tried."""
        trust, kind = members
        return self.first_row(item) + self.trusts.index(trust), _COLUMN + self.classes.index(kind)

    def cells(self) -> Iterator[tuple[Input, Members, str]]:
        """Every cell for trying, with the value it stands for."""
        for item in self.items:
            for trust in self.trusts:
                for kind in self.classes:
                    row, column = self.place(item, (trust, kind))
                    yield item, (trust, kind), f"{letter(column)}{row}"

    def tried(self, item: Input, members: Members, otherwise: str) -> str:
        """What a cell in use reads: what is tried, or what would stand there otherwise."""
        if item not in self.items:
            return otherwise
        row, column = self.place(item, members)
        at = f"'{SHEET}'!${letter(column)}${row}"
        return f"IF(ISNUMBER({at}),{at},{otherwise})"

    def spans(self) -> list[str]:
        """The cells of each table, as formulas write them."""
        last = letter(_COLUMN + len(self.classes) - 1)
        return [
            f"'{SHEET}'!${letter(_COLUMN)}${top}:${last}${top + len(self.trusts) - 1}"
            for top in map(self.first_row, self.items)
        ]

    @property
    def count(self) -> str:
        """How many values are tried, as a part of a sum; empty where there is nothing to try."""
        return "".join(f"+COUNTA({span})" for span in self.spans())

    @property
    def unusable(self) -> str:
        """How many cells hold neither 0 nor 1, as a part of a sum."""
        return "".join(
            f'+COUNTA({span})-COUNTIFS({span},">=0",{span},"<=0")-COUNTIFS({span},">=1",{span},"<=1")'
            for span in self.spans()
        )


NOTHING = TrialLayout()


def rows_for_trying(labelled: Collection[int]) -> list[int]:
    """The rows of the tables for trying on a sheet as it was written.

    Parameters
    ----------
    labelled
        The rows with something in column A.
    """
    first = FIRST_ROW + _AROUND
    found: list[int] = []
    tall = next(row for row in count(first) if row not in labelled) - first
    for table in range(len(TRIED)):
        top = first + table * (_AROUND + tall + 1)
        found += range(top, top + tall)
    return found


def lay_out_trials(problem: Problem) -> TrialLayout:
    """Give each value that can be tried its cell; nothing where the case has no pool."""
    frame, used = problem.frame, problem.inputs_by_key
    items = tuple(used[key] for key in TRIED if key in used)
    if not items or SHOWN_BESIDE not in problem.by_key or not frame.ids("month"):
        return NOTHING
    trusts, classes = frame.ids("provider"), frame.ids("equipment")
    tall = _AROUND + len(trusts) + 1
    top = {item.key: FIRST_ROW + place * tall for place, item in enumerate(items)}
    return TrialLayout(items, tuple(trusts), tuple(classes), top)
