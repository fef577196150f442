"""The address of every input: which sheet, which row, which column, typed and in use.

An input has a row for each combination of its members. One that runs over time has its periods to the
right of that row, and rows of its own for each option that touches it, one below the other. What is typed
is never read by a formula: formulas read the cells in use, which stand in one column for the base case and
in one for each option, or by period in a second run of columns. So a formula reads a range down a column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casebuilder.algebra.dimensions import Frame, time_of
from casebuilder.algebra.terms import Input
from casebuilder.inputs.values import InputValues
from casebuilder.workbook.layout.columns import Block, combinations, letter, quoted, stacked
from casebuilder.workbook.layout.limits import fitted_name

INPUTS, DATA = "Inputs", "Data"
# The cells that count, over all sheets of inputs, the input cells that cannot be used and the rows changed.
UNUSABLE, CHANGED_ROWS = "Inputs!$B$3", "Inputs!$B$4"
INPUT_HEADER_ROW = 7
INPUT_FIRST_ROW = 8
# An input with more rows than this lies on a data sheet.
MOST_ROWS = 200
AS_BASE = "as Base"
IN_USE = "In use"
_NAMES = ("Key", "Label", "Unit", "Base")
_ABOUT = (
    "Low",
    "High",
    "Least",
    "Most",
    "Kind",
    "State",
    "Source",
    "Changed",
    "Fault",
    "Prices of",
    "Note",
    "Words",
)


@dataclass(frozen=True)
class InputRows:
    """Where one input stands.

    Attributes
    ----------
    sheet
        Its sheet.
    base
        The rows of the base case.
    options
        For an input over time, the rows of each option that touches it.
    """

    sheet: str
    base: Block
    options: Mapping[str, Block]


@dataclass(frozen=True)
class InputLayout:
    """All addresses of the inputs; every sheet of inputs has the same columns.

    Attributes
    ----------
    frame
        Options and periods.
    values
        The values of each input by its key: those of the original for a price quoted in another year.
    rows
        Where each input stands, by its key.
    headings
        By sheet, the rows that head a chapter, with its name.
    """

    frame: Frame
    values: Mapping[str, InputValues]
    rows: Mapping[str, InputRows]
    headings: Mapping[str, Mapping[int, str]]

    @property
    def items(self) -> list[Input]:
        """The inputs in the order of their rows."""
        return [self.values[key].input for key in self.rows]

    @property
    def sheets(self) -> list[str]:
        """Inputs, then the data sheets."""
        return list(self.headings)

    def last_row(self, sheet: str) -> int:
        """The last row of a sheet with an input in it."""
        mine = [rows for rows in self.rows.values() if rows.sheet == sheet]
        blocks = (block for rows in mine for block in (rows.base, *rows.options.values()))
        return max((block.last for block in blocks), default=INPUT_FIRST_ROW)

    # Columns, from 1.
    @cached_property
    def _columns(self) -> dict[str, int]:
        using = [f"{IN_USE} {option}" for option in self.with_own_use]
        names = [*_NAMES, *self.frame.option_ids, IN_USE, *using, *_ABOUT]
        periods = [*self.frame.ids("year"), *self.frame.ids("month")]
        names += [*periods, *(f"{IN_USE} {period}" for period in periods)]
        return {name: number for number, name in enumerate(names, 1)}

    @property
    def headers(self) -> list[str]:
        """The header of every column, from A."""
        return list(self._columns)

    def column(self, header: str) -> int:
        """The column under a header."""
        return self._columns[header]

    @cached_property
    def with_own_use(self) -> tuple[str, ...]:
        """The options that touch an input without time, and so have a column in use of their own."""
        static = [given for given in self.values.values() if time_of(given.input.over) is None]
        return tuple(o for o in self.frame.option_ids if any(given.touched_by(o) for given in static))

    def touching(self, item: Input) -> tuple[str, ...]:
        """The options that touch an input, in their order."""
        given = self.values[item.key]
        return tuple(option for option in self.frame.option_ids if given.touched_by(option))

    def typed_column(self, option: str | None) -> int:
        """The column that an option's value is typed in; that of the base case for None."""
        return self.column(option or "Base")

    def typed_period(self, axis: str, number: int) -> int:
        """The column that a period's value is typed in, by its place from 0."""
        return self.column(self.frame.ids(axis)[number])

    def period(self, axis: str, number: int = 0) -> int:
        """The column in use of a period, by its place from 0."""
        places = len(self.frame.ids("year")) + len(self.frame.ids("month"))
        years = len(self.frame.ids("year")) if axis == "month" else 0
        return len(self._columns) - places + 1 + years + number

    def use_column(self, item: Input, option: str | None) -> int:
        """For an input without time, the column in use that an option reads."""
        own = option is not None and self.values[item.key].touched_by(option)
        return self.column(f"{IN_USE} {option}" if own else IN_USE)

    def block(self, item: Input, option: str | None) -> Block:
        """The rows that an option reads: its own where it has rows, else those of the base case."""
        rows = self.rows[item.key]
        return rows.options.get(option or "", rows.base)

    def prefix(self, item: Input) -> str:
        """The name of an input's sheet with the mark that follows it in a formula."""
        return f"{quoted(self.rows[item.key].sheet)}!"

    def spans(self, header: str) -> list[str]:
        """The cells under a header on every sheet, as formulas write them."""
        column = letter(self.column(header))
        return [
            f"{quoted(sheet)}!${column}${INPUT_FIRST_ROW}:${column}${self.last_row(sheet)}"
            for sheet in self.sheets
        ]


def lay_out_inputs(
    frame: Frame,
    values: Sequence[InputValues],
    orders: Mapping[str, tuple[str, ...]],
    titles: Mapping[str, str],
) -> InputLayout:
    """Give every input its place.

    Parameters
    ----------
    frame
        Members, options and periods.
    values
        The values of each input once, in the order of the chapters.
    orders
        The dimensions of the rows of each input by its key, outermost first.
    titles
        The titles of the chapters by name.
    """
    rows: dict[str, InputRows] = {}
    headings: dict[str, dict[int, str]] = {INPUTS: {}}
    next_row: dict[str, int] = {}
    chapter_on: dict[str, str] = {}
    for given in values:
        item = given.input
        found = combinations(frame, item.over, orders[item.key])
        sheet = data_sheet(item.chapter) if len(found) > MOST_ROWS else INPUTS
        heads, row = headings.setdefault(sheet, {}), next_row.get(sheet, INPUT_FIRST_ROW)
        if chapter_on.get(sheet) != item.chapter and found:
            heads[row] = titles.get(item.chapter, item.chapter.capitalize())
            chapter_on[sheet] = item.chapter
            row += 1
        base = stacked(row, found)
        row += len(found)
        options: dict[str, Block] = {}
        if time_of(item.over) is not None:
            for option in (o for o in frame.option_ids if given.touched_by(o)):
                options[option] = stacked(row, found)
                row += len(found)
        rows[item.key] = InputRows(sheet, base, options)
        next_row[sheet] = row
    return InputLayout(frame, {given.input.key: given for given in values}, rows, headings)


def data_sheet(chapter: str) -> str:
    """The sheet for the long tables of a chapter."""
    return fitted_name(f"{DATA} {chapter.replace('_', ' ').capitalize()}")
