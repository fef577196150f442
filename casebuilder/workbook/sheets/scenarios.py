"""The sheet of scenarios: what each puts in place of what is stated, and what is in force.

The scenario is chosen on Inputs. Everything that reads a value which some scenario touches reads it here;
what a scenario leaves blank is as stated.
"""

from __future__ import annotations

from xlsxwriter.format import Format

from casebuilder.algebra.dimensions import without_time
from casebuilder.algebra.terms import Input
from casebuilder.evaluate.status import SEPARATOR
from casebuilder.inputs.edits import AS_STATED, Amount
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.scenarios import (
    CHOSEN,
    CHOSEN_ROW,
    FIRST_ROW,
    FIRST_SCENARIO,
    HEADER_ROW,
    IN_FORCE,
    LABEL_ROW,
    NUMBER_ROW,
    SAID,
    SCENARIOS,
    STATED,
    STATUS_WORDS_ROW,
    ScenarioRow,
    row_on_inputs,
    typed_cell,
)
from casebuilder.workbook.sheets import input_faults
from casebuilder.workbook.sheets.input_faults import CHANGED, Test
from casebuilder.workbook.sheets.input_rules import Rule, Rules
from casebuilder.workbook.writing.labels import fit_column
from casebuilder.workbook.writing.sheet import FormulaSheet, escape
from casebuilder.workbook.writing.styles import Styles

CHOOSE, IN_FORCE_HEAD, FAULT = "Scenario (choose)", "In force", "Fault"
NOT_LISTED = "not in the list: choose one"
STATED_SAID = "Every value as it is typed below"
# What the status of every sheet adds to its counts where a scenario is chosen.
STATUS_WORD = f"{SEPARATOR}scenario "
_WIDTHS = {1: 44, 2: 64, 3: 20}
_VALUE_WIDTH = 17
_NAME_ROW = 3


class ScenariosWriter:
    """Writes the sheet of scenarios, and the cell on Inputs in which one is chosen.

    Parameters
    ----------
    layout
        The addresses.
    styles
        The formats.
    """

    def __init__(self, layout: Layout, styles: Styles) -> None:
        """Keep the addresses and the formats."""
        self.layout, self.styles, self.scenarios = layout, styles, layout.scenarios
        self.changed, self.fault = self.scenarios.last_column + 1, self.scenarios.last_column + 2
        self.cells = 0

    @property
    def there(self) -> bool:
        """Whether the case has scenarios to choose from."""
        return bool(self.scenarios.scenarios)

    @property
    def unusable(self) -> str:
        """The cells that count what cannot be used, as a part of a sum; empty without scenarios."""
        return f"+SUM({self._span(self.fault)})" if self.there else ""

    @property
    def rows_changed(self) -> str:
        """The count of rows that are other than they were built, as a part of a sum."""
        return f'+COUNTIF({self._span(self.changed)},"{CHANGED}")' if self.there else ""

    @property
    def not_listed(self) -> str:
        """A formula that is 1 where the word for choosing is no scenario."""
        return f'IF({SAID}="{NOT_LISTED}",1,0)' if self.there else "0"

    def write_chooser(self, sheet: FormulaSheet) -> None:
        """Write the cell in which a scenario is chosen, with its dropdown and its label beside it."""
        if not self.there:
            return
        styles, row, choices = self.styles, CHOSEN_ROW, self.scenarios.choices
        sheet.write_string(row - 1, 0, CHOOSE, styles["section"])
        sheet.write_string(row - 1, 1, AS_STATED, styles["chooser"])
        rule = {
            "validate": "list",
            "source": f"={choices}",
            "ignore_blank": False,
            "input_title": "Scenario",
            "input_message": f"{AS_STATED}, or one of the sheet {SCENARIOS}: the whole workbook follows.",
            "error_title": "Not in the list",
            "error_message": "Choose one of the list.",
        }
        sheet.data_validation(row - 1, 1, row - 1, 1, rule)
        # MATCH takes `*` for any word, so that what it finds is compared.
        known = f"IFERROR(INDEX({choices},1,MATCH(B{row},{choices},0))=B{row},FALSE)"
        label = f"INDEX({self.scenarios.labels},1,MATCH(B{row},{choices},0))"
        text = f'IF({known},{label},"{NOT_LISTED}")'
        sheet.write_text_formula(row, 3, text, styles["subtitle"], STATED_SAID)
        amber = {"type": "formula", "criteria": f'=$B${row}<>"{AS_STATED}"', "format": styles["warn"]}
        sheet.conditional_format(row - 1, 0, row - 1, 2, amber)
        self.cells += 1

    def write(self, sheet: FormulaSheet) -> None:
        """Write the sheet."""
        styles, scenarios = self.styles, self.scenarios
        sheet.write_string(0, 0, SCENARIOS, styles["title"])
        self._top(sheet)
        heads = ["Key", "Label", "Unit", IN_FORCE_HEAD, AS_STATED, *(s.name for s in scenarios.scenarios)]
        for place, name in enumerate([*heads, CHANGED.capitalize(), FAULT]):
            style = "header" if place < IN_FORCE - 1 else "header_right"
            sheet.write_string(HEADER_ROW - 1, place, name, styles[style])
        sheet.write_string(LABEL_ROW - 1, STATED - 1, STATED_SAID, styles["text"])
        for column, scenario in enumerate(scenarios.scenarios, FIRST_SCENARIO):
            sheet.write_string(LABEL_ROW - 1, column - 1, scenario.label, styles["text"])
        rules = Rules()
        for row, value in scenarios.rows.items():
            self._row(sheet, row, value, rules)
        rules.write(sheet, IN_FORCE)  # words for choosing stand on Inputs; none is listed here
        self._marks(sheet)
        for column, width in _WIDTHS.items():
            sheet.set_column(column - 1, column - 1, width)
        fit_column(sheet, styles, 1, _WIDTHS[2], _WIDTHS[2])
        sheet.set_column(IN_FORCE - 1, STATED - 1, _VALUE_WIDTH)
        for column, scenario in enumerate(scenarios.scenarios, FIRST_SCENARIO):
            wide = max(_VALUE_WIDTH, 1.15 * len(scenario.name) + 2)  # nothing breaks a name
            sheet.set_column(column - 1, column - 1, wide)
        sheet.repeat_rows(LABEL_ROW - 1, HEADER_ROW - 1)
        sheet.set_column(self.changed - 1, self.fault - 1, 10)
        sheet.set_row(LABEL_ROW - 1, 54)
        sheet.set_row(HEADER_ROW - 1, 28)
        sheet.freeze_panes(HEADER_ROW, 2)

    def _top(self, sheet: FormulaSheet) -> None:
        """Which scenario is in force, its number, and what the status says of it."""
        styles, scenarios = self.styles, self.scenarios
        choices = scenarios.choices
        number = f"IFERROR(MATCH({CHOSEN},{choices},0)-1,0)"
        name = f"INDEX({choices},1,B{NUMBER_ROW}+1)"
        words = f'IF(B{NUMBER_ROW}=0,"","{STATUS_WORD}"&B{_NAME_ROW})'
        for row, label in (
            (_NAME_ROW, "Scenario in force"),
            (NUMBER_ROW, "Its number, 0 as stated"),
            (STATUS_WORDS_ROW, "Added to the status"),
        ):
            sheet.write_string(row - 1, 0, label, styles["section"])
        sheet.write_text_formula(_NAME_ROW, 2, name, styles["status"], AS_STATED)
        sheet.write_ready(NUMBER_ROW, 2, number, styles.number("count", "item"), 0.0)
        sheet.write_text_formula(STATUS_WORDS_ROW, 2, words, styles["quiet"], "")
        link = f"internal:'Inputs'!B{CHOSEN_ROW}"
        sheet.write_url(_NAME_ROW - 1, 2, link, styles["link"], string="Choose another on sheet Inputs")
        said = (
            "Only values that a scenario touches stand here; a blank is as stated. Every formula reads the "
            "column In force. What a scenario puts in place stands in the case's scenarios/*.yaml, or "
            "follows from a stress; typed over here it holds in this workbook alone."
        )
        sheet.write_string(STATUS_WORDS_ROW, 0, said, styles["note"])
        self.cells += 3

    def _row(self, sheet: FormulaSheet, row: int, value: ScenarioRow, rules: Rules) -> None:
        item, scenarios = value.item, self.scenarios
        self._names(sheet, row, value)
        stated = f"${letter(STATED)}{row}"
        span = f"${letter(STATED)}{row}:${letter(scenarios.last_column)}{row}"
        found = f"INDEX({span},1,$B${NUMBER_ROW}+1)"
        text = f'IF({found}="",{stated},{found})'
        self._formula(sheet, row, IN_FORCE, text, self._style("in_use", item, value.amount), value.amount)
        link = typed_cell(self.layout.inputs, value)
        self._formula(sheet, row, STATED, link, self._style("linked", item, value.amount), value.amount)
        typed: dict[int, Amount] = {}
        bounds = input_faults.bounds_of(item, value.members, first=False)
        rule = Rule(input_faults.kind_of(item), bounds, self._unit(item), item.choices)
        base = None if value.follows is None else scenarios.rows[value.follows]
        for place in range(len(scenarios.scenarios)):
            column = FIRST_SCENARIO + place
            if place in value.given:
                amount = value.given[place]
                typed[column] = amount
                style = self._style("input" if value.option is None else "override", item, amount)
                if isinstance(amount, str):
                    sheet.write_string(row - 1, column - 1, amount, style)
                else:
                    sheet.write_number(row - 1, column - 1, amount, style)
                if not item.choices:
                    rules.add(rule, row, column, column)
            elif base is not None and place in base.given:
                # An option whose cell links to Base follows Base in a scenario too.
                amount = base.given[place]
                text = f'IF({stated}=${letter(STATED)}{value.follows},{letter(column)}{value.follows},"")'
                self._formula(sheet, row, column, text, self._style("linked", item, amount), amount)
        if typed:
            self._tests(sheet, row, value, bounds, typed)

    def _tests(
        self,
        sheet: FormulaSheet,
        row: int,
        value: ScenarioRow,
        bounds: input_faults.Bounds,
        typed: dict[int, Amount],
    ) -> None:
        """Whether what is typed can be used, and whether it is what it was built with."""
        inputs, item = self.layout.inputs, value.item
        there = row_on_inputs(inputs, value)
        least, most, words = (
            f"{inputs.prefix(item)}${letter(inputs.column(head))}${there}"
            for head in ("Least", "Most", "Words")
        )
        test = Test(input_faults.kind_of(item), bounds, least, most, words, item.choices)
        fault = test.unusable(input_faults.spans(row, typed))
        at, first = f"${letter(self.fault)}{row}", min(typed)
        changed = input_faults.static_changed(at, row, typed, (), first)
        sheet.write_text_formula(row, self.changed, changed, self.styles["state"], "")
        sheet.write_ready(row, self.fault, fault, self.styles["fault"], 0.0)
        self.cells += 2

    def _names(self, sheet: FormulaSheet, row: int, value: ScenarioRow) -> None:
        frame, item, styles = self.layout.problem.frame, value.item, self.styles
        rows = without_time(item.over)
        labels = [frame.label(d, m) for d, m in zip(rows, value.members[: len(rows)], strict=True)]
        labels += value.members[len(rows) :]
        if value.option is not None:
            labels.append(frame.label_of_option(value.option))
        sheet.write_string(row - 1, 0, value.key, styles["key"])
        sheet.write_string(row - 1, 1, " · ".join([item.label, *labels]), styles["cell_text"])
        sheet.write_string(row - 1, 2, item.unit, styles["quiet"])

    def _marks(self, sheet: FormulaSheet) -> None:
        """Colour the scenario in force, rows that hold a fault, and rows that were changed."""
        scenarios, styles = self.scenarios, self.styles
        last = max(scenarios.last_row, FIRST_ROW)
        column = letter(STATED)
        rule = {
            "type": "formula",
            "criteria": f"=COLUMN({column}${HEADER_ROW})={STATED}+$B${NUMBER_ROW}",
            "format": styles["warn"],
        }
        sheet.conditional_format(LABEL_ROW - 1, STATED - 1, LABEL_ROW - 1, scenarios.last_column - 1, rule)
        rule = {
            "type": "formula",
            "criteria": f"=N(${letter(self.fault)}{FIRST_ROW})>0",
            "format": styles["bad"],
        }
        sheet.conditional_format(FIRST_ROW - 1, 0, last - 1, self.fault - 1, rule)
        rule = {"type": "text", "criteria": "containing", "value": CHANGED, "format": styles["warn"]}
        sheet.conditional_format(FIRST_ROW - 1, self.changed - 1, last - 1, self.changed - 1, rule)

    def _span(self, column: int) -> str:
        last = max(self.scenarios.last_row, FIRST_ROW)
        return f"{SCENARIOS}!${letter(column)}${FIRST_ROW}:${letter(column)}${last}"

    def _unit(self, item: Input) -> str:
        given = self.layout.inputs.values[item.key]
        return self.styles.in_words(item.unit, given.prices_of or self.layout.problem.inputs.info.base_year)

    def _style(self, role: str, item: Input, amount: Amount) -> Format:
        if isinstance(amount, str):
            return self.styles["in_use_word" if role == "linked" else f"{role}_word"]
        return self.styles.number(role, item.unit)

    def _formula(
        self, sheet: FormulaSheet, row: int, column: int, text: str, style: Format, value: Amount
    ) -> None:
        sheet.write_formula_row(row, column, [escape(text)], style, [value])
        self.cells += 1
