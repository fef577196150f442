"""How far the calibrated rule is off: fitted on half of the trusts, tested on the others, both ways round."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from casebuilder.calibrate.waits_curve import (
    POINTS,
    TESTS,
    Curve,
    calm_years,
    exponential,
    fifo,
    fit,
    predict,
    read_months,
)
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables

NO_LIST = ("xray", "spirometry", "phlebotomy")  # nobody waits on a list: rows of nothing complete the table
LONG = 0.10  # months in which a bid needs the rule: more than this share over six weeks


def halves(months: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every other trust, in the order of their codes: to fit on, and to test on."""
    chosen = set(sorted(months.provider.unique())[::2])
    mine = months.provider.isin(chosen)
    return months[mine].reset_index(drop=True), months[~mine].reset_index(drop=True)


def errors(months: pd.DataFrame) -> pd.DataFrame:
    """By test: mean absolute errors of the rules on trusts that the fit has not seen, and the bias.

    Returns
    -------
    pandas.DataFrame
        Indexed by test: `months`; `calibrated`, `exponential`, `fifo`, `constant` (the median of the
        trusts fitted on): mean absolute errors as shares; the same with `_long` in months with more
        than a tenth over six weeks; `bias` (list-weighted, predicted less observed), `bias_calm`,
        `bias_pandemic`.
    """
    tested = tests_on_others(months)
    found = {}
    for test, of in tested.groupby("test", sort=False):
        long = of[of.share > LONG]
        row: dict[str, float] = {"months": len(of)}
        for rule in ("calibrated", "exponential", "fifo", "constant"):
            row[rule] = (of[rule] - of.share).abs().mean()
            row[f"{rule}_long"] = (long[rule] - long.share).abs().mean()
        row["bias"] = bias(of)
        row["bias_calm"] = bias(of[~of.pandemic])
        row["bias_pandemic"] = bias(of[of.pandemic])
        found[test] = row
    return pd.DataFrame.from_dict(found, orient="index").loc[list(TESTS.values())]


def tests_on_others(months: pd.DataFrame) -> pd.DataFrame:
    """Every month of every trust, with what each rule says of it when fitted on the other half's trusts."""
    parts = []
    for _, of in months.groupby("test", sort=False):
        first, second = halves(of.reset_index(drop=True))
        for mine, theirs in ((first, second), (second, first)):
            parts.append(theirs.assign(calibrated=predict(theirs, fit(mine)), constant=mine.share.median()))
    tested = pd.concat(parts).dropna(subset="calibrated")
    cover = tested.cover.to_numpy()
    return tested.assign(exponential=exponential(cover), fifo=fifo(cover))


def bias(months: pd.DataFrame) -> float:
    """List-weighted mean of predicted less observed share: what a network's total is off by."""
    return float(np.average(months.calibrated - months.share, weights=months["list"]))


def curves(months: pd.DataFrame) -> dict[str, Curve]:
    """The curve of each test, fitted on every trust."""
    return {test: fit(months[months.test == test].reset_index(drop=True)) for test in TESTS.values()}


def calibrate_waits(source: Path, target: Path) -> pd.DataFrame:
    """Fit the rule to the shipped DM01 tables and write it with its error.

    Parameters
    ----------
    source
        The folder of the DM01 tables.
    target
        Takes `waits_curve.csv` (test, point, multiple, rise), `waits_fit.csv` (test, England's
        calm_share and calm_cover, kept, and the errors) and `calm_years.csv` (the same by system, trust
        and test for the three systems; a system's own line has no trust).

    Returns
    -------
    pandas.DataFrame
        What `errors` gives.
    """
    months = read_months(source)
    found = curves(months)
    off = errors(months)
    england = calm_years(months, ["test"])
    points = [
        (test, f"p{i:02d}", multiple, round(float(rise), 4))
        for test, curve in found.items()
        for i, (multiple, rise) in enumerate(zip(POINTS, curve.shares, strict=True), 1)
    ]
    points += [(test, f"p{i:02d}", at, 0.0) for test in NO_LIST for i, at in enumerate(POINTS, 1)]
    table = pd.DataFrame(points, columns=["test", "point", "multiple", "rise"])
    of_test = off.assign(kept=pd.Series({test: curve.kept for test, curve in found.items()}))
    of_test = england.loc[of_test.index].join(of_test).round(4)
    of_test["months"] = of_test.months.astype(int)
    none = pd.DataFrame(0.0, index=list(NO_LIST), columns=["calm_share", "kept"])
    of_test = pd.concat([of_test, none.assign(calm_cover=1.0, months=0)])
    areas = read_fitted_tables(source).areas
    here = months[months.system.isin(areas)]
    own = pd.concat(
        [
            calm_years(here, ["system", "test"]).reset_index().assign(provider=""),
            calm_years(here, ["system", "provider", "test"]).reset_index(),
        ]
    )
    own["system"], own["provider"] = own.system.map(areas), own.provider.str.lower()
    systems = own[["system", "provider", "test", "calm_share", "calm_cover"]].round(4)
    for name, rows in (
        ("waits_curve", table),
        ("waits_fit", of_test.rename_axis("test").reset_index()),
        ("calm_years", systems),
    ):
        draft = target / f".{name}.csv"
        rows.to_csv(draft, index=False, lineterminator="\n")
        draft.replace(target / f"{name}.csv")
    return off
