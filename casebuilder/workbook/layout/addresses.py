"""The address of every input and line: which sheet, which row, which column.

Every option's calculation sheets have the same line in the same row, and months and years each
keep one column structure, so an address is a row and a rule for the column. A line that no override can
reach stands on the baseline's sheet alone; `Layout.holding` says where, to all who read a line.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from casebuilder.algebra.dimensions import TIME, time_of, without_time
from casebuilder.algebra.order import needed
from casebuilder.algebra.terms import Input, Line
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.edits import Scenario
from casebuilder.workbook.layout.columns import Block, combinations, letter, stacked
from casebuilder.workbook.layout.holders import own_lines
from casebuilder.workbook.layout.inputs import (
    INPUT_FIRST_ROW,
    INPUT_HEADER_ROW,
    INPUTS,
    UNUSABLE,
    InputLayout,
    lay_out_inputs,
)
from casebuilder.workbook.layout.laid_out import ENGINE, laid_out
from casebuilder.workbook.layout.limits import fitted_name
from casebuilder.workbook.layout.row_order import Nesting, row_orders
from casebuilder.workbook.layout.scenarios import NONE, ScenarioLayout, lay_out_scenarios
from casebuilder.workbook.layout.trials import NOTHING, TrialLayout, lay_out_trials

# What readers of a layout need beside it.
__all__ = [
    "INPUTS",
    "INPUT_FIRST_ROW",
    "INPUT_HEADER_ROW",
    "UNUSABLE",
    "Block",
    "CalculationSheet",
    "Layout",
    "lay_out",
    "letter",
    "sheet_name",
]

MONTHS, YEARS, STATEMENTS = "Months", "Years", "Statements"
KINDS = (MONTHS, YEARS, STATEMENTS)
SHEET_OF_AXIS = {"month": MONTHS, "year": YEARS, "statement": STATEMENTS}

# Rows of a calculation sheet, from 1.
TITLE_ROW, STATUS_ROW, HEADER_ROW, NUMBER_ROW, YEAR_ROW, COUNT_ROW = 1, 2, 3, 4, 5, 6
FIRST_ROW = 8


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
    """All addresses of a workbook.

    Attributes
    ----------
    problem
        The lines of the case.
    sheets
        The columns and rows of each kind of calculation sheet.
    sheet_of
        The kind of sheet that a line stands on.
    orders
        The dimensions of the rows of each line and input by its key, outermost first.
    inputs
        The addresses of the inputs.
    own
        For each option that is laid out the lines on its own sheets; the others are read from the
        baseline's.
    scenarios
        The values that scenarios touch; none where there are no scenarios.
    trials
        The cells for trying who joins; none where there is no pool.
    """

    problem: Problem
    sheets: Mapping[str, CalculationSheet]
    sheet_of: Mapping[Line, str]
    orders: Mapping[str, Nesting]
    inputs: InputLayout
    own: Mapping[str, frozenset[Line]]
    scenarios: ScenarioLayout = NONE
    trials: TrialLayout = NOTHING

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of calculation sheets: months, years and, where there is a line for them, statements."""
        return tuple(kind for kind in KINDS if kind != STATEMENTS or self.sheets[kind].blocks)

    @property
    def options(self) -> tuple[str, ...]:
        """The options that are laid out in full, in the order of the case."""
        return tuple(self.own)

    @property
    def not_laid_out(self) -> list[str]:
        """The other options of the case, of which the workbook holds engine results."""
        return [option for option in self.problem.frame.option_ids if option not in self.own]

    def name_of(self, option: str) -> str:
        """The name of an option, with the word for engine results where it is not laid out."""
        label = self.problem.frame.label_of_option(option)
        return label if option in self.own else f"{label} ({ENGINE})"

    def sheet_name(self, kind: str, option: str) -> str:
        """The name of an option's sheet of months, years or statements."""
        return sheet_name(kind, option)

    def holder(self, line: Line, option: str) -> str:
        """The option on whose sheet a line stands for an option: its own, or the baseline."""
        return option if line in self.own[option] else self.problem.frame.baseline

    def holding(self, line: Line, option: str) -> str:
        """The name of the sheet on which a line stands for an option."""
        return self.sheet_name(self.sheet_of[line], self.holder(line, option))

    def blocks_on(self, kind: str, option: str) -> dict[Line, Block]:
        """The rows written on an option's sheet of a kind."""
        own = self.own[option]
        return {line: rows for line, rows in self.sheets[kind].blocks.items() if line in own}

    def each_once(self, kind: str) -> dict[str, dict[Line, Block]]:
        """The rows of every line of a kind once, by option: of those that hold it, the one of longest name.

        The formulas of a line in other options differ only in the names of the sheets they read.
        """
        found: dict[str, dict[Line, Block]] = {}
        seen: set[Line] = set()
        baseline = self.problem.frame.baseline
        for option in sorted(self.own, key=lambda option: (option == baseline, -len(option))):
            mine = {line: rows for line, rows in self.blocks_on(kind, option).items() if line not in seen}
            found[option] = mine
            seen |= set(mine)
        return found


def sheet_name(kind: str, option: str) -> str:
    """The name of a calculation sheet."""
    return fitted_name(f"{kind} {option}")


def lay_out(
    problem: Problem, options: Collection[str] | None = None, scenarios: Sequence[Scenario] = ()
) -> Layout:
    """Give every line and input its place.

    Parameters
    ----------
    problem
        The lines of the case.
    options
        The options to lay out in full, the baseline among them; by default those that the case names.
    scenarios
        Those that can be chosen in the workbook; an option whose own values one of them gives has opened
        the input (`opened_for`).

    A line without time stands with the statements where it adds up one of theirs, with the months where
    they read it and no line by year does, else with the years.
    """
    sheet_of, orders = _sheets_of(problem), row_orders(problem)
    sheets = {kind: _calculation_sheet(problem, kind, sheet_of, orders) for kind in KINDS}
    values = [problem.values[item] for item in inputs_in_order(problem)]
    titles = {chapter.name: chapter.title for chapter in problem.chapters}
    inputs = lay_out_inputs(problem.frame, values, orders, titles)
    chosen = laid_out(problem.frame, problem.inputs.in_workbook) if options is None else options
    own = {option: lines for option, lines in own_lines(problem).items() if option in chosen}
    chosen_from = lay_out_scenarios(problem, inputs, scenarios) if scenarios else NONE
    trials = lay_out_trials(problem)
    return Layout(problem, sheets, sheet_of, orders, inputs, own, chosen_from, trials)


def inputs_in_order(problem: Problem) -> list[Input]:
    """Each input once, by chapter; a price's quoted copy shares the row of the original."""
    seen: dict[str, Input] = {}
    for item in problem.values:
        seen.setdefault(item.key, item)
    chapters: dict[str, list[Input]] = {}
    for item in seen.values():
        chapters.setdefault(item.chapter, []).append(item)
    return [item for items in chapters.values() for item in items]


def _sheets_of(problem: Problem) -> dict[Line, str]:
    monthly = [line for line in problem.lines if time_of(line.over) == "month"]
    with_months = needed(monthly)
    with_months |= {
        problem.rebased[i] for line in with_months for i in problem.inputs_of(line) if i in problem.rebased
    }
    sheet_of: dict[Line, str] = {}
    for line in problem.lines:
        axis = time_of(line.over)
        if axis is None:
            read = {sheet_of.get(of) for of in problem.sources_of(line) if isinstance(of, Line)}
            late = STATEMENTS if STATEMENTS in read else YEARS
            sheet_of[line] = MONTHS if line in with_months else late
        else:
            sheet_of[line] = SHEET_OF_AXIS[axis]
    _to_readers_by_year(problem, sheet_of)
    return sheet_of


def _to_readers_by_year(problem: Problem, sheet_of: dict[Line, str]) -> None:
    """Move lines without time to the years where lines of theirs read them.

    What is read on the way alone goes too, unless the months read it: a line without time is one short
    formula a row, wherever what it reads stands.
    """
    read_by: dict[str | None, set[Line]] = {axis: set() for axis in (None, *TIME)}
    for line in problem.lines:
        read_by[time_of(line.over)].update(of for of in problem.sources_of(line) if isinstance(of, Line))
    on_the_way: set[Line] = set()
    for line in reversed(problem.lines):
        late = line in read_by["year"] or (line in on_the_way and line not in read_by["month"])
        if time_of(line.over) is None and sheet_of[line] == MONTHS and late:
            sheet_of[line] = YEARS
        if sheet_of[line] == YEARS:
            on_the_way.update(of for of in problem.sources_of(line) if isinstance(of, Line))


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
            found = combinations(problem.frame, line.over, orders[line.key])
            rows = without_time(line.over)
            held = [each for each in found if problem.holds(line, dict(zip(rows, each, strict=True)))]
            blocks[line] = stacked(row, held)
            row += len(blocks[line].rows)
        row += 1
    return CalculationSheet(
        kind,
        problem.frame.in_order(used),
        problem.frame.ids(axis),
        headings,
        blocks,
    )
