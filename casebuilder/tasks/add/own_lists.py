"""A trust's own tests and lists, from the DM01 that ships, in place of copies of another trust's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.case import Case
from casebuilder.inputs.edit.table import TableEdit
from casebuilder.inputs.files.scalars import shown
from casebuilder.inputs.in_memory import months_before
from casebuilder.tasks.add.blocks import PROVIDER, Newcomer

TEST = "test"


@dataclass(frozen=True)
class OwnLists:
    """A trust's rows in the months before a case begins.

    Attributes
    ----------
    rows
        By test the cells of the table, by column.
    tests
        The tests of the case.
    notes
        What they are, and what was left out.
    """

    rows: dict[str, dict[str, str]]
    tests: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def lacking(self) -> list[str]:
        """The tests of the case that the trust does not do."""
        return [test for test in self.tests if test not in self.rows]

    def belong_in(self, table: TableEdit) -> bool:
        """Whether a table holds what these rows say: a trust's tests and lists."""
        columns = {name for cells in self.rows.values() for name in cells}
        return {PROVIDER, TEST} | columns <= set(table.header)

    def put(self, table: TableEdit, newcomer: Newcomer) -> None:
        """Put the rows after the other's; what the table holds beside them is the other's, and says so."""
        runs = table.runs(PROVIDER, newcomer.other)
        if not runs:
            return
        last = runs[-1][-1]
        by_test = {table.cell(row, TEST): row for run in runs for row in run}
        for test, cells in self.rows.items():
            every = {PROVIDER: newcomer.name, TEST: test, **cells}
            beside = set(table.header) - {*every, "to_do"}
            table.put_row(last, by_test.get(test, last), every, newcomer.copied if beside else "")


def own_lists(case: Case, name: str) -> OwnLists | None:
    """What DM01 has of a trust for the tests of a case; None where it has nothing for those months.

    Parameters
    ----------
    case
        The case: the twelve months end before its first.
    name
        The trust's code, in small letters.
    """
    from casebuilder.tasks.dm01.baseline import COLUMNS, baseline, shipped_rows

    tests: Sequence[str] = case.inputs.frame.ids(TEST)
    last = months_before(case.inputs.info.first_month, 2)[0]
    rows = shipped_rows()
    if last not in set(rows.month):
        return None
    known = [test for test in tests if test in set(rows.test)]
    found = baseline(rows, [name], known, last)
    own = {test: row for (_, test), row in found.rows.items()}
    if not own:
        return None
    cells = {test: {column: shown(round(row[column], 4)) for column in COLUMNS} for test, row in own.items()}
    said = f"tests and lists of {name.upper()} from DM01, {found.months[0]} to {found.months[-1]}"
    return OwnLists(cells, tuple(tests), (said, *found.notes))
