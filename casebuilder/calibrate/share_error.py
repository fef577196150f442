"""How far the rule for the share over six weeks is off on providers that the fit has not seen; its tables."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.calibrate.share_months import PANDEMIC, TESTS, Array, read_england, read_providers, share_of
from casebuilder.calibrate.share_rule import (
    ShareRule,
    calm_values,
    excess,
    fit_all,
    fit_one_slope,
    kept_a_year,
    pairs,
)

# Nobody waits on a list for these, nor for a test of a case's own: rows of nothing complete the table.
NO_LIST = ("xray", "spirometry", "phlebotomy", "others")
KNOWN_TO = "2024-03"
TOLD = ("2024-10", "2025-03")
LONG = 0.10  # months in which a bid needs the rule: more than this share over six weeks
FOLDS = 5
STANDARD_WEEKS = 6
DIGITS = 4
RULES = ("last", "exponential", "fifo", "constant", "one_slope", "no_fade", "rule")


def exponential(cover: Array) -> Array:
    """The share over six weeks if ages were exponential with the cover, in weeks, as their mean."""
    return np.asarray(np.exp(-STANDARD_WEEKS / cover))


def fifo(cover: Array) -> Array:
    """The share over six weeks if patients were seen strictly in turn."""
    return np.asarray(np.maximum(1 - STANDARD_WEEKS / cover, 0))


def fold_of(months: pd.DataFrame) -> pd.Series:
    """By provider, in the order of codes, which fold it is in."""
    codes = sorted(months.provider.unique())
    return pd.Series(np.arange(len(codes)) % FOLDS, index=codes)


def tell(months: pd.DataFrame, england: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What each rule says of providers that it was not fitted on, knowing nothing after March 2024.

    Parameters
    ----------
    months
        What `read_providers` gives.
    england
        What `read_england` gives.

    Returns
    -------
    tuple of pandas.DataFrame
        Months of October 2024 to March 2025, told from March 2024 with cover given, and months of 2016 to
        2020, told from each provider's first; both with `share`, `list` and a column for each of RULES that
        applies. The second has `with_excess`, the rule where England's excess of the month is known.
    """
    calm = calm_values(england)
    known = pairs(months[months.period <= KNOWN_TO])
    fold = fold_of(months)
    later, earlier = _starts(months)
    later_told, earlier_told = [], []
    for number in range(FOLDS):
        others = known[known.provider.map(fold) != number]
        rules = fit_all(others, calm)
        of_england = excess(england, rules)
        kept = kept_a_year(of_england)
        recent = others[others.start_period >= "2023-04"]
        slopes = {test: fit_one_slope(of) for test, of in recent.groupby("test")}
        seen = months[(months.period <= KNOWN_TO) & (months.provider.map(fold) != number)]
        constant = seen.groupby([seen.period >= "2023-04", "test"]).share.median()
        for test, rule in rules.items():
            of = later[(later.test == test) & (later.provider.map(fold) == number)]
            at_start = float(of_england[test].loc[KNOWN_TO])
            told = _tell_later(of, rule, at_start, kept, slopes[test])
            later_told.append(told.assign(constant=constant[True, test]))
            of = earlier[(earlier.test == test) & (earlier.provider.map(fold) == number)]
            told = _tell_earlier(of, rule, of_england[test])
            earlier_told.append(told.assign(constant=constant[False, test]))
    return _with_cover_rules(pd.concat(later_told)), _with_cover_rules(pd.concat(earlier_told))


def _starts(months: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The months to be told, with what is known at their starts (`start_…`) and months since (`ahead`)."""
    keys = ["test", "provider"]
    columns = [*keys, "number", "share", "log_odds", "log_cover"]
    march = months[months.period == KNOWN_TO][columns].set_index(keys).add_prefix("start_")
    later = months[months.period.between(*TOLD)].join(march, on=keys, how="inner")
    before = months[months.period <= PANDEMIC[1]]
    first = before.groupby(keys)[columns[2:]].first().add_prefix("start_")
    earlier = before.join(first, on=keys)
    earlier = earlier[earlier.number > earlier.start_number]
    later, earlier = (of.assign(ahead=of.number - of.start_number) for of in (later, earlier))
    return later, earlier


def _tell_later(
    of: pd.DataFrame, rule: ShareRule, at_start: float, kept: float, slope: float
) -> pd.DataFrame:
    """2024/25 from March 2024, with England's excess of that month."""
    cover, start_cover = of.log_cover.to_numpy(), of.start_log_cover.to_numpy()
    ahead = of.ahead.to_numpy()
    gap = (of.start_log_odds - rule.log_odds(start_cover) - at_start).to_numpy() * rule.kept**ahead
    return of.assign(
        last=of.start_share,
        one_slope=share_of(of.start_log_odds.to_numpy() + slope * (cover - start_cover)),
        no_fade=rule.share(cover, at_start, gap),
        rule=rule.share(cover, at_start * kept ** (ahead / 12), gap),
    )


def _tell_earlier(of: pd.DataFrame, rule: ShareRule, of_england: pd.Series) -> pd.DataFrame:
    """2016 to 2020 from each first month: the excess is none, or England's once the pandemic began."""
    cover = of.log_cover.to_numpy()
    at_start = (of.start_log_odds - rule.log_odds(of.start_log_cover.to_numpy())).to_numpy()
    gap = at_start * rule.kept ** of.ahead.to_numpy()
    of_month = of.period.map(of_england).where(of.period >= PANDEMIC[0], 0.0).to_numpy()
    return of.assign(rule=rule.share(cover, 0.0, gap), with_excess=rule.share(cover, of_month, gap))


def _with_cover_rules(told: pd.DataFrame) -> pd.DataFrame:
    """With what exponential ages and strict turn say of the same cover."""
    cover = np.exp(told.log_cover.to_numpy())
    return told.assign(exponential=exponential(cover), fifo=fifo(cover))


def errors(told: pd.DataFrame) -> pd.DataFrame:
    """By test: months, mean absolute errors of the rules, all and over 10 %, and the bias of networks.

    Returns
    -------
    pandas.DataFrame
        Indexed by test: `months`, `months_long`; for each rule that `told` has its mean absolute error as a
        share, and with `_long` that in months with more than a tenth over six weeks; for the last rule
        `bias`, list-weighted, told less observed.
    """
    rules = [name for name in (*RULES, "with_excess") if name in told]
    found = {}
    for test, of in told.groupby("test"):
        long = of[of.share > LONG]
        row: dict[str, float] = {"months": len(of), "months_long": len(long)}
        for name in rules:
            row[name] = (of[name] - of.share).abs().mean()
            row[f"{name}_long"] = (long[name] - long.share).abs().mean()
        row["bias"] = bias(of)
        found[str(test)] = row
    return pd.DataFrame.from_dict(found, orient="index").loc[list(TESTS.values())]


def bias(of: pd.DataFrame, rule: str = "rule") -> float:
    """List-weighted mean of told less observed share: what a network's total is off by."""
    return float(np.average(of[rule] - of.share, weights=of["list"]))


def table(rules: dict[str, ShareRule], of_england: pd.DataFrame, off: pd.DataFrame) -> pd.DataFrame:
    """The rule by test, with England's excess in the last month that it knows, and its errors.

    Parameters
    ----------
    rules
        By test.
    of_england
        What `excess` gives, to that month.
    off
        What `errors` gives for 2024/25.
    """
    fade = kept_a_year(of_england)
    rows = {
        test: {
            "calm_log_odds": rule.calm_log_odds,
            "calm_cover": rule.calm_cover,
            "cover_slope": rule.slope,
            "excess": of_england[test].iloc[-1],
            "excess_kept_a_year": fade,
            "gap_kept_a_month": rule.kept,
        }
        for test, rule in rules.items()
    }
    found = pd.DataFrame.from_dict(rows, orient="index")
    measured = off[["months", "rule", "months_long", "rule_long", "bias"]]
    found = found.join(measured.rename(columns={"rule": "error", "rule_long": "error_long"})).round(DIGITS)
    none = {"calm_cover": 1.0, "cover_slope": 1.0, "excess_kept_a_year": 1.0, "gap_kept_a_month": 1.0}
    found = pd.concat([found, pd.DataFrame(none, index=list(NO_LIST)).reindex(columns=found.columns)])
    filled = found.fillna(dict.fromkeys(("calm_log_odds", "excess", "months", "months_long"), 0.0))
    counts = ["months", "months_long"]
    return filled.astype(dict.fromkeys(counts, int)).rename_axis("test").reset_index()


def calibrate_waits(source: Path, target: Path) -> pd.DataFrame:
    """Fit the rule to the shipped DM01 tables and write it with its error.

    Parameters
    ----------
    source
        The folder of the DM01 tables.
    target
        Takes `share_rule.csv` (by test: the rule fitted on all months, England's excess in the last, what is
        left of it a year, errors on providers held out), `share_rule_to_2024_03.csv` (the same, knowing
        nothing after March 2024), and `share_excess.csv` (by month and test England's excess of the first
        and, `excess_to_2024_03`, of the second).

    Returns
    -------
    pandas.DataFrame
        What `errors` gives for October 2024 to March 2025.
    """
    months, england = read_providers(source), read_england(source)
    calm = calm_values(england)
    later, _ = tell(months, england)
    off = errors(later)
    found = pairs(months)
    rules = {
        "share_rule": (fit_all(found, calm), england.period.max()),
        "share_rule_to_2024_03": (fit_all(found[found.period <= KNOWN_TO], calm), KNOWN_TO),
    }
    tables, by_month = {}, {}
    for name, (of, last) in rules.items():
        of_england = excess(england, of)
        tables[name] = table(of, of_england.loc[:last], off)
        by_month[name.replace("share_rule", "excess")] = of_england.loc[PANDEMIC[0] :].stack()
    both = pd.DataFrame(by_month).rename_axis(["month", "test"]).round(DIGITS).reset_index()
    for name, rows in (*tables.items(), ("share_excess", both)):
        draft = target / f".{name}.csv"
        rows.to_csv(draft, index=False, lineterminator="\n")
        draft.replace(target / f"{name}.csv")
    return off
