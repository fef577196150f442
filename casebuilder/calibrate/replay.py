"""Replay: the pandemic's first months in England, worked out by the model's rules from what came before.

The activity of each month is given as it was. The base year is 2019/20.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.calibrate.share_months import TESTS
from casebuilder.calibrate.share_rule import ShareRule
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables

OPENING = "2020-03"  # the last month of the base year, whose list and long waits are given
MONTHS = ("2020-04", "2020-09")
YOUNG = ("wk_00", "wk_01", "wk_02", "wk_03")  # the whole weeks that every month holds
NEXT = "wk_04"  # the week that the rest of the month lies in


def england(folder: Path) -> pd.DataFrame:
    """England's DM01 by test and month: list, over six weeks, referred within the month, and list tests."""
    read = pd.read_csv(folder / read_fitted_tables(folder).tables.waits_england.file)
    read = read[read.test.isin(TESTS) & (read.period >= "2019-03")]
    weeks = pd.to_datetime(read.period).dt.days_in_month / 7
    return pd.DataFrame(
        {
            "test": read.test.map(TESTS),
            "period": read.period,
            "list": read.total_wl.astype(float),
            "over": read.wl_6plus.astype(float),
            "young": read[list(YOUNG)].sum(axis=1) + read[NEXT] * (weeks - len(YOUNG)),
            "tests": read.act_waiting_list.astype(float),
            "weeks": weeks,
        }
    ).sort_values(["test", "period"], ignore_index=True)


def replay(months: pd.DataFrame, rules: Mapping[str, ShareRule], excess: pd.Series) -> pd.DataFrame:
    """Each test's list and share over six weeks, run forward from the end of the base year.

    Additions to the list are not published. They are taken to be those of the same month a year
    before, in proportion to the patients at its end who were referred within the month. The list is
    last month's plus additions less the tests done; the share follows from cover and the excess at the start.

    Parameters
    ----------
    months
        What `england` gives.
    rules
        By test.
    excess
        England's at OPENING, by test, in log odds.

    Returns
    -------
    pandas.DataFrame
        By test and month of MONTHS: `list`, `over` as observed; `list_replayed`, `over_replayed`.
    """
    rows = []
    for test, of in months.groupby("test", sort=False):
        of = of.set_index("period")
        added = of.tests + of["list"].diff()
        waiting = of["list"].loc[OPENING]
        of = of.assign(expected=added.shift(12) * of.young / of.young.shift(12))
        for period, month in of.loc[MONTHS[0] : MONTHS[1]].iterrows():
            waiting = max(waiting + month.expected - month.tests, 0.0)
            log_cover = np.log([waiting / (month.tests / month.weeks)])
            share = rules[str(test)].share(log_cover, float(excess[test]), 0.0)[0]
            rows.append((test, period, month["list"], month.over, waiting, waiting * float(share)))
    names = ["test", "period", "list", "over", "list_replayed", "over_replayed"]
    return pd.DataFrame(rows, columns=names)
