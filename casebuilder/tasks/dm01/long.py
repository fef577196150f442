"""The long layout of DM01, a row by month, provider and test: a case's `data/dm01.csv`, read and written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.errors import Fault
from casebuilder.inputs.dm01.names import Names
from casebuilder.inputs.files.scalars import bare, nearest, shown
from casebuilder.inputs.files.tables import read_table, table_text

KEYS = ("month", "region", "provider", "test")
BANDS = tuple(f"weeks_{week:02d}" for week in range(14))
ACTIVITY = ("waiting_list_activity", "planned", "unscheduled")
COUNTS = ("waiting_list", "over_6_weeks", "over_13_weeks", *BANDS, *ACTIVITY)
LONG = (*KEYS, *COUNTS)
# The column that says which file a row came from; no reader of the layout asks for it.
FILE = "file"


def read_long(path: Path, names: Names, faults: list[Fault]) -> pd.DataFrame:
    """The rows of a file in the long layout; none where it does not exist.

    Parameters
    ----------
    path
        The file.
    names
        How tests are called.
    faults
        Takes what is wrong, by line and column.
    """
    empty = pd.DataFrame(columns=[*LONG, FILE])
    if not path.is_file():
        return empty
    before = len(faults)
    table = read_table(path, str(path), (*LONG, FILE), faults)
    if table is None:
        return empty
    rows = []
    for row in table.rows:
        numbers: list[float] = []
        for at, cell in enumerate(row.cells[len(KEYS) : len(LONG)], len(KEYS)):
            try:
                numbers.append(float(cell or "nan"))
            except ValueError:
                faults.append(row.place(at).fault(f"'{cell}' is no count: a number, or nothing"))
        test = names.tests.get(bare(row.cells[3]))
        if test is None:
            hint = nearest(bare(row.cells[3]), names.tests)
            faults.append(row.place(3).fault(f"'{row.cells[3]}' is no test of DM01{hint}"))
        rows.append((*row.cells[:3], test, *numbers, row.cells[-1]))
    if len(faults) > before:
        return empty
    return pd.DataFrame(rows, columns=[*LONG, FILE])


def long_text(rows: pd.DataFrame) -> str:
    """The rows as a file in the long layout holds them, sorted; a blank is a number that was not returned."""
    ordered = rows.sort_values(["month", "provider", "test"], kind="stable")
    keys = ordered[list(KEYS)].to_numpy(str)
    counts = ordered[list(COUNTS)].to_numpy(float)
    cells = (
        (*key, *("" if np.isnan(x) else shown(x) for x in numbers.tolist()), source)
        for key, numbers, source in zip(keys, counts, ordered[FILE].tolist(), strict=True)
    )
    return table_text((*LONG, FILE), cells)
