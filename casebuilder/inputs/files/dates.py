"""Months and years as Excel and people write them, and how they are written here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, timedelta

from casebuilder.inputs.files.scalars import seen

# How a financial year and a month are written.
FINANCIAL_YEAR = r"[0-9]{4}/[0-9]{2}"
MONTH = r"[0-9]{4}-(?:0[1-9]|1[0-2])"

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "sept",
)
_WORDED = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?[- ])?([A-Za-z]{3,9})\.?[- /']*(\d{4}|\d{2})")
# Excel takes 21-Apr for a day of this year; people write it for April 2021.
_YEAR_NAME = re.compile(r"(\d{4}|\d{2})[- /']*([A-Za-z]{3,9})\.?")
# The first days of a month without a year: no case is older than 2015.
_DAY_NAME = re.compile(r"(?:0?\d|1[0-4])[- ][A-Za-z]{3,9}")
_NAME_DAY = re.compile(r"([A-Za-z]{3,9})\.? \d{1,2}(?:st|nd|rd|th)?,? (\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?: .*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.]\d{1,2}(?:[T ].*)?)?")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/-](\d{4})")
_RUN_TOGETHER = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_SERIAL = re.compile(r"[34]\d{4}|5[0-5]\d{3}")
_YEARS = re.compile(r"(?:FY\s*)?(\d{4}|\d{2})\s*[-/]\s*(\d{4}|\d{2})", re.IGNORECASE)
_ONE_YEAR = re.compile(r"\d{4}")
# The year in which it ends: FY22 is 2021/22.
_ENDS = re.compile(r"FY\s*(\d{4}|\d{2})", re.IGNORECASE)
_MADE = re.compile(
    r"[A-Za-z]{3}-\d{2}|\d{1,2}-[A-Za-z]{3}(?:-\d{2,4})?|\d{1,2}/\d{1,2}/\d{2,4}(?: .*)?|\d{5}"
)
# Day 0 of Excel's calendar, which takes 1900 for a leap year.
_EXCEL = date(1899, 12, 30)


def plain(text: str) -> str:
    """A period without what Excel and word processors put around or into it: '2021-04, 2021–04."""
    text = re.sub("[‐-―−]", "-", unicodedata.normalize("NFKC", seen(text))).replace("⁄", "/")
    return text.removeprefix("=").strip("\"'‘’“”` ")


def month_of(text: str) -> str | None:
    """The month that a text means, as 2021-04; None where it means none."""
    text = plain(text)
    if _SERIAL.fullmatch(text):
        day = _EXCEL + timedelta(days=int(text))
        return f"{day.year}-{day.month:02d}"
    for form, name, year in ((_WORDED, 1, 2), (_YEAR_NAME, 2, 1), (_NAME_DAY, 1, 2)):
        if (found := form.fullmatch(text)) and (month := _named(found[name])):
            return f"{_century(found[year])}-{month:02d}"
    if _YEARS.fullmatch(text) and year_of(text) and not _is_month(text):
        return None
    for form, year, month in (
        (_DAY_FIRST, 3, 2),
        (_MONTH_FIRST, 2, 1),
        (_YEAR_FIRST, 1, 2),
        (_RUN_TOGETHER, 1, 2),
    ):
        if (found := form.fullmatch(text)) and 1 <= int(found[month]) <= 12:
            return f"{_century(found[year])}-{int(found[month]):02d}"
    return _american(text)


def year_of(text: str) -> str | None:
    """The financial year that a text means, as 2021/22; None where it means none."""
    text = plain(text).replace("_", "/")
    if found := _ENDS.fullmatch(text):
        return _year(int(_century(found[1])) - 1)
    if found := _YEARS.fullmatch(text):
        start = int(_century(found[1]))
        return _year(start) if int(found[2]) % 100 == (start + 1) % 100 else None
    if _ONE_YEAR.fullmatch(text):
        return _year(int(text)) if 1990 <= int(text) <= 2100 else None
    found = _WORDED.fullmatch(text)
    # Excel takes 2011/12 for December 2011, and shows it as Dec-11.
    if found and (month := _named(found[1])):
        start = int(_century(found[2]))
        return _year(start) if (start + 1) % 100 == month else None
    return None


def month_cure(text: str, known: Sequence[str] = ()) -> str:
    """What to write for a month that is written otherwise; empty where that cannot be told.

    Parameters
    ----------
    text
        As typed.
    known
        The months of the case.
    """
    bare = plain(text)
    month = None if _DAY_NAME.fullmatch(bare) else month_of(text)
    other = _american(bare)
    # Months are given by their first day: 01/04/2021 is April.
    if month and other and other != month and not re.match(r"0?1\D", bare):
        return f"; write {month}, or {other} if the month stands before the day"
    if month:
        return f"; write {month}{_unseen(text, month)}"
    if year := year_of(text):
        first = f"{year[:4]}-04"
        if _ONE_YEAR.fullmatch(bare):
            return f": a year, where a month is wanted: write {bare}-04 for April {bare}"
        return f": a financial year, where a month is wanted: write {first} for its first month"
    if number := _named(bare.lstrip("0123456789- ")):
        example = next((one for one in known if one.endswith(f"-{number:02d}")), f"2021-{number:02d}")
        return f": its year is missing: write it as {example}"
    return ""


def year_cure(text: str) -> str:
    """What to write for a financial year that is written otherwise; empty where that cannot be told."""
    year, month = year_of(text), month_of(text)
    found = _ENDS.fullmatch(plain(text))
    if found and year and len(found[1]) == 4:
        return f"; write {year} if it ends in {found[1]}, {_year(int(found[1]))} if it starts then"
    if year:
        return f"; write {year}{_unseen(text, year)}"
    if month:
        start = int(month[:4]) - (int(month[5:]) < 4)
        return f": a month, where a financial year is wanted: write {_year(start)}"
    return ""


def made_by_excel(text: str) -> bool:
    """Whether a text is what Excel makes of 2021-04 or of 2011/12."""
    return bool(_MADE.fullmatch(text.strip()))


def _american(text: str) -> str | None:
    """The month of a date with the month before the day; None where it is none."""
    found = _DAY_FIRST.fullmatch(text)
    if found and 1 <= int(found[1]) <= 12 and 1 <= int(found[2]) <= 31:
        return f"{_century(found[3])}-{int(found[1]):02d}"
    return None


def _is_month(text: str) -> bool:
    """Whether a text with a year of four digits is a month too: 2011-12."""
    found = _YEAR_FIRST.fullmatch(text)
    return bool(found and "-" in text and 1 <= int(found[2]) <= 12)


def _named(word: str) -> int | None:
    """The number of a month by its name; None where it is none."""
    low = word.lower().rstrip(".")
    return _NAMES.index(low[:3]) + 1 if low in (*_NAMES, *_FULL) else None


def _unseen(text: str, right: str) -> str:
    """That nothing but a character that nobody sees is wrong."""
    return ": a character that nobody sees stands in it" if text.strip() != right == seen(text) else ""


def _year(start: int) -> str:
    return f"{start}/{(start + 1) % 100:02d}"


def _century(year: str) -> str:
    return year if len(year) == 4 else f"20{year}"
