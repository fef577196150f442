"""A case of a few members and periods, for formulas whose values are reckoned by hand."""

from __future__ import annotations

from typing import Any

from casebuilder.algebra.operators import (
    quantity,
)
from tests.workbook.mini import Mini, frame

MONTHS, YEARS = 6, 3
PAIRS = {("a", "ct"), ("b", "ct"), ("b", "us")}


def small() -> Mini:
    """Two sites, two tests of which site a offers one; six months from October; three years."""
    m = Mini(frame({"site": "ab", "test": ("ct", "us"), "tier": ("t1", "t2"), "point": ("p1", "p2", "p3")},
                   first_month="2021-10", months=MONTHS, years=YEARS,
                   pairs={("site", "test"): PAIRS}))  # fmt: skip
    m.input("zero", "number", (), 0.0)
    m.input("two", "number", (), 2.0)
    m.input("n", "number", ("site",), {"a": 3.0, "b": -5.0}, {"preferred": {"b": 7.0}})
    m.input("pair", "number", ("site", "test"), {("a", "ct"): 1.0, ("b", "ct"): 3.0, ("b", "us"): 6.0})
    m.input("flow", "tests / month", ("month",), [1.0, 2.0, 4.0, 8.0, 16.0, 32.0])
    m.input("year_flow", "GBP_real / year", ("year",), [100.0, 0.0, 300.0])
    m.input("index", "index", ("year",), [1.0, 1.25, 2.0])
    m.input("flag", "flag", ("month",), [0.0, 0.0, 1.0, 0.0, 1.0, 1.0])
    m.input("word", "choice", (), "red", {"preferred": "blue"}, choices=("red", "green", "blue"))
    m.input("starts", "items", ("tier",), {"t1": 0.0, "t2": 5.0})
    m.input("prices", "GBP_real / item", ("tier",), {"t1": 1.0, "t2": 0.9})
    m.input("at_x", "number", ("point",), {"p1": 0.0, "p2": 2.0, "p3": 3.0})
    m.input("curve", "share", ("point",), {"p1": 0.1, "p2": 0.5, "p3": 0.2})
    return m


def solved(unit: str, over: tuple[str, ...], formula: Any, option: str = "bau") -> list[Any]:
    """The values of a formula for one option, as nested lists."""
    m = small()
    line = m.line("answer", unit, over, formula(m.named))
    results = m.solve()
    return results.array(line)[0, m.shape.option_ids.index(option)].tolist()  # type: ignore[no-any-return]


def items(value: float) -> Any:
    """So many items."""
    return quantity(value, "item")


def pounds(value: float) -> Any:
    """So many pounds of the base year."""
    return quantity(value, "GBP_real")
