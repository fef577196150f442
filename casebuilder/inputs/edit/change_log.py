"""A case's change log, `changes.csv`: one row for each value that was brought in, with who, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from casebuilder.errors import Fault
from casebuilder.inputs.edit.table import TableEdit
from casebuilder.inputs.files.tables import as_cell, read_table, table_text
from casebuilder.inputs.logged import Logged as Logged

CHANGE_LOG = "changes.csv"
_MARK = "\ufeff"
COLUMNS = ("date", "who", "why", "input", "from", "to", "source", "brought_by")


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
    """The text of a log with rows at its end, every other byte as it was; a new log where it is empty.

    A mark of UTF-8 before the header, as Excel writes it, stays.
    """
    cells = [row.cells for row in rows]
    bare = text.removeprefix(_MARK)
    if not bare.strip():
        return text[: len(text) - len(bare)] + table_text(COLUMNS, cells)
    table = TableEdit(bare)
    places = {name: number for number, name in enumerate(COLUMNS)}
    whole = text.endswith(("\n", "\r"))
    lines = [
        ",".join(as_cell(row[places[name]]) if name in places else "" for name in table.header)
        for row in cells
    ]
    added = "".join(f"{line}{table.line_end}" for line in lines)
    return f"{text}{added}" if whole else f"{text}{table.line_end}{added}"
