"""DM01 months of providers and of England as the rule for the share over six weeks is fitted to them.

A provider's month has holidays, late returns and spikes that the model has not, so its cover is smoothed:
the list of three months over the list tests of six. In 2020 the change of a month is what happened, so cover
is the month's own. All log odds have half a patient on either side, so that none and all have one.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casebuilder.inputs.shape.fitted_tables import Tables, read_fitted_tables

Array = NDArray[np.float64]

# Tests as the tables to 2020 and those from 2023 call them. Left out are barium enema (too few tests after
# 2018) and electrophysiology (a few patients a month).
TESTS = {
    "MRI": "mri",
    "CT": "ct",
    "NON_OBSTETRIC_ULTRASOUND": "ultrasound",
    "DEXA_SCAN": "dexa",
    "ECHOCARDIOGRAPHY": "echocardiography",
    "AUDIOLOGY_ASSESSMENTS": "audiology",
    "COLONOSCOPY": "colonoscopy",
    "CYSTOSCOPY": "cystoscopy",
    "FLEXI_SIGMOIDOSCOPY": "flexi_sigmoidoscopy",
    "GASTROSCOPY": "gastroscopy",
    "PERIPHERAL_NEUROPHYS": "peripheral_neurophysiology",
    "SLEEP_STUDIES": "sleep_studies",
    "URODYNAMICS": "urodynamics",
}
LATER_TESTS = {test: test for test in TESTS.values()} | {
    "neurophysiology": "peripheral_neurophysiology",
    "sleep": "sleep_studies",
}
CALM_YEARS = ("2018-03", "2020-02")
PANDEMIC = ("2020-03", "2020-12")  # the tables to 2020 end in September
LEAST_LIST, LEAST_TESTS = 50, 20  # people, tests a month: below, a month's share is noise
LIST_MONTHS, TESTS_MONTHS = 3, 6
HALF_A_PATIENT = 0.5
LEAST_WEEKLY = 1 / 52  # tests: a list is never divided by nothing


def read_providers(
    folder: Path, list_months: int = LIST_MONTHS, tests_months: int = TESTS_MONTHS
) -> pd.DataFrame:
    """The months of providers and tests that are fit to be used, beside England's of the same month.

    Parameters
    ----------
    folder
        Holds the shipped DM01 tables.
    list_months, tests_months
        Over how many months up to each the list and the tests of its cover are averaged.

    Returns
    -------
    pandas.DataFrame
        One row a test, provider and month of at least LEAST_LIST waiting and LEAST_TESTS tests: `system`
        (empty but for the three), `test`, `provider`, `period`, `number` (of the month), `list`, `over`
        (people), `weekly` (tests a week), `log_cover` (cover in weeks), `share`, `log_odds`; and
        `england_log_cover`, `england_log_odds`.
    """
    tables = read_fitted_tables(folder).tables
    early = [
        pd.read_csv(folder / tables.waits_systems.file),
        pd.read_csv(folder / tables.waits_others.file),
    ]
    months = pd.concat(
        [
            *(_early(of, of.provider_code, of.get("icb", "")) for of in early),
            _later(pd.read_csv(folder / tables.waits_providers_later.file)),
        ],
        ignore_index=True,
    )
    months = _with_cover(months, list_months, tests_months)
    of_england = read_england(folder, list_months, tests_months).set_index(["test", "number"])
    keys = pd.MultiIndex.from_frame(months[["test", "number"]])
    for name in ("log_cover", "log_odds"):
        months[f"england_{name}"] = of_england[name].reindex(keys).to_numpy()
    used = (months["list"] >= LEAST_LIST) & (months.tests >= LEAST_TESTS)
    return months[used].reset_index(drop=True)


def read_england(
    folder: Path, list_months: int = LIST_MONTHS, tests_months: int = TESTS_MONTHS
) -> pd.DataFrame:
    """England's months by test, with the columns of `read_providers`."""
    tables: Tables = read_fitted_tables(folder).tables
    early = pd.read_csv(folder / tables.waits_england.file)
    later = pd.read_csv(folder / tables.waits_england_later.file)
    months = [_early(early, "england"), _later(later.assign(provider="england"))]
    return _with_cover(pd.concat(months, ignore_index=True), list_months, tests_months)


def _early(of: pd.DataFrame, provider: pd.Series | str, system: pd.Series | str = "") -> pd.DataFrame:
    """Months of a table to 2020."""
    found = pd.DataFrame(
        {
            "test": of.test.map(TESTS),
            "provider": provider,
            "system": system,
            "period": of.period,
            "list": of.total_wl.astype(float),
            "over": of.wl_6plus.astype(float),
            "tests": of.act_waiting_list.astype(float),
        }
    )
    return found.dropna(subset="test")


def _later(of: pd.DataFrame) -> pd.DataFrame:
    """Months of a table from 2023 on."""
    found = pd.DataFrame(
        {
            "test": of.test.map(LATER_TESTS),
            "provider": of.provider,
            "system": "",
            "period": of.month,
            "list": of.waiting_list.astype(float),
            "over": of.over_6_weeks.astype(float),
            "tests": of.waiting_list_activity.astype(float),
        }
    )
    return found.dropna(subset="test")


def _with_cover(months: pd.DataFrame, list_months: int, tests_months: int) -> pd.DataFrame:
    """Months in order, with their number, tests a week, cover, share and log odds."""
    days = pd.to_datetime(months.period).dt.days_in_month
    number = months.period.str[:4].astype(int) * 12 + months.period.str[5:].astype(int) - 1
    months = months.assign(number=number, weekly=months.tests * 7 / days)
    months = months.sort_values(["test", "provider", "number"], ignore_index=True)
    own = months.period.between(*PANDEMIC)
    waiting = months["list"].where(own, mean_of_last(months, "list", list_months))
    weekly = months.weekly.where(own, mean_of_last(months, "weekly", tests_months))
    return months.assign(
        log_cover=np.log(np.maximum(waiting, 1.0)) - np.log(np.maximum(weekly, LEAST_WEEKLY)),
        share=months.over / months["list"].where(months["list"] > 0),
        log_odds=log_odds(months.over, months["list"]),
    )


def mean_of_last(months: pd.DataFrame, column: str, length: int) -> Array:
    """The mean of a column over the months up to each that the table has, of as many as are asked for."""
    values = months[column].set_axis(pd.MultiIndex.from_frame(months[["test", "provider", "number"]]))
    total, count = np.zeros((2, len(months)))
    for back in range(length):
        then = pd.MultiIndex.from_arrays([months.test, months.provider, months.number - back])
        found = values.reindex(then).to_numpy(float)
        there = ~np.isnan(found)
        total[there] += found[there]
        count += there
    return np.asarray(total / count)


def log_odds(over: pd.Series, waiting: pd.Series) -> pd.Series:
    """Log odds of waiting over six weeks, half a patient added on either side."""
    odds = (over + HALF_A_PATIENT) / (waiting - over + HALF_A_PATIENT)
    return pd.Series(np.log(odds), index=over.index)


def share_of(odds: Array) -> Array:
    """The share that log odds stand for."""
    return np.asarray(1 / (1 + np.exp(-odds)))
