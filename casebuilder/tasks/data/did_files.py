"""The imaging dataset's annual tables 1 and 2: tests, and median days to them, by provider and month."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.dm01.headings import Headings, plain
from casebuilder.inputs.files.once import of_many
from casebuilder.inputs.files.scalars import listed, nearest
from casebuilder.inputs.files.tables import read_table
from casebuilder.inputs.shape.calendar import financial_year, month_label
from casebuilder.tasks.data.dm01_sums import is_code
from casebuilder.tasks.data.header import Header, find_header, require
from casebuilder.tasks.data.sheets import Sheet, number, words
from casebuilder.tasks.data.workbook import read_sheets

TESTS, DAYS = "tests", "median_days_request_to_test"
KEYS = ("period", "provider_code", "modality")
_IN_YEAR = ("apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jan", "feb", "mar")
_APRIL = 3
_YEAR = re.compile(r"\b(20\d\d)\s*[/_-]\s*(?:20)?(\d\d)\b")
_FROM = re.compile(r"\bApril\s+(20\d\d)\s+to\b", re.IGNORECASE)


def read_modalities(path: Path) -> dict[str, str]:
    """By modality as published, as `plain` has it, the kind of imaging that it is here.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    faults: list[Fault] = []
    table = read_table(path, str(path), ("modality", "kind"), faults)
    if table is None or faults:
        raise InputError(faults)
    return {plain(row.cells[0]): row.cells[1] for row in table.rows}


@dataclass(frozen=True)
class Imaging:
    """What one table holds: its file, what it measures (`TESTS` or `DAYS`), its rows and notes.

    The rows have `KEYS`, `value` (NaN where not submitted or kept back) and stand once.
    """

    file: str
    measure: str
    rows: pd.DataFrame
    notes: tuple[str, ...]


def read_imaging(
    path: Path, modalities: Mapping[str, str], headings: Headings, faults: list[Fault]
) -> list[Imaging]:
    """The tables of a file; nothing, with its faults noted, where it is neither table 1 nor 2.

    Parameters
    ----------
    path
        A workbook, a CSV, or a .zip of them.
    modalities, headings
        How kinds and columns are called.
    faults
        Takes what is wrong, by file, row and column.
    """
    by_file: dict[str, list[Sheet]] = {}
    for sheet in read_sheets(path, faults):
        by_file.setdefault(sheet.file, []).append(sheet)
    tables = (_of_file(sheets, modalities, headings, faults) for sheets in by_file.values())
    return [table for table in tables if table is not None]


def _of_file(
    sheets: Sequence[Sheet], modalities: Mapping[str, str], headings: Headings, faults: list[Fault]
) -> Imaging | None:
    before = len(faults)
    headers = [header for sheet in sheets if (header := find_header(sheet, headings, faults)) is not None]
    wanted = [header for header in headers if {"provider", "modality"} <= set(header.columns)]
    if len(faults) > before:
        return None
    if not wanted:
        named = listed((sheet.name for sheet in sheets if sheet.name), 8)
        there = f"; its sheets are {named}" if named else ""
        right = "table 1 or 2 of the imaging dataset, by provider and modality, is expected"
        if headers:
            faults.append(
                headers[0].sheet.fault(headers[0].row, 0, f"no column 'Modality' here: {right}{there}")
            )
        else:
            faults.append(Fault(sheets[0].file, 1, 1, f"no imaging by provider: {right}{there}"))
        return None
    header = wanted[0]
    months = [name for name in _IN_YEAR if name in header.columns]
    if not require(header, ("provider", "modality"), headings, faults):
        return None
    if not months or "setting" in header.columns or "body_site" in header.columns:
        what = "by setting or body site" if months else "without a column for any month"
        faults.append(header.sheet.fault(header.row, 0, f"a table {what}: tables 1 and 2 are read"))
        return None
    measure, start = _measure(header), _start(header)
    if measure is None:
        faults.append(header.sheet.fault(0, 0, "days from test to report, table 3: tables 1 and 2 are read"))
    if start is None:
        faults.append(
            header.sheet.fault(0, 0, "no financial year, as 2024-25, stands above the table or in its name")
        )
    if measure is None or start is None:
        return None
    return _rows(header, modalities, months, measure, start, faults)


def _measure(header: Header) -> str | None:
    """What the table is of, from the words above it and the file's name; None for days to the report."""
    above = " ".join(words(cell) for row in header.sheet.rows[: header.row] for cell in row)
    said = plain(f"{above} {Path(header.sheet.file).stem}")
    if "requesttotest" in said or ("median" in said and "request" in said and "report" not in said):
        return DAYS
    if "testtoreport" in said or ("median" in said and "report" in said):
        return None
    return TESTS


def _start(header: Header) -> int | None:
    """The year in whose April the table starts."""
    above = " ".join(words(cell) for row in header.sheet.rows[: header.row] for cell in row)
    for text in (above, Path(header.sheet.file).stem):
        for found in _YEAR.finditer(text):
            if financial_year(int(found[1]))[5:] == found[2]:
                return int(found[1])
        if named := _FROM.search(text):
            return int(named[1])
    return None


def _rows(
    header: Header,
    modalities: Mapping[str, str],
    months: Sequence[str],
    measure: str,
    start: int,
    faults: list[Fault],
) -> Imaging | None:
    """The rows of a table, a row by month."""
    before, sheet, columns = len(faults), header.sheet, header.columns
    periods = {name: month_label(start * 12 + _APRIL + _IN_YEAR.index(name)) for name in months}
    found: dict[tuple[str, str, str], float] = {}
    first: dict[tuple[str, str], int] = {}
    unknown: dict[str, int] = {}
    again: list[tuple[int, str]] = []
    dropped = 0
    for at in range(header.row + 1, len(sheet.rows)):
        row = sheet.rows[at]
        if len([cell for cell in row if words(cell)]) <= 2:
            continue  # a blank, or a remark below the table
        if len(row) <= max(columns.values()):
            faults.append(sheet.fault(at, len(row) - 1, "the row is shorter than the header: cut off here?"))
            continue
        code = words(row[columns["provider"]]).upper()
        if not is_code(code):
            dropped += 1
            continue
        raw = words(row[columns["modality"]])
        kind = modalities.get(plain(raw))
        if kind is None:
            hint = nearest(plain(raw), modalities)
            if hint and raw:
                faults.append(sheet.fault(at, columns["modality"], f"'{raw}' is no modality{hint}"))
            unknown[raw] = unknown.get(raw, 0) + 1
            continue
        if (code, kind) in first:
            again.append((at, f"{code}, {raw} stands here again, first in row {first[code, kind] + 1}"))
            continue
        first[code, kind] = at
        for name, period in periods.items():
            value = number(row[columns[name]])
            if value is None or value < 0:
                what = (
                    f"'{words(row[columns[name]])}' is no number of {'tests' if measure == TESTS else 'days'}"
                )
                faults.append(sheet.fault(at, columns[name], what))
            else:
                found[period, code, kind] = value
    for at, what in again[:1]:
        faults.append(
            sheet.fault(at, columns["provider"], f"{what}{of_many(len(again), 'rows')}: once is right")
        )
    if not found and len(faults) == before:
        faults.append(sheet.fault(header.row, 0, "no row of a provider stands below"))
    if len(faults) > before:
        return None
    notes = [f"{dropped:,} rows of England or without a code dropped"] if dropped else []
    notes += [
        f"'{name}': {count:,} rows of a modality not known here left out" for name, count in unknown.items()
    ]
    rows = pd.DataFrame([(*key, value) for key, value in found.items()], columns=[*KEYS, "value"])
    # The columns of months still to come are blank throughout: they are no return.
    some = rows.groupby("period").value.transform(lambda x: x.notna().any())
    blank = sorted(set(rows[~some].period))
    notes += (
        [f"{listed(blank, 12)}: no provider has a figure, so that the months are left out"] if blank else []
    )
    named = tuple(f"{sheet.file}: {note}" for note in notes)
    return Imaging(sheet.file, measure, rows[some.astype(bool)].reset_index(drop=True), named)


def together(tables: Sequence[Imaging]) -> tuple[pd.DataFrame, list[str]]:
    """Tests and days side by side; of two tables of the same measure and month the one named last holds.

    Parameters
    ----------
    tables
        What the files hold, in the order given.

    Returns
    -------
    rows
        `KEYS`, `TESTS`, `DAYS` and `file`.
    notes
        Which file held.
    """
    notes: list[str] = []
    holds: dict[tuple[str, str], Imaging] = {}
    for table in tables:
        for period in sorted(set(table.rows.period)):
            before = holds.get((table.measure, period))
            if before is not None:
                what = f"{period} stands in {Path(before.file).name} too"
                notes.append(f"{what}: {Path(table.file).name} holds, named last")
            holds[table.measure, period] = table
    values: dict[tuple[str, str, str], dict[str, float | str]] = {}
    for (measure, period), table in holds.items():
        rows = table.rows[table.rows.period == period]
        for key in rows[[*KEYS, "value"]].itertuples(index=False):
            cell = values.setdefault((str(key[0]), str(key[1]), str(key[2])), {TESTS: np.nan, DAYS: np.nan})
            cell[measure] = float(str(key[3]))
            cell.setdefault("file", Path(table.file).name)
    return pd.DataFrame(
        [(*key, cell[TESTS], cell[DAYS], cell["file"]) for key, cell in values.items()],
        columns=[*KEYS, TESTS, DAYS, "file"],
    ), notes
