"""DM01 as published by provider: the monthly workbook and the monthly CSV, in the layouts since 2017."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.errors import Fault
from casebuilder.inputs.dm01.headings import Headings
from casebuilder.inputs.dm01.names import Names
from casebuilder.inputs.files.scalars import bare, listed, nearest
from casebuilder.inputs.start.tests import read_tests
from casebuilder.tasks.data.dm01_sums import (
    FROM,
    agrees_with_totals,
    bands_add_up,
    is_code,
    is_total,
    stands_once,
    tests_add_up,
)
from casebuilder.tasks.data.header import Header, find_header, require
from casebuilder.tasks.data.sheets import Cell, Sheet, day_in, month_in, number, words
from casebuilder.tasks.data.workbook import read_sheets
from casebuilder.tasks.dm01.long import ACTIVITY, BANDS, COUNTS, LONG
from casebuilder.tasks.dm01.observed import Array

_WANTED = ("provider", "test", "waiting_list", *BANDS, *ACTIVITY)


@dataclass(frozen=True)
class Returns:
    """What one file holds.

    Attributes
    ----------
    file
        The file as it is shown.
    dated
        The day it was revised or published, where it says so.
    rows
        The columns of `LONG`; NaN where a cell is blank or kept back.
    notes
        What was dropped.
    """

    file: str
    dated: date | None
    rows: pd.DataFrame
    notes: tuple[str, ...] = field(default=())

    @property
    def months(self) -> tuple[str, ...]:
        """The months that it has."""
        return tuple(sorted(self.rows.month.unique()))


def read_returns(path: Path, names: Names, headings: Headings, faults: list[Fault]) -> list[Returns]:
    """What a file holds; nothing, with its faults noted, where it is no DM01 by provider and test.

    Parameters
    ----------
    path
        A workbook, a CSV, or a .zip of them.
    names
        How tests are called.
    headings
        How columns are called.
    faults
        Takes what is wrong, by file, row and column; a message names sheet and cell.
    """
    before = len(faults)
    sheets = read_sheets(path, faults)
    by_file: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        by_file.setdefault(sheet.file, []).append(sheet)
    if not sheets and len(faults) == before:
        faults.append(Fault(str(path), 1, 1, "the workbook has no sheet"))
    return [
        found for file in by_file.values() if (found := _of_file(file, names, headings, faults)) is not None
    ]


def _of_file(
    sheets: Sequence[Sheet], names: Names, headings: Headings, faults: list[Fault]
) -> Returns | None:
    """The sheet by provider and test of one file, checked against that of all tests together."""
    before = len(faults)
    headers = [header for sheet in sheets if (header := find_header(sheet, headings, faults)) is not None]
    if len(faults) > before:
        return None
    by_test = [header for header in headers if {"provider", "test"} <= set(header.columns)]
    if not by_test:
        near = [header for header in headers if len(header.columns) > len(BANDS)]
        faults.append(_no_sheet(sheets, near))
        return None
    if len(by_test) > 1:
        both = listed(header.sheet.shown for header in by_test)
        faults.append(by_test[1].sheet.fault(by_test[1].row, 0, f"two sheets by provider and test: {both}"))
        return None
    header = by_test[0]
    if not require(header, _WANTED, headings, faults):
        return None
    returns = _Reader(header, names, faults).read()
    totals = [each for each in headers if "provider" in each.columns and "test" not in each.columns]
    if returns is not None and totals and "waiting_list" in totals[0].columns:
        faults += agrees_with_totals(returns.rows, totals[0], header)
    return returns if len(faults) == before else None


def _no_sheet(sheets: Sequence[Sheet], near: Sequence[Header]) -> Fault:
    """What is said of a file without a sheet by provider and test."""
    named = listed((sheet.name for sheet in sheets if sheet.name), 8)
    there = f"; its sheets are {named}" if named else ""
    right = "a sheet 'Provider by Test', or the CSV of the full extract, is expected"
    if near and "commissioner" in near[0].columns:
        return near[0].sheet.fault(near[0].row, 0, f"this is DM01 by commissioner: {right}{there}")
    if near and "provider" in near[0].columns:
        what = f"{near[0].sheet.shown} has all tests together: {right}{there}"
        return near[0].sheet.fault(near[0].row, 0, what)
    if near:
        return near[0].sheet.fault(near[0].row, 0, f"no column of provider codes here: {right}{there}")
    if not any(words(cell) for sheet in sheets for row in sheet.rows for cell in row):
        return Fault(sheets[0].file, 1, 1, f"the file holds no cell with anything in it: {right}")
    return Fault(sheets[0].file, 1, 1, f"no DM01 by provider: {right}{there}")


class _Reader:
    """The rows below one header."""

    def __init__(self, header: Header, names: Names, faults: list[Fault]) -> None:
        """Take the sheet apart into rows that hold something and what they are."""
        self.header, self.sheet, self.names, self.faults = header, header.sheet, names, faults
        self.notes: list[str] = []
        self.unknown: dict[str, int] = {}
        self.dropped = 0

    def read(self) -> Returns | None:
        """The rows, checked; None where any is at fault."""
        before = len(self.faults)
        month = self._month()
        kept = self._kept(month)
        if not kept and len(self.faults) == before:
            self.faults.append(
                self.sheet.fault(self.header.row, 0, "no row of a provider and test stands below")
            )
        if len(self.faults) > before:
            return None
        frame = pd.DataFrame(kept, columns=["row", "month", "region", "provider", "commissioner", "test"])
        for name in (*COUNTS, "total_activity"):
            if name in self.header.columns:
                frame[name] = self._numbers(name, frame.row.tolist())
        for name, first in FROM.items():
            added = frame[list(BANDS[first:])].sum(axis=1, skipna=False)
            frame[name] = frame[name].fillna(added) if name in frame else added
        if len(self.faults) > before:
            return None
        self.faults += [
            *stands_once(frame, self.header),
            *bands_add_up(frame, self.header),
            *(tests_add_up(frame, self.header) if not self.unknown else ()),
        ]
        self.dropped += int((frame.test == "").sum())
        if len(self.faults) > before:
            return None
        rows = _added_up(frame[frame.test != ""])
        for test, count in self.unknown.items():
            self.notes.append(f"'{test}' is no test of DM01 that is known here: {count:,} rows left out")
        if self.dropped:
            self.notes.append(f"{self.dropped:,} rows of totals dropped: they add up the others")
        file = self.sheet.file
        said = tuple(f"{file}: {note}" for note in self.notes)
        return Returns(file, self._dated(), rows[list(LONG)], said)

    def _month(self) -> str | None:
        """The month of the whole sheet, from its preamble or the file's name; None where rows have one."""
        if "month" in self.header.columns:
            return None
        given = self.header.preamble.get("period")
        inside = month_in(given) if given is not None else None
        named = month_in(Path(self.sheet.file).stem.replace("-", " "))
        if inside is None and given is not None:
            where = next(
                (i, j)
                for i, row in enumerate(self.sheet.rows[: self.header.row])
                for j, cell in enumerate(row)
                if cell is given
            )
            self.faults.append(
                self.sheet.fault(*where, f"'{words(given)}' is no month: write it as March 2025")
            )
        elif inside is None and named is None:
            what = "no 'Period:' with a month above the header, and none in the file's name"
            self.faults.append(self.sheet.fault(self.header.row, 0, what))
        elif inside is not None and named is not None and inside != named:
            self.notes.append(f"the file is called {named} and says {inside}: {inside} is taken")
        return inside or named

    def _dated(self) -> date | None:
        """The day of the last revision, else of publication."""
        preamble = self.header.preamble
        return day_in(preamble.get("revised")) or day_in(preamble.get("published"))

    def _kept(self, whole: str | None) -> list[tuple[int, str, str, str, str, str]]:
        """Rows of providers and tests: row, month, region, provider, commissioner, test (none: a total)."""
        columns = self.header.columns
        months: dict[Cell, str | None] = {}
        tests: dict[Cell, str] = {}
        found: list[tuple[int, str, str, str, str, str]] = []
        width = max(columns.values()) + 1
        for at in range(self.header.row + 1, len(self.sheet.rows)):
            row = self.sheet.rows[at]
            if not any(words(cell) for cell in row):
                continue
            if len(row) < width:
                if sum(bool(words(cell)) for cell in row) <= 2:
                    continue  # a remark below the table
                what = f"{len(row)} cells where the header has {width}: the file may be cut off here"
                self.faults.append(self.sheet.fault(at, len(row) - 1, what))
                continue
            provider = words(row[columns["provider"]]).upper()
            raw = row[columns["test"]]
            if not provider or is_total(provider) or provider == "-":
                self.dropped += 1
                continue
            if not words(raw):
                if all(not words(row[columns[name]]) for name in BANDS):
                    continue  # a remark in the column of providers
                self.faults.append(
                    self.sheet.fault(at, columns["test"], f"{provider} has a row without a test")
                )
                continue
            if not is_code(provider):
                what = f"'{provider}' is no code of a provider, as RBL"
                self.faults.append(self.sheet.fault(at, columns["provider"], what))
                continue
            if raw not in tests:
                tests[raw] = self._test(at, words(raw))
            if tests[raw] == "?":
                self.unknown[words(raw)] = self.unknown.get(words(raw), 0) + 1
                continue
            month = whole
            if "month" in columns:
                cell = row[columns["month"]]
                if cell not in months:
                    months[cell] = month_in(cell)
                    if months[cell] is None:
                        what = f"'{words(cell)}' is no month, as DM01-MARCH-2025"
                        self.faults.append(self.sheet.fault(at, columns["month"], what))
                month = months[cell]
            region, payer = (
                words(row[columns[n]]) if n in columns else "" for n in ("region", "commissioner")
            )
            found.append((at, month or "", region, provider, payer, tests[raw]))
        return found

    def _test(self, at: int, name: str) -> str:
        """The test's id; nothing for a total, `?` for one that nobody knows."""
        if is_total(name):
            return ""
        known = self.names.tests.get(bare(name))
        if known is not None:
            return known
        hint = nearest(name, self.names.tests)
        if hint:
            what = f"'{name}' is no test of DM01{hint}"
            self.faults.append(self.sheet.fault(at, self.header.columns["test"], what))
        return "?"

    def _numbers(self, name: str, rows: Sequence[int]) -> Array:
        """A column of counts; NaN where blank or kept back, a fault where a cell is neither."""
        column = self.header.columns[name]
        cells = [self.sheet.rows[row][column] for row in rows]
        try:
            values = np.array([float(cell) for cell in cells if not isinstance(cell, bool)])  # type: ignore[arg-type]
            if len(values) < len(cells):
                raise ValueError
        except (TypeError, ValueError):
            values = np.array([np.nan if (x := number(cell)) is None else x for cell in cells])
            for row, cell in zip(rows, cells, strict=True):
                if number(cell) is None:
                    what = f"'{words(cell)}' is no count: a number of 0 or more is expected, or a blank"
                    self.faults.append(self.sheet.fault(row, column, what))
        wrong = (values < 0) | np.isinf(values) | (np.round(values) != values) & ~np.isnan(values)
        for place in np.flatnonzero(wrong).tolist():
            what = f"'{words(cells[place])}' is no count: a whole number of 0 or more is expected"
            self.faults.append(self.sheet.fault(rows[place], column, what))
        return values


def _added_up(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with those of all commissioners of a provider, test and month added; a blank stays blank."""
    if not frame.commissioner.any():
        return frame
    keys = ["month", "provider", "test"]
    counts = list(COUNTS)
    added = frame.groupby(keys, sort=False)[counts].sum()
    blank = frame[counts].isna().groupby([frame[key] for key in keys], sort=False).any()
    return added.mask(blank).reset_index().assign(region="")


def tests_of(names: Names, ids: Sequence[str]) -> Mapping[str, str]:
    """By a case's test the test of DM01, for those that are any: by the catalogue, else by its name.

    Parameters
    ----------
    names
        How DM01 calls tests.
    ids
        The case's tests.

    Raises
    ------
    InputError
        The catalogue of reference tests is at fault.
    """
    known = read_tests()
    called = {id: bare(known[id].dm01 if id in known else id) for id in ids}
    return {id: names.tests[name] for id, name in called.items() if name in names.tests}
