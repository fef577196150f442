"""Working days and bank holidays, counted again from the holidays that were announced."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest

from casebuilder.resources import resource

# gov.uk/bank-holidays, England and Wales, 2019 to 2026, substitute days in place of the days they replace.
ANNOUNCED = """
2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26
2020-01-01 2020-04-10 2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28
2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28
2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03 2022-08-29 2022-09-19 2022-12-26 2022-12-27
2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29 2023-08-28 2023-12-25 2023-12-26
2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26
2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26
2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28
"""


def shipped() -> dict[str, tuple[int, int]]:
    """Working days and bank holidays by month."""
    path = resource("assumptions/reference/data/working_days.csv")
    with path.open(newline="", encoding="utf-8") as file:
        return {
            row["month"]: (int(row["working_days"]), int(row["bank_holidays"]))
            for row in csv.DictReader(file)
        }


def test_working_days_are_weekdays_less_bank_holidays() -> None:
    """Every month from April 2019 to December 2026 is counted day by day."""
    holidays = {date.fromisoformat(day) for day in ANNOUNCED.split()}
    months: dict[str, list[int]] = {}
    day = date(2019, 4, 1)
    while day < date(2027, 1, 1):
        found = months.setdefault(f"{day:%Y-%m}", [0, 0])
        found[0] += day.weekday() < 5 and day not in holidays
        found[1] += day in holidays
        day += timedelta(1)
    assert {month: shipped()[month] for month in months} == {m: tuple(of) for m, of in months.items()}


def test_earlier_months_are_those_of_the_season() -> None:
    """April 2013 to March 2019, from which the season of the cases is derived."""
    path = resource("assumptions/cases/cmast/data/dm01_england_2013_19.csv")
    with path.open(newline="", encoding="utf-8") as file:
        given = {row["period"]: int(row["working_days"]) for row in csv.DictReader(file)}
    assert len(given) == 72 and given == {month: shipped()[month][0] for month in given}
    assert all(sum(shipped()[f"{year}-{m:02}"][1] for m in range(1, 13)) == 8 for year in range(2014, 2019))


@pytest.mark.parametrize("start", range(2027, 2035))
def test_later_years_have_eight_bank_holidays(start: int) -> None:
    """By rule there are eight a calendar year and 252 to 254 working days."""
    of_year = [days for month, days in shipped().items() if month.startswith(str(start))]
    assert len(of_year) == 12
    assert sum(bank for _, bank in of_year) == 8
    assert 252 <= sum(working for working, _ in of_year) <= 254
