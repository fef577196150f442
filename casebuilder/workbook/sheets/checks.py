"""The Checks sheet: each check live for every option, the four counts, and the status that all sheets echo.

Rows stand as the case was built: what fails, what cannot be worked out, warnings by what is at stake,
notes, and what holds. States, counts and stakes are live.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import time_of
from casebuilder.algebra.terms import Check
from casebuilder.evaluate.checks import (
    CANNOT,
    EVERY_VALUE,
    FAIL,
    HOLDS,
    NOTE,
    REASONS_GIVEN,
    REASONS_HOLD,
    WARN,
    CheckResult,
    Checks,
    claims_pounds,
    stake_of,
)
from casebuilder.evaluate.status import PARTS
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.inputs.values import Claim
from casebuilder.workbook.layout.addresses import FIRST_ROW as CALCULATIONS_FIRST
from casebuilder.workbook.layout.addresses import STATUS_ROW, UNUSABLE, Layout, letter
from casebuilder.workbook.layout.scenarios import STATUS_WORDS
from casebuilder.workbook.sheets.engine import ENGINE_FITS, engine_check
from casebuilder.workbook.sheets.options import cell_of, source_cell
from casebuilder.workbook.sheets.status import CHECKS, COLUMN, status_formula
from casebuilder.workbook.sheets.summary_page.decision import DRAFTED, DecisionCells
from casebuilder.workbook.sheets.summary_page.decision import NO as NO_REASON
from casebuilder.workbook.sheets.summary_page.decision import UNKNOWN as UNKNOWN_REASON
from casebuilder.workbook.sheets.summary_page.decision import YES as YES_REASON
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

COUNT_ROW, HEADER_ROW, FIRST_ROW = 4, 9, 10
STATES = {HOLDS: "OK", FAIL: "FAIL", WARN: "WARN", NOTE: "NOTE", CANNOT: "CANNOT"}
LEVELS = {FAIL: "must hold", WARN: "warning", NOTE: "note"}
UNKNOWN, NONE = "?", "–"
KEY, LABEL, LEVEL, FIRST_OPTION = 1, 2, 3, 4
_BEYOND = 10_000  # a share of a pound that tells equal sums apart by their row


class ChecksWriter:
    """Writes the checks of the model with the claims the case is held to.

    Parameters
    ----------
    layout
        The addresses.
    styles
        The formats.
    checks
        The status of the case.
    choosers
        The formula that counts the cells for choosing whose word is not in their list.
    ranges
        What is said of the ranges on Sensitivity; empty where there are none.
    """

    def __init__(
        self, layout: Layout, styles: Styles, checks: Checks, choosers: str = "0", ranges: str = ""
    ) -> None:
        """Give every check its row, and every column its place."""
        self.choosers, self.ranges = choosers, ranges
        self.layout, self.styles, self.checks = layout, styles, checks
        self.options = layout.problem.frame.option_ids
        self.lines = {line.key: line for line in layout.problem.checks}
        self.results = [*checks.in_order, *engine_check(layout, ranges)]
        self.last = FIRST_ROW + len(self.results) - 1
        self.state = FIRST_OPTION + len(self.options)
        self.stake, self.owner = self.state + 1, self.state + 2
        self.claimed, self.tolerance, self.basis = self.state + 3, self.state + 4, self.state + 5
        self.stakes = self.state + 6  # of each option, from here on
        self.order = self.stakes + len(self.options)
        self.decision: DecisionCells | None = None  # where Summary has it, which is written first
        self.cells = 0

    def column(self, number: int) -> str:
        """The cells of a column over all checks, on this sheet."""
        return f"${letter(number)}${FIRST_ROW}:${letter(number)}${self.last}"

    def write(self, sheet: FormulaSheet) -> None:
        """Write the sheet."""
        styles = self.styles
        sheet.write_string(0, 0, CHECKS, styles["title"])
        self._counts(sheet)
        names = [
            "Key",
            "Check",
            "Level",
            *self.options,
            "State",
            "At stake",
            "Who must act",
            "Claimed",
            "Tolerance",
            "Basis",
            *(f"At stake, {option}" for option in self.options),
            "Order of warnings",
        ]
        for place, name in enumerate(names):
            sheet.write_string(HEADER_ROW - 1, place, name, styles["header"])
        for row, result in enumerate(self.results, FIRST_ROW):
            self._row(sheet, row, result)
        self._left_out(sheet, self._notes(sheet, self.last + 2))
        self._colour(sheet)
        widths = (
            (KEY, 36),
            (LABEL, 62),
            (LEVEL, 11),
            (self.state, 11),
            (self.stake, 15),
            (self.owner, 34),
            (self.claimed, 15),
            (self.tolerance, 11),
            (self.basis, 90),
        )
        for column, width in widths:
            sheet.set_column(column - 1, column - 1, width)
        sheet.set_column(FIRST_OPTION - 1, self.state - 2, 13)
        sheet.set_column(self.stakes - 1, self.order - 1, 15, None, {"level": 1})
        sheet.freeze_panes(HEADER_ROW, 2)
        sheet.print_area(0, 0, self.last + len(self.checks.remarks) + 2, self.basis - 1)

    def _counts(self, sheet: FormulaSheet) -> None:
        """The four counts, each with its cell, and the status made of them.

        Whatever is not one of the known states cannot be worked out: an error, a blank, a word typed over it.
        """
        styles, states = self.styles, self.column(self.state)

        def count(state: str) -> str:
            return f'COUNTIF({states},"{STATES[state]}")'

        known = "-".join(count(state) for state in (HOLDS, FAIL, WARN, NOTE))
        formulas = (
            count(FAIL),
            count(WARN),
            f"ROWS({states})-{known}",
            f"IF(ISNUMBER({UNUSABLE}),{UNUSABLE},1)+{self.choosers}",
        )
        status = self.checks.status
        style = styles.number("calculation", "item")
        counted = zip(PARTS, formulas, status.counts, strict=True)
        for row, (part, text, value) in enumerate(counted, COUNT_ROW):
            sheet.write_string(row - 1, 0, part.meaning, styles["cell_text"])
            sheet.write_ready(row, 2, text, style, float(value))
        cells = [f"$B${COUNT_ROW + place}" for place in range(len(PARTS))]
        text = status_formula(cells)
        if self.layout.scenarios.scenarios:
            text = f"{text}&{STATUS_WORDS}"
        sheet.write_text_formula(STATUS_ROW, COLUMN, text, styles["status"], status.text)
        said = "Rows stand as the case was built, the gravest first; states, counts and stakes are live."
        sheet.write_string(STATUS_ROW, 0, said, styles["subtitle"])
        self.cells += len(PARTS) + 1

    def _row(self, sheet: FormulaSheet, row: int, result: CheckResult) -> None:
        styles = self.styles
        line = self.lines.get(result.key)
        if result.claim is not None:
            self._claim(sheet, row, result.claim, result)
        elif result.key == ENGINE_FITS:
            self._engine_fits(sheet, row, result)
        elif line is not None:
            self._check(sheet, row, line, result)
        elif result.key == EVERY_VALUE:
            self._every_value(sheet, row, result)
        elif result.key in (REASONS_GIVEN, REASONS_HOLD):
            self._decided(sheet, row, result)
        else:  # lines that the workbook does not have: how many is known when it is written, and stays so
            for place, option in enumerate(self.options):
                style = styles.number("calculation", "flag")
                sheet.write_number(row - 1, FIRST_OPTION + place - 1, result.breaches[option], style)
        sheet.write_string(row - 1, KEY - 1, result.key, styles["key"])
        sheet.write_string(row - 1, LABEL - 1, result.label, styles["cell_text"])
        sheet.write_string(row - 1, LEVEL - 1, LEVELS[result.level], styles["quiet"])
        first, last = letter(FIRST_OPTION), letter(self.state - 1)
        known = f"COUNT({first}{row}:{last}{row})<{len(result.breaches)}"
        breached = f'IF(SUM({first}{row}:{last}{row})>0,"{STATES[result.level]}","{STATES[HOLDS]}")'
        if result.level == WARN and result.bid:
            own = f"{letter(FIRST_OPTION + self.options.index(result.bid))}{row}"
            others = f'IF(SUM({first}{row}:{last}{row})>0,"{STATES[NOTE]}","{STATES[HOLDS]}")'
            breached = f'IF({own}>0,"{STATES[WARN]}",{others})'
        text = f'IF({known},"{STATES[CANNOT]}",{breached})'
        sheet.write_text_formula(row, self.state, text, styles["status_cell"], STATES[result.state])
        sheet.write_string(row - 1, self.owner - 1, result.owner, styles["quiet"])
        sheet.write_string(row - 1, self.basis - 1, result.basis, styles["quiet"])
        self._most_at_stake(sheet, row, result)
        self.cells += 1

    def _check(self, sheet: FormulaSheet, row: int, line: Check, result: CheckResult) -> None:
        kind = self.layout.sheet_of[line]
        columns, rows = self.layout.sheets[kind], self.layout.sheets[kind].blocks[line]
        timed = time_of(line.over) is not None
        first = letter(columns.first if timed else columns.total)
        last = letter(columns.last if timed else columns.total)
        stake = stake_of(self.layout.problem, line)
        for place, option in enumerate(self.options):
            if option not in self.layout.options:
                self._of_the_engine(sheet, row, place, result)
                continue
            name = self.layout.holding(line, option)
            text = f"SUM('{name}'!${first}${rows.first}:${last}${rows.last})"
            self._breaches(sheet, row, place, text, result)
            if stake is not None:
                self._at_stake(sheet, row, place, source_cell(self.layout, stake, option), result)

    def _of_the_engine(self, sheet: FormulaSheet, row: int, place: int, result: CheckResult) -> None:
        """What the engine found in an option that is not laid out."""
        option = self.options[place]
        count = result.breaches[option]
        stake = None if result.at_stake is None else result.at_stake.get(option, 0.0)
        if count is not None:
            style = self.styles.number("engine", "flag")
            sheet.write_number(row - 1, FIRST_OPTION + place - 1, count, style)
        if stake is not None:
            style = self.styles.number("engine", "GBP_nominal")
            sheet.write_exact(row, self.stakes + place, stake, style)

    def _decided(self, sheet: FormulaSheet, row: int, result: CheckResult) -> None:
        """Reasons missing, or not shown by their lines, where the option put forward does not rank first."""
        cells = self.decision
        assert cells is not None
        (option,) = result.breaches
        given, shown = "1", "0"
        if cells.shown:
            drafts = f'+COUNTIF({cells.shown},"{DRAFTED}")' if cells.drafts else ""
            given = f'IF(COUNTIF({cells.shown},"{YES_REASON}"){drafts}>0,0,1)'
            unknown = f'COUNTIF({cells.shown},"{UNKNOWN_REASON}")'
            shown = f'IF({unknown}>0,"",COUNTIF({cells.shown},"{NO_REASON}"){drafts})'
        wrong = given if result.key == REASONS_GIVEN else shown
        self._breaches(sheet, row, self.options.index(option), f"IF({cells.rank}>1,{wrong},0)", result)

    def _engine_fits(self, sheet: FormulaSheet, row: int, result: CheckResult) -> None:
        """1 once any input is not what it was built with, for an option that rests on the engine.

        Those are the options that are not laid out, and the one whose ranges stand on Sensitivity.
        """
        bid = put_forward(self.layout.problem.frame) if self.ranges else ""
        for place, option in enumerate(self.options):
            if option in self.layout.options and option != bid:
                style = self.styles.number("calculation", "flag")
                sheet.write_number(row - 1, FIRST_OPTION + place - 1, 0, style)
            else:
                self._breaches(sheet, row, place, f"IF({self.layout.scenarios.changed}=0,0,1)", result)

    def _every_value(self, sheet: FormulaSheet, row: int, result: CheckResult) -> None:
        """0 where the sheets of an option and the baseline's, which it reads, add up to a number.

        One error anywhere, and they do not.
        """
        baseline = self.layout.problem.frame.baseline
        known = f"{letter(FIRST_OPTION + self.options.index(baseline))}{row}"
        for place, option in enumerate(self.options):
            if option not in self.layout.options:
                self._of_the_engine(sheet, row, place, result)
                continue
            # The baseline's sheets, which every option reads from, are added up once.
            sums = [] if option == baseline else [known]
            for kind in self.layout.kinds:
                columns = self.layout.sheets[kind]
                last = max((block.last for block in columns.blocks.values()), default=CALCULATIONS_FIRST)
                first = letter(columns.total)
                span = f"${first}${CALCULATIONS_FIRST}:${letter(columns.last)}${last}"
                sums.append(f"SUM('{self.layout.sheet_name(kind, option)}'!{span})")
            text = f'IF(ISNUMBER({"+".join(sums)}),0,"")'
            self._breaches(sheet, row, place, text, result)

    def _claim(self, sheet: FormulaSheet, row: int, claim: Claim, result: CheckResult) -> None:
        styles, claimed = self.styles, f"{letter(self.claimed)}{row}"
        figure, share = (styles.number("sample_input", unit) for unit in ("item", "share"))
        sheet.write_number(row - 1, self.claimed - 1, claim.value, figure)
        sheet.write_number(row - 1, self.tolerance - 1, claim.tolerance, share)
        cell = cell_of(self.layout, claim.headline, claim.option)
        within = f"ABS({cell}-{claimed})<={letter(self.tolerance)}{row}*ABS({claimed})"
        place = self.options.index(claim.option)
        text = f'IF(ISNUMBER({cell}),IF({within},0,1),"")'
        self._breaches(sheet, row, place, text, result)
        if claims_pounds(self.layout.problem, claim):
            self._at_stake(sheet, row, place, f"ABS({cell}-{claimed})", result)

    def _breaches(self, sheet: FormulaSheet, row: int, place: int, text: str, result: CheckResult) -> None:
        """How often one option breaches a check; the text is empty or an error where that is not known."""
        count = result.breaches[self.options[place]]
        style = self.styles.number("calculation", "flag")
        value = float("nan") if count is None else float(count)
        sheet.write_ready(row, FIRST_OPTION + place, text, style, value)
        self.cells += 1

    def _at_stake(self, sheet: FormulaSheet, row: int, place: int, pounds: str, result: CheckResult) -> None:
        """What is at stake in one option, where it breaches the check."""
        option = self.options[place]
        text = f'IFERROR(IF({letter(FIRST_OPTION + place)}{row}*1>0,{pounds},0),"{UNKNOWN}")'
        value = (result.at_stake or {}).get(option, 0.0)
        if result.breaches[option] is None:
            value = None
        style = self.styles.number("calculation", "GBP_nominal")
        shown = UNKNOWN if value is None else value
        if isinstance(shown, str):
            sheet.write_text_formula(row, self.stakes + place, text, style, shown)
        else:
            sheet.write_ready(row, self.stakes + place, text, style, shown)
        self.cells += 1

    def _most_at_stake(self, sheet: FormulaSheet, row: int, result: CheckResult) -> None:
        """The most at stake in an option, and the number by which warnings are put in order."""
        styles, cell = self.styles, f"{letter(self.stake)}{row}"
        if result.at_stake is None:
            sheet.write_string(row - 1, self.stake - 1, NONE, styles["word"])
            most = 0.0
        else:
            span = f"{letter(self.stakes)}{row}:{letter(self.order - 1)}{row}"
            count = 1 if result.claim is not None else len(self.options)
            text = f'IF(COUNT({span})<{count},"{UNKNOWN}",MAX({span}))'
            style = styles.number("calculation", "GBP_nominal")
            unknown = None in (*result.at_stake.values(), *result.breaches.values())
            if unknown:
                sheet.write_text_formula(row, self.stake, text, style, UNKNOWN)
            else:
                sheet.write_ready(row, self.stake, text, style, result.most_at_stake or 0.0)
            most = 0.0 if unknown else result.most_at_stake or 0.0
            self.cells += 1
        state = f"{letter(self.state)}{row}"
        pounds = f"IF(ISNUMBER({cell}),ROUND({cell},0),0)"
        below = f"(ROWS({self.column(KEY)})+{FIRST_ROW}-ROW())/{_BEYOND}"
        order = f'IFERROR(IF({state}="{STATES[WARN]}",{pounds}+{below},-1),-1)'
        place = (len(self.results) + FIRST_ROW - row) / _BEYOND
        value = float(int(most + 0.5)) + place if result.state == WARN else -1.0
        sheet.write_ready(row, self.order, order, styles.number("opening", "number"), value)
        self.cells += 1

    def _notes(self, sheet: FormulaSheet, row: int) -> int:
        """The notes that no check makes; gives the row after them."""
        styles = self.styles
        if not self.checks.remarks:
            return row
        sheet.write_string(row - 1, 0, "Notes, which colour nothing", styles["section"])
        for place, note in enumerate(self.checks.remarks, row + 1):
            sheet.write_string(place - 1, KEY - 1, note.key, styles["key"])
            text = f"{note.label} ({note.detail})" if note.detail else note.label
            sheet.write_string(place - 1, LABEL - 1, text, styles["cell_text"])
            sheet.write_string(place - 1, LEVEL - 1, LEVELS[NOTE], styles["quiet"])
        return row + len(self.checks.remarks) + 2

    def _left_out(self, sheet: FormulaSheet, row: int) -> None:
        """What the case leaves out on purpose, with its reasons, and dimensions that it has no members of."""
        problem, styles = self.layout.problem, self.styles
        rows = [(key, "Left out on purpose", why) for key, why in problem.inputs.left_out.items()]
        rows += [
            (lost.causes[0].dimension, "No members: no rows, and sums over it are nought", str(lost.cause))
            for lost in problem.without_rows
        ]
        if not rows:
            return
        sheet.write_string(row - 1, 0, "What this case does not have", styles["section"])
        for place, (key, what, why) in enumerate(rows, row):
            sheet.write_string(place, 0, key, styles["key"])
            sheet.write_string(place, 1, what, styles["cell_text"])
            sheet.write_string(place, self.basis - 1, why, styles["quiet"])

    def _colour(self, sheet: FormulaSheet) -> None:
        """Colour the states: anything but the words for what holds, warns or notes is bad."""
        span = (FIRST_ROW - 1, self.state - 1, self.last - 1, self.state - 1)
        cell = f"{letter(self.state)}{FIRST_ROW}"
        for state, role in ((HOLDS, "good"), (WARN, "warn"), (NOTE, "section")):
            criteria = f'=IFERROR({cell}="{STATES[state]}",FALSE)'
            rule = {
                "type": "formula",
                "criteria": criteria,
                "format": self.styles[role],
                "stop_if_true": True,
            }
            sheet.conditional_format(*span, rule)
        sheet.conditional_format(
            *span, {"type": "formula", "criteria": "=TRUE", "format": self.styles["bad"]}
        )
