"""Read DM01 files: those that ship, and a folder's own, whose months hold over the shipped ones."""

from __future__ import annotations

import gzip
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.dm01.names import Names
from casebuilder.inputs.files.once import of_many, told_once
from casebuilder.inputs.files.places import PACKED, Place
from casebuilder.inputs.files.scalars import bare, nearest
from casebuilder.inputs.files.tables import Row, read_table
from casebuilder.inputs.shape.calendar import month_label, month_number
from casebuilder.tasks.dm01.observed import MEASURES, Array, Observed

SYSTEM, PROVIDER = "icb", "provider"
# The columns that are read, in the order of the measures of what is observed.
NUMBERS = ("waiting_list", "over_6_weeks", "waiting_list_activity", "planned", "unscheduled")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_NAMED = {SYSTEM: "dm01_systems", PROVIDER: "dm01_providers"}
_HEADER = 4096


@dataclass
class Found:
    """The rows of one view, as they are gathered.

    Attributes
    ----------
    cells
        By file its rows: place, test, number of the month, and the five numbers.
    notes
        What was passed over and why.
    """

    view: str
    names: Names
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Rows:
    """The rows of one file that can be used: who, what, when, and five numbers each."""

    places: list[str]
    tests: list[str]
    months: list[int]
    numbers: Array


def read_observed(
    view: str, names: Names, shipped: Path, folder: Path | None = None
) -> tuple[Observed, tuple[str, ...]]:
    """What the shipped file and the files of a folder say, and notes of what was passed over.

    Parameters
    ----------
    view
        `icb` (systems) or `provider`.
    names
        What tests are called, and which codes are no systems.
    shipped
        The file that ships.
    folder
        Holds files in the same layout, packed or not; a month that any of them has is taken from them alone.

    Raises
    ------
    InputError
        All that is wrong with the files, each fault with file, line and column.
    """
    found = Found(view, names)
    own = [_read(path, found, set()) for path in _files(folder, found)] if folder is not None else []
    seen: set[tuple[str, str, int]] = set()
    for rows in own:
        again = seen & set(zip(rows.places, rows.tests, rows.months, strict=True))
        if again:
            place, test, month = min(again)
            what = f"{place}, {test}, {month_label(month)} stands in two files{of_many(len(again), 'rows')}"
            found.faults.append(Place(str(folder)).fault(f"{what}: take one of them out"))
        seen |= set(zip(rows.places, rows.tests, rows.months, strict=True))
    theirs = {month for rows in own for month in rows.months}
    every = [_read(shipped, found, theirs), *own]
    if found.faults:
        raise InputError(told_once(found.faults, None))
    return _arranged(every), tuple(found.notes)


def _files(folder: Path, found: Found) -> list[Path]:
    """The files of a folder in this view; the others that hold tables are noted."""
    start = Place(str(folder))
    if not folder.is_dir():
        what = "a folder with DM01 files is expected, and this is a file" if folder.exists() else ""
        found.faults.append(start.fault(what or "no such folder"))
        return []
    tables = sorted(path for path in folder.iterdir() if path.name.lower().endswith((".csv", ".csv.gz")))
    views = {path: _view(path) for path in tables}
    mine = [path for path in tables if views[path] == found.view]
    if not set(views.values()) & set(_NAMED):
        columns = f"month, {SYSTEM} or {PROVIDER}, test, {', '.join(NUMBERS)}"
        found.faults.append(
            start.fault(f"no DM01 file lies here: a .csv or .csv.gz with the columns {columns}")
        )
    elif not mine:
        other = "systems" if found.view == SYSTEM else "providers"
        found.notes.append(f"{folder} has no DM01 by {other}: only the shipped months are used")
    strange = [path.name for path in tables if views[path] is None]
    if strange:
        shown = ", ".join(strange[:5]) + (f" and {len(strange) - 5} more" if len(strange) > 5 else "")
        found.notes.append(f"not read, since they are no DM01 by system or provider: {shown}")
    return mine


def _view(path: Path) -> str | None:
    """Whether a table is by system or by provider, from its header or its name; None where it is neither."""
    try:
        with gzip.open(path) if path.suffix == PACKED else path.open("rb") as file:
            first = file.read(_HEADER).decode("utf-8-sig", errors="replace").split("\n")[0]
    except (OSError, EOFError):
        first = ""
    header = {bare(cell) for cell in first.split(",")}
    for view in (PROVIDER, SYSTEM):
        if {view, "month", "test", "waiting_list"} <= header or path.name.startswith(
            f"{_NAMED[view]}_by_test"
        ):
            return view
    return None


def _read(path: Path, found: Found, without: set[int]) -> _Rows:
    """The rows of one file, but for the months that others hold."""
    shown = str(path)
    table = read_table(path, shown, ("month", found.view, "test", *NUMBERS), found.faults)
    rows = table.rows if table is not None else ()
    if table is not None and not rows and not found.faults:
        found.faults.append(table.place.fault("the table has no row"))
    places: list[str] = []
    tests: list[str] = []
    months: list[int] = []
    kept: list[Row] = []
    numbers: dict[str, int] = {}
    ids: dict[str, str] = {}
    seen: set[tuple[str, str, int]] = set()
    skipped: dict[str, int] = {}
    for row in rows:
        month, place, test = row.cells[:3]
        if month not in numbers:
            if not _MONTH.fullmatch(month):
                found.faults.append(row.place(0).fault(f"'{month}' is no month: write it as 2024-03"))
                continue
            numbers[month] = month_number(month)
        if test not in ids:
            if bare(test) not in found.names.tests:
                hint = nearest(bare(test), found.names.tests)
                found.faults.append(row.place(2).fault(f"'{test}' is no test of DM01{hint}"))
                continue
            ids[test] = found.names.tests[bare(test)]
        if not place:
            found.faults.append(row.place(1).fault(f"the code of the {_who(found.view)} is missing"))
            continue
        if found.view == SYSTEM and place in found.names.no_systems:
            skipped[place] = skipped.get(place, 0) + 1
            continue
        key = (place, ids[test], numbers[month])
        if key in seen:
            found.faults.append(
                row.place(1).fault(f"{place}, {test}, {month} stands here again: once is right")
            )
            continue
        seen.add(key)
        if numbers[month] not in without:
            places.append(place)
            tests.append(ids[test])
            months.append(numbers[month])
            kept.append(row)
    for code in skipped:
        note = f"{code} is left out: {found.names.no_systems[code]}, no system"
        if note not in found.notes:
            found.notes.append(note)
    values = _numbers(kept, found)
    return _Rows(places, tests, months, _sensible(values, kept, found))


def _who(view: str) -> str:
    return "system" if view == SYSTEM else "provider"


def _numbers(rows: Sequence[Row], found: Found) -> Array:
    """Five numbers a row; a blank cell is NaN, anything else that is no count is a fault."""
    values = np.full((len(rows), len(NUMBERS)), np.nan)
    for column in range(len(NUMBERS)):
        cells = [row.cells[3 + column] for row in rows]
        try:
            values[:, column] = np.array([cell or "nan" for cell in cells], float)
        except ValueError:
            values[:, column] = [_number(cell) for cell in cells]
        wrong = ~(values[:, column] >= 0) | np.isinf(values[:, column])
        for place in np.flatnonzero(wrong).tolist():
            if cells[place]:
                what = f"'{cells[place]}' is no count: a number of 0 or more is expected, or nothing"
                found.faults.append(rows[place].place(3 + column).fault(what))
    return values


def _number(cell: str) -> float:
    try:
        return float(cell or "nan")
    except ValueError:
        return np.nan


def _sensible(values: Array, rows: Sequence[Row], found: Found) -> Array:
    """The numbers, without those that say nothing: missing activity is not nought.

    A list with no test done from it in a month is a return without activity. More people over six weeks than
    on the list is no share.
    """
    waiting, over, done = values[:, 0], values[:, 1], values[:, 2]
    values[(waiting > 0) & (done == 0), 2:] = np.nan
    odd = np.flatnonzero(over > waiting)
    if odd.size:
        first = rows[int(odd[0])].place(4)
        what = f"{first.file}:{first.line}: more people over six weeks than on the list: no share is taken"
        found.notes.append(f"{what}{of_many(odd.size, 'rows')}")
        values[odd, 1] = np.nan
    return values


def _arranged(every: Sequence[_Rows]) -> Observed:
    """The rows of all files as arrays by place, test and month."""
    places = sorted({place for rows in every for place in rows.places})
    tests = sorted({test for rows in every for test in rows.tests})
    months = [month for rows in every for month in rows.months]
    first, last = min(months), max(months)
    where_place = {place: i for i, place in enumerate(places)}
    where_test = {test: i for i, test in enumerate(tests)}
    arrays = np.full((len(MEASURES), len(places), len(tests), last - first + 1), np.nan)
    for rows in every:
        i = [where_place[place] for place in rows.places]
        j = [where_test[test] for test in rows.tests]
        k = [month - first for month in rows.months]
        arrays[:, i, j, k] = rows.numbers.T
    labels = tuple(month_label(number) for number in range(first, last + 1))
    return Observed(tuple(places), tuple(tests), labels, **dict(zip(MEASURES, arrays, strict=True)))
