"""Small models made in memory, written to a workbook and recalculated by an engine that is not ours.

A mini model is a handful of inputs and lines in one chapter. `solve` reads it as numbers;
`write` lays it out as `build` does, without the presentation sheets; `differences` compares
every cell of a line, recalculated, with what numpy gave.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import ironcalc
import numpy as np

from casebuilder.algebra.chapters import checked, name_chapter
from casebuilder.algebra.dimensions import Frame, Member, time_of, without_time
from casebuilder.algebra.terms import Input, Line, Named
from casebuilder.evaluate.engine import Results, evaluate
from casebuilder.evaluate.problem import Problem, bind
from casebuilder.inputs.shape.calendar import Calendar
from casebuilder.inputs.templates.read import template
from casebuilder.inputs.values import CaseInfo, CaseInputs, InputValues, Origin, Value
from casebuilder.workbook.layout.addresses import MONTHS, NUMBER_ROW, YEAR_ROW, YEARS, Layout, lay_out, letter
from casebuilder.workbook.layout.totals import with_totals
from casebuilder.workbook.sheets.calculations import CalculationWriter
from casebuilder.workbook.sheets.inputs import InputsWriter
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles
from casebuilder.workbook.writing.whole import close_packed, new_workbook
from tests.declared import DECLARED, DIMENSIONS

ORIGIN = Origin("mini.yaml", 1, 1, "L1", "chosen")
BASE_YEAR = "2021/22"
TOLERANCE = 1e-9

Given = Any  # a number, or a mapping from member(s) to number


def frame(
    members: Mapping[str, Sequence[str]] | None = None,
    *,
    first_month: str = "2021-04",
    months: int = 12,
    years: int = 3,
    statements: int = 0,
    options: Sequence[str] = ("bau", "preferred"),
    pairs: Mapping[tuple[str, str], Iterable[tuple[str, str]]] | None = None,
) -> Frame:
    """The shape of a small case; the baseline is the first option."""
    calendar = Calendar(BASE_YEAR, first_month, months, years)
    ids = {
        **(members or {}),
        "month": calendar.months,
        "year": calendar.years,
        "statement": calendar.years[: statements or years],
    }
    return Frame(
        {dimension: tuple(Member(i, i.upper()) for i in of) for dimension, of in ids.items()},
        tuple(Member(option, option.capitalize()) for option in options),
        options[0],
        {pair: frozenset(allowed) for pair, allowed in (pairs or {}).items()},
        calendar.year_of_month,
        dimensions=DIMENSIONS,
    )


def given(
    item: Input,
    shape: Frame,
    base: Given,
    options: Mapping[str, Given] | None = None,
    prices_of: str = "",
) -> InputValues:
    """The values of an input: one number for all, a mapping by member(s), or a list in order."""
    full = _spread(item, shape, base)
    others = {
        o: _named(item, of) if isinstance(of, Mapping) else _spread(item, shape, of)
        for o, of in (options or {}).items()
    }
    return InputValues(item, full, ORIGIN, others, dict.fromkeys(others, ORIGIN), prices_of=prices_of)


def _spread(item: Input, shape: Frame, base: Given) -> dict[tuple[str, ...], Value]:
    rows = without_time(item.over)
    axis = time_of(item.over)
    keys = [
        (*(c[d] for d in rows), *period)
        for c in shape.combinations(rows)
        for period in ([(p,) for p in shape.ids(axis)] if axis else [()])
    ]
    if isinstance(base, Mapping):
        named = _named(item, base)
        missing = [key for key in keys if key not in named]
        if missing:
            raise KeyError(f"{item.label}: no value for {missing[0]}")
        return {key: named[key] for key in keys}
    if isinstance(base, Sequence) and not isinstance(base, str):
        return {key: Value(v) for key, v in zip(keys, base, strict=True)}
    return {key: Value(base) for key in keys}


def _named(item: Input, base: Mapping[Any, Any]) -> dict[tuple[str, ...], Value]:
    return {k if isinstance(k, tuple) else (k,): Value(v) for k, v in base.items()}


class Mini:
    """Inputs with their values, and lines, gathered one by one.

    Parameters
    ----------
    shape
        Members, pairs, options and periods.
    """

    def __init__(self, shape: Frame) -> None:
        """Start empty."""
        self.shape = shape
        self.named: dict[str, Named] = {}
        self.values: dict[str, InputValues] = {}

    def input(
        self,
        name: str,
        unit: str,
        over: tuple[str, ...] = (),
        base: Given = 1.0,
        options: Mapping[str, Given] | None = None,
        **more: Any,
    ) -> Input:
        """Declare an input and give it its values."""
        prices_of = more.pop("prices_of", "")
        item = Input(f"The {name}", unit, over, "For the test.", low=None, **more)
        self.named[name] = item
        self.values[name] = given(item, self.shape, base, options, prices_of)
        return item

    def line(
        self, name: str, unit: str, over: tuple[str, ...] = (), formula: Any = None, **more: Any
    ) -> Line:
        """Declare a line."""
        line = Line(f"The {name}", unit, over, formula, "For the test.", **more)
        self.named[name] = line
        return line

    def problem(self) -> Problem:
        """The model, checked and bound."""
        model = checked([name_chapter("mini", "Mini", {**self.named, "DIMENSIONS": DECLARED})])
        values = {self.named[name].key: of for name, of in self.values.items()}
        info = CaseInfo("mini", "Mini", "host", BASE_YEAR, "2021-04", "", Path())
        return bind(model, CaseInputs(info, self.shape, values, {}))

    def solve(self) -> Results:
        """The values of every line."""
        return evaluate(self.problem())


def number_of(formula: Callable[[Mini], Any], unit: str = "number") -> float:
    """What a formula without dimensions gives in numpy."""
    mini = Mini(frame())
    line = mini.line("answer", unit, (), formula(mini))
    return float(mini.solve().array(line)[0, 0])


@dataclass(frozen=True)
class Written:
    """A workbook of a mini model, and what numpy made of it."""

    path: Path
    layout: Layout
    results: Results

    @cached_property
    def totalled(self) -> frozenset[Line]:
        """The lines that have totals."""
        return with_totals(self.results.problem)


def write(results: Results, path: Path) -> Written:
    """Write the Inputs sheet and the calculation sheets of every option."""
    layout = lay_out(results.problem, results.problem.frame.option_ids)
    workbook = new_workbook(path)
    styles = Styles(workbook, template("workbook/styles.yaml"))
    inputs = InputsWriter(layout, styles)
    for name in inputs.sheets:
        inputs.write(workbook.add_worksheet(name, FormulaSheet), name)
    calculations = CalculationWriter(layout, results, styles)
    for option in results.problem.frame.option_ids:
        for kind in layout.kinds:
            sheet = workbook.add_worksheet(layout.sheet_name(kind, option), FormulaSheet)
            calculations.write(sheet, kind, option, layout.blocks_on(kind, option))
    close_packed(workbook)
    return Written(path, layout, results)


class Recalculated:
    """What IronCalc makes of a workbook."""

    def __init__(self, path: Path) -> None:
        """Load it and calculate every cell."""
        self.model = ironcalc.load_from_xlsx(str(path))
        self.model.evaluate()
        properties = self.model.get_worksheets_properties()
        self.sheets = {sheet["name"]: number for number, sheet in enumerate(properties)}

    def value(self, sheet: str, address: str) -> Any:
        """The value of a cell."""
        letters = address.rstrip("0123456789")
        column = 0
        for character in letters:
            column = 26 * column + ord(character) - 64
        return self.model.get_cell_value(self.sheets[sheet], int(address[len(letters) :]), column)


def cells(written: Written, line: Line) -> Iterator[tuple[str, str, float]]:
    """Every cell of a line, on each sheet that holds it: sheet, address, and the value numpy gave."""
    layout, results = written.layout, written.results
    shape = results.problem.frame
    kind = layout.sheet_of[line]
    sheet, array = layout.sheets[kind], results.array(line)[0]
    opening = results.opening(line)[0] if line in results.openings else None
    axis = time_of(line.over)
    for option in dict.fromkeys(layout.holder(line, option) for option in shape.option_ids):
        name, place = layout.holding(line, option), shape.option_ids.index(option)
        for members, row in sheet.blocks[line].rows.items():
            spot = tuple(shape.positions[d][m] for d, m in zip(without_time(line.over), members, strict=True))
            found = array[(place, *spot)]
            if axis is None:
                yield name, f"{letter(sheet.total)}{row}", float(found)
                continue
            for number, value in enumerate(found):
                yield name, f"{letter(sheet.first + number)}{row}", float(value)
            if opening is not None:
                yield name, f"{letter(sheet.opening)}{row}", float(opening[(place, *spot)])
            if line in written.totalled:
                yield name, f"{letter(sheet.total)}{row}", float(found.sum())


def header_cells(written: Written) -> Iterator[tuple[str, str, float]]:
    """The numbers of the periods in the headers, as the calendar of the case gives them."""
    layout, shape = written.layout, written.results.problem.frame
    months = np.asarray(shape.year_of_month)
    for option in shape.option_ids:
        sheet, name = layout.sheets[MONTHS], layout.sheet_name(MONTHS, option)
        for number, year in enumerate(months):
            yield name, f"{letter(sheet.first + number)}{NUMBER_ROW}", number + 1.0
            yield name, f"{letter(sheet.first + number)}{YEAR_ROW}", float(year)
        sheet, name = layout.sheets[YEARS], layout.sheet_name(YEARS, option)
        for number in range(len(shape.ids("year"))):
            yield name, f"{letter(sheet.first + number)}{NUMBER_ROW}", number + 1.0
            last = np.flatnonzero(months == number + 1)
            if last.size:
                yield name, f"{letter(sheet.first + number)}{YEAR_ROW}", float(last[-1] + 1)


def differences(engine: Any, found: Iterable[tuple[str, str, float]]) -> list[str]:
    """The cells in which the engine and numpy differ by more than 1e-9."""
    wrong = []
    for sheet, address, expected in found:
        value = engine.value(sheet, address)
        if math.isnan(expected):
            if value not in ("", None):
                wrong.append(f"{sheet}!{address}: {value!r}, not empty")
        elif (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or abs(value - expected) > TOLERANCE * max(abs(expected), 1.0)
        ):
            wrong.append(f"{sheet}!{address}: {value!r}, not {expected!r}")
    return wrong


def formula_at(written: Written, line: Line, engine: Recalculated) -> str:
    """The formula in the first cell of a line, for messages."""
    sheet, address, _ = next(cells(written, line))
    letters = address.rstrip("0123456789")
    column = 0
    for character in letters:
        column = 26 * column + ord(character) - 64
    row = int(address[len(letters) :])
    return str(engine.model.get_cell_formula(engine.sheets[sheet], row, column))
