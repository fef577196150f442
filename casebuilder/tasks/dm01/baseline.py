"""The baseline of a case from DM01: by trust and test the means of twelve months, the list at their end.

The rows are those of `data/lists.csv` of a case. A month that was not returned is out of the means; what is
left out, and what was taken from where, is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.inputs.dm01.mergers import heirs, read_mergers
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.files.scalars import bare, listed
from casebuilder.inputs.files.tables import numbers, table_text
from casebuilder.inputs.in_memory import months_before
from casebuilder.inputs.shape.calendar import month_number
from casebuilder.inputs.shape.fitted_tables import Merger, read_fitted_tables
from casebuilder.resources import resource
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.dm01.observed import Array

RULES = "dm01_rules.csv"
USUAL_LEAST = "usual_least"
YEAR = 12
ACTIVITY = ("waiting_list_activity", "planned", "unscheduled")
MEASURES = ("waiting_list", "over_6_weeks", "weeks_00", *ACTIVITY)
# The columns of the case's table, in its order.
COLUMNS = (
    "list_activity",
    "list_change",
    "planned",
    "unscheduled",
    "list",
    "over_six_weeks",
    "mean_list",
    "young_band",
)
_PLACES = 4
# Where the measures of activity begin.
_DONE = MEASURES.index(ACTIVITY[0])


@dataclass(frozen=True)
class Baseline:
    """The baseline of some trusts and tests.

    Attributes
    ----------
    months
        The twelve months, the last of them the one at whose end the lists stand.
    rows
        By trust (the id of a member, as `rbl`) and test the numbers of `COLUMNS`: tests a month, lists in
        people, the change in people a month.
    notes
        What was left out, and what was taken from where.
    """

    months: tuple[str, ...]
    rows: Mapping[tuple[str, str], Mapping[str, float]]
    notes: tuple[str, ...] = ()

    @property
    def pairs(self) -> dict[str, list[str]]:
        """The tests of each trust that has any."""
        found: dict[str, list[str]] = {}
        for provider, test in self.rows:
            found.setdefault(provider, []).append(test)
        return found

    @property
    def text(self) -> str:
        """The table as `data/lists.csv` holds it."""
        rows = ((*key, *(shown_number(row[column]) for column in COLUMNS)) for key, row in self.rows.items())
        return table_text(("provider", "test", *COLUMNS), rows)


def shipped_rows() -> pd.DataFrame:
    """DM01 of every provider as it ships: a row by month, provider and test.

    Raises
    ------
    InputError
        A table of the reference set is at fault.
    """
    folder = _data()
    rows = pd.read_csv(folder / read_fitted_tables(folder).tables.waits_providers_later.file)
    tests = read_names(folder).tests
    return rows.assign(test=[tests[bare(test)] for test in rows.test])


@dataclass
class _Said:
    """Notes as they are gathered: what is said of a trust, and the tests it is said of."""

    tests: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    alone: list[str] = field(default_factory=list)

    def of(self, code: str, test: str, what: str) -> None:
        self.tests.setdefault((code, what), []).append(test)

    @property
    def notes(self) -> tuple[str, ...]:
        grouped = [f"{code}, {listed(tests, 20)}: {what}" for (code, what), tests in self.tests.items()]
        return (*self.alone, *grouped)


def baseline(
    rows: pd.DataFrame,
    providers: Sequence[str],
    tests: Sequence[str],
    last_month: str | None = None,
    mergers: Mapping[str, Merger] | None = None,
) -> Baseline:
    """The table of a case's lists from months of DM01.

    Parameters
    ----------
    rows
        `month`, `provider`, `test` and the columns of `MEASURES`; NaN where nothing was returned. A provider,
        test and month stand once. The rows of `shipped_rows()`, or a case's own `data/dm01.csv`.
    providers
        Codes of the trusts, as `RBL` or `rbl`; the rows of one that merged into another are added to it,
        unless both are named.
    tests
        Ids of tests, as `echocardiography`.
    last_month
        The last month of the twelve, as `2025-03`; by default the last in which any of the trusts returned.
    mergers
        What joined what; by default the tables that ship.

    Returns
    -------
    Baseline
        A trust's test that did nothing in the twelve months has no row.
    """
    mergers = read_mergers(_data()) if mergers is None else mergers
    codes = {provider_id(code): code.upper() for code in providers}
    into = heirs(mergers, codes.values())
    said = _Said()
    ours = rows.provider.isin(codes.values()) | rows.provider.map(into).isin(codes.values())
    mine = rows[ours & rows.test.isin(tests)]
    if mine.empty:
        return Baseline((), {}, (f"DM01 has none of these trusts and tests: {listed(codes.values(), 20)}",))
    last = last_month or str(mine.month.max())
    months = months_before(last, YEAR)
    window = months_before(last, YEAR + 1)
    returned = _returned(mine[mine.month.isin(window)], window)
    least = numbers(_data() / RULES, ("what",), ("value",))[USUAL_LEAST,][0]
    found: dict[tuple[str, str], Mapping[str, float]] = {}
    for member, code in codes.items():
        there = [one for one in (code, *(gone for gone in into if into[gone] == code)) if one in returned]
        for gone in there:
            if gone != code:
                said.alone.append(f"{gone} {_joined(mergers[gone])}: its months are added to {code}'s")
        if not there:
            gone_to = f": it {_joined(mergers[code])}" if code in mergers else ""
            said.alone.append(
                f"{code} returned none of these tests from {months[0]} to {last}{gone_to}; left out"
            )
            continue
        for test in tests:
            parts = {one: returned[one][test] for one in there if test in returned[one]}
            if not parts:
                said.of(code, test, f"no return from {months[0]} to {last}; no row")
                continue
            parts = {one: _without_noughts(x, window, least, (one, test), said) for one, x in parts.items()}
            row = _row(_together(parts, window, mergers, (code, test), said), window, (code, test), said)
            if row is not None:
                found[member, test] = row
    return Baseline(months, found, said.notes)


def _joined(merger: Merger) -> str:
    return f"joined {merger.into} in {merger.first_month}"


def _returned(rows: pd.DataFrame, window: Sequence[str]) -> dict[str, dict[str, Array]]:
    """By provider and test the measures (rows, in their order) by month (columns); NaN without a return."""
    where = {month: i for i, month in enumerate(window)}
    found: dict[str, dict[str, Array]] = {}
    for (provider, test), group in rows.groupby(["provider", "test"], sort=False):
        cells = np.full((len(MEASURES), len(window)), np.nan)
        cells[:, [where[month] for month in group.month]] = group[list(MEASURES)].to_numpy(float).T
        found.setdefault(str(provider), {})[str(test)] = cells
    return found


def _without_noughts(
    cells: Array, window: Sequence[str], least: float, of: tuple[str, str], said: _Said
) -> Array:
    """The measures without noughts of activity that stand for no return, and with blanks named."""
    months = np.array(window)
    waiting, every = cells[0], cells[_DONE:].sum(axis=0)
    given = every[1:][~np.isnan(every[1:])]
    usual = float(np.median(given)) if given.size else 0.0
    nought = (every == 0) & (waiting > 0) & (usual >= least)
    blank = np.isnan(every) & ~np.isnan(waiting)
    for which, what in ((nought, "a list and no test"), (blank, "a list and a blank for tests")):
        if which[1:].any():
            said.of(*of, f"{what} in {_in_words(months[1:][which[1:]])}: not returned, out of the means")
    found = cells.copy()
    found[_DONE:, nought | blank] = np.nan
    return found


def _together(
    parts: Mapping[str, Array],
    window: Sequence[str],
    mergers: Mapping[str, Merger],
    of: tuple[str, str],
    said: _Said,
) -> dict[str, Array]:
    """What a trust and those that joined it returned of a test, by measure and month.

    A month in which one of them returned and another, begun and not yet merged, did not is NaN.
    """
    every = np.array(list(parts.values()))
    # A part that returned its list and not a measure leaves the whole without that measure.
    lacking = (np.isnan(every) & ~np.isnan(every[:, :1])).any(axis=0) | np.isnan(every).all(axis=0)
    total = np.where(lacking, np.nan, np.nansum(every, axis=0))
    months = np.array(window)
    lists = {code: ~np.isnan(part[0]) for code, part in parts.items()}
    some = np.any(list(lists.values()), axis=0)
    ends = [mergers[code].first_month for code in parts if code != of[0]]
    for code, there in lists.items():
        end = mergers[code].first_month if code != of[0] else min(ends, default="")
        alone = some & ~there & np.logical_or.accumulate(there) & (months < end)
        if alone.any():
            said.of(
                *of, f"{_in_words(months[alone])} out of the means: {code} returned nothing, those joined did"
            )
            total[:, alone] = np.nan
    return dict(zip(MEASURES, total, strict=True))


def _row(
    measured: dict[str, Array], window: Sequence[str], of: tuple[str, str], said: _Said
) -> dict[str, float] | None:
    """One row of the table; None, and said, where the twelve months hold nothing."""
    months = np.array(window)
    waiting = measured["waiting_list"]
    lacking = np.isnan(waiting)
    if lacking[1:].any():
        said.of(*of, f"no return for {_in_words(months[1:][lacking[1:]])}: out of the means")
    done = np.array([measured[name] for name in ACTIVITY])
    means = {name: _mean(x[1:]) for name, x in zip(ACTIVITY, done, strict=True)}
    if not sum(means.values()) > 0:
        what = "nothing returned" if np.isnan(sum(means.values())) else "no test done"
        said.of(*of, f"{what} from {window[1]} to {window[-1]}; no row")
        return None
    there = np.flatnonzero(~lacking)
    start, end = int(there[0]), int(there[-1])
    if end != len(window) - 1:
        said.of(*of, f"no list at the end of {window[-1]}: that of {window[end]} is taken")
    if start != 0:
        said.of(*of, f"no list at the end of {window[0]}: the change is taken from {window[start]} on")
    for name, what in (("weeks_00", "list under a week"), ("over_6_weeks", "list over six weeks")):
        if np.isnan(measured[name][1:]).all() or (name != "weeks_00" and np.isnan(measured[name][end])):
            said.of(*of, f"no {what} is given; no row")
            return None
    steps = month_number(window[end]) - month_number(window[start])
    return {
        "list_activity": means["waiting_list_activity"],
        "list_change": (waiting[end] - waiting[start]) / steps if steps else 0.0,
        "planned": means["planned"],
        "unscheduled": means["unscheduled"],
        "list": waiting[end],
        "over_six_weeks": measured["over_6_weeks"][end],
        "mean_list": _mean(waiting[1:]),
        "young_band": _mean(measured["weeks_00"][1:]),
    }


def _mean(x: Array) -> float:
    """The mean of the months that were returned; NaN where none was."""
    return float(np.nanmean(x)) if not np.isnan(x).all() else float("nan")


def _in_words(months: Array | Sequence[str]) -> str:
    return listed([str(month) for month in months], YEAR)


def shown_number(number: float) -> str:
    """A number with at most four decimals and none that say nothing."""
    text = f"{number:.{_PLACES}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _data() -> Path:
    return resource("assumptions/reference/data")
