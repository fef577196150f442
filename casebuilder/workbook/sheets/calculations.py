"""The calculation sheets: formulas only, one pattern a row, the engine's value in every cell."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Line
from casebuilder.errors import LayoutError
from casebuilder.evaluate.engine import Results
from casebuilder.workbook.layout.addresses import (
    COUNT_ROW,
    HEADER_ROW,
    MONTHS,
    NUMBER_ROW,
    STATUS_ROW,
    TITLE_ROW,
    YEAR_ROW,
    YEARS,
    Block,
    CalculationSheet,
    Layout,
    letter,
)
from casebuilder.workbook.layout.holders import OFFSET
from casebuilder.workbook.layout.totals import with_totals
from casebuilder.workbook.readings.references import column_marks
from casebuilder.workbook.readings.row_texts import LineTexts
from casebuilder.workbook.writing.sheet import FormulaSheet, escape
from casebuilder.workbook.writing.styles import Styles

_WIDTHS = {"key": 34, "label": 66, "unit": 20, "dimension": 14, "total": 15, "period": 11}


def _headings_over(columns: CalculationSheet, blocks: Mapping[Line, Block]) -> Iterator[tuple[int, str]]:
    """The headings of chapters that have a row on the sheet."""
    starts = [*columns.headings, sys.maxsize]
    for (row, heading), after in zip(columns.headings.items(), starts[1:], strict=True):
        if any(row < block.first < after and block.rows for block in blocks.values()):
            yield row, heading


def months_before(year_of_month: Sequence[int]) -> int:
    """The months between April of the base year and the first month; years end in March."""
    return 12 * year_of_month[0] - year_of_month.count(year_of_month[0]) if year_of_month else 0


class CalculationWriter:
    """Writes the sheets of months, years and statements of each option.

    Parameters
    ----------
    layout
        The addresses.
    results
        The values of every line.
    styles
        The formats.
    """

    def __init__(self, layout: Layout, results: Results, styles: Styles) -> None:
        """Fetch the arrays once for all options."""
        self.layout, self.results, self.styles = layout, results, styles
        self.arrays = {line: results.array(line)[0] for line in layout.problem.lines}
        self.openings = {line: results.opening(line)[0] for line in results.openings}
        self.texts = LineTexts(layout)
        self.totalled = with_totals(layout.problem)
        self.cells = 0

    def write(self, sheet: FormulaSheet, kind: str, option: str, blocks: Mapping[Line, Block]) -> None:
        """Write one sheet of one option: some lines, each at its rows."""
        columns = self.layout.sheets[kind]
        label = self.layout.problem.frame.label_of_option(option)
        self._frame(sheet, columns, f"{kind}: {label}")
        self._number_rows(sheet, columns, option)
        self._elsewhere(sheet, columns, option, blocks)
        for row, heading in _headings_over(columns, blocks):
            for column in range(1, columns.last + 1):
                sheet.write_blank(row - 1, column - 1, None, self.styles["section"])
            sheet.write_string(row - 1, 1, heading, self.styles["section"])
        place = self.layout.problem.frame.option_ids.index(option)
        for line, rows in blocks.items():
            try:
                self._line(sheet, columns, line, rows, option, place)
            except LayoutError as fault:
                raise LayoutError(f"{line.key}: {fault}") from fault

    def _elsewhere(
        self, sheet: FormulaSheet, columns: CalculationSheet, option: str, blocks: Mapping[Line, Block]
    ) -> None:
        """Where rows are missing because no override reaches them: which, and where they stand."""
        baseline = self.layout.problem.frame.baseline
        if option == baseline:
            return
        name = self.layout.sheet_name(columns.kind, baseline)
        first = 0
        rows = [(rows, line in blocks) for line, rows in columns.blocks.items() if rows.rows]
        for place, (block, here) in enumerate(rows):
            first = first or (0 if here else block.first)
            if first and (place + 1 == len(rows) or rows[place + 1][1]):
                rest = "no override of this option reaches them"
                text = f"Rows {first} to {block.last} are read from {name}: {rest}"
                link = f"internal:'{name}'!B{first}"
                sheet.write_url(first - 1, 1, link, self.styles["elsewhere"], string=text)
                first = 0

    def _frame(self, sheet: FormulaSheet, columns: CalculationSheet, title: str) -> None:
        styles, widths = self.styles, _WIDTHS
        sheet.write_string(TITLE_ROW - 1, 0, title, styles["title"])
        sheet.write_string(
            STATUS_ROW - 1, 2, "Formulas only: every figure can be traced to Inputs.", styles["subtitle"]
        )
        names = ["Key", "Label", "Unit"]
        names += [self.layout.problem.frame.title(d) for d in columns.dimensions]
        for column, name in enumerate([*names, "Total", "Opening", *columns.periods]):
            style = "header" if column < len(names) else "header_right"
            sheet.write_string(HEADER_ROW - 1, column, name, styles[style])
        sheet.set_column(0, 0, widths["key"])
        sheet.set_column(1, 1, widths["label"])
        sheet.set_column(2, 2, widths["unit"])
        if columns.dimensions:
            sheet.set_column(3, 2 + len(columns.dimensions), widths["dimension"], None, {"level": 1})
        sheet.set_column(columns.total - 1, columns.total - 1, widths["total"])
        sheet.set_column(columns.opening - 1, columns.last - 1, widths["period"])
        sheet.freeze_panes(COUNT_ROW, 3)

    def _number_rows(self, sheet: FormulaSheet, columns: CalculationSheet, option: str) -> None:
        """Rows 4 and 5: the number of each period, and its year or the last month in it."""
        styles, frame = self.styles, self.layout.problem.frame
        months = columns.kind == MONTHS
        what = "month" if months else "year"
        sheet.write_string(NUMBER_ROW - 1, 1, f"Number of the {what}", styles["number_row"])
        count = len(columns.periods)
        letters = [letter(c) for c in range(columns.opening, columns.last + 1)]
        style = styles.number("number_row", "year")
        sheet.write_formula_row(
            NUMBER_ROW,
            columns.first,
            [f"{c}{NUMBER_ROW}+1" for c in letters[:-1]],
            style,
            [float(i) for i in range(1, count + 1)],
        )
        offset = self._offset(option)
        shift = months_before(frame.year_of_month)
        if months:
            text = "Number of its financial year"
            formulas = [f"ROUNDUP(({c}{NUMBER_ROW}+{offset})/12,0)" for c in letters[1:]]
            values = [float(year) for year in frame.year_of_month]
        else:
            text = "Number of the last month in it or before it"
            last = self._last_month(option)
            formulas = [f"MAX(1,MIN(12*{c}{NUMBER_ROW}-{offset},{last}))" for c in letters[1:]]
            every = len(self.layout.sheets[MONTHS].periods)
            values = [float(max(1, min(12 * (i + 1) - shift, every))) for i in range(count)]
        sheet.write_string(YEAR_ROW - 1, 1, text, styles["number_row"])
        sheet.write_formula_row(YEAR_ROW, columns.first, formulas, style, values)
        self.cells += 2 * count
        if columns.kind == YEARS:
            self._month_counts(sheet, columns, option, letters[1:])

    def _month_counts(
        self, sheet: FormulaSheet, columns: CalculationSheet, option: str, letters: list[str]
    ) -> None:
        """Row 6 of the years: how many of the months lie in each."""
        last, offset = self._last_month(option), self._offset(option)
        counted = self.layout.problem.frame.year_of_month
        ends = [f"12*{c}{NUMBER_ROW}-{offset}" for c in letters]
        formulas = [f"MAX(0,MIN({end},{last})-MAX({end}-12,0))" if counted else "0*1" for end in ends]
        values = [float(counted.count(year)) for year in range(1, len(letters) + 1)]
        sheet.write_string(COUNT_ROW - 1, 1, "Months in it", self.styles["number_row"])
        style = self.styles.number("number_row", "year")
        sheet.write_formula_row(COUNT_ROW, columns.first, formulas, style, values)
        self.cells += len(letters)

    def _last_month(self, option: str) -> str:
        """The number of the last month of all."""
        months = self.layout.sheets[MONTHS]
        return f"'{self.layout.sheet_name(MONTHS, option)}'!${letter(months.last)}${NUMBER_ROW}"

    def _offset(self, option: str) -> str:
        """The months between April and the first month: an input cell."""
        inputs = self.layout.inputs
        if OFFSET in inputs.rows:
            item = inputs.values[OFFSET].input
            column = letter(inputs.use_column(item, option))
            return f"{inputs.prefix(item)}${column}${inputs.block(item, option).first}"
        return str(months_before(self.layout.problem.frame.year_of_month))

    def _line(
        self,
        sheet: FormulaSheet,
        columns: CalculationSheet,
        line: Line,
        rows: Block,
        option: str,
        place: int,
    ) -> None:
        styles, frame = self.styles, self.layout.problem.frame
        dimensions, axis = without_time(line.over), time_of(line.over)
        values = self.arrays[line][place]
        opening = self.openings[line][place] if line in self.openings else None
        calculation = styles.number("calculation", line.unit)
        letters = [] if axis is None else column_marks(self.layout, columns)
        texts = self.texts.of(line, option)
        for (members, row), text in zip(rows.rows.items(), texts, strict=True):
            named = dict(zip(dimensions, members, strict=True))
            sheet.write_words(row, 1, key_of(line.key, members), styles["key"])
            labels = [frame.label(d, m) for d, m in named.items()]
            sheet.write_words(row, 2, " · ".join([line.label, *labels]), styles["cell_text"])
            sheet.write_words(row, 3, line.unit, styles["quiet"])
            for dimension, member in named.items():
                sheet.write_words(row, columns.dimension_column(dimension), member, styles["quiet"])
            spot = tuple(frame.positions[d][m] for d, m in named.items())
            if axis is None:
                total = styles.number("total", line.unit)
                sheet.write_formula_row(
                    row, columns.total, [escape(text.formula)], total, [float(values[spot])]
                )
                self.cells += 1
                continue
            if line.opening is not None and opening is not None:
                style = styles.number("opening", line.unit)
                sheet.write_formula_row(
                    row, columns.opening, [escape(text.opening)], style, [float(opening[spot])]
                )
                self.cells += 1
            cells = values[spot].tolist()
            sheet.write_stepped_row(row, columns.first, escape(text.formula), letters, calculation, cells)
            self.cells += len(cells)
            if line in self.totalled:
                first, last = letter(columns.first), letter(columns.last)
                sheet.write_formula_row(
                    row,
                    columns.total,
                    [f"SUM({first}{row}:{last}{row})"],
                    styles.number("total", line.unit),
                    [float(values[spot].sum())],
                )
                self.cells += 1


def key_of(named_key: str, members: tuple[str, ...]) -> str:
    """A key with its members, as `--set` and column A write it."""
    return f"{named_key}[{','.join(members)}]" if members else named_key
