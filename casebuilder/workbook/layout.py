"""The address of every input and line: which sheet, which row, which column.

Every option's calculation sheets have the same line in the same row, and months and years each
keep one column structure, so an address is a row and a rule for the column.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from casebuilder.algebra.dimensions import DIMENSIONS, TIME, time_of, without_time
from casebuilder.algebra.order import needed
from casebuilder.algebra.terms import Input, Line
from casebuilder.evaluate.problem import Problem
from casebuilder.workbook.row_order import Nesting, row_orders

MONTHS, YEARS, STATEMENTS = "Months", "Years", "Statements"
KINDS = (MONTHS, YEARS, STATEMENTS)
INPUTS = "Inputs"
# The cell that counts the input cells that cannot be used.
UNUSABLE = "Inputs!$B$3"
SHEET_OF_AXIS = {"month": MONTHS, "year": YEARS, "statement": STATEMENTS}

# Rows of a calculation sheet, from 1.
TITLE_ROW, STATUS_ROW, HEADER_ROW, NUMBER_ROW, YEAR_ROW, COUNT_ROW = 1, 2, 3, 4, 5, 6
FIRST_ROW = 8
INPUT_HEADER_ROW = 5
INPUT_FIRST_ROW = 6
_LONGEST_NAME = 31

Members = tuple[str, ...]


@cache
def letter(column: int) -> str:
    """The letters of a column counted from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class Block:
    """The rows of one line or input, in order, by its members without time."""

    first: int
    rows: Mapping[Members, int]

    @property
    def last(self) -> int:
        """The last row."""
        return self.first + len(self.rows) - 1


@dataclass(frozen=True)
class CalculationSheet:
    """The columns and rows that the sheets of one kind share, for every option.

    Columns, from 1: key, label, unit, one per dimension, Total, Opening, then the periods.
    """

    kind: str
    dimensions: tuple[str, ...]
    periods: tuple[str, ...]
    headings: Mapping[int, str]
    blocks: Mapping[Line, Block]

    @property
    def total(self) -> int:
        """The column of totals, and of lines without time."""
        return 4 + len(self.dimensions)

    @property
    def opening(self) -> int:
        """The column of opening values, just left of the first period."""
        return self.total + 1

    @property
    def first(self) -> int:
        """The column of the first period."""
        return self.total + 2

    @property
    def last(self) -> int:
        """The column of the last period."""
        return self.opening + len(self.periods)

    def dimension_column(self, dimension: str) -> int:
        """The column that holds a dimension's member."""
        return 4 + self.dimensions.index(dimension)


@dataclass(frozen=True)
class Layout:
    """All addresses of a workbook."""

    problem: Problem
    sheets: Mapping[str, CalculationSheet]
    sheet_of: Mapping[Line, str]
    orders: Mapping[str, Nesting]
    inputs: Mapping[Input, Block]
    varying: Mapping[Input, Mapping[Members, Mapping[str, int]]]

    # Columns of the Inputs sheet, from 1.
    KEY, LABEL, UNIT, BASE = 1, 2, 3, 4

    def option_column(self, option: str) -> int:
        """The Inputs column of an option."""
        return self.BASE + 1 + self.problem.frame.option_ids.index(option)

    @cached_property
    def after_options(self) -> int:
        """The Inputs column of `Low`; `High`, `State`, `Source`, `Prices of`, `Note` follow."""
        return self.BASE + 1 + len(self.problem.frame.options)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of calculation sheets: months, years and, where there is a line for them, statements."""
        return tuple(kind for kind in KINDS if kind != STATEMENTS or self.sheets[kind].blocks)

    @property
    def input_first_period(self) -> int:
        """The Inputs column of the first financial year; the months follow the years."""
        return self.after_options + 6

    def input_period_column(self, axis: str, number: int = 0) -> int:
        """The Inputs column of a period (from 0) of an axis."""
        years = len(self.problem.frame.ids("year")) if axis == "month" else 0
        return self.input_first_period + years + number

    def laid_out(self, item: Input) -> Input:
        """The input whose rows an input has: the quoted copy of a price shares those of the original."""
        return self.problem.inputs_by_key[item.key]

    def varying_rows(self, item: Input, option: str) -> Mapping[Members, int]:
        """For an input over time, the row of each combination for an option."""
        return {members: rows[option] for members, rows in self.varying[item].items()}

    def sheet_name(self, kind: str, option: str) -> str:
        """The name of an option's sheet of months, years or statements."""
        return sheet_name(kind, option)


def sheet_name(kind: str, option: str) -> str:
    """The name of a calculation sheet; a long option key is cut, and told apart by its checksum."""
    name = f"{kind} {option}"
    return name if len(name) <= _LONGEST_NAME else f"{name[:26]}~{zlib.crc32(option.encode()) % 65536:04x}"


def lay_out(problem: Problem) -> Layout:
    """Give every line and input its place.

    A line without time stands with the months where a monthly line needs it, with the statements where it
    adds up one of theirs, else with the years.
    """
    sheet_of, orders = _sheets_of(problem), row_orders(problem)
    sheets = {kind: _calculation_sheet(problem, kind, sheet_of, orders) for kind in KINDS}
    inputs: dict[Input, Block] = {}
    varying: dict[Input, dict[Members, dict[str, int]]] = {}
    row = INPUT_FIRST_ROW
    chapter = ""
    for item in _inputs_in_order(problem):
        if item.chapter != chapter:
            chapter, row = item.chapter, row + 1  # a heading
        combinations = _combinations(problem, item.over, orders[item.key])
        if time_of(item.over) is None:
            inputs[item] = Block(row, {m: row + i for i, m in enumerate(combinations)})
            row += len(combinations)
        else:
            varying[item] = {}
            for members in combinations:
                varying[item][members] = {
                    option: row + i for i, option in enumerate(problem.frame.option_ids)
                }
                row += len(problem.frame.options)
    return Layout(problem, sheets, sheet_of, orders, inputs, varying)


def _inputs_in_order(problem: Problem) -> list[Input]:
    """Each input once, by chapter; a price's quoted copy shares the row of the original."""
    seen: dict[str, Input] = {}
    for item in problem.values:
        seen.setdefault(item.key, item)
    chapters: dict[str, list[Input]] = {}
    for item in seen.values():
        chapters.setdefault(item.chapter, []).append(item)
    return [item for items in chapters.values() for item in items]


def _combinations(problem: Problem, over: tuple[str, ...], nesting: Nesting) -> list[Members]:
    """The rows in the order that their readers add them up in."""
    rows = without_time(over)
    return [tuple(c[d] for d in rows) for c in problem.frame.combinations(nesting)]


def _sheets_of(problem: Problem) -> dict[Line, str]:
    monthly = [line for line in problem.lines if time_of(line.over) == "month"]
    with_months = needed(monthly)
    with_months |= {problem.rebased[i] for line in with_months for i in problem.inputs_of(line)
                    if i in problem.rebased}  # fmt: skip
    sheet_of: dict[Line, str] = {}
    for line in problem.lines:
        axis = time_of(line.over)
        if axis is None:
            read = {sheet_of.get(of) for of in problem.sources_of(line) if isinstance(of, Line)}
            late = STATEMENTS if STATEMENTS in read else YEARS
            sheet_of[line] = MONTHS if line in with_months else late
        else:
            sheet_of[line] = SHEET_OF_AXIS[axis]
    return sheet_of


def _calculation_sheet(
    problem: Problem, kind: str, sheet_of: Mapping[Line, str], orders: Mapping[str, Nesting]
) -> CalculationSheet:
    axis = next(a for a in TIME if SHEET_OF_AXIS[a] == kind)
    mine = [line for line in problem.lines if sheet_of[line] == kind]
    used = {dimension for line in mine for dimension in without_time(line.over)}
    headings: dict[int, str] = {}
    blocks: dict[Line, Block] = {}
    row = FIRST_ROW
    for chapter in problem.chapters:
        lines = [line for line in chapter.lines if sheet_of[line] == kind]
        if not lines:
            continue
        headings[row] = chapter.title
        row += 1
        for line in lines:
            combinations = _combinations(problem, line.over, orders[line.key])
            blocks[line] = Block(row, {m: row + i for i, m in enumerate(combinations)})
            row += len(combinations)
        row += 1
    return CalculationSheet(
        kind,
        tuple(dimension for dimension in DIMENSIONS if dimension in used),
        problem.frame.ids(axis),
        headings,
        blocks,
    )
