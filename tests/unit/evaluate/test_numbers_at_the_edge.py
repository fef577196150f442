"""The numbers reading where numpy and spreadsheets would differ, and where there is no number to give."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from casebuilder.algebra.operators import (
    MONTH_NUMBER,
    above,
    difference,
    exp,
    first_period,
    interpolate,
    minimum,
    power,
    ratio,
    round_up,
    tier,
    total,
    where,
    which_smallest,
)
from casebuilder.errors import CaseError
from tests.unit.evaluate.small_case import items, pounds, small, solved

EDGES: list[tuple[str, Callable[[Any], Any], float]] = [
    ("binary dust is not above", lambda i: above(i["two"] / 20 + i["two"] / 10, i["two"] * 0.15), 0),
    ("a billionth is above", lambda i: above(i["two"] + 1e-9, i["two"]), 1),
    ("less than half a billionth is not above", lambda i: above(i["two"] + 4e-10, i["two"]), 0),
    ("half a billionth rounds away from zero", lambda i: above(5.1e-10 * i["two"] / 2, 0), 1),
    ("nor is half a billionth below zero above", lambda i: above(-5.1e-10 * i["two"] / 2, 0), 0),
    ("binary dust buys no fourth scanner", lambda i: round_up(3.0000000000000004 * i["two"] / 2), 3),
    ("two billionths do", lambda i: round_up(3.000000002 * i["two"] / 2), 4),
    ("rounding up goes away from zero", lambda i: round_up(-1.2 * i["two"] / 2), -2),
    ("rounding up keeps whole numbers", lambda i: round_up(2_147_483_648 * i["two"] / 2), 2_147_483_648),
    ("minus two squared is four", lambda i: power(-i["two"], i["two"]), 4),
    ("minus the square of two is minus four", lambda i: -power(i["two"], i["two"]), -4),
    ("the branch not taken is not calculated", lambda i: where(above(i["zero"], 0), 1 / i["zero"], 5), 5),
    ("nor is 0 to the power 0 there", lambda i: where(i["zero"], power(i["zero"], i["zero"]), 5), 5),
    ("the first of equals binds", lambda i: which_smallest(i["two"] + 1, i["two"], i["two"] * 1), 2),
    ("dust does not decide what binds",
     lambda i: which_smallest(i["two"] / 20 + i["two"] / 10, i["two"] * 0.15), 1),
    ("equal to nine digits is no difference",
     lambda i: difference((i["two"] / 20 + i["two"] / 10) * 1e9, i["two"] * 0.15 * 1e9), 0),
    ("a tier starts at its boundary",
     lambda i: tier(items(5 - 4e-10), i["starts"], i["prices"], kind="all_unit") / pounds(4.5), 1),
    ("a tier has not started just below it",
     lambda i: tier(items(4.99999), i["starts"], i["prices"], kind="all_unit") / pounds(4.99999), 1),
    ("a curve is level before its first point", lambda i: interpolate(-i["two"], i["at_x"], i["curve"]), 0.1),
]  # fmt: skip


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge[0])
def test_one_meaning_at_the_edge(edge: tuple[str, Callable[[Any], Any], float]) -> None:
    """Where numpy and spreadsheets would differ, the one meaning of the design holds."""
    assert solved("number", (), edge[1]) == pytest.approx(edge[2], rel=1e-9)


EMPTY = {
    "a ratio by 0": lambda i: ratio(i["two"], i["zero"]),
    "a ratio by less than a billionth": lambda i: ratio(i["two"], i["two"] * 1e-10),
    "0 to 0": lambda i: ratio(i["zero"], i["zero"]),
}


@pytest.mark.parametrize("what", EMPTY)
def test_a_headline_may_be_empty(what: str) -> None:
    """It is NaN in numpy, and no fault."""
    assert math.isnan(solved("number", (), EMPTY[what]))  # type: ignore[arg-type]


def test_a_first_period_that_never_comes_is_empty() -> None:
    """A condition that never holds has no first period."""
    m = small()
    never = m.line("never", "flag", ("month",), above(0, MONTH_NUMBER))
    first = m.line("first", "months", (), first_period(never))
    assert math.isnan(m.solve().array(first)[0, 0])


REFUSED = {
    "a division by 0": lambda i: i["two"] / i["zero"],
    "0 divided by 0": lambda i: i["zero"] / i["zero"],
    "the least of 1 and a division by 0": lambda i: minimum(1, i["two"] / i["zero"]),
    "0 to the power 0": lambda i: power(i["zero"], i["zero"]),
    "a condition without value": lambda i: above(1, i["two"] / i["zero"]),
    "a choice by a condition without value": lambda i: where(above(i["two"] / i["zero"], 1), 1, 2),
    "what binds, one without value": lambda i: which_smallest(i["two"], i["two"] / i["zero"]),
    "a root of a number below 0": lambda i: power(-i["two"], 0.5),
    "an exponential too large": lambda i: exp(i["two"] * 1000),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_line_without_value_is_refused_by_name(what: str) -> None:
    """Never a NaN or an infinity passed on, and never a number where the workbook shows an error."""
    with pytest.raises(CaseError, match=r"mini\.answer.*has no value"):
        solved("number", (), REFUSED[what])


def test_what_does_not_exist_may_divide_by_zero() -> None:
    """A combination that the case leaves out counts for nothing, whatever its formula would give."""
    m = small()
    line = m.line("inverse", "number", ("site", "test"), 12 / m.named["pair"])
    whole = m.line("whole", "number", (), total(line, over=("site", "test")))
    assert m.solve().array(whole)[0, 0] == 12 + 4 + 2
