"""An input of value typed into a workbook: every cell that hangs on it is what --set gives."""

from __future__ import annotations

import math

import pytest

from tests.shipped import ShippedCases
from tests.workbook.money_cells import idle_of

QUICK, FULL = 6, 80
CHANGED = (
    "freed",
    "published_health",
    "health",
    "benefits",
    "economics",
    "value",
    "revenue",
    "hospital_staff",
    "workforce",
    "pay",
)
COMPARED = (*CHANGED, "activity", "appraisal", "reconcile")
FIRST = ("freed", "published_health", "health", "benefits", "economics", "value")


@pytest.mark.parametrize(
    ("name", "count", "chapters", "idle_at_most"),
    [
        ("digital_diagnostics", QUICK, FIRST, 0.5),
        pytest.param("digital_diagnostics", FULL, CHANGED, 0.4, marks=pytest.mark.full),
        pytest.param("cmast", FULL, CHANGED, 0.3, marks=pytest.mark.full),
    ],
)
def test_a_change_moves_the_sheets_as_set_does(
    name: str, count: int, chapters: tuple[str, ...], idle_at_most: float, shipped_cases: ShippedCases
) -> None:
    """One cell of as many inputs, chapter by chapter in turn, each typed, recalculated and put back."""
    idle = idle_of(name, count, chapters, COMPARED, 20261130, shipped_cases)
    assert len(idle) <= math.ceil(idle_at_most * count), idle
