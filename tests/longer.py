"""Copies of shipped cases with more months: each month more is as the same month a year before."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

from casebuilder.resources import resource

MONTHS = re.compile(r"^operating_months: (\d+)$", re.MULTILINE)


def longer_case(folder: Path, name: str, months: int) -> Path:
    """A shipped case with more months.

    Parameters
    ----------
    folder
        Where the copy goes; it does not exist yet.
    name
        The case.
    months
        How many months more.
    """
    shutil.copytree(resource(f"assumptions/cases/{name}"), folder)
    case = folder / "case.yaml"
    text, count = MONTHS.subn(
        lambda found: f"operating_months: {int(found.group(1)) + months}", case.read_text(encoding="utf-8")
    )
    assert count == 1, f"{name} says operating_months: {count} times"
    case.write_text(text, encoding="utf-8")
    for path in folder.glob("data/*.csv"):
        _go_on(path, months)
    return folder


def _go_on(path: Path, months: int) -> None:
    """Give a table by month its rows for the months more; leave any other as it is.

    What returned by month and test after a shutdown ends by itself (`until`).
    """
    with path.open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    if header[0] != "month":
        return
    by_month = {month: rest for month, *rest in rows}
    if len(by_month) < len(rows):
        return
    year, month = map(int, max(by_month).split("-"))
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        by_month[f"{year}-{month:02}"] = by_month[f"{year - 1}-{month:02}"]
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *([month, *by_month[month]] for month in sorted(by_month))])
