"""An input of patients or capacity typed into a workbook: every cell that hangs on it is what --set gives."""

from __future__ import annotations

import math

import pytest

from tests.shipped import ShippedCases
from tests.workbook.money_cells import idle_of

QUICK, FULL = 5, 60
# Whose inputs are changed, and whose cells are compared.
CHANGED = (
    "relief",
    "waits",
    "bands",
    "lists",
    "demand",
    "capacity",
    "hospital_staff",
    "reporting",
    "health",
    "revenue",
)
COMPARED = (*CHANGED, "list_years", "activity", "performance", "staff_years", "workforce", "economics")
# Of these the first changes of a quick run are.
FIRST = ("relief", "waits", "bands", "capacity", "demand")


@pytest.mark.parametrize(
    ("name", "count", "chapters", "idle_at_most"),
    [
        # No centre opens in this one, so that what concerns centres and those who go to them moves nothing.
        ("digital_diagnostics", QUICK, FIRST, 0.3),
        pytest.param("digital_diagnostics", FULL, CHANGED, 0.3, marks=pytest.mark.full),
        pytest.param("cmast", FULL, CHANGED, 0.2, marks=pytest.mark.full),
    ],
)
def test_a_change_moves_the_sheets_as_set_does(
    name: str, count: int, chapters: tuple[str, ...], idle_at_most: float, shipped_cases: ShippedCases
) -> None:
    """One cell of as many inputs, chapter by chapter in turn, each typed, recalculated and put back."""
    idle = idle_of(name, count, chapters, COMPARED, 20261129, shipped_cases)
    # What is left is the limit that nothing comes near, and what a case has no use for.
    assert len(idle) <= math.ceil(idle_at_most * count), idle
