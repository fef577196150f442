"""The sheets of inputs: the only place with constants, every cell tested live, and the cells in use."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.format import Format

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.amounts import wrong_with
from casebuilder.inputs.values import DEFAULT, InputValues, Members, Origin, Value
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.inputs import AS_BASE, INPUTS
from casebuilder.workbook.sheets import input_faults
from casebuilder.workbook.sheets.calculations import key_of
from casebuilder.workbook.sheets.input_faults import CHANGED, Bounds, Span, Test
from casebuilder.workbook.sheets.input_rules import Rule, Rules
from casebuilder.workbook.sheets.inputs_frame import write_frame
from casebuilder.workbook.sheets.scenarios import ScenariosWriter
from casebuilder.workbook.writing.sheet import FormulaSheet, escape
from casebuilder.workbook.writing.styles import Styles

BY_PERIOD, OWN_ROW = "by period →", "own row ↓"


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
        self.layout, self.styles, self.scenarios = layout.inputs, styles, ScenariosWriter(layout, styles)
        self.problem, self.trials = layout.problem, layout.trials
        self.options = layout.problem.frame.option_ids
        self.cells = 0
        self._sheet: FormulaSheet
        self._rules: Rules

    @property
    def sheets(self) -> list[str]:
        """The sheets there are: Inputs first."""
        return self.layout.sheets

    def write(self, sheet: FormulaSheet, name: str = INPUTS) -> None:
        """Write one of the sheets."""
        self._sheet, self._rules = sheet, Rules()
        unusable = self._unusable()
        self.cells += write_frame(
            sheet, name, self.layout, self.styles, unusable, self.scenarios, self.trials
        )
        if name == INPUTS:
            self.scenarios.write_chooser(sheet)
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

    def _unusable(self) -> int:
        """What a new workbook counts: nothing, since a case is read only if all its values can be used."""
        return sum(
            bool(wrong_with(given.input, value.amount))
            for given in self.layout.values.values()
            for values in (given.base, *given.options.values())
            for value in values.values()
        )

    def _static_rows(self, given: InputValues) -> None:
        """The rows of an input with one value each: Base, options, the cells in use, and the tests."""
        item, layout = given.input, self.layout
        touching, base_column = layout.touching(item), layout.typed_column(None)
        block = layout.rows[item.key].base
        groups = self._groups(item, list(block.rows))
        for members, row in block.rows.items():
            value = given.base[members]
            bounds = input_faults.bounds_of(item, members, groups[members][0] == members, value.amount)
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
                text = self._read(item, reader, members, f"{letter(column)}{row}")
                self._in_use(row, layout.use_column(item, reader), item, text, amount)
            fault = input_faults.static_fault(
                self._test(item, bounds, row),
                row,
                base_column,
                sorted(typed.keys() - {base_column}),
                links,
                as_base,
                self._beside(given, members, row, groups[members], sorted(typed)),
            )
            at = f"{letter(layout.column('Fault'))}{row}"
            changed = input_faults.static_changed(at, row, typed, links, base_column)
            self._tests(row, fault, changed, [item] * len(typed), list(typed.values()))
            said = _to_do(given, (None, *touching), [members])
            self._about(given, row, given.origin(None, members), value, bounds, touching, said)

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
                    full = (*members, periods[number])
                    text = self._read(item, option, full, f"{letter(column)}{row}")
                    self._in_use(row, layout.period(axis, number), item, text, amount)
                test, span = self._test(item, bounds, row), Span(row, columns[0], columns[-1])
                fault = (
                    input_faults.period_fault(test, span, as_base)
                    if option is None
                    else input_faults.option_period_fault(test, row, base_row, own, links)
                )
                at = f"{letter(layout.column('Fault'))}{row}"
                changed = input_faults.period_changed(at, span, amounts)
                counted = [amount for column, amount in zip(columns, amounts, strict=True) if column in own]
                self._tests(row, fault, changed, [item] * len(counted), counted)
                first = (*members, periods[0])
                value = given.options.get(option or "", {}).get(first, given.base[first])
                origin = given.origin(option, self._first_own(given, option, members, periods))
                said = _to_do(given, (option,), [(*members, period) for period in periods])
                said = " ".join(filter(None, [said, self._apart(given, option, members, periods, origin)]))
                self._about(given, row, origin, value, bounds, touching if option is None else (), said)

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

    def _apart(
        self,
        given: InputValues,
        option: str | None,
        members: Members,
        periods: Sequence[str],
        first: Origin,
    ) -> str:
        """What vouches for the periods of a row that the row's own state and source do not speak for."""
        own = given.base if option is None else given.options.get(option, {})
        said: dict[str, list[str]] = {}
        for period in periods:
            origin = given.origin(option, (*members, period))
            same = (origin.source, origin.state) == (first.source, first.state)
            if same or origin == DEFAULT or (*members, period) not in own:
                continue
            source = origin.vouched(self.problem.inputs.sources)
            what = ", ".join(filter(None, [origin.state, source, origin.note]))
            said.setdefault(what, []).append(period)
        return " ".join(f"{', '.join(which)}: {what.rstrip('.')}." for what, which in said.items())

    def _groups(self, item: Input, rows: Sequence[Members]) -> dict[Members, list[Members]]:
        """For each row those that differ from it in one dimension alone, in order.

        The last, or the one along which the input holds some.
        """
        groups: dict[Members, list[Members]] = {}
        if not item.over:
            return {members: [members] for members in rows}
        along = item.holds_some or item.never_falls or item.over[-1]
        at = item.over.index(along)
        places = self.problem.frame.positions[along]
        for members in sorted(rows, key=lambda m: places[m[at]]):
            groups.setdefault((*members[:at], *members[at + 1 :]), []).append(members)
        return {members: groups[(*members[:at], *members[at + 1 :])] for members in rows}

    def _beside(
        self, given: InputValues, members: Members, row: int, group: Sequence[Members], columns: Sequence[int]
    ) -> str:
        """A count of what is wrong with a row beside the others of its group."""
        item, rows = given.input, self.layout.rows[given.input.key].base.rows
        place = group.index(members)
        if (item.rises_from is not None or item.never_falls) and place:
            before = rows[group[place - 1]]
            fault = f"{letter(self.layout.column('Fault'))}{before}"
            pairs = [(f"{letter(c)}{row}", f"{letter(c)}{before}") for c in columns]
            return input_faults.rises(fault, pairs, level=item.rises_from is None)
        # A row that may hold nothing, being the reference set's, was read as such.
        if item.holds_some and not place and any(given.base[m].amount for m in group):
            return input_faults.holds_some([[f"{letter(c)}{rows[m]}" for m in group] for c in columns])
        return ""

    def _test(self, item: Input, bounds: Bounds, row: int) -> Test:
        least, most, words = (f"{letter(self.layout.column(c))}{row}" for c in ("Least", "Most", "Words"))
        return Test(input_faults.kind_of(item), bounds, least, most, words, item.choices)

    def _rule(self, given: InputValues, bounds: Bounds) -> Rule:
        item = given.input
        unit = self.styles.in_words(item.unit, given.prices_of or self.problem.inputs.info.base_year)
        return Rule(input_faults.kind_of(item), bounds, unit, item.choices)

    def _names(
        self,
        item: Input,
        members: Members,
        row: int,
        given: InputValues,
        touching: Sequence[str],
        option: str | None = None,
    ) -> None:
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
        self,
        given: InputValues,
        row: int,
        origin: Origin,
        value: Value,
        bounds: Bounds,
        touching: Sequence[str],
        to_do: str,
    ) -> None:
        """Range, bounds, kind, what vouches for the value, and what is still to be done about it."""
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
            "Kind": input_faults.kind_of(item),
            "State": origin.state,
            "Source": origin.vouched(self.problem.inputs.sources),
            "Prices of": given.prices_of,
            "Note": " ".join(filter(None, [to_do, keeps, origin.note])),
            "Words": ",".join(item.choices),
        }
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
        style = self._style(role, item, amount)
        if isinstance(amount, str):
            self._sheet.write_string(row - 1, column - 1, amount, style)
        else:
            self._sheet.write_number(row - 1, column - 1, amount, style)
        if rule:
            self._rules.add(rule, row, column, column)

    def _link(
        self, row: int, column: int, item: Input, to: str, amount: float | str, rule: Rule | None
    ) -> None:
        self._formula(row, column, to, self._style("base_link", item, amount), amount)
        if rule:
            self._rules.add(rule, row, column, column)

    def _as_base(self, row: int, column: int) -> None:
        self._sheet.write_string(row - 1, column - 1, AS_BASE, self.styles["as_base"])
        self._rules.add(Rule(""), row, column, column)

    def _read(self, item: Input, option: str | None, members: Members, typed: str) -> str:
        """What a cell in use reads: what is tried, else what a scenario puts there, else what is typed."""
        stated = self.scenarios.scenarios.in_force(item, option, members, typed)
        return self.trials.tried(item, members, stated)

    def _in_use(self, row: int, column: int, item: Input, text: str, amount: float | str) -> None:
        self._formula(row, column, text, self._style("in_use", item, amount), amount)

    def _style(self, role: str, item: Input, amount: float | str) -> Format:
        return self.styles[f"{role}_word"] if isinstance(amount, str) else self.styles.number(role, item.unit)

    def _formula(self, row: int, column: int, text: str, style: Format, value: float | str) -> None:
        self._sheet.write_formula_row(row, column, [escape(text)], style, [value])
        self.cells += 1


def _to_do(given: InputValues, layers: Sequence[str | None], row: Sequence[Members]) -> str:
    """What is still to be done about the values of a row, of the base case or of options, in sentences."""
    said: dict[str, None] = {}
    for option in layers:
        values = given.base if option is None else given.options.get(option, {})
        whose = "To do" if option is None or len(layers) == 1 else f"To do for {option}"
        for members in row:
            if members in values and (what := values[members].to_do):
                said[f"{whose}: {what.rstrip('.')}."] = None
    return " ".join(said)


def _keeps(options: Sequence[str]) -> str:
    """That some options keep their own."""
    listed = " and ".join([", ".join(options[:-1]), options[-1]] if len(options) > 1 else options)
    return f"{listed} {'keep their' if len(options) > 1 else 'keeps its'} own"
