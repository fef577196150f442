"""A trust's own tests and lists, from the DM01 that ships, in place of copies of another trust's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.case import Case
from casebuilder.errors import CaseError
from casebuilder.inputs.edit.table import TableEdit
from casebuilder.inputs.files.scalars import listed, shown
from casebuilder.inputs.in_memory import months_before
from casebuilder.tasks.add.blocks import PROVIDER, Newcomer
from casebuilder.tasks.england.trusts import Trust, find_trust, trusts
from casebuilder.tasks.england.uncounted import people_served, uncounted

TEST = "test"
ESTIMATED = "demand.baseline_estimated"
# Months from the middle of a year of data to the first month after it.
_HALF_A_YEAR = 6


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
    """What DM01 has of a trust for the tests of a case; None where it has nothing for the case's months.

    Parameters
    ----------
    case
        The case, whose lists stand as many months before its first as it carries them forward.
    name
        The trust's code, in small letters.
    """
    from casebuilder.tasks.dm01.baseline import COLUMNS, baseline, shipped_rows

    tests: Sequence[str] = case.inputs.frame.ids(TEST)
    last = last_of_lists(case)
    rows = shipped_rows()
    if last not in set(rows.month):
        return None
    known = [test for test in tests if test in set(rows.test)]
    found = baseline(rows, [name], known, last)
    own = {test: row for (_, test), row in found.rows.items()}
    if not own:
        return None
    cells = {test: {column: shown(round(row[column], 4)) for column in COLUMNS} for test, row in own.items()}
    notes = [f"tests and lists of {name.upper()} from DM01, {found.months[0]} to {found.months[-1]}"]
    notes += found.notes
    if _estimates(case) and name.upper() in trusts():
        notes += _put_uncounted(cells, trusts()[name.upper()], [test for test in tests if test not in known])
    return OwnLists(cells, tuple(tests), tuple(notes))


def last_of_lists(case: Case) -> str:
    """The month at whose end a case's lists stand: data of the year before are carried half a year on."""
    (carried,) = case.inputs.values["demand.years_carried_forward"].base.values()
    before = max(round(12 * float(carried.amount)) - _HALF_A_YEAR + 1, 1)
    return months_before(case.inputs.info.first_month, before + 1)[0]


def _estimates(case: Case) -> bool:
    """Whether a case counts tests by the head, as `new` writes it."""
    given = case.inputs.values.get(ESTIMATED)
    return given is not None and any(value.amount for value in given.base.values())


def _put_uncounted(cells: dict[str, dict[str, str]], trust: Trust, tests: Sequence[str]) -> list[str]:
    """Put tests that DM01 does not count beside those that it does; says where they are from."""
    columns = [*next(iter(cells.values())), ESTIMATED.partition("baseline_")[2]]
    for row in cells.values():
        row[columns[-1]] = "0"
    more = uncounted(trust, tests)
    for test, (returned, estimated) in more.items():
        given = {columns[0]: shown(returned), columns[-1]: shown(estimated)}
        cells[test] = {column: given.get(column, "0") for column in columns}
    seen = [test for test, (returned, _) in more.items() if returned]
    guessed = [test for test in more if test not in seen]
    said = [f"{listed(seen, 20)}: the imaging dataset of 2024/25"] if seen else []
    if guessed:
        people = f"{people_served(trust):,.0f} people, its share of England's tests from lists"
        said.append(f"{listed(guessed, 20)}: tests a head times {people}")
    return said


def why_copied(case: Case, name: str, other: str) -> str:
    """Why a trust has the tests and lists of another, and how it would have its own."""
    if name.upper() in trusts():
        return (
            f"tests and lists are copied from {other}: those of {name.upper()} do not ship for the"
            f" twelve months to {last_of_lists(case)}; casebuilder data dm01 FILE -o CASE takes them from"
            " files of DM01"
        )
    copied = f"tests and lists are copied from {other}"
    try:
        meant = find_trust(name.replace("_", " "))
    except CaseError as fault:
        return f"{fault}; {copied}"
    return (
        f"'{name}' is no provider code of DM01; {copied}. {meant.name} has figures of its own under the id"
        f" {meant.id}"
    )
