"""What came back after a shutdown, and what came back first: the tables that the replay of 2020 reads.

A step that is run by hand. DM01 of England says which stream came back first, by test; the imaging dataset of
the case's own trusts says how much came back (decision 218). All is per working day, since the model's months
have working days of their own.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from casebuilder.calibrate.share_months import TESTS
from casebuilder.calibrate.travel import write_table
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables

STREAMS = {"list": "act_waiting_list", "planned": "act_planned", "unscheduled": "act_unscheduled"}
IMAGING, BY_STREAM, REFERRALS = "did_lsc_2018_25.csv", "returned_by_stream.csv", "returned.csv"
BEFORE = ("2019-03", "2020-02")
# The first month of the replay, the month from which all is back, and the last month
FIRST, WHOLE, LAST = "2020-05", "2021-04", "2025-03"
REFERRED_OF = ["mri", "ct"]
IMAGED = {"mri": "MRI", "ct": "CT"}  # ultrasound of the imaging dataset counts obstetric scans too
WEEKS_A_MONTH = 365.25 / 7 / 12


def read_england(folder: Path) -> pd.DataFrame:
    """DM01 of England by `test` and `period`: the streams, and `referred`, who waits less than a month."""
    england = pd.read_csv(folder / read_fitted_tables(folder).tables.waits_england.file)
    weeks = int(WEEKS_A_MONTH)
    england["referred"] = (
        england[[f"wk_{week:02}" for week in range(weeks)]].sum(axis=1)
        + (WEEKS_A_MONTH - weeks) * england[f"wk_{weeks:02}"]
    )
    england["test"] = england.test.map(TESTS)
    tests = england[england.test.isin([*IMAGED, "ultrasound"]) & (england.period >= BEFORE[0])]
    return tests.set_index(["test", "period"]).sort_index()


def read_days(folder: Path) -> pd.Series[float]:
    """Working days by month."""
    return pd.read_csv(folder / "working_days.csv", index_col="month").working_days.astype(float)


def month_before(period: str) -> str:
    """The same month of the last year before the pandemic."""
    year = BEFORE[0][:4] if period[5:] >= BEFORE[0][5:] else BEFORE[1][:4]
    return f"{year}-{period[5:]}"


def a_day(counts: pd.Series[float], days: pd.Series[float]) -> pd.Series[float]:
    """A month over the same month before the pandemic, both per working day."""
    daily = counts / days.reindex(counts.index)
    later = daily[daily.index > BEFORE[1]]
    return later / daily.reindex([month_before(period) for period in later.index]).to_numpy()


def in_a_line(known: pd.Series[float]) -> pd.Series[float]:
    """From the last month known in a straight line to 1 in the month from which all is back."""
    months = [str(month) for month in pd.period_range(FIRST, WHOLE, freq="M")]
    line = known.reindex(months)
    line[WHOLE] = 1.0
    return line.interpolate()


def by_stream(england: pd.DataFrame, scans: pd.DataFrame, days: pd.Series[float]) -> pd.DataFrame:
    """What of each stream is back, at most 1, before the month from which all is.

    Parameters
    ----------
    england
        DM01 of England by test and period.
    scans
        The trusts' imaging dataset: `period`, `modality`, `tests` (all sources of request).
    days
        Working days by month.

    Returns
    -------
    pandas.DataFrame
        `list`, `planned` and `unscheduled` by test and month.
    """
    found = {}
    for test in england.index.unique("test"):
        counts = england.loc[test]
        if test in IMAGED:
            own = scans[scans.modality == IMAGED[test]].groupby("period").tests.sum()
            much = a_day(own, days)
            whole = a_day(counts[list(STREAMS.values())].sum(axis=1), days)
        else:
            much = whole = pd.Series(1.0, [str(month) for month in pd.period_range(FIRST, WHOLE, freq="M")])
        for stream, column in STREAMS.items():
            first = in_a_line(a_day(counts[column], days) / whole)
            found[test, stream] = (first * much).clip(upper=1).loc[FIRST:WHOLE].drop(WHOLE)
    table: pd.DataFrame = pd.concat(found, names=["test", "stream", "month"]).unstack("stream")
    return table.loc[:, list(STREAMS)]


def referrals(england: pd.DataFrame, days: pd.Series[float]) -> pd.Series[float]:
    """CT and MRI together: patients referred within the month, at most 1."""
    referred = england.loc[REFERRED_OF].referred.groupby("period").sum()
    line = in_a_line(a_day(referred, days)).clip(upper=1)
    return line.reindex([str(month) for month in pd.period_range(FIRST, LAST, freq="M")], fill_value=1.0)


def write_returned(reference: Path, case: Path) -> None:
    """Write both tables into the `data` folder of the replay's case.

    Parameters
    ----------
    reference
        The folder of the shipped tables.
    case
        The case's `data`, with its trusts' imaging dataset.
    """
    england, days = read_england(reference), read_days(reference)
    streams = by_stream(england, pd.read_csv(case / IMAGING), days)
    write_table(
        case / BY_STREAM,
        ["month", "test", *(f"{stream}_returned" for stream in STREAMS)],
        [
            [month, test, *(f"{x:.4f}" for x in row)]
            for (test, month), row in zip(streams.index, streams.to_numpy(), strict=True)
        ],
    )
    write_table(
        case / REFERRALS,
        ["month", "referrals_returned"],
        [[month, f"{x:.4f}"] for month, x in referrals(england, days).items()],
    )
