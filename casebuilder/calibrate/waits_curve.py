"""Calm years: share over six weeks and cover of trusts before the pandemic, which cases' lists name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from casebuilder.calibrate.share_months import TESTS
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables

PANDEMIC = "2020-03"
CALM_YEARS_END = "2019-04"
LEAST = 20  # tests and patients below which a month's share is noise
PARTIAL = 0.7  # a calm month with less of a trust's usual tests is a partial return: its cover is no cover


def read_months(folder: Path) -> pd.DataFrame:
    """The shipped months of trusts and tests, fit to be used.

    Parameters
    ----------
    folder
        Holds the shipped DM01 tables.

    Returns
    -------
    pandas.DataFrame
        One row a trust, test and month: `system`, `provider`, `test`, `number` (of the month),
        `period`, `list`, `over` (people), `tests`, `weekly` (tests a week), `pandemic`.
    """
    tables = read_fitted_tables(folder).tables
    own = pd.read_csv(folder / tables.waits_systems.file)
    others = pd.read_csv(folder / tables.waits_others.file)
    months = pd.concat([own, others.assign(icb="other")], ignore_index=True)
    months = months[months.test.isin(TESTS)]
    days = pd.to_datetime(months.period).dt.days_in_month
    months = pd.DataFrame(
        {
            "system": months.icb,
            "provider": months.provider_code,
            "test": months.test.map(TESTS),
            "period": months.period,
            "number": months.period.str[:4].astype(int) * 12 + months.period.str[5:].astype(int),
            "list": months.total_wl.astype(float),
            "over": months.wl_6plus.astype(float),
            "tests": months.act_waiting_list.astype(float),
            "weekly": months.act_waiting_list * 7 / days,
        }
    )
    months["pandemic"] = months.period >= PANDEMIC
    keys = pd.MultiIndex.from_frame(months[["provider", "test"]])
    usual = months[~months.pandemic].groupby(["provider", "test"]).weekly.median().reindex(keys).to_numpy()
    partial = ~months.pandemic & (months.weekly < PARTIAL * usual)
    months = months[(months.tests >= LEAST) & (months["list"] >= LEAST) & ~partial].copy()
    return months.sort_values(["test", "provider", "number"], ignore_index=True)


def calm_years(months: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """`calm_share` and `calm_cover` (weeks): list-weighted, in the years before the pandemic, by group."""
    sums = months[months.period < CALM_YEARS_END].groupby(by)[["over", "list", "weekly"]].sum()
    return pd.DataFrame(
        {"calm_share": sums["over"] / sums["list"], "calm_cover": sums["list"] / sums["weekly"]}
    )
