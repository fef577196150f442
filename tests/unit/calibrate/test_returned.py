"""What is back after a shutdown: months against months before, per working day, and the line to the whole."""

from __future__ import annotations

import pandas as pd
import pytest

from casebuilder.calibrate.returned import a_day, by_stream, in_a_line, month_before

DAYS = pd.Series(20.0, [str(month) for month in pd.period_range("2019-03", "2021-04", freq="M")])


@pytest.mark.parametrize(
    ("month", "before"), [("2020-05", "2019-05"), ("2021-01", "2020-01"), ("2021-03", "2019-03")]
)
def test_a_month_is_held_against_the_last_before_the_pandemic(month: str, before: str) -> None:
    """March 2019 to February 2020."""
    assert month_before(month) == before


def test_a_month_of_fewer_working_days_has_more_back() -> None:
    """Half the tests in half the days is all of it."""
    days = pd.Series({"2019-05": 20.0, "2020-05": 10.0})
    found = a_day(pd.Series({"2019-05": 100.0, "2020-05": 50.0}), days)
    assert found.to_dict() == {"2020-05": 1.0}


def test_the_line_goes_from_the_last_month_known_to_the_whole() -> None:
    """Seven steps from September 2020 to April 2021."""
    line = in_a_line(pd.Series({"2020-08": 0.2, "2020-09": 0.3}))
    assert line["2020-08"] == 0.2
    assert line["2020-10"] == pytest.approx(0.4)
    assert line["2021-03"] == pytest.approx(0.9)
    assert line["2021-04"] == 1


def england(later: tuple[float, float, float]) -> pd.DataFrame:
    """A hundred tests of each stream a month before, `later` after, to September 2020."""
    months = [str(month) for month in pd.period_range("2019-03", "2020-09", freq="M")]
    index = pd.MultiIndex.from_product([["mri", "ultrasound"], months], names=["test", "period"])
    columns = ["act_waiting_list", "act_planned", "act_unscheduled"]
    table = pd.DataFrame(100.0, index, columns)
    table.loc[table.index.get_level_values("period") > "2020-02", columns] = later
    return table


def test_own_scans_say_how_much_and_england_what_first() -> None:
    """Here 0.45 of all are back, in England 0.6 of all and 0.3 of the list; ultrasound is England's."""
    scans = pd.DataFrame({"period": DAYS.index, "modality": "MRI", "tests": 200.0})
    scans.loc[scans.period > "2020-02", "tests"] = 90.0
    found = by_stream(england((30.0, 60.0, 90.0)), scans, DAYS)
    assert found.loc["mri", "2020-09"].tolist() == pytest.approx([0.225, 0.45, 0.675])
    assert found.loc["ultrasound", "2020-09"].tolist() == pytest.approx([0.3, 0.6, 0.9])
    assert found.loc["mri", "2021-03"].tolist() == pytest.approx(
        [0.45 * (1 - 0.5 / 7), 0.45, 0.45 * (1 + 0.5 / 7)]
    )
    assert found.index.get_level_values("month").max() == "2021-03"


def test_no_more_than_all_is_back() -> None:
    """What grew beyond the months before is growth, which a case states apart."""
    scans = pd.DataFrame({"period": DAYS.index, "modality": "MRI", "tests": 200.0})
    found = by_stream(england((80.0, 100.0, 130.0)), scans, DAYS)
    assert found.to_numpy().max() == 1
