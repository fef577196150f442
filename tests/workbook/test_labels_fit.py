"""No label of a page is cut by what stands beside it."""

from __future__ import annotations

import itertools
import textwrap
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.shipped import ShippedCases
from tests.short import SINGLE

# What is read row by row, with filters and keys, rather than as a page.
LEDGERS = ("Months ", "Years ", "Statements ", "Inputs", "Data ", "Sources", "Checks", "Lines")
PER_LETTER, LINE = 0.9, 12.0  # of a column's width, and the points of a line
PLACES = "digital_diagnostics"


def cut(sheet: Worksheet) -> list[str]:
    """The texts to the left of something that are wider than their column, or higher than their row."""
    widths: dict[int, float] = {}
    for held in sheet.column_dimensions.values():
        widths |= dict.fromkeys(range(held.min, held.max + 1), held.width)
    found = []
    for row in sheet.iter_rows():
        for cell, right in itertools.pairwise(row):
            text = cell.value
            if not isinstance(text, str) or text.startswith("=") or right.value in (None, ""):
                continue
            if cell.alignment.horizontal == "right" or cell.font.b or not cell.font.sz:
                continue
            width = widths.get(cell.column, 8.43)
            letters = len(text) * PER_LETTER * cell.font.sz / 10
            if not cell.alignment.wrap_text:
                if letters > width:
                    found.append(f"{sheet.title}!{cell.coordinate} {text}")
            elif cell.column <= 2 and letters > width:
                height = sheet.row_dimensions[cell.row].height or LINE
                if len(textwrap.wrap(text, int(width / PER_LETTER))) * LINE > height:
                    found.append(f"{sheet.title}!{cell.coordinate} {text}")
    return found


def pages_of(path: Path) -> list[Worksheet]:
    """The visible sheets that are pages."""
    book = openpyxl.load_workbook(path)
    return [s for s in book.worksheets if s.sheet_state == "visible" and not s.title.startswith(LEDGERS)]


@pytest.mark.parametrize("name", [PLACES, SINGLE])
def test_no_label_is_cut(name: str, shipped_cases: ShippedCases) -> None:
    """All pages of a new bid and of the digital programme."""
    pages = pages_of(shipped_cases.workbook(name))
    assert len(pages) > 20
    assert [each for page in pages for each in cut(page)] == []
