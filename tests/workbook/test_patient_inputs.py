"""An input of patients or capacity typed into a workbook: every cell that hangs on it is what --set gives."""

from __future__ import annotations

import math

import numpy as np
import pytest

from casebuilder.case import load_case
from tests.shipped import ShippedCases
from tests.workbook.changing import choose_one_each, headlines, input_cell, same
from tests.workbook.money_cells import Cells, agree

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
    case, sheets = shipped_cases.case(name), shipped_cases.sheets(name)
    engine = shipped_cases.engine(name)
    changes = choose_one_each(case, count, chapters, seed=20261129)
    assert len(changes) == len({change.item.key for change in changes}) == count
    assert {change.item.chapter for change in changes} == set(chapters)
    cells = Cells(sheets, case, COMPARED)
    before = cells.ours(case.results)
    engine.settle()
    assert agree(cells.live(engine), before).all()
    idle = []
    for change in changes:
        where = input_cell(sheets, change)
        engine.put(*where, change.after)
        engine.calculate()
        live, shown = cells.live(engine), headlines(engine, sheets["Options"], case)
        engine.put(*where, change.before)
        again = load_case(name, [change.as_set])
        wrong = np.flatnonzero(~agree(live, cells.ours(again.results)))
        assert not wrong.size, (change.as_set, cells.name(int(wrong[0])), live[wrong[0]])
        for (key, option), value in shown.items():
            assert same(value, again.headlines[option].headlines[key]), (change.as_set, key, option)
        if agree(live, before).all():
            idle.append(change.as_set)
    # What is left is the limit that nothing comes near, and what a case has no use for.
    assert len(idle) <= math.ceil(idle_at_most * count), idle
