"""Changes of a share are percentage points, in the workbook as on the terminal."""

from __future__ import annotations

import openpyxl
import pytest

from casebuilder.summary.case.steps import steps
from casebuilder.summary.figures import difference
from casebuilder.workbook.writing.bounds import change_of
from tests.shipped import ShippedCases

NAME = "digital_diagnostics"


def test_a_change_of_a_share_is_in_points() -> None:
    """All else keeps its unit."""
    assert change_of("share") == ("points", 100.0)
    assert change_of("tests") == ("tests", 1.0)


def test_waits_shows_changes_as_the_terminal_does(shipped_cases: ShippedCases) -> None:
    """The same figure with the same words: 6.6 points are +6.6 pp, not +6.6 %."""
    case = shipped_cases.case(NAME)
    sheet = openpyxl.load_workbook(shipped_cases.workbook(NAME), data_only=True)["Waits"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "Option")
    column = next(i for i, cell in enumerate(head) if cell.value == "Change: share over six weeks")
    first = head[0].row + 2  # below the start
    told = [stage.changes["over_six_weeks"] for stage in steps(case.headlines)[1:]]
    assert told and any(told)
    for row, change in enumerate(told, first):
        cell = sheet.cell(row, column + 1)
        assert change is not None and cell.value == pytest.approx(100 * change, abs=1e-6)
        assert cell.number_format == '+0.0" pp";-0.0" pp";0.0" pp"'
        assert difference(change, "share").endswith(" pp")
