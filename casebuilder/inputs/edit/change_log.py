"""A case's change log, `changes.csv`: one row for each value that was brought in, with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from casebuilder.errors import Fault
from casebuilder.inputs.edit.table import TableEdit
from casebuilder.inputs.files.tables import as_cell, read_table, table_text

CHANGE_LOG = "changes.csv"
COLUMNS = ("date", "who", "why", "input", "from", "to", "source", "brought_by")


@dataclass(frozen=True)
class Logged:
    """A row of the log.

    Attributes
    ----------
    date
        The day, as 2026-04-01.
    who, why
        As they were given.
    input
        As `--set` takes it: `option:equipment.unit_price[ct]`.
    before, after
        What stood there, and what was put in its place; `before` is empty where nothing was known.
    source
        The id of its source; empty where it has none.
    brought_by
        The file that it was typed in, without its folder, or the command.
    """

    date: str
    who: str
    why: str
    input: str
    before: str
    after: str
    source: str = ""
    brought_by: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the columns."""
        return (
            self.date, self.who, self.why, self.input, self.before, self.after, self.source, self.brought_by
        )  # fmt: skip


def read_change_log(folder: Path, shown: str, faults: list[Fault]) -> list[Logged]:
    """The log of a case, the oldest first; none where the case has no log.

    Parameters
    ----------
    folder
        The case.
    shown
        The log's name as faults show it.
    faults
        Takes what is wrong.
    """
    path = folder / CHANGE_LOG
    if not path.is_file():
        return []
    table = read_table(path, shown, COLUMNS, faults)
    return [Logged(*row.cells) for row in table.rows] if table else []


def with_rows(text: str, rows: Iterable[Logged]) -> str:
    """The text of a log with rows at its end, every other byte as it was; a new log where it is empty."""
    cells = [row.cells for row in rows]
    if not text.strip():
        return table_text(COLUMNS, cells)
    table = TableEdit(text)
    places = {name: number for number, name in enumerate(COLUMNS)}
    whole = text.endswith(("\n", "\r"))
    lines = [
        ",".join(as_cell(row[places[name]]) if name in places else "" for name in table.header)
        for row in cells
    ]
    added = "".join(f"{line}{table.line_end}" for line in lines)
    return f"{text}{added}" if whole else f"{text}{table.line_end}{added}"
