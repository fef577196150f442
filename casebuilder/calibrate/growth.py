"""Growth: how well a year's imaging is told from the years before, against two forecasts that cost nothing.

Three forecasts of a trust's tests in a year, all from the years before it:

    repeated    last year
    growth      last year × (1 + the trust's own last growth)
    fitted      last year × (1 + damping × (local × weight + national × (1 − weight)))

`fitted` is the growth of `demand`: local growth, the system's, damped towards England's. Damping
and weight are shares, chosen for each test from years before the one held out. The growth of 2020/21
and 2021/22, the fall and the return, is never carried on: the last growth before it is. March 2020 is
left out. A trust whose tests changed by over a fifth in a year gained or lost capacity: that is a step,
no trend, and is left out of its system's growth. A month is counted only where both years have it.

The error is the weighted absolute percentage error (WAPE): the trusts' absolute errors together over
their tests together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from casebuilder.inputs.shape.fitted_tables import Merger, read_fitted_tables

Array = NDArray[np.float64]

ENGLAND = {"ENGLAND": "england"}  # as its rows are called in the tables, and by the fits
IMAGING = {"CT": "ct", "MRI": "mri", "Ultrasound": "ultrasound", "X-ray": "xray"}
WAITS = {"CT": "ct", "MRI": "mri", "NON_OBSTETRIC_ULTRASOUND": "ultrasound"}
STREAMS = ("act_planned", "act_unscheduled", "act_waiting_list")
OUTBREAK = "2020-03"
NO_TREND = (2020, 2021)  # financial years, by the year they start in, whose growth is the pandemic's
STEP = 0.20
LEAST_MONTHS = 9  # months that two years must share
LEAST_TESTS = 500  # a year, below which a trust's test is noise
HELD_OUT = 2024
# Years to choose damping and weight on: before the pandemic from DM01, after it from the imaging dataset.
CALM_TRUSTS, CALM_ENGLAND, RECENT = (2018, 2019), (2015, 2016, 2017, 2018, 2019), (2022, 2023)
GRID = (0.0, 0.25, 0.5, 0.75, 1.0)  # quarters: a few years of evidence tell no finer


def read_imaging(folder: Path) -> pd.DataFrame:
    """The shipped Diagnostic Imaging Dataset (NHS England), merged trusts joined.

    Returns
    -------
    pandas.DataFrame
        One row an area, provider, test and month: `area`, `provider`, `test`, `period`, `tests`
        (a month; missing where the trust returned none). England is one provider.

    Raises
    ------
    OSError
        The table is not in the folder.
    """
    given = read_fitted_tables(folder)
    read = pd.read_csv(folder / given.tables.imaging.file)
    return join_merged(
        pd.DataFrame(
            {
                "area": read.icb.map(ENGLAND | given.areas),
                "provider": read.provider_code,
                "test": read.modality.map(IMAGING),
                "period": read.period,
                "tests": read.tests.astype(float),
            }
        ),
        given.merged,
    )


def read_calm(folder: Path) -> pd.DataFrame:
    """The same from the shipped DM01 tables, to March 2020: planned, unscheduled and list tests; no X-ray.

    Raises
    ------
    OSError
        A table is not in the folder.
    """
    given = read_fitted_tables(folder)
    trusts = pd.read_csv(folder / given.tables.waits_systems.file)
    england = pd.read_csv(folder / given.tables.waits_england.file)
    england = england.assign(icb="ENGLAND", provider_code="-")
    read = pd.concat([trusts, england])
    read = read[read.test.isin(WAITS) & (read.period <= OUTBREAK)]
    return join_merged(
        pd.DataFrame(
            {
                "area": read.icb.map(ENGLAND | given.areas),
                "provider": read.provider_code,
                "test": read.test.map(WAITS),
                "period": read.period,
                "tests": read[list(STREAMS)].sum(axis=1).astype(float),
            }
        ),
        given.merged,
    )


def join_merged(months: pd.DataFrame, merged: Mapping[str, Merger]) -> pd.DataFrame:
    """Add the tests of trusts that have joined another to the other's, in the months before they did.

    A month counts as missing where either of the two is. March 2020 is left out.
    """
    kept = months.period != OUTBREAK
    for old, merger in merged.items():
        kept &= (months.provider != old) | (months.period < merger.first_month)
    into = {old: merger.into for old, merger in merged.items()}
    joined = months.assign(provider=months.provider.replace(into))[kept]
    keys = ["area", "provider", "test", "period"]
    found = joined.groupby(keys).tests.agg(["sum", "count", "size"])
    return found["sum"].where(found["count"] == found["size"]).rename("tests").reset_index()


def years(months: pd.DataFrame) -> pd.DataFrame:
    """Each financial year beside the one before, over the months that both have.

    Parameters
    ----------
    months
        What `read_imaging` gives.

    Returns
    -------
    pandas.DataFrame
        `area`, `provider`, `test`, `year` (the one it starts in), `base` (tests of the year before),
        `tests`, `growth` (a factor a year; missing where fewer than nine months are shared).
    """
    number = months.period.str[5:].astype(int)
    year = months.period.str[:4].astype(int) - (number < 4)
    now = months.assign(year=year, month=number).dropna(subset="tests")
    before = now.assign(year=now.year + 1).drop(columns="period").rename(columns={"tests": "base"})
    keys = ["area", "provider", "test", "year"]
    both = now.merge(before, on=[*keys, "month"]).groupby(keys)
    found = both[["base", "tests"]].sum().assign(months=both.size()).reset_index()
    enough = (found.months >= LEAST_MONTHS) & (found.base > 0)
    return found.assign(growth=(found.tests / found.base - 1).where(enough)).drop(columns="months")


def last_growth_year(year: int) -> int:
    """The year whose growth is the last known before a year, the pandemic's left out."""
    last = year - 1
    while last in NO_TREND:
        last -= 1
    return last


def system_growth(of: pd.DataFrame) -> Array:
    """Growth a year by `area`, `test` and `year`, trusts with a step left out, for each row of `years`.

    Missing where no trust is left; for England it is England's.
    """
    trend = of.growth.abs() <= STEP
    keys = [of.area, of.test, of.year]
    base = of.base.where(trend).groupby(keys).transform("sum")
    tests = of.tests.where(trend).groupby(keys).transform("sum")
    return np.asarray((tests / base.where(base > 0) - 1).to_numpy(float))


def known(of: pd.DataFrame, targets: Iterable[int]) -> pd.DataFrame:
    """What is known before each target year, beside what came.

    Returns
    -------
    pandas.DataFrame
        Rows of `years` in the targets with at least 500 tests, and the last growth known, a factor a
        year: `own` (the trust's), `local` (its system's), `national`; `step`, where the trust's is one.
    """
    keys = ["area", "provider", "test", "last"]
    grown = of.assign(local=system_growth(of), last=of.year)[[*keys, "growth", "local"]]
    england = grown[grown.area == "england"].set_index(["test", "last"]).growth.rename("national")
    rows = of[of.year.isin(list(targets)) & of.growth.notna() & (of.base >= LEAST_TESTS)]
    rows = rows.drop(columns="growth").assign(last=rows.year.map(last_growth_year))
    rows = rows.merge(grown.rename(columns={"growth": "own"}), on=keys).join(england, on=["test", "last"])
    rows["local"] = rows.local.fillna(rows.national)
    return rows.assign(step=rows.own.abs() > STEP).dropna(subset=["own", "national"]).reset_index(drop=True)


def damped(rows: pd.DataFrame, damping: float, weight: float) -> pd.Series:
    """Growth a year: local growth damped towards England's, and both towards none."""
    return damping * (rows.local * weight + rows.national * (1 - weight))


def wape(forecast: pd.Series, tests: pd.Series) -> float:
    """Absolute errors together over tests together, a share."""
    return float((forecast - tests).abs().sum() / tests.sum())


def error(rows: pd.DataFrame, damping: float, weight: float) -> float:
    """Mean of the years' errors (WAPE, share) with a damping and a weight."""
    of_years = [of for _, of in rows.groupby("year")]
    errors = [wape(of.base * (1 + damped(of, damping, weight)), of.tests) for of in of_years]
    return round(float(np.mean(errors)), 6)


def choose(rows: pd.DataFrame) -> tuple[float, float]:
    """Damping and weight of least error; the smaller where two are equal."""
    return min(((d, w) for d in GRID for w in GRID), key=lambda at: (error(rows, *at), at))


def evidence(imaging: pd.DataFrame, calm: pd.DataFrame) -> pd.DataFrame:
    """The rows to choose on, none of the year held out: of the three systems' trusts, and of England.

    A year in which the trust itself takes a step tells nothing of trends and is left out here; the year
    held out is told with its steps in.

    Parameters
    ----------
    imaging, calm
        `years` of the two datasets.
    """
    before = known(calm, CALM_ENGLAND)
    before = before[(before.area == "england") | before.year.isin(CALM_TRUSTS)]
    rows = pd.concat([before, known(imaging[imaging.year < HELD_OUT], RECENT)], ignore_index=True)
    return rows[(rows.tests / rows.base - 1).abs() <= STEP].reset_index(drop=True)


def choices(rows: pd.DataFrame) -> dict[tuple[bool, str], tuple[float, float]]:
    """Damping and weight by test, for England (True) and for trusts (False)."""
    england = rows.area == "england"
    return {
        (bool(whole), str(test)): choose(of)
        for (whole, test), of in rows.groupby([england.rename("whole"), "test"])
    }


def by_month(months: pd.DataFrame, rows: pd.DataFrame, factor: pd.Series) -> float:
    """The same error month by month: the same month a year before × (1 + growth), a share."""
    keys = ["area", "provider", "test"]
    year = rows.year.iloc[0]
    now = months[(months.period >= f"{year}-04") & (months.period <= f"{year + 1}-03")].dropna(subset="tests")
    before = now.period.str[:4].astype(int) - 1
    now = now.assign(before=before.astype(str) + now.period.str[4:])
    past = months.dropna(subset="tests").rename(columns={"period": "before", "tests": "base"})
    found = now.merge(past, on=[*keys, "before"]).merge(rows[keys].assign(factor=factor), on=keys)
    return wape(found.base * (1 + found.factor), found.tests)


def back_test(folder: Path) -> pd.DataFrame:
    """The year held out, told by each forecast, by area and test.

    Parameters
    ----------
    folder
        Holds the shipped tables.

    Returns
    -------
    pandas.DataFrame
        `area`, `test`, `series` (trusts), `steps` (of them, whose own last growth is one), `tests`
        (of the year held out); `damping` and `weight`, chosen without it; each forecast's error
        (WAPE, share), its error month by month (`_month`) and its bias (forecast less tests, over
        tests); `default`, the forecast of least error; `growth_next`, the growth a year that the
        default gives for the year after.

    Raises
    ------
    OSError
        A table is not in the folder.
    """
    months = read_imaging(folder)
    imaging = years(months)
    chosen = choices(evidence(imaging, years(read_calm(folder))))
    held_out, after = known(imaging, (HELD_OUT,)), known(next_year(imaging), (HELD_OUT + 1,))
    found = []
    for area in (ENGLAND | read_fitted_tables(folder).areas).values():
        for test in IMAGING.values():
            rows = held_out[(held_out.area == area) & (held_out.test == test)].reset_index(drop=True)
            then = after[(after.area == area) & (after.test == test)]
            pick = chosen[area == "england", test]
            grown = {"repeated": rows.own * 0, "growth": rows.own, "fitted": damped(rows, *pick)}
            row: dict[str, object] = {
                "area": area,
                "test": test,
                "series": len(rows),
                "steps": int(rows.step.sum()),
                "tests": int(rows.tests.sum()),
                "damping": pick[0],
                "weight": pick[1],
            }
            errors = {}
            for method, growth in grown.items():
                forecast = rows.base * (1 + growth)
                errors[method] = round(wape(forecast, rows.tests), 4)
                row[method] = errors[method]
                row[f"{method}_month"] = round(by_month(months, rows, growth), 4)
                row[f"{method}_bias"] = round(float(forecast.sum() / rows.tests.sum() - 1), 4)
            row["default"] = min(("fitted", "repeated", "growth"), key=errors.__getitem__)
            following = {
                "repeated": 0.0,
                "growth": float((then.base * then.own).sum() / then.base.sum()),
                "fitted": float(damped(then, *pick).iloc[0]),
            }
            row["growth_next"] = round(following[str(row["default"])], 4)
            found.append(row)
    return pd.DataFrame(found)


def next_year(of: pd.DataFrame) -> pd.DataFrame:
    """The years and one more that repeats the last, so that what is known before it can be read."""
    last = of[of.year == HELD_OUT]
    return pd.concat([of, last.assign(year=HELD_OUT + 1, base=last.tests)], ignore_index=True)


def calibrate_growth(source: Path, target: Path) -> pd.DataFrame:
    """Run the back-test on the shipped tables and write `growth_fit.csv`.

    Parameters
    ----------
    source
        The folder of the tables.
    target
        Takes `growth_fit.csv`, the columns of `back_test`.

    Returns
    -------
    pandas.DataFrame
        What `back_test` gives.

    Raises
    ------
    OSError
        A table is not in the source, or the target cannot be written.
    """
    found = back_test(source)
    draft = target / ".growth_fit.csv"
    found.to_csv(draft, index=False, lineterminator="\n")
    draft.replace(target / "growth_fit.csv")
    return found
