"""DM01 as arrays by place, test and month, and the season that its activity is freed of."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casebuilder.calibrate.share_months import CALM_YEARS, LATER_TESTS, TESTS
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables

Array = NDArray[np.float64]

NO_SYSTEM = "X24"  # NHS England's own commissioning
EARLIER = ("2017-04", "2020-02")  # before the pandemic, with half of England's providers
WEEKS_IN_MONTH = 365.25 / 12 / 7
USUAL_WORKING_DAYS = 21.074  # of a month, as in `demand.usual_working_days`
FULL_RETURN = 1 / 3  # of usual activity, below which a month was not returned in full


@dataclass(frozen=True)
class Months:
    """What places returned, NaN where they returned nothing.

    Attributes
    ----------
    places, tests, months
        Codes, ids and labels (2024-03), the axes of the arrays.
    waiting, over
        People on the list at the end of the month, and of them over six weeks.
    done
        Tests from the list in a usual month of that pace: the month's tests ÷ `season`. NaN where a month
        was not returned in full.
    season
        Working days of each month ÷ those of a usual one.
    """

    places: tuple[str, ...]
    tests: tuple[str, ...]
    months: tuple[str, ...]
    waiting: Array
    over: Array
    done: Array
    season: Array

    def at(self, month: str) -> int:
        """Where a month stands."""
        return self.months.index(month)

    def of(self, tests: tuple[str, ...]) -> Months:
        """Some tests only, in their order."""
        where = [self.tests.index(test) for test in tests]
        arrays = {name: getattr(self, name)[:, where] for name in ("waiting", "over", "done")}
        return Months(self.places, tests, self.months, season=self.season, **arrays)

    def some(self, where: NDArray[np.intp]) -> Months:
        """Some places only, by their number."""
        arrays = {name: getattr(self, name)[where] for name in ("waiting", "over", "done")}
        return Months(
            tuple(self.places[at] for at in where), self.tests, self.months, season=self.season, **arrays
        )

    def until(self, month: str) -> Months:
        """The months up to one, that one among them."""
        last = self.at(month) + 1
        arrays = {name: getattr(self, name)[:, :, :last] for name in ("waiting", "over", "done")}
        return Months(self.places, self.tests, self.months[:last], season=self.season[:last], **arrays)


def read_systems(folder: Path) -> Months:
    """England's 42 systems, April 2023 to March 2025.

    Raises
    ------
    OSError
        The table is not in the folder.
    """
    rows = pd.read_csv(folder / read_fitted_tables(folder).tables.waits_boards_later.file)
    rows = rows[rows.icb != NO_SYSTEM].assign(place=rows.icb)
    return arranged(rows.assign(test=rows.test.map(LATER_TESTS)).dropna(subset="test"), folder)


def read_providers(folder: Path) -> Months:
    """All providers, April 2023 to March 2025; those that merged are one throughout.

    Raises
    ------
    OSError
        The table is not in the folder.
    """
    given = read_fitted_tables(folder)
    rows = pd.read_csv(folder / given.tables.waits_providers_later.file)
    into = {old: merger.into for old, merger in given.merged.items()}
    rows = rows.assign(place=rows.provider.replace(into), test=rows.test.map(LATER_TESTS))
    return arranged(rows.dropna(subset="test"), folder)


def read_earlier(folder: Path) -> Months:
    """Providers of three systems and half of the others, April 2017 to February 2020.

    Raises
    ------
    OSError
        A table is not in the folder.
    """
    given = read_fitted_tables(folder)
    files = (given.tables.waits_systems.file, given.tables.waits_others.file)
    rows = earlier_rows(pd.concat([pd.read_csv(folder / file) for file in files]))
    into = {old: merger.into for old, merger in given.merged.items() if merger.first_month <= EARLIER[1]}
    rows = rows[(rows.month >= EARLIER[0]) & (rows.month <= EARLIER[1])]
    return arranged(rows.assign(place=rows.provider_code.replace(into)), folder)


def read_england_calm(folder: Path) -> Months:
    """England, September 2012 to February 2020.

    Raises
    ------
    OSError
        The table is not in the folder.
    """
    rows = earlier_rows(pd.read_csv(folder / read_fitted_tables(folder).tables.waits_england.file))
    return arranged(rows[rows.month <= CALM_YEARS[1]].assign(place="england"), folder)


def earlier_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the earlier layout under the names of the later one."""
    named = rows.rename(
        columns={
            "period": "month",
            "total_wl": "waiting_list",
            "wl_6plus": "over_6_weeks",
            "act_waiting_list": "waiting_list_activity",
        }
    )
    return named.assign(test=named.test.map(TESTS)).dropna(subset="test")


def arranged(rows: pd.DataFrame, folder: Path) -> Months:
    """Rows as arrays; those of one place, test and month are added up."""
    keys = ["place", "test", "month"]
    measures = ["waiting_list", "over_6_weeks", "waiting_list_activity"]
    cells = rows.groupby(keys)[measures].sum(min_count=1)
    months = tuple(pd.period_range(rows.month.min(), rows.month.max(), freq="M").astype(str))
    places, tests = sorted(rows.place.unique()), [t for t in TESTS.values() if t in set(rows.test)]
    full = pd.MultiIndex.from_product([places, tests, months], names=keys)
    shape = (len(places), len(tests), len(months))
    waiting, over, tested = (cells[name].reindex(full).to_numpy(float).reshape(shape) for name in measures)
    season = season_of(months, folder)
    return Months(tuple(places), tuple(tests), months, waiting, over, returned(tested / season), season)


def returned(done: Array) -> Array:
    """Activity, without months that were not returned in full, told from the twelve months up to each."""
    found = np.full_like(done, np.nan)
    for at in range(done.shape[-1]):
        usual = median(done[..., max(0, at - 11) : at + 1])
        now = done[..., at]
        found[..., at] = np.where((now > 0) & (now >= FULL_RETURN * usual), now, np.nan)
    return found


def median(x: Array) -> Array:
    """The median over the last axis of what is there; NaN where nothing is."""
    kept = np.where(np.isnan(x).all(axis=-1, keepdims=True), 0, x)
    return np.where(np.isnan(x).all(axis=-1), np.nan, np.nanmedian(kept, axis=-1))


def season_of(months: tuple[str, ...], folder: Path) -> Array:
    """Working days of months ÷ a usual month's; before the table begins bank holidays are usual ones."""
    table = pd.read_csv(folder / "working_days.csv").set_index("month")
    holidays = table.bank_holidays.groupby(table.index.str[5:]).mean()
    starts = np.array(months, dtype="datetime64[M]")
    weekdays = np.busday_count(starts.astype("datetime64[D]"), (starts + 1).astype("datetime64[D]"))
    known = table.working_days.reindex(months).to_numpy(float)
    reckoned = weekdays - holidays.reindex([month[5:] for month in months]).to_numpy(float)
    return np.asarray(np.where(np.isnan(known), reckoned, known) / USUAL_WORKING_DAYS)
