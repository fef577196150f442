"""What is asked for of tests that DM01 does not count: by the head, and of imaging by provider."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.tables import Row, numbers, read_table
from casebuilder.resources import resource

RATES, IMAGING = "tests_per_1000.csv", "did_providers_2024_25.csv"
FOLDER = "assumptions/reference/data"


@dataclass(frozen=True)
class Rate:
    """Tests a year per 1,000 people served.

    Attributes
    ----------
    per_1000, low, high
        The rate, with the range it may lie in.
    source, state, note
        What vouches for it.
    """

    per_1000: float
    low: float
    high: float
    source: str
    state: str
    note: str


def read_rates() -> Mapping[str, Rate]:
    """By test, for those that no national return of lists counts.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    columns = ("test", "per_1000", "low", "high", "source", "state", "note")
    faults: list[Fault] = []
    rates: dict[str, Rate] = {}
    for row in _rows(RATES, columns, faults):
        test, _, _, _, source, state, note = row.cells
        per_1000, low, high = (_number(row, place, faults) for place in (1, 2, 3))
        rates[test] = Rate(per_1000, low, high, source, state, note)
    if faults:
        raise InputError(faults)
    return rates


def imaging_a_month() -> Mapping[tuple[str, str], float]:
    """Tests a month of 2024/25 by provider's code and test: the mean of the months that it returned.

    The imaging dataset counts all tests, those of emergencies and wards among them.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    found = numbers(resource(FOLDER) / IMAGING, ("provider", "test"), ("months", "tests"))
    return {(provider, test): tests / max(months, 1) for (provider, test), (months, tests) in found.items()}


def _rows(name: str, columns: tuple[str, ...], faults: list[Fault]) -> tuple[Row, ...]:
    path = resource(FOLDER) / name
    table = read_table(path, str(path), columns, faults)
    return tuple(table.rows) if table else ()


def _number(row: Row, place: int, faults: list[Fault]) -> float:
    try:
        return float(row.cells[place])
    except ValueError:
        faults.append(row.place(place).fault(f"'{row.cells[place]}' is no number"))
        return 0.0
