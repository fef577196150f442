"""Months and years as Excel and people write them, and how they are written here."""

from __future__ import annotations

import re
from datetime import date, timedelta

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDED = re.compile(r"(?:\d{1,2}[- ])?([A-Za-z]{3,9})\.?[- /']*(\d{4}|\d{2})")
_DAY_FIRST = re.compile(r"\d{1,2}[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2}(?:[T ].*)?)?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/-](\d{4})")
_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_SERIAL = re.compile(r"[34]\d{4}|5[0-5]\d{3}")
_YEARS = re.compile(r"(?:FY\s*)?(\d{4}|\d{2})\s*[-–/]\s*(\d{4}|\d{2})", re.IGNORECASE)
_ONE_YEAR = re.compile(r"(?:FY\s*)?(\d{4})", re.IGNORECASE)
# Day 0 of Excel's calendar, which takes 1900 for a leap year.
_EXCEL = date(1899, 12, 30)


def month_of(text: str) -> str | None:
    """The month that a text means, as 2021-04; None where it means none."""
    text = text.strip()
    if _SERIAL.fullmatch(text):
        day = _EXCEL + timedelta(days=int(text))
        return f"{day.year}-{day.month:02d}"
    if found := _WORDED.fullmatch(text):
        name = found[1][:3].lower()
        return f"{_century(found[2])}-{_NAMES.index(name) + 1:02d}" if name in _NAMES else None
    for form, year, month in (
        (_DAY_FIRST, 2, 1),
        (_MONTH_FIRST, 2, 1),
        (_YEAR_FIRST, 1, 2),
        (_RUN_TOGETHER, 1, 2),
    ):
        if (found := form.fullmatch(text)) and 1 <= int(found[month]) <= 12:
            return f"{_century(found[year])}-{int(found[month]):02d}"
    return None


def year_of(text: str) -> str | None:
    """The financial year that a text means, as 2021/22; None where it means none."""
    text = text.strip()
    if found := _YEARS.fullmatch(text):
        start = int(_century(found[1]))
        return f"{start}/{(start + 1) % 100:02d}" if int(found[2]) % 100 == (start + 1) % 100 else None
    if found := _ONE_YEAR.fullmatch(text):
        start = int(found[1])
        return f"{start}/{(start + 1) % 100:02d}" if 1990 <= start <= 2100 else None
    found = _WORDED.fullmatch(text)
    # Excel takes 2011/12 for December 2011, and shows it as Dec-11.
    if found and found[1][:3].lower() in _NAMES:
        start, month = int(_century(found[2])), _NAMES.index(found[1][:3].lower()) + 1
        return f"{start}/{month:02d}" if (start + 1) % 100 == month else None
    return None


def period_hint(text: str) -> str:
    """`; write 2021-04` or `; write 2021/22`, for a text that means a month or a year."""
    meant = year_of(text) or month_of(text)
    return f"; write {meant}" if meant and meant != text else ""


def _century(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"
