"""The rule for the share over six weeks, and its fit to DM01 (decision 153).

    log odds = calm + slope × ln(cover ÷ calm cover) + excess × kept a year^(months ÷ 12) + gap × kept^months

`calm` and `calm cover` are England's before the pandemic. `excess` is what England had above them when the
case starts, `gap` what the place had beside England. Slope and kept are fitted on places less England of the
same month, so that they are of places and not of time.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.optimize import minimize, minimize_scalar

from casebuilder.calibrate.share_months import CALM_YEARS, PANDEMIC, TESTS, Array, share_of

AHEAD = 12  # months
FADE_YEAR = ("2023-04", "2024-03")
START_SLOPE, START_KEPT = 1.0, 0.95  # where the search begins


@dataclass(frozen=True)
class ShareRule:
    """The rule of one test.

    Attributes
    ----------
    calm_log_odds, calm_cover
        England's share, as log odds, and cover, in weeks, of calm years.
    slope
        Log odds for each log unit of cover; above nought.
    kept
        Share of a place's gap that is left after a month.
    """

    calm_log_odds: float
    calm_cover: float
    slope: float
    kept: float

    def log_odds(self, log_cover: Array) -> Array:
        """What cover alone says: calm, and the slope."""
        return np.asarray(self.calm_log_odds + self.slope * (log_cover - np.log(self.calm_cover)))

    def share(self, log_cover: Array, excess: Array | float, gap: Array | float) -> Array:
        """The share at a cover, with what is left of excess and gap, in log odds."""
        return share_of(self.log_odds(log_cover) + excess + gap)


def calm_values(england: pd.DataFrame) -> pd.DataFrame:
    """England's `calm_log_odds` and `calm_cover` (weeks) by test, list-weighted over the calm years."""
    sums = england[england.period.between(*CALM_YEARS)].groupby("test")[["over", "list", "weekly"]].sum()
    found = pd.DataFrame(
        {
            "calm_log_odds": np.log(sums.over / (sums["list"] - sums.over)),
            "calm_cover": sums["list"] / sums.weekly,
        }
    )
    return found.loc[list(TESTS.values())]


def pairs(months: pd.DataFrame) -> pd.DataFrame:
    """Each month with each of the twelve before it, of the same provider and test.

    Parameters
    ----------
    months
        Rows of `read_providers`; the months of the pandemic are left out.

    Returns
    -------
    pandas.DataFrame
        `provider`, `test`, `ahead` (months from start to later); of the later month `share`, `period`,
        `log_cover`, `england_log_odds`, `beside_cover` (log cover less England's); of the start the same
        with `start_` before, and `beside_odds` (log odds less England's).
    """
    months = months[~months.period.between(*PANDEMIC)]
    columns = ["test", "provider", "number", "period", "share", "log_odds", "log_cover"]
    used = months[[*columns, "england_log_odds", "england_log_cover"]].assign(
        beside_cover=months.log_cover - months.england_log_cover,
        beside_odds=months.log_odds - months.england_log_odds,
    )
    keys = ["test", "provider", "number"]
    found = []
    for ahead in range(1, AHEAD + 1):
        start = used.assign(number=used.number + ahead).set_index(keys).add_prefix("start_").reset_index()
        found.append(used.merge(start, on=keys).assign(ahead=ahead))
    return pd.concat(found, ignore_index=True)


def fit(of: pd.DataFrame, calm_log_odds: float, calm_cover: float) -> ShareRule:
    """The rule of one test: slope and kept of the least mean absolute error of the share.

    Parameters
    ----------
    of
        Rows of `pairs`, of one test.
    calm_log_odds, calm_cover
        What `calm_values` gives for it.
    """
    share, england = of.share.to_numpy(), of.england_log_odds.to_numpy()
    cover, start_cover = of.beside_cover.to_numpy(), of.start_beside_cover.to_numpy()
    start_odds, ahead = of.start_beside_odds.to_numpy(), of.ahead.to_numpy()

    def values(searched: Array) -> tuple[float, float]:
        return float(np.exp(searched[0])), float(share_of(searched[1]))

    def missed(searched: Array) -> float:
        slope, kept = values(searched)
        left = (kept ** np.arange(AHEAD + 1))[ahead]
        told = share_of(england + slope * cover + left * (start_odds - slope * start_cover))
        return float(np.abs(told - share).mean())

    first = np.array([np.log(START_SLOPE), np.log(START_KEPT / (1 - START_KEPT))])
    best = minimize(missed, first, method="Nelder-Mead", options={"xatol": 1e-4, "fatol": 1e-9})
    slope, kept = values(best.x)
    return ShareRule(calm_log_odds, calm_cover, slope, kept)


def fit_one_slope(of: pd.DataFrame) -> float:
    """The slope of the simple rule: the share at the start, shifted by the slope times cover's change."""
    share, odds = of.share.to_numpy(), of.start_log_odds.to_numpy()
    change = (of.log_cover - of.start_log_cover).to_numpy()

    def missed(log_slope: float) -> float:
        return float(np.abs(share_of(odds + np.exp(log_slope) * change) - share).mean())

    return float(np.exp(minimize_scalar(missed, bounds=(-4, 2), method="bounded").x))


def fit_all(of: pd.DataFrame, calm: pd.DataFrame) -> dict[str, ShareRule]:
    """The rule of each test of `calm`, on rows of `pairs`."""
    return {
        str(test): fit(of[of.test == test], float(values.calm_log_odds), float(values.calm_cover))
        for test, values in calm.iterrows()
    }


def excess(england: pd.DataFrame, rules: dict[str, ShareRule]) -> pd.DataFrame:
    """England's log odds above the rule: by `period` (the index) and test (columns)."""
    of = england[england.test.isin(rules)]
    told = pd.Series(index=of.index, dtype=float)
    for test, rule in rules.items():
        of_test = of.test == test
        told[of_test] = rule.log_odds(of.log_cover[of_test].to_numpy())
    return (
        of.assign(excess=of.log_odds - told)
        .pivot(index="period", columns="test", values="excess")
        .reindex(columns=list(rules))
    )


def kept_a_year(of: pd.DataFrame, months: tuple[str, str] = FADE_YEAR) -> float:
    """What is left of the excess after a year, one for all tests: least squares over some months.

    Parameters
    ----------
    of
        What `excess` gives.
    months
        The first and the last month.
    """
    values = of.loc[months[0] : months[1]].to_numpy()
    years = np.arange(len(values))[:, None] / 12

    def missed(log_kept: float) -> float:
        left = np.exp(log_kept * years)
        first = (values * left).sum(axis=0) / (left**2).sum()
        return float(((values - first * left) ** 2).sum())

    return float(np.exp(minimize_scalar(missed, bounds=(-1.5, 0.5), method="bounded").x))
