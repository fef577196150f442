"""A line touches one file, a column of a page one more, a chapter two, a sheet one; the case is proved.

A new cost, dimension and operator are tried beside this one: test_new_cost.py, test_new_dimension.py,
test_new_operator.py.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.copies import copy_tree, edit, proved, touched

LINE_FILE = "casebuilder/model/setting/risks.py"
COLUMN_FILE = "templates/workbook/pages/200_risks.yaml"
PART, CHAPTER = "casebuilder/model/reports/__init__.py", "casebuilder/model/reports/exposure.py"
SHEET = "templates/workbook/pages/205_exposure.yaml"
LINE = """at_worst = Line(
    "Impact at worst", "GBP_real", ("risk",), largest(impact, over="outcome"), "The dearest outcome.",
)
"""
COLUMN = "      - {line: risks.at_worst, heading: At worst}\n"
LINES = '''"""Exposure: risks that are counted one by one."""

from __future__ import annotations

from casebuilder.algebra.operators import ratio, total
from casebuilder.algebra.terms import Line
from casebuilder.model.setting import risks

all_risks = Line(
    "Counted, all risks", "GBP_real", (),
    total(risks.counted, over="risk"),
    "Over the years of the appraisal.",
)
part_of_all = Line(
    "Part of all that is counted", "share", ("risk",),
    ratio(risks.counted, all_risks),
    "Empty where nothing is counted.",
)
'''
PAGE = """sheet: Exposure
title: What each risk could cost
about: The expected cost of every risk
blocks:
  - name: exposure
    title: Risks, option shown
    rows: [risk]
    columns:
      - {line: risks.expected, heading: Expected cost}
"""


def add_line(tree: Path) -> None:
    """A formula, its label, unit, dimensions and basis, before the line that comes next."""
    edit(tree / LINE_FILE, "import above, total\n", "import above, largest, total\n")
    edit(tree / LINE_FILE, "cost_by_risk = Line(\n", f"{LINE}cost_by_risk = Line(\n")


def add_column(tree: Path) -> None:
    """The line, beside the others of the table."""
    add_line(tree)
    counted = "      - {line: risks.counted, heading: Counted, signed: true}\n"
    edit(tree / COLUMN_FILE, counted, counted + COLUMN)


def add_chapter(tree: Path) -> None:
    """A module of lines, and its place in the list of its part."""
    (tree / CHAPTER).write_text(LINES, encoding="utf-8")
    edit(tree / PART, "    cost_by_line,\n", "    cost_by_line,\n    exposure,\n")
    edit(tree / PART, "reference_class, spend)", "reference_class, spend, exposure)")


def add_sheet(tree: Path) -> None:
    """A page, between those whose numbers it stands between."""
    (tree / SHEET).write_text(PAGE, encoding="utf-8")


@pytest.mark.parametrize(
    ("add", "files"),
    [
        (add_line, {LINE_FILE}),
        (add_column, {LINE_FILE, COLUMN_FILE}),
        (add_chapter, {CHAPTER, PART}),
        (add_sheet, {SHEET}),
    ],
)
def test_an_addition_touches_so_many_files(
    add: Callable[[Path], None], files: set[str], tmp_path: Path
) -> None:
    """One, two, two and one: no reader, no list of lines, no other template."""
    add(copy_tree(tmp_path))
    assert touched(tmp_path) == files


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[tuple[int, int], Any]]:
    """The workbook of a copy with all four, once another engine agrees with it."""
    tree = copy_tree(tmp_path_factory.mktemp("tree"))
    for add in (add_column, add_chapter, add_sheet):
        add(tree)
    return proved(tree, tmp_path_factory.mktemp("book") / "case.xlsx")


def column(cells: dict[tuple[int, int], Any], number: int) -> dict[str, Any]:
    """What a column holds, by what stands in the first one."""
    return {cells[row, 1]: value for (row, at), value in cells.items() if at == number and (row, 1) in cells}


def heading(cells: dict[tuple[int, int], Any], text: str) -> int:
    """The column that has a heading."""
    (found,) = {at for (_, at), value in cells.items() if str(value).partition("\n")[0] == text}
    return found


def test_a_line_has_its_row_and_a_page_its_column(sheets: dict[str, dict[tuple[int, int], Any]]) -> None:
    """The row stands on the sheet of the lines by year, the column on the page, with the same values."""
    years = column(sheets["Years bau"], heading(sheets["Years bau"], "Total"))
    assert years["risks.at_worst[supplier]"] == 20e6 and years["risks.at_worst[uptake]"] == 12e6
    shown = column(sheets["Risks"], heading(sheets["Risks"], "At worst"))
    assert shown["A supplier delivers late or fails"] == 20e6
    assert shown["Systems are bought and little used"] == 12e6


def test_a_chapter_has_its_rows(sheets: dict[str, dict[tuple[int, int], Any]]) -> None:
    """By the key of the chapter, on the sheet of each option."""
    years = column(sheets["Years programme"], heading(sheets["Years programme"], "Total"))
    parts = [years[f"exposure.part_of_all[{risk}]"] for risk in ("supplier", "uptake")]
    assert years["exposure.all_risks"] > 0 and sum(parts) == pytest.approx(1)


def test_a_sheet_stands_in_its_place(sheets: dict[str, dict[tuple[int, int], Any]]) -> None:
    """After the page whose number comes before its own, named on Contents, with the figures of its lines."""
    place = list(sheets).index("Exposure")
    assert list(sheets)[place - 1 : place + 2] == ["Risks", "Exposure", "CIA export"]
    assert "Exposure" in sheets["Contents"].values()
    shown = column(sheets["Exposure"], heading(sheets["Exposure"], "Expected cost"))
    assert shown["A supplier delivers late or fails"] == 8.5e6
