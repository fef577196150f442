"""Cheshire and Merseyside against what came: DM01 of the trusts of the case, April 2023 to March 2025."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from casebuilder.case import Case, load_case
from tests.figures import ROOT

TESTS = ("mri", "ct", "ultrasound", "dexa", "echocardiography")
# From the tenth and ninetieth percentile to the fifth and ninety-fifth, of a normal error.
WIDER = 1.6449 / 1.2816


@pytest.fixture(scope="module")
def cmast() -> Case:
    """The case, worked out."""
    return load_case("cmast")


@pytest.fixture(scope="module")
def came(cmast: Case) -> pd.DataFrame:
    """Lists and share over six weeks of the trusts together, by month."""
    table = pd.read_csv(ROOT / "assumptions/reference/data/dm01_providers_2023_25.csv.gz")
    trusts = [member.upper() for member in cmast.problem.frame.ids("provider")]
    of_case = table[table.provider.isin(trusts) & table.test.isin(TESTS)]
    found = of_case.groupby("month")[["waiting_list", "over_6_weeks"]].sum()
    return found.assign(share=found.over_6_weeks / found.waiting_list)


def monthly(case: Case, key: str, option: str = "preferred") -> pd.Series:
    """A line without members, by month."""
    frame = case.problem.frame
    line = case.problem.by_key[key]
    values = case.results.array(line)[0][frame.option_ids.index(option)]
    return pd.Series(np.ravel(values), index=[str(month) for month in frame.ids("month")])


def test_what_came_is_as_the_page_says(came: pd.DataFrame) -> None:
    """The observed rows of docs/cmast.md."""
    page = (ROOT / "docs/cmast.md").read_text(encoding="utf-8")
    months = ["2023-04", "2023-10", "2024-04", "2024-10", "2025-01"]
    shares = " | ".join(f"{100 * came.share[month]:.1f} %" for month in months)
    lists = " | ".join(f"{came.waiting_list[month]:,.0f}" for month in months)
    assert f"| over six weeks, what came | {shares} |" in page
    assert f"| waiting, what came | {lists} |" in page


def test_the_share_lies_in_its_band_and_the_list_does_not(cmast: Case, came: pd.DataFrame) -> None:
    """Of 24 months: the share in all, 3.4 points off on average; the list in none."""
    months = [month for month in came.index if "2023-04" <= month <= "2025-03"]
    assert len(months) == 24
    share, waiting = monthly(cmast, "waits.over_six_weeks_share"), monthly(cmast, "waits.list_total")
    odds = share / (1 - share)
    low = odds * monthly(cmast, "bands.odds_factor_low") ** WIDER
    high = odds * monthly(cmast, "bands.odds_factor_high") ** WIDER
    inside = [low[m] / (1 + low[m]) <= came.share[m] <= high[m] / (1 + high[m]) for m in months]
    assert sum(inside) == 24
    off = np.mean([abs(share[m] - came.share[m]) for m in months])
    assert round(100 * off, 1) == 3.4
    least = waiting * monthly(cmast, "bands.list_factor_low") ** WIDER
    most = waiting * monthly(cmast, "bands.list_factor_high") ** WIDER
    assert sum(least[m] <= came.waiting_list[m] <= most[m] for m in months) == 0


def test_no_list_grows_threefold_unless_its_own_data_do(cmast: Case) -> None:
    """With ten centres, from April 2021 to March 2025, lists of five people or more; own data from DM01."""
    frame = cmast.problem.frame
    line = cmast.problem.by_key["lists.waiting_list"]
    values = cmast.results.array(line)[0][frame.option_ids.index("preferred")]
    months = [str(month) for month in frame.ids("month")]
    first, last = values[..., 0], values[..., months.index("2025-03")]
    times = np.where(first > 5, last / np.where(first > 5, first, 1), 0)
    above = {
        (provider, test): round(float(times[i, j]), 1)
        for i, provider in enumerate(frame.ids("provider"))
        for j, test in enumerate(frame.ids("test"))
        if times[i, j] > 3
    }
    assert above == {("rbs", "ultrasound"): 3.5}
    table = pd.read_csv(ROOT / "assumptions/reference/data/dm01_providers_2023_25.csv.gz")
    own = table[(table.provider == "RBS") & (table.test == "ultrasound")].set_index("month").waiting_list
    lists = pd.read_csv(cmast.folder / "data/start.csv").set_index(["provider", "test"])
    start = lists.loc[("rbs", "ultrasound")].iloc[0]
    assert (own.idxmax(), own.max(), start) == ("2024-11", 395, 114)
    assert round(own.max() / start, 1) == 3.5
