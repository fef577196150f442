"""The Inputs sheet: the only place with constants; options are links to Base unless they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Input
from casebuilder.inputs.values import InputValues, Members, Origin, Value
from casebuilder.workbook.calculations import key_of
from casebuilder.workbook.layout import INPUT_HEADER_ROW, Layout, letter
from casebuilder.workbook.sheet import FormulaSheet, escape
from casebuilder.workbook.styles import Styles

HERE = "values →"
_LIST_LIMIT = 255


class InputsWriter:
    """Writes every input that a line uses, with range, state and source."""

    def __init__(self, layout: Layout, styles: Styles) -> None:
        """Keep the addresses and the formats."""
        self.layout, self.styles = layout, styles
        self.problem = layout.problem
        self.options = layout.problem.frame.option_ids
        self.cells = 0

    def write(self, sheet: FormulaSheet) -> None:
        """Write headers, then the inputs by chapter."""
        self._header(sheet)
        given = {item.key: values for item, values in self.problem.values.items()}
        titles = {c.name: c.title for c in self.problem.chapters}
        chapter = ""
        for item in [*self.layout.inputs, *self.layout.varying]:
            first = self._first_row(item)
            if first is None:
                continue
            if self._opens_chapter(item) and item.chapter != chapter:
                sheet.write_string(first - 2, 1, titles.get(item.chapter, item.chapter.capitalize()),
                                   self.styles["section"])  # fmt: skip
            chapter = item.chapter
            if time_of(item.over) is None:
                for members, row in self.layout.inputs[item].rows.items():
                    self._static(sheet, item, given[item.key], members, row)
            else:
                for members, rows in self.layout.varying[item].items():
                    for option in self.options:
                        self._varying(sheet, item, given[item.key], members, rows, option)

    def _first_row(self, item: Input) -> int | None:
        if item in self.layout.inputs:
            rows: list[int] = list(self.layout.inputs[item].rows.values())
        else:
            rows = [row for of in self.layout.varying[item].values() for row in of.values()]
        return min(rows, default=None)

    def _opens_chapter(self, item: Input) -> bool:
        """Whether the row above this input is the free row of a new chapter."""
        first = self._first_row(item)
        mine = [r for i in (*self.layout.inputs, *self.layout.varying) if i.chapter == item.chapter
                and (r := self._first_row(i)) is not None]  # fmt: skip
        return first == min(mine)

    def _header(self, sheet: FormulaSheet) -> None:
        layout, styles, frame = self.layout, self.styles, self.problem.frame
        names = ["Key", "Label", "Unit", "Base", *self.options]
        names += ["Low", "High", "State", "Source", "Prices of", "Note"]
        for column, name in enumerate([*names, *frame.ids("year"), *frame.ids("month")]):
            sheet.write_string(INPUT_HEADER_ROW - 1, column, name, styles["header"])
        sheet.set_column(4, layout.after_options, 13)
        state = layout.after_options + 1
        widths = {0: 40, 1: 72, 2: 20, 3: 14, state: 12, state + 1: 48, state + 2: 10, state + 3: 70}
        for column, width in widths.items():
            sheet.set_column(column, column, width)
        last = layout.input_first_period + len(frame.ids("year")) + len(frame.ids("month"))
        sheet.set_column(layout.input_first_period - 1, last, 11)
        sheet.freeze_panes(INPUT_HEADER_ROW, 2)

    def _about(
        self, sheet: FormulaSheet, item: Input, given: InputValues, row: int, origin: Origin,
        value: Value,
    ) -> None:  # fmt: skip
        styles, column = self.styles, self.layout.after_options - 1
        for offset, amount in enumerate((value.low, value.high)):
            if amount is not None:
                style = styles.number("range", item.unit)
                sheet.write_number(row - 1, column + offset, amount, style)
        source = self.problem.inputs.sources.get(origin.source)
        sheet.write_string(row - 1, column + 2, origin.state, styles["quiet"])
        text = f"{origin.source}: {source.title}" if source else origin.source
        sheet.write_string(row - 1, column + 3, text, styles["quiet"])
        if given.prices_of:
            sheet.write_string(row - 1, column + 4, given.prices_of, styles["quiet"])
        if origin.note:
            sheet.write_string(row - 1, column + 5, origin.note, styles["quiet"])

    def _names(
        self, sheet: FormulaSheet, item: Input, members: Members, row: int, extra: Sequence[str] = ()
    ) -> None:
        styles, frame = self.styles, self.problem.frame
        labels = [frame.label(d, m) for d, m in zip(without_time(item.over), members, strict=True)]
        sheet.write_string(row - 1, 0, key_of(item.key, members), styles["key"])
        sheet.write_string(row - 1, 1, " · ".join([item.label, *labels, *extra]), styles["cell_text"])
        sheet.write_string(row - 1, 2, item.unit, styles["quiet"])

    def _constant(
        self, sheet: FormulaSheet, row: int, column: int, item: Input, amount: float | str, role: str
    ) -> None:
        style = self.styles.number(role, item.unit)
        if isinstance(amount, str):
            sheet.write_string(row - 1, column - 1, amount, style)
        else:
            sheet.write_number(row - 1, column - 1, amount, style)

    def _link(
        self, sheet: FormulaSheet, row: int, column: int, item: Input, to: str, amount: float | str
    ) -> None:
        style = self.styles.number("linked", item.unit)
        sheet.write_formula_row(row, column, [escape(to)], style, [amount])
        self.cells += 1

    def _static(
        self, sheet: FormulaSheet, item: Input, given: InputValues, members: Members, row: int
    ) -> None:
        base = given.base[members]
        self._names(sheet, item, members, row)
        self._constant(sheet, row, self.layout.BASE, item, base.amount, "input")
        self._validate(sheet, item, row, self.layout.BASE)
        for option in self.options:
            column = self.layout.option_column(option)
            own = given.options.get(option, {}).get(members)
            if own is None:
                self._link(sheet, row, column, item, f"${letter(self.layout.BASE)}{row}", base.amount)
            else:
                self._constant(sheet, row, column, item, own.amount, "override")
                self._validate(sheet, item, row, column)
        self._about(sheet, item, given, row, given.origin(None, members), base)

    def _varying(
        self, sheet: FormulaSheet, item: Input, given: InputValues, members: Members,
        rows: Mapping[str, int], option: str,
    ) -> None:  # fmt: skip
        """One option's row; a period that no option changed is typed once and linked to."""
        row, axis = rows[option], item.over[-1]
        label = self.problem.frame.label_of_option(option)
        self._names(sheet, item, members, row, [label])
        sheet.write_string(row - 1, self.layout.option_column(option) - 1, HERE, self.styles["quiet"])
        first, origin = None, given.base_origin
        for number, period in enumerate(self.problem.frame.ids(axis)):
            full, column = (*members, period), self.layout.input_period_column(axis, number)
            own = given.options.get(option, {}).get(full)
            base = given.base[full]
            if first is None:
                first, origin = own or base, given.origin(option, full)
            holder = next((o for o in self.options if full not in given.options.get(o, {})), None)
            if own is not None:
                self._constant(sheet, row, column, item, own.amount, "override")
            elif holder == option:
                self._constant(sheet, row, column, item, base.amount, "input")
            else:
                assert holder is not None
                self._link(sheet, row, column, item, f"{letter(column)}${rows[holder]}", base.amount)
        if first is not None:
            self._about(sheet, item, given, row, origin, first)

    def _validate(self, sheet: FormulaSheet, item: Input, row: int, column: int) -> None:
        rule: dict[str, object] | None = None
        if item.choices and len(",".join(item.choices)) < _LIST_LIMIT:
            rule = {"validate": "list", "source": list(item.choices)}
        elif not item.choices and (item.low is not None or item.high is not None):
            kind = "integer" if item.whole else "decimal"
            if item.low is not None and item.high is not None:
                rule = {"validate": kind, "criteria": "between", "minimum": item.low,
                        "maximum": item.high}  # fmt: skip
            elif item.low is not None:
                rule = {"validate": kind, "criteria": ">=", "value": item.low}
            else:
                rule = {"validate": kind, "criteria": "<=", "value": item.high}
        if rule:
            rule["error_title"] = "Out of bounds"
            rule["error_message"] = f"{item.label[:150]} ({item.unit})"
            sheet.data_validation(row - 1, column - 1, row - 1, column - 1, rule)
