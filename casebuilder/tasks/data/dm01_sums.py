"""What must add up in a published DM01: bands to lists, tests to totals, one sheet to the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import pandas as pd

from casebuilder.errors import Fault
from casebuilder.inputs.files.once import of_many
from casebuilder.inputs.files.scalars import bare
from casebuilder.tasks.data.header import Header
from casebuilder.tasks.data.sheets import number, words
from casebuilder.tasks.dm01.long import ACTIVITY, BANDS

# The first band of those who count as over so many weeks.
FROM = {"over_6_weeks": 6, "over_13_weeks": 13}
# Pseudo-tests and pseudo-providers, which add up the others.
TOTALS = frozenset({"total", "all", "all_tests", "all_diagnostic_tests", "england", "national"})
_CODE = re.compile(r"[A-Z0-9]{3,8}")
_KEYS = ["month", "provider", "commissioner", "test"]


@cache
def is_total(text: str) -> bool:
    """Whether a text stands for a pseudo-test or a pseudo-provider."""
    return bare(text) in TOTALS


@cache
def is_code(text: str) -> bool:
    """Whether a text is the code of a provider, as RBL or NT455."""
    return bool(_CODE.fullmatch(text)) and not is_total(text)


def stands_once(frame: pd.DataFrame, header: Header) -> Iterator[Fault]:
    """A fault where a provider, commissioner, test and month stand twice, at the second of them.

    Parameters
    ----------
    frame
        The rows as read, with `row`, the row of the sheet from 0.
    header
        The header they stand under.
    """
    again = frame[frame.duplicated(_KEYS)]
    if again.empty:
        return
    month, provider, commissioner, test = (str(x) for x in again[_KEYS].iloc[0])
    same = (frame.month == month) & (frame.provider == provider) & (frame.test == test)
    rows = frame[same & (frame.commissioner == commissioner)].row.tolist()
    what = f"{provider}, {test or 'all tests'}, {month} stands here again, first in row {rows[0] + 1}"
    at = header.columns["provider"]
    yield header.sheet.fault(rows[1], at, f"{what}{of_many(len(again), 'rows')}: once is right")


def bands_add_up(frame: pd.DataFrame, header: Header) -> Iterator[Fault]:
    """A fault where the bands do not add up to the list or to those over six and thirteen weeks.

    A sum with a blank is not looked at. Activity is held to its total where the file has one.

    Parameters
    ----------
    frame, header
        As for `stands_once`.
    """
    sums = [("waiting_list", BANDS), *((name, BANDS[first:]) for name, first in FROM.items())]
    if "total_activity" in frame:
        sums.append(("total_activity", ACTIVITY))
    rows, providers, tests = (frame[name].tolist() for name in ("row", "provider", "test"))
    for name, parts in sums:
        added = frame[list(parts)].sum(axis=1, skipna=False).to_numpy(float)
        given = frame[name].to_numpy(float)
        wrong = np.flatnonzero(~np.isnan(added) & ~np.isnan(given) & (added != given)).tolist()
        if not wrong:
            continue
        first = wrong[0]
        of = "tests of the three kinds" if name == "total_activity" else "bands of weeks"
        what = f"{providers[first]}, {tests[first] or 'all tests'}: the {of} add up to {added[first]:,.0f}"
        at = header.columns.get(name, header.columns["waiting_list"])
        said = f"{what}, and {given[first]:,.0f} stands here{of_many(len(wrong), 'rows')}"
        yield header.sheet.fault(rows[first], at, said)


def tests_add_up(frame: pd.DataFrame, header: Header) -> Iterator[Fault]:
    """A fault where the pseudo-test of a provider is not the sum of its tests: rows are missing.

    Parameters
    ----------
    frame, header
        As for `stands_once`; the pseudo-test has no id.
    """
    by = _KEYS[:3]
    tests, totals = frame[frame.test != ""], frame[frame.test == ""]
    if totals.empty:
        return
    added = tests.groupby(by).waiting_list.sum()
    blank = tests.waiting_list.isna().groupby([tests[key] for key in by]).any()
    given = totals.set_index(by).waiting_list
    found = added.reindex(given.index).fillna(0).mask(blank.reindex(given.index, fill_value=False))
    wrong = np.flatnonzero((found != given) & found.notna() & given.notna()).tolist()
    if wrong:
        first = wrong[0]
        provider = str(totals.provider.iloc[first])
        what = f"{provider}: all tests together have {given.iloc[first]:,.0f} on the list, its tests"
        said = f"{what} {found.iloc[first]:,.0f}{of_many(len(wrong), 'rows')}: rows are missing or wrong"
        yield header.sheet.fault(int(totals.row.iloc[first]), header.columns["waiting_list"], said)


def agrees_with_totals(rows: pd.DataFrame, totals: Header, header: Header) -> Iterator[Fault]:
    """A fault where the sheet of all tests together has another list for a provider: rows are missing.

    Parameters
    ----------
    rows
        The rows of the sheet by provider and test.
    totals, header
        The headers of the two sheets.
    """
    blank = set(rows[rows.waiting_list.isna()].provider)
    added = rows.groupby("provider").waiting_list.sum()
    code_at, list_at = totals.columns["provider"], totals.columns["waiting_list"]
    for at in range(totals.row + 1, len(totals.sheet.rows)):
        row = totals.sheet.rows[at]
        code = words(row[code_at]).upper() if len(row) > code_at else ""
        given = number(row[list_at]) if len(row) > list_at else None
        if code not in added.index or code in blank or given is None or np.isnan(given):
            # A provider without a row by test returned nothing but noughts.
            if given and code not in added.index and is_code(code):
                what = f"{code} has {given:,.0f} on its list and no row in {header.sheet.shown}"
                yield totals.sheet.fault(at, list_at, f"{what}: rows are missing")
                return
            continue
        if added[code] != given:
            what = f"{code} has {given:,.0f} on its list, and {added[code]:,.0f} in {header.sheet.shown}"
            yield totals.sheet.fault(at, list_at, f"{what}: rows are missing or wrong")
            return
