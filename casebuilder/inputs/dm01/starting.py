"""How a case starts from DM01: the window before the start, what of it goes on, and the season."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.tables import read_table

STARTING = "hindcast_start.csv"
SEASON = "season_england.csv"


@dataclass(frozen=True)
class Starting:
    """What is taken from the months before a start.

    Attributes
    ----------
    window_months
        Months up to the start that give activity and the mean list.
    change_carried
        The share of the window's monthly change of the list that goes on.
    growth_carried
        The share of the reference set's growth of demand and of hospitals that goes on.
    """

    window_months: int
    change_carried: float
    growth_carried: float


def read_starting(folder: Path) -> Starting:
    """The table of the folder of the reference set's data.

    Raises
    ------
    InputError
        It is missing or at fault.
    """
    found = _numbers(folder / STARTING, ("what", "value"))
    return Starting(int(found["window_months"]), found["change_carried"], found["growth_carried"])


def read_season(folder: Path) -> Mapping[str, float]:
    """England's season by month of the year, `01` to `12`: tests a working day relative to the year's mean.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    return _numbers(folder / SEASON, ("month_of_year", "season"))


def _numbers(path: Path, columns: tuple[str, str]) -> dict[str, float]:
    faults: list[Fault] = []
    table = read_table(path, str(path), columns, faults)
    found: dict[str, float] = {}
    for row in table.rows if table else ():
        try:
            found[row.cells[0]] = float(row.cells[1])
        except ValueError:
            faults.append(row.place(1).fault(f"'{row.cells[1]}' is no number"))
    if faults:
        raise InputError(faults)
    return found
