"""Months and financial years as labels: `2021-04`, `2021/22`; and the inputs they answer."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.inputs.values import Members

APRIL = 4


def financial_year(start: int) -> str:
    """The financial year that starts in April of a year: `2021/22`."""
    return f"{start}/{(start + 1) % 100:02d}"


def is_financial_year(text: str) -> bool:
    """Whether some text is a financial year, its two halves a year apart."""
    start, slash, _ = text.partition("/")
    return bool(slash) and start.isdigit() and len(start) == 4 and text == financial_year(int(start))


def month_label(number: int) -> str:
    """The month of a number that counts from January of year 0."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def month_number(label: str) -> int:
    """The number of a month: 12 a year, so that differences are months."""
    year, _, month = label.partition("-")
    return int(year) * 12 + int(month) - 1


def april_of(year: str) -> int:
    """The number of the first month of a financial year."""
    return int(year[:4]) * 12 + APRIL - 1


@dataclass(frozen=True)
class Calendar:
    """The time axes of a case."""

    base_year: str
    first_month: str
    operating_months: int
    horizon: int
    statement_years: int = 10

    @property
    def months(self) -> tuple[str, ...]:
        """The labels of the month axis."""
        first = month_number(self.first_month)
        return tuple(month_label(first + i) for i in range(self.operating_months))

    @property
    def years(self) -> tuple[str, ...]:
        """The labels of the year axis."""
        start = int(self.base_year[:4])
        return tuple(financial_year(start + i) for i in range(self.horizon))

    @property
    def statements(self) -> tuple[str, ...]:
        """The labels of the years that statements run over: the first of all years."""
        return self.years[: self.statement_years]

    @property
    def year_of_month(self) -> tuple[int, ...]:
        """For each month the number, from 1, of its financial year."""
        april = april_of(self.base_year)
        return tuple((month_number(month) - april) // 12 + 1 for month in self.months)


def calendar_values(declared: Input, frame: Frame, base_year: str) -> dict[Members, float] | None:
    """The values of an input that the calendar answers; None for every other input.

    Parameters
    ----------
    declared
        The input.
    frame
        The periods of the case.
    base_year
        The financial year that is year 0.
    """
    months: Sequence[str] = frame.ids("month")
    answers: dict[tuple[str, tuple[str, ...]], dict[Members, float]] = {
        ("timeline.days_in_month", ("month",)): {
            (month,): float(monthrange(int(month[:4]), int(month[5:]))[1]) for month in months
        },
        ("timeline.first_month_offset", ()): {(): float((month_number(months[0]) - APRIL + 1) % 12)},
        ("timeline.base_year_number", ()): {(): float(base_year[:4])},
    }
    return answers.get((declared.key, declared.over))
