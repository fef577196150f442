"""Growth told from the years before, on made trusts whose answer is reckoned by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from casebuilder.calibrate.growth import (
    by_month,
    choose,
    damped,
    join_merged,
    known,
    last_growth_year,
    system_growth,
    wape,
    years,
)
from casebuilder.inputs.shape.fitted_tables import Merger

MERGED = {"RVY": Merger(into="RBN", first_month="2023-07", source="made up")}
MONTHS = [f"{month:02d}" for month in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]


def year_of(provider: str, year: int, tests: float, area: str = "norfolk_waveney") -> pd.DataFrame:
    """Twelve equal months of a financial year."""
    return pd.DataFrame(
        {
            "area": area,
            "provider": provider,
            "test": "ct",
            "period": [f"{year + (int(month) < 4)}-{month}" for month in MONTHS],
            "tests": tests / 12,
        }
    )


def test_wape_by_hand() -> None:
    """Off by 10, 10 and 30 of 100, 200 and 300 tests: 50 of 600."""
    found = wape(pd.Series([110.0, 190.0, 330.0]), pd.Series([100.0, 200.0, 300.0]))
    assert found == pytest.approx(50 / 600)


def test_damping_by_hand() -> None:
    """Three trusts, national growth 4 %, weight a quarter, damping a half.

    Local 10 %: half of 0.25 × 10 + 0.75 × 4 = 5.5 % is 2.75 %. Local −8 %: half of 1 % is 0.5 %.
    Local 4 %: 2 %.
    """
    rows = pd.DataFrame({"local": [0.10, -0.08, 0.04], "national": [0.04] * 3})
    assert damped(rows, 0.5, 0.25).tolist() == pytest.approx([0.0275, 0.005, 0.02])
    assert damped(rows, 0, 1).tolist() == [0, 0, 0]
    assert damped(rows, 1, 1).tolist() == pytest.approx([0.10, -0.08, 0.04])


def test_damping_and_weight_that_made_the_years_are_found() -> None:
    """Every trust grew by half of its system's growth, and England's does not matter."""
    rows = pd.DataFrame(
        {
            "year": [2022, 2022, 2023],
            "base": [100.0, 300.0, 200.0],
            "local": [0.10, 0.06, 0.02],
            "national": [0.04, 0.03, -0.01],
        }
    )
    assert choose(rows.assign(tests=rows.base * (1 + rows.local / 2))) == (0.5, 1.0)


def test_repeating_is_chosen_where_growth_turns() -> None:
    """Growth of 10 % foretold, a fall of 10 % came: any growth is worse than none."""
    rows = pd.DataFrame({"year": [2023], "base": [100.0], "local": [0.1], "national": [0.1], "tests": [90.0]})
    assert choose(rows) == (0.0, 0.0)


def test_step_is_left_out_of_the_systems_growth() -> None:
    """100 to 110 and 200 to 210 are growth, 320 of 300; 100 to 150 is a scanner more."""
    of = pd.DataFrame(
        {
            "area": "norfolk_waveney",
            "test": "ct",
            "year": 2023,
            "base": [100.0, 200.0, 100.0],
            "tests": [110.0, 210.0, 150.0],
        }
    )
    of["growth"] = of.tests / of.base - 1
    assert system_growth(of).tolist() == pytest.approx([320 / 300 - 1] * 3)
    only_steps = system_growth(of[of.growth > 0.2])
    assert np.isnan(only_steps).all()


def test_merged_trust_is_joined_in_the_years_before() -> None:
    """Southport's 600 a year count with St Helens' 1,200 until June 2023, and are in its 1,800 after."""
    before = [year_of("RBN", 2022, 1200), year_of("RVY", 2022, 600)]
    after = [year_of("RBN", 2023, 1800), year_of("RVY", 2023, 600)]
    after[0].loc[:2, "tests"] = 100
    after[1].loc[3:, "tests"] = np.nan
    joined = join_merged(pd.concat([*before, *after]), MERGED)
    assert joined.provider.unique().tolist() == ["RBN"]
    assert joined.tests.tolist() == pytest.approx([150] * 24)
    found = years(joined)
    assert found.year.tolist() == [2023]
    assert found.growth.tolist() == pytest.approx([0])


def test_month_that_one_of_two_trusts_did_not_return_is_missing() -> None:
    """It is left out of both years, so growth is of eleven months with eleven."""
    read = pd.concat(
        [
            year_of("RBN", 2021, 1200),
            year_of("RVY", 2021, 600),
            year_of("RBN", 2022, 1320),
            year_of("RVY", 2022, 660),
        ]
    )
    read.loc[(read.provider == "RVY") & (read.period == "2022-12"), "tests"] = np.nan
    found = years(join_merged(read, MERGED)).iloc[0]
    assert found.base == pytest.approx(1650) and found.tests == pytest.approx(1815)
    assert found.growth == pytest.approx(0.10)


def test_year_with_too_few_months_has_no_growth() -> None:
    """Eight months returned."""
    found = years(pd.concat([year_of("RM1", 2022, 1200), year_of("RM1", 2023, 1200).iloc[:8]]))
    assert found.growth.isna().all()


def test_march_2020_is_left_out() -> None:
    """Its tests, down by half in most trusts, make no growth."""
    assert join_merged(year_of("RM1", 2019, 1200), {}).period.max() == "2020-02"


def test_pandemics_growth_is_never_carried_on() -> None:
    """For 2022/23 the last growth is 2019/20's; later years have the year before's."""
    assert [last_growth_year(year) for year in (2019, 2022, 2023, 2024)] == [2018, 2019, 2022, 2023]


def test_what_is_known_before_a_year() -> None:
    """B took a step: its own growth is kept for the naive forecast, its system's is A's and C's."""
    months = pd.concat(
        [
            *(year_of("A", 2021 + i, tests) for i, tests in enumerate((1000, 1100, 1150))),
            *(year_of("B", 2021 + i, tests) for i, tests in enumerate((1000, 1500, 1600))),
            *(year_of("-", 2021 + i, tests, "england") for i, tests in enumerate((9000, 9180, 9300))),
            *(year_of("C", 2021 + i, 120) for i in range(3)),
        ]
    )
    rows = known(years(months), (2023,)).set_index("provider")
    assert sorted(rows.index) == ["-", "A", "B"], "C does too few tests to be foretold"
    assert rows.own[["A", "B", "-"]].tolist() == pytest.approx([0.10, 0.50, 0.02])
    assert rows.step[["A", "B", "-"]].tolist() == [False, True, False]
    of_system = (1100 + 120) / (1000 + 120) - 1
    assert rows.local[["A", "B", "-"]].tolist() == pytest.approx([of_system, of_system, 0.02])
    assert rows.national.tolist() == pytest.approx([0.02] * 3)
    assert rows.base["A"] == pytest.approx(1100) and rows.tests["A"] == pytest.approx(1150)


def test_error_by_month() -> None:
    """A year off by nothing may be off in its months: 120 in April and 80 in May, foretold 100 and 100."""
    now = year_of("A", 2023, 1200)
    now.loc[0, "tests"], now.loc[1, "tests"] = 120, 80
    months = pd.concat([year_of("A", 2022, 1200), now])
    rows = years(months)
    assert wape(rows.base, rows.tests) == pytest.approx(0)
    assert by_month(months, rows, rows.base * 0) == pytest.approx(40 / 1200)
