"""A small case whose inputs are of every kind, and its sheets of inputs as a user types into them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from casebuilder.algebra.operators import choose, total
from casebuilder.algebra.terms import Input
from casebuilder.evaluate.engine import evaluate
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.engines import IronCalc
from tests.workbook.mini import Mini, frame, given, write
from tests.workbook.reading import read_sheets

BLANK, TEXT, ERROR = None, "tbc", "=NA()"
UNUSABLE, CHANGED_ROWS = "B3", "B4"
Typed = float | str | None


def every_kind(**opened: frozenset[str]) -> Mini:
    """Inputs of every kind, with one value and over time, in three options.

    `bau` touches nothing, `mid` overrides single values and periods, and the options named in `opened`
    open an input.
    """
    m = Mini(
        frame(
            {"site": ["a", "b", "c"], "tier": ["t1", "t2", "t3"]},
            months=4,
            years=3,
            options=("bau", "mid", "late"),
        )
    )

    def add(name: str, unit: str, over: tuple[str, ...], base: Any, mid: Any = None, **more: Any) -> None:
        item = Input(f"The {name}", unit, over, "For the test.", **({"low": 0.0} | more))
        values = given(item, m.shape, base, {"mid": mid} if mid is not None else None)
        m.named[name] = item
        m.values[name] = replace(values, opened=opened.get(name, frozenset()))

    add("amount", "GBP_real / year", ("site",), {"a": 5.0, "b": 6.0, "c": 7.0}, {"b": 8.0}, high=100.0)
    add("divisor", "factor", (), 0.5, low_open=True, high=2.0, high_open=True)
    add("free", "factor", (), -3.0, low=None)
    add("share", "share", ("site",), 0.25, {"a": 0.5})
    add("rooms", "item", ("site",), 2.0, {"c": 3.0}, whole=True, high=9.0)
    add("count", "item", (), 4.0, whole=True)
    add("works", "flag", ("site",), 1.0, {"a": 0.0})
    add("way", "choice", (), "slow", "fast", choices=("slow", "fast", "slower"), low=None)
    add("growth", "share", ("year",), 0.1, {"2022/23": 0.2}, high=0.5)
    add("spend", "GBP_real / year", ("site", "year"), 10.0, low=None)
    add("days", "item", ("month",), 30.0, {"2021-05": 29.0}, whole=True, low=28.0, high=31.0)
    add("past", "flag", ("month",), 1.0, {"2021-06": 0.0})
    add(
        "start",
        "item",
        ("site", "tier"),
        {(s, t): v for s in "abc" for t, v in (("t1", 1.0), ("t2", 5.0), ("t3", 9.0))},
        whole=True,
        low=1.0,
        high=50.0,
        rises_from=1.0,
    )
    add("serves", "flag", ("site",), {"a": 1.0, "b": 0.0, "c": 0.0}, holds_some="site")
    one_value = ("amount", "share", "rooms", "works", "serves")
    for name in one_value:
        m.line(f"{name}_sum", _unit(m, name), (), total(m.named[name] * 1, over="site"))
    m.line("start_sum", "item", ("site",), total(m.named["start"] * 1, over="tier"))
    for name in ("divisor", "free", "count"):
        m.line(f"{name}_read", _unit(m, name), (), m.named[name] * 1)
    words = {"slow": m.named["count"], "fast": m.named["count"] * 2, "slower": m.named["count"] * 3}
    m.line("way_read", "item", (), choose(m.named["way"], words))
    m.line("growth_read", "share", ("year",), m.named["growth"] * 1)
    m.line("spend_sum", "GBP_real / year", ("year",), total(m.named["spend"] * 1, over="site"))
    m.line("days_read", "item", ("month",), m.named["days"] * 1)
    m.line("past_read", "flag", ("month",), m.named["past"] * 1)
    return m


def _unit(m: Mini, name: str) -> str:
    unit = m.named[name].unit
    return "GBP_real / year" if unit.startswith("GBP") else unit


@dataclass(frozen=True)
class At:
    """An input cell: its sheet, row and column."""

    sheet: str
    row: int
    column: int

    @property
    def address(self) -> str:
        """As a spreadsheet writes it."""
        return f"{letter(self.column)}{self.row}"


class InputCells:
    """A workbook open in IronCalc, whose input cells are found by key and header."""

    def __init__(self, mini: Mini, path: Path) -> None:
        """Write and open it."""
        self.written = write(evaluate(mini.problem()), path)
        self.sheets = {n: s for n, s in read_sheets(path).items() if n == "Inputs" or n.startswith("Data ")}
        self.engine = IronCalc(path)

    def at(self, key: str, header: str) -> At:
        """The cell of a key under a header."""
        rows = [(n, row) for n, s in self.sheets.items() for found, row in s.keyed() if found == key]
        ((name, row),) = rows
        return At(name, row, self.sheets[name].columns()[header])

    def type(self, at: At, value: Typed) -> None:
        """Type a value, a formula or nothing, and recalculate."""
        model, sheet = self.engine.model, self.engine.sheets[at.sheet]
        if value is None:
            model.clear_cell_contents(sheet, at.row, at.column)
        elif isinstance(value, str) and value.startswith("="):
            model.update_cell_with_formula(sheet, at.row, at.column, value)
        else:
            self.engine.put(at.sheet, at.address, value)
        self.engine.calculate()

    def restore(self, at: At) -> None:
        """What stood in a cell when the workbook was written."""
        cell = self.sheets[at.sheet].cells[at.row, at.column]
        self.type(at, f"={cell.formula}" if cell.formula else cell.value)  # type: ignore[arg-type]

    def under(self, at: At, header: str) -> object:
        """What stands in the row of a cell under a header."""
        return self.engine.value(at.sheet, f"{letter(self.sheets[at.sheet].columns()[header])}{at.row}")

    def beside(self, sheet: str, row: int, header: str) -> str:
        """The address under a header in a row."""
        return f"{letter(self.sheets[sheet].columns()[header])}{row}"

    @property
    def unusable(self) -> object:
        """The count of cells that cannot be used."""
        return self.engine.value("Inputs", UNUSABLE)

    @property
    def changed(self) -> object:
        """The count of rows changed."""
        return self.engine.value("Inputs", CHANGED_ROWS)
