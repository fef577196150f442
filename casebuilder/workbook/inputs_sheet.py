"""The sheets of inputs: the only place with constants, every cell tested live, and the cells in use."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Input
from casebuilder.inputs.amounts import wrong_with
from casebuilder.inputs.values import InputValues, Members, Origin, Value
from casebuilder.workbook import input_faults
from casebuilder.workbook.addresses import letter
from casebuilder.workbook.calculations import key_of
from casebuilder.workbook.input_faults import CHANGED, Bounds, Span, Test
from casebuilder.workbook.input_layout import (
    AS_BASE,
    IN_USE,
    INPUT_FIRST_ROW,
    INPUT_HEADER_ROW,
    INPUTS,
    UNUSABLE,
)
from casebuilder.workbook.input_rules import Rule, Rules
from casebuilder.workbook.layout import Layout
from casebuilder.workbook.sheet import FormulaSheet, escape
from casebuilder.workbook.styles import Styles

BY_PERIOD, OWN_ROW = "by period →", "own row ↓"
_WIDTHS = {"Key": 36, "Label": 64, "Unit": 20, "Base": 14, "Low": 12, "High": 12, "Least": 13, "Most": 13,
           "Kind": 9, "State": 11, "Source": 48, "Changed": 10, "Fault": 8, "Prices of": 10, "Note": 70,
           "Words": 30}  # fmt: skip
_VALUE_WIDTH, _PERIOD_WIDTH = 13, 12
_TEXT_HEADERS = ("Key", "Label", "Unit", "Kind", "State", "Source", "Changed", "Prices of", "Note", "Words")
_LEGEND = (("Base", "sample_input", "Typed"), (None, "sample_override", "Option's own"),
           (None, "sample_link", "Link to Base"), (None, "sample_as_base", AS_BASE))  # fmt: skip


class InputsWriter:
    """Writes every input that a line uses, with what it may be, its range, state and source.

    Parameters
    ----------
    layout
        The addresses.
    styles
        The formats.
    """

    def __init__(self, layout: Layout, styles: Styles) -> None:
        """Keep the addresses and the formats."""
        self.layout, self.styles = layout.inputs, styles
        self.problem = layout.problem
        self.options = layout.problem.frame.option_ids
        self.cells = 0
        self._sheet: FormulaSheet
        self._rules: Rules
        self._unusable = 0

    @property
    def sheets(self) -> list[str]:
        """The sheets there are: Inputs first."""
        return self.layout.sheets

    def write(self, sheet: FormulaSheet, name: str = INPUTS) -> None:
        """Write one of the sheets."""
        self._sheet, self._rules = sheet, Rules()
        self._top(name)
        self._header(name)
        for row, title in self.layout.headings[name].items():
            sheet.write_string(row - 1, 1, title, self.styles["section"])
        for key, rows in self.layout.rows.items():
            if rows.sheet != name:
                continue
            given = self.layout.values[key]
            if time_of(given.input.over) is None:
                self._static_rows(given)
            else:
                self._period_rows(given)
        self._rules.write(sheet, self.layout.column("Words"))
        self._marks(name)

    def _top(self, name: str) -> None:
        """The title, the counts that every other sheet reads, and the legend."""
        sheet, styles = self._sheet, self.styles
        here = name == INPUTS
        sheet.write_string(0, 0, name, styles["title"])
        lines = (
            ("Fault", "Unusable input cells", "Blank, a text for a number, an error, a fraction where whole "
             "is meant, or outside Least to Most: the rows are red, and say under Fault how many."),
            ("Changed", "Rows changed", "Rows that no longer hold what the workbook was built with."),
        )  # fmt: skip
        for row, (header, label, words) in enumerate(lines, 3):
            sheet.write_string(row - 1, 0, label if here else f"{label}, all sheets", styles["section"])
            sheet.write_string(row - 1, 2, words, styles["subtitle"])
            texts = {"Fault": "SUM({})", "Changed": f'COUNTIF({{}},"{CHANGED}")'}[header]
            text = "+".join(texts.format(span) for span in self.layout.spans(header))
            if not here:
                text = UNUSABLE if header == "Fault" else UNUSABLE.replace("3", "4")
            self._formula(row, 2, text, styles.number("count", "item"), float(self._all_unusable(header)))
        sheet.write_string(4, 0, "Colours", styles["section"])
        words = "Type in coloured cells only; the key is what --set takes. Formulas read the cells in use."
        sheet.write_string(4, 1, words, styles["subtitle"])
        samples = [self.layout.typed_column(None) + number for number in range(len(_LEGEND))]
        for column, (_, role, text) in zip(samples, _LEGEND, strict=True):
            sheet.write_string(4, column - 1, text, styles[role])
        sheet.write_string(4, samples[-1], IN_USE, styles["in_use"])

    def _all_unusable(self, header: str) -> int:
        """What a new workbook counts: a case is read only if all of its values can be used."""
        if header != "Fault":
            return 0
        return sum(
            bool(wrong_with(given.input, value.amount))
            for given in self.layout.values.values()
            for values in (given.base, *given.options.values())
            for value in values.values()
        )

    def _header(self, name: str) -> None:
        layout, styles, sheet = self.layout, self.styles, self._sheet
        for column, header in enumerate(layout.headers):
            style = "header" if header in _TEXT_HEADERS else "header_right"
            sheet.write_string(INPUT_HEADER_ROW - 1, column, header, styles[style])
        periods = len(self.problem.frame.ids("year")) + len(self.problem.frame.ids("month"))
        first = len(layout.headers) - 2 * periods
        sheet.set_column(0, first - 1, _VALUE_WIDTH)
        for header, width in _WIDTHS.items():
            column = layout.column(header) - 1
            sheet.set_column(column, column, width)
        if periods:
            sheet.set_column(first, len(layout.headers) - 1, _PERIOD_WIDTH)
        sheet.set_row(INPUT_HEADER_ROW - 1, 28)
        sheet.freeze_panes(INPUT_HEADER_ROW, 2)
        last = layout.column("Words") - 1
        sheet.autofilter(INPUT_HEADER_ROW - 1, 0, layout.last_row(name) - 1, last)

    def _marks(self, name: str) -> None:
        """Colour a row that holds a fault, and a row that was changed."""
        layout, styles, sheet = self.layout, self.styles, self._sheet
        last, across, changed = layout.last_row(name), layout.column("Fault"), layout.column("Changed")
        fault = f"${letter(across)}{INPUT_FIRST_ROW}"
        rule = {"type": "formula", "criteria": f"=N({fault})>0", "format": styles["bad"]}
        sheet.conditional_format(INPUT_FIRST_ROW - 1, 0, last - 1, across - 1, rule)
        rule = {"type": "text", "criteria": "containing", "value": CHANGED, "format": styles["warn"]}
        sheet.conditional_format(INPUT_FIRST_ROW - 1, changed - 1, last - 1, changed - 1, rule)
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": styles["bad"]}
        sheet.conditional_format(2, 1, 2, 1, rule)

    def _static_rows(self, given: InputValues) -> None:
        """The rows of an input with one value each: Base, options, the cells in use, and the tests."""
        item, layout = given.input, self.layout
        touching, base_column = layout.touching(item), layout.typed_column(None)
        block = layout.rows[item.key].base
        groups = self._groups(item, list(block.rows))
        for members, row in block.rows.items():
            value = given.base[members]
            bounds = input_faults.bounds_of(item, members, groups[members][0] == members)
            rule = self._rule(given, bounds)
            self._names(item, members, row, given, touching)
            self._constant(row, base_column, item, value.amount, "input", rule)
            typed: dict[int, float | str] = {base_column: value.amount}
            links, as_base = [], []
            for option in self.options:
                column = layout.typed_column(option)
                own = given.options.get(option, {}).get(members)
                if option not in touching:
                    as_base.append(column)
                    self._as_base(row, column)
                elif own is None:
                    links.append(column)
                    self._link(row, column, item, f"${letter(base_column)}{row}", value.amount, rule)
                else:
                    typed[column] = own.amount
                    self._constant(row, column, item, own.amount, "override", rule)
            for reader in (None, *touching):
                column = layout.typed_column(reader)
                amount = value.amount if reader is None else given.amount(reader, members)
                self._in_use(row, layout.use_column(item, reader), item, f"{letter(column)}{row}", amount)
            fault = input_faults.static_fault(
                self._test(item, bounds, row), row, base_column, sorted(typed.keys() - {base_column}), links,
                as_base, self._beside(given, members, row, groups[members], sorted(typed)),
            )  # fmt: skip
            at = f"{letter(layout.column('Fault'))}{row}"
            changed = input_faults.static_changed(at, row, typed, links, base_column)
            self._tests(row, fault, changed, [item] * len(typed), list(typed.values()))
            self._about(given, row, given.origin(None, members), value, bounds, touching)

    def _period_rows(self, given: InputValues) -> None:
        """The rows of an input over time: of the base case, then of each option that touches it."""
        item, layout = given.input, self.layout
        axis, rows = item.over[-1], layout.rows[item.key]
        periods = self.problem.frame.ids(axis)
        columns = [layout.typed_period(axis, number) for number in range(len(periods))]
        bounds, touching = input_faults.bounds_of(item, (), first=False), layout.touching(item)
        rule = self._rule(given, bounds)
        for option in (None, *touching):
            block = layout.block(item, option)
            for members, row in block.rows.items():
                self._names(item, members, row, given, touching, option)
                base_row = rows.base.rows[members]
                own, links, amounts = [], [], []
                for column, period in zip(columns, periods, strict=True):
                    full = (*members, period)
                    base, mine = given.base[full], given.options.get(option or "", {}).get(full)
                    amounts.append((mine or base).amount)
                    if option is None or mine is not None:
                        own.append(column)
                        role = "input" if option is None else "override"
                        self._constant(row, column, item, amounts[-1], role, None)
                    else:
                        links.append(column)
                        self._link(row, column, item, f"{letter(column)}${base_row}", amounts[-1], None)
                if columns:
                    self._rules.add(rule, row, columns[0], columns[-1])
                as_base = self._over_time(row, option, touching)
                for number, (column, amount) in enumerate(zip(columns, amounts, strict=True)):
                    self._in_use(row, layout.period(axis, number), item, f"{letter(column)}{row}", amount)
                test, span = self._test(item, bounds, row), Span(row, columns[0], columns[-1])
                fault = (
                    input_faults.period_fault(test, span, as_base) if option is None
                    else input_faults.option_period_fault(test, row, base_row, own, links)
                )  # fmt: skip
                at = f"{letter(layout.column('Fault'))}{row}"
                changed = input_faults.period_changed(at, span, amounts)
                counted = [amount for column, amount in zip(columns, amounts, strict=True) if column in own]
                self._tests(row, fault, changed, [item] * len(counted), counted)
                first = (*members, periods[0])
                value = given.options.get(option or "", {}).get(first, given.base[first])
                origin = given.origin(option, self._first_own(given, option, members, periods))
                self._about(given, row, origin, value, bounds, touching if option is None else ())

    def _over_time(self, row: int, option: str | None, touching: Sequence[str]) -> list[int]:
        """Say in the columns of single values where the values are; gives the columns that stand for Base."""
        layout, styles = self.layout, self.styles
        if option is not None:
            column = layout.typed_column(option)
            self._sheet.write_string(row - 1, column - 1, BY_PERIOD, styles["pointer"])
            return []
        self._sheet.write_string(row - 1, layout.typed_column(None) - 1, BY_PERIOD, styles["pointer"])
        as_base = []
        for each in self.options:
            column = layout.typed_column(each)
            if each in touching:
                self._sheet.write_string(row - 1, column - 1, OWN_ROW, styles["pointer"])
            else:
                as_base.append(column)
                self._as_base(row, column)
        return as_base

    @staticmethod
    def _first_own(
        given: InputValues, option: str | None, members: Members, periods: Sequence[str]
    ) -> Members:
        """The first period that an option gives itself, else the first."""
        own = given.options.get(option or "", {})
        found = ((*members, period) for period in periods if (*members, period) in own)
        return next(found, (*members, periods[0]))

    def _groups(self, item: Input, rows: Sequence[Members]) -> dict[Members, list[Members]]:
        """For each row those that differ from it in the last dimension alone, in order."""
        groups: dict[Members, list[Members]] = {}
        if not item.over:
            return {members: [members] for members in rows}
        places = self.problem.frame.positions[item.over[-1]]
        for members in sorted(rows, key=lambda m: places[m[-1]]):
            groups.setdefault(members[:-1], []).append(members)
        return {members: groups[members[:-1]] for members in rows}

    def _beside(
        self, given: InputValues, members: Members, row: int, group: Sequence[Members], columns: Sequence[int]
    ) -> str:
        """A count of what is wrong with a row beside the others of its group."""
        item, rows = given.input, self.layout.rows[given.input.key].base.rows
        place = group.index(members)
        if item.rises_from is not None and place:
            before = rows[group[place - 1]]
            return input_faults.rises((f"{letter(c)}{row}", f"{letter(c)}{before}") for c in columns)
        if item.holds_some and not place:
            return input_faults.holds_some([[f"{letter(c)}{rows[m]}" for m in group] for c in columns])
        return ""

    def _test(self, item: Input, bounds: Bounds, row: int) -> Test:
        least, most, words = (f"${letter(self.layout.column(c))}{row}" for c in ("Least", "Most", "Words"))
        return Test(input_faults.kind_of(item), bounds, least, most, words, item.choices)

    def _rule(self, given: InputValues, bounds: Bounds) -> Rule:
        item = given.input
        unit = self.styles.in_words(item.unit, given.prices_of or self.problem.inputs.info.base_year)
        return Rule(input_faults.kind_of(item), bounds, unit, item.choices)

    def _names(
        self, item: Input, members: Members, row: int, given: InputValues, touching: Sequence[str],
        option: str | None = None,
    ) -> None:  # fmt: skip
        styles, frame, sheet = self.styles, self.problem.frame, self._sheet
        labels = [frame.label(d, m) for d, m in zip(without_time(item.over), members, strict=True)]
        key = key_of(item.key, members)
        if option is not None:
            labels.append(frame.label_of_option(option))
            key = f"{option}:{key}"
        elif touching and time_of(item.over) is not None:
            labels.append(f"Base ({_keeps(touching)})")
        sheet.write_string(row - 1, 0, key, styles["key"])
        sheet.write_string(row - 1, 1, " · ".join([item.label, *labels]), styles["cell_text"])
        sheet.write_string(row - 1, 2, item.unit, styles["quiet"])

    def _about(
        self, given: InputValues, row: int, origin: Origin, value: Value, bounds: Bounds,
        touching: Sequence[str],
    ) -> None:  # fmt: skip
        """Range, bounds, kind, and what vouches for the value."""
        item, styles, sheet, column = given.input, self.styles, self._sheet, self.layout.column
        for header, amount in (("Low", value.low), ("High", value.high)):
            if amount is not None:
                sheet.write_number(row - 1, column(header) - 1, amount, styles.number("range", item.unit))
        for header, bound, is_open, word in (
            ("Least", bounds.least, bounds.above_least, "more than"),
            ("Most", bounds.most, bounds.below_most, "less than"),
        ):
            if bound is not None:
                style = styles.bound(bound, item.unit, word if is_open else "")
                sheet.write_number(row - 1, column(header) - 1, bound, style)
        keeps = f"{_keeps(touching).capitalize()}: the base case does not change that." if touching else ""
        texts = {
            "Kind": input_faults.kind_of(item), "State": origin.state,
            "Source": origin.vouched(self.problem.inputs.sources),
            "Prices of": given.prices_of, "Note": " ".join(filter(None, [keeps, origin.note])),
            "Words": ",".join(item.choices),
        }  # fmt: skip
        for header, text in texts.items():
            if text:
                sheet.write_string(row - 1, column(header) - 1, text, styles["quiet"])

    def _tests(
        self, row: int, fault: str, changed: str, items: Sequence[Input], amounts: Sequence[float | str]
    ) -> None:
        styles, column = self.styles, self.layout.column
        count = sum(bool(wrong_with(item, amount)) for item, amount in zip(items, amounts, strict=True))
        self._formula(row, column("Changed"), changed, styles["state"], CHANGED if count else "")
        self._formula(row, column("Fault"), fault, styles["fault"], float(count))

    def _constant(
        self, row: int, column: int, item: Input, amount: float | str, role: str, rule: Rule | None
    ) -> None:
        style = self.styles.number(role, item.unit)
        if isinstance(amount, str):
            self._sheet.write_string(row - 1, column - 1, amount, style)
        else:
            self._sheet.write_number(row - 1, column - 1, amount, style)
        if rule:
            self._rules.add(rule, row, column, column)

    def _link(
        self, row: int, column: int, item: Input, to: str, amount: float | str, rule: Rule | None
    ) -> None:
        self._formula(row, column, to, self.styles.number("linked", item.unit), amount)
        if rule:
            self._rules.add(rule, row, column, column)

    def _as_base(self, row: int, column: int) -> None:
        self._sheet.write_string(row - 1, column - 1, AS_BASE, self.styles["as_base"])
        self._rules.add(Rule(""), row, column, column)

    def _in_use(self, row: int, column: int, item: Input, text: str, amount: float | str) -> None:
        self._formula(row, column, text, self.styles.number("in_use", item.unit), amount)

    def _formula(self, row: int, column: int, text: str, style: Format, value: float | str) -> None:
        self._sheet.write_formula_row(row, column, [escape(text)], style, [value])
        self.cells += 1


def _keeps(options: Sequence[str]) -> str:
    """That some options keep their own."""
    listed = " and ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)
    return f"{listed} {'keep their' if len(options) > 1 else 'keeps its'} own"
