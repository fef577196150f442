"""Months, financial years, and the inputs that the calendar answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from casebuilder.algebra.dimensions import Frame, Member
from casebuilder.algebra.terms import Input
from casebuilder.inputs.shape.calendar import Calendar, calendar_values, financial_year, is_financial_year
from tests.declared import DIMENSIONS


def test_financial_years_run_over_the_century() -> None:
    """The second half is the last two digits of the next year."""
    assert [financial_year(1999), financial_year(2021)] == ["1999/00", "2021/22"]
    assert is_financial_year("2099/00")


@pytest.mark.parametrize("text", ["2021", "2021/23", "2021/2022", "21/22", "abcd/ef", ""])
def test_other_text_is_no_financial_year(text: str) -> None:
    """Two years that do not follow each other are none."""
    assert not is_financial_year(text)


def test_months_know_their_year() -> None:
    """Months count years from the base year, also when they start later."""
    calendar = Calendar("2021/22", "2022-03", 13, 3)
    assert calendar.months[0] == "2022-03" and calendar.months[-1] == "2023-03"
    assert calendar.year_of_month == (1, *[2] * 12)
    assert calendar.years == ("2021/22", "2022/23", "2023/24")


def test_the_calendar_answers_its_inputs(declare: Callable[..., Input]) -> None:
    """Days of each month, with leap years, and the months before the first."""
    months = tuple(Member(m, m) for m in ("2024-02", "2024-03"))
    frame = Frame({"month": months}, (), "bau", dimensions=DIMENSIONS)
    days = declare("timeline.days_in_month", "days", ("month",))
    offset = declare("timeline.first_month_offset", "months")
    assert calendar_values(days, frame, "2023/24") == {("2024-02",): 29.0, ("2024-03",): 31.0}
    assert calendar_values(offset, frame, "2023/24") == {(): 10.0}
    assert calendar_values(declare("demand.other", "share"), frame, "2023/24") is None
