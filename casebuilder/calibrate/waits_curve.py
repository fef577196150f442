"""The calibrated rule: what share of a list waits over six weeks at a given cover, fitted to DM01.

The rule, for a trust and test, with cover = list ÷ the month's list tests a week:

    over six weeks = the larger of  list × (calm + (1 − calm) × curve(cover ÷ usual cover))
                              and  kept × over six weeks a month before

`calm` and `usual cover` are the trust's own, from the years before the pandemic: trusts record and
book differently, so that the same weeks of cover mean a long wait in one and an ordinary one in
another. `curve` rises from 0 and is shared by England; `kept` is how much of last month's long waits
is still there when nothing else explains them. The curve is the list-weighted mean, so that a
network's total is not understated as it is by a median.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression

from casebuilder.inputs.shape.fitted_tables import read_fitted_tables

Array = NDArray[np.float64]

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
# Left out are BARIUM_ENEMA (too few tests after 2018) and ELECTROPHYSIOLOGY (a few patients a month).

# Cover as a multiple of the usual one.
POINTS = (0, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5, 4, 5, 6, 8, 11, 16)
STANDARD_WEEKS = 6
PANDEMIC = "2020-03"
CALM_YEARS_END = "2019-04"  # the floor is taken from before this month, and tested after it too
LEAST = 20  # tests and patients below which a month's share is noise
PARTIAL = 0.7  # a calm month with less of a trust's usual tests is a partial return: its cover is no cover
EXPLAINED = 0.03
KEPT = (0.0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True)
class Curve:
    """The fit of one test: the share above the calm one at each of POINTS, and what is kept a month."""

    shares: Array
    kept: float

    def share(self, multiple: Array, calm: Array) -> Array:
        """The share over six weeks at a multiple of usual cover, before what is kept from last month."""
        rise = np.interp(multiple, np.array(POINTS, float), self.shares)
        return np.asarray(calm + (1 - calm) * rise)


def read_months(folder: Path) -> pd.DataFrame:
    """The shipped months of trusts and tests, with cover and observed share, fit to be used.

    Parameters
    ----------
    folder
        Holds the shipped DM01 tables.

    Returns
    -------
    pandas.DataFrame
        One row a trust, test and month: `system`, `provider`, `test`, `number` (of the month),
        `period`, `list`, `over` (people), `tests`, `cover` (weeks), `multiple` (of usual cover),
        `share`, `calm` (the trust's share in calm years), `pandemic`.
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
    months["cover"] = months["list"] / months.weekly
    months["share"] = months.over / months["list"]
    own_years, england = calm_years(months, ["provider", "test"]), calm_years(months, ["test"])
    keys = pd.MultiIndex.from_frame(months[["provider", "test"]])
    for name, found in (("calm", "calm_share"), ("usual", "calm_cover")):
        months[name] = own_years[found].reindex(keys).to_numpy()
        months[name] = months[name].fillna(months.test.map(england[found]))
    months["multiple"] = months.cover / months.usual
    return months.sort_values(["test", "provider", "number"], ignore_index=True)


def calm_years(months: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """`calm_share` and `calm_cover` (weeks): list-weighted, in the years before the pandemic, by group."""
    sums = months[months.period < CALM_YEARS_END].groupby(by)[["over", "list", "weekly"]].sum()
    return pd.DataFrame(
        {"calm_share": sums["over"] / sums["list"], "calm_cover": sums["list"] / sums["weekly"]}
    )


def fit(months: pd.DataFrame) -> Curve:
    """The curve of one test: the least list-weighted absolute error, run freely from each first month.

    Parameters
    ----------
    months
        Rows of `read_months`, of one test.
    """
    best: tuple[float, Curve] | None = None
    for kept in KEPT:
        curve = Curve(_rise(months, kept), kept)
        predicted = predict(months, curve)
        known = ~np.isnan(predicted)
        error = np.abs(predicted - months.share)[known]
        missed = float(np.average(error, weights=months["list"][known]))
        if best is None or missed < best[0]:
            best = missed, curve
    assert best is not None
    return best[1]


def _rise(months: pd.DataFrame, kept: float) -> Array:
    """The list-weighted isotonic mean at POINTS, of the months that kept long waits do not explain."""
    before = _before(months)
    carried = kept * before / months["list"].to_numpy()
    used = np.ones(len(months), bool)
    shares = np.zeros(len(POINTS))
    for _ in range(8):
        of = months[used]
        above_calm = (of.share - of.calm) / (1 - of.calm) * of["list"]
        same = pd.DataFrame({"above": above_calm, "list": of["list"]}).groupby(of.multiple.to_numpy()).sum()
        weights = same["list"].to_numpy()
        rise = isotonic_regression(same.above.to_numpy() / weights, weights=weights).x.clip(0, 1)
        shares = np.interp(POINTS, same.index.to_numpy(), rise)
        shares[0] = 0
        base = Curve(shares, kept).share(months.multiple.to_numpy(), months.calm.to_numpy())
        unexplained = carried <= np.maximum(base, EXPLAINED)
        if (unexplained == used).all():
            break
        used = unexplained
    return np.asarray(shares)


def _before(months: pd.DataFrame) -> Array:
    """People over six weeks a month before, 0 where that month is not there."""
    group = months.groupby("provider")
    follows = group.number.shift(1) == months.number - 1
    return np.asarray(group.over.shift(1).where(follows, 0.0), float)


def predict(months: pd.DataFrame, curve: Curve) -> Array:
    """The share over six weeks, each trust run freely from the share observed in its first month.

    A gap of more than three months starts a trust again; starting months are NaN.
    """
    base = curve.share(months.multiple.to_numpy(), months.calm.to_numpy())
    lists, numbers = months["list"].to_numpy(), months.number.to_numpy()
    providers, observed = months.provider.to_numpy(), months.over.to_numpy()
    shares = np.full(len(months), np.nan)
    over = 0.0
    for i in range(len(months)):
        if i == 0 or providers[i] != providers[i - 1] or numbers[i] - numbers[i - 1] > 3:
            over = observed[i]
            continue
        over = min(max(lists[i] * base[i], curve.kept ** (numbers[i] - numbers[i - 1]) * over), lists[i])
        shares[i] = over / lists[i]
    return shares


def exponential(cover: Array) -> Array:
    """The share over six weeks if ages were exponential with the cover as their mean."""
    return np.asarray(np.exp(-STANDARD_WEEKS / cover))


def fifo(cover: Array) -> Array:
    """The share over six weeks if patients were seen strictly in turn."""
    return np.asarray(np.maximum(1 - STANDARD_WEEKS / cover, 0))
