"""A sheet of rows to type in: value, range, source and reason, tested live, with the periods to the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.assumed.amounts import takes_range, wrong_with
from casebuilder.inputs.values import Members
from casebuilder.workbook.edits.grid import HIGH, KEY, LOW, SOURCE, VALUE, WHY
from casebuilder.workbook.intake import columns as named
from casebuilder.workbook.intake.columns import FIRST_ROW, HEADER_ROW, Columns
from casebuilder.workbook.intake.rows import FormRow
from casebuilder.workbook.intake.status import AS_TEXT, CHANGED, FAULT, TO_DO, status
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.sheets.input_faults import NUMBER, Bounds, bounds_of, kind_of
from casebuilder.workbook.sheets.input_rules import Rule, Rules
from casebuilder.workbook.sheets.inputs import BY_PERIOD
from casebuilder.workbook.writing.sheet import FormulaSheet, escape
from casebuilder.workbook.writing.styles import Styles

LINE = 13.0  # points
Sections = Sequence[tuple[str, Sequence[FormRow]]]
Reference = Mapping[tuple[str, Members], float | str]


class FormTable:
    """Writes the rows of one sheet.

    Parameters
    ----------
    problem
        The case.
    styles
        The formats.
    reference
        By key and members what the reference set has where the case has something else.
    titles
        The titles of chapters by name.
    """

    def __init__(
        self, problem: Problem, styles: Styles, reference: Reference, titles: Mapping[str, str]
    ) -> None:
        """Keep what all sheets share."""
        self.problem, self.styles, self.reference, self.titles = problem, styles, reference, titles
        self.frame: Frame = problem.frame
        # Where each row stands: sheet and row, by its key.
        self.places: dict[str, tuple[str, int]] = {}

    def write(
        self, sheet: FormulaSheet, sections: Sections, columns: Columns, *, headed: bool = False
    ) -> int:
        """Write the header and the rows under their headings; gives the last row.

        Parameters
        ----------
        sheet
            The sheet.
        sections
            Headings, each with its rows; a row of an option below that of the base case.
        columns
            The columns of the sheet.
        headed
            Whether the headings name the inputs, so that rows need not.
        """
        self._sheet, self._columns, self._rules = sheet, columns, Rules()
        self._named = not headed
        for number, (header, width, hidden) in enumerate(
            zip(columns.headers, columns.widths, columns.hidden, strict=True)
        ):
            sheet.write_string(HEADER_ROW - 1, number, header, self.styles[columns.style(header)])
            sheet.set_column(number, number, width, None, {"hidden": hidden})
        sheet.set_row(HEADER_ROW - 1, 30)
        at, base_row = FIRST_ROW, 0
        for title, rows in sections:
            if title:
                self._heading(at, title)
                at += 1
            for row in rows:
                base_row = at if row.option is None else base_row
                self._row(at, row, base_row)
                self.places[row.key] = (sheet.name, at)
                at += 1
        last = at - 1
        self._rules.write(sheet, columns[named.WORDS])
        self._marks(last)
        sheet.freeze_panes(HEADER_ROW, columns[named.LABEL])
        return last

    def _heading(self, at: int, title: str) -> None:
        for column in range(1, self._columns[named.STATUS]):
            text = title if column == self._columns[named.LABEL] - 1 else ""
            self._sheet.write_string(at - 1, column, text, self.styles["form_section"])
        self._sheet.set_row(at - 1, 20)

    def _row(self, at: int, row: FormRow, base_row: int) -> None:
        item, one, columns = row.item, row.one, self._columns
        bounds = _bounds(row)
        kind = kind_of(item)
        rule = Rule(kind, bounds, self._unit(row), item.choices, kind == NUMBER and "GBP" in item.unit)
        self._describe(at, row, bounds)
        role = "form_input" if row.option is None else "form_override"
        value = columns[VALUE]
        if one is None:
            self._text(at, VALUE, BY_PERIOD, "form_pointer")
        else:
            self._amount(at, value, item, one, role)
            self._rules.add(rule, at, value, value)
        if row.axis:
            numbers = [columns[period] for period in row.periods]
            for column, members in zip(numbers, row.combinations, strict=True):
                amount = row.value(members).amount
                if one is not None:
                    self._link(at, column, item, f"${letter(value)}{at}", amount)
                elif members in row.own:
                    self._amount(at, column, item, amount, role)
                else:
                    self._link(at, column, item, f"{letter(column)}${base_row}", amount)
            self._rules.add(rule, at, numbers[0], numbers[-1])
        typed = [columns[period] for period in row.periods] if row.axis else [value]
        text = status(row, columns, at, typed, kind, bounds)
        wrong = any(wrong_with(item, each.amount) for each in row.values)
        shown = FAULT if wrong else TO_DO if row.to_do else ""
        self._sheet.write_formula_row(
            at, columns[named.STATUS], [escape(text)], self.styles["form_status"], [shown]
        )

    def _describe(self, at: int, row: FormRow, bounds: Bounds) -> None:
        """What the row is, what vouches for it, and what it may be."""
        item, columns, styles = row.item, self._columns, self.styles
        origin = row.origin
        chapter = item.chapter.replace("_", " ").capitalize()
        basis = "" if row.option is not None else item.basis
        texts = (
            (KEY, row.key, "form_key"),
            (named.LABEL, row.label(self.frame, named=self._named), "form_label"),
            (named.UNIT, self._unit(row), "form_quiet"),
            (SOURCE, origin.vouched(self.problem.inputs.sources), "form_text"),
            (WHY, "", "form_text"),
            (named.NOTE, " ".join(filter(None, [row.to_do, basis])), "form_quiet"),
            (named.CHAPTER, self.titles.get(item.chapter, chapter), "form_quiet"),
            (named.KIND, kind_of(item), "form_quiet"),
            (named.WORDS, ",".join(item.choices), "form_quiet"),
        )
        for header, text, role in texts:
            if header in columns:
                self._text(at, header, text, role)
        lines = columns.lines({header: text for header, text, _ in texts})
        self._sheet.set_row(at - 1, 4 + LINE * lines)
        for header, bound, is_open, word in (
            (named.LEAST, bounds.least, bounds.above_least, "more than"),
            (named.MOST, bounds.most, bounds.below_most, "less than"),
        ):
            column = columns[header] - 1
            if bound is None:
                self._sheet.write_blank(at - 1, column, None, styles["form_number"])
            else:
                style = styles.bound(bound, item.unit, word if is_open else "", "form_number")
                self._sheet.write_number(at - 1, column, bound, style)
        self._range(at, row)
        self._reference(at, row)

    def _range(self, at: int, row: FormRow) -> None:
        """Low and high where they serve the whole row; open where the input takes a range."""
        if LOW not in self._columns:
            return
        values = [row.own[m] for m in row.combinations if m in row.own]
        for header, ends in ((LOW, {v.low for v in values}), (HIGH, {v.high for v in values})):
            column = self._columns[header] - 1
            if not takes_range(row.item):
                self._sheet.write_blank(at - 1, column, None, self.styles["form_closed"])
                continue
            end = next(iter(ends)) if len(ends) == 1 else None
            style = self.styles.number("form_input", row.item.unit)
            if end is None:
                self._sheet.write_blank(at - 1, column, None, style)
            else:
                self._sheet.write_number(at - 1, column, end, style)

    def _reference(self, at: int, row: FormRow) -> None:
        """What the reference set has for the whole row."""
        if named.REFERENCE not in self._columns:
            return
        column, unit = self._columns[named.REFERENCE] - 1, row.item.unit
        amounts = {self.reference.get((row.item.key, members)) for members in row.combinations}
        amount = amounts.pop() if len(amounts) == 1 and row.option is None else None
        if isinstance(amount, str):
            self._sheet.write_string(at - 1, column, amount, self.styles["form_pointer"])
        elif amount is None:
            self._sheet.write_blank(at - 1, column, None, self.styles["form_number"])
        else:
            self._sheet.write_number(at - 1, column, amount, self.styles.number("form_number", unit))

    def _unit(self, row: FormRow) -> str:
        prices = row.given.prices_of or self.problem.inputs.info.base_year
        return self.styles.in_words(row.item.unit, prices)

    def _text(self, at: int, header: str, text: str, role: str) -> None:
        column = self._columns[header] - 1
        if text:
            self._sheet.write_string(at - 1, column, text, self.styles[role])
        else:
            self._sheet.write_blank(at - 1, column, None, self.styles[role])

    def _amount(self, at: int, column: int, item: Input, amount: float | str, role: str) -> None:
        if isinstance(amount, str):
            self._sheet.write_string(at - 1, column - 1, amount, self.styles[role])
        else:
            self._sheet.write_number(at - 1, column - 1, amount, self.styles.number(role, item.unit))

    def _link(self, at: int, column: int, item: Input, cell: str, amount: float | str) -> None:
        unit = "" if isinstance(amount, str) else item.unit
        self._sheet.write_formula_row(at, column, [cell], self.styles.number("form_link", unit), [amount])

    def _marks(self, last: int) -> None:
        """Colour the status of a row, and a row at fault."""
        sheet, status_at = self._sheet, self._columns[named.STATUS]
        cell = f"${letter(status_at)}{FIRST_ROW}"
        first, end = FIRST_ROW - 1, max(last, FIRST_ROW) - 1
        rule = {"type": "formula", "criteria": f'={cell}="{FAULT}"', "format": self.styles["bad"]}
        sheet.conditional_format(first, 1, end, status_at - 1, rule)
        for word, style in ((CHANGED, "good"), (AS_TEXT, "good"), (TO_DO, "warn")):
            rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.styles[style]}
            sheet.conditional_format(first, status_at - 1, end, status_at - 1, rule)


def _bounds(row: FormRow) -> Bounds:
    """What the input allows, whatever rows beside it hold: `pull` looks at those."""
    item = row.item
    if item.fixed:
        return Bounds(item.low, item.high, item.low_open, item.high_open)
    return bounds_of(item, row.members, first=False)
