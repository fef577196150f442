"""The Checks sheet: each check live for every option, and one master check that all sheets echo."""

from __future__ import annotations

from casebuilder.algebra.dimensions import time_of
from casebuilder.algebra.terms import Check
from casebuilder.evaluate.checks import FAIL, CheckResult, Checks
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.inputs.values import Claim
from casebuilder.workbook.layout import Layout, letter
from casebuilder.workbook.options_sheet import cell_of
from casebuilder.workbook.sheet import FormulaSheet
from casebuilder.workbook.styles import Styles

MASTER_ROW, HEADER_ROW, FIRST_ROW = 3, 5, 6
MASTER = "Checks!$B$3"
OK = "OK"
WORDS = {"fail": "FAIL", "warn": "WARN"}


def master_text(checks: Checks) -> str:
    """What the master check says."""
    failed = len(checks.failed)
    return "All checks hold" if not failed else f"{failed} of the checks FAIL: see Checks"


def write_status(sheet: FormulaSheet, row: int, column: int, styles: Styles, text: str) -> None:
    """Echo the master check on a sheet."""
    sheet.write_text_formula(row, column, MASTER, styles["status"], text)
    span = (row - 1, column - 1, row - 1, column - 1)
    _colour(sheet, span, styles, "All checks hold")


def _colour(sheet: FormulaSheet, span: tuple[int, int, int, int], styles: Styles, good: str) -> None:
    rules = ((good, "good"), ("FAIL", "bad"), ("WARN", "warn"))
    for word, role in rules:
        sheet.conditional_format(*span, {"type": "text", "criteria": "containing", "value": word,
                                         "format": styles[role]})  # fmt: skip


class ChecksWriter:
    """Writes the checks of the model, then the claims the case is held to."""

    def __init__(self, layout: Layout, styles: Styles, checks: Checks) -> None:
        """Keep what is written."""
        self.layout, self.styles, self.checks = layout, styles, checks
        self.options = layout.problem.frame.option_ids
        self.state = 4 + len(self.options)
        self.cells = 0

    def write(self, sheet: FormulaSheet) -> None:
        """Write the sheet."""
        styles, lines = self.styles, self.layout.problem.checks
        claims = self.layout.problem.inputs.claims
        lost = self.checks.results[len(lines) + len(claims) :]
        last = FIRST_ROW + len(lines) + len(claims) + len(lost) - 1
        column = letter(self.state)
        sheet.write_string(0, 0, "Checks", styles["title"])
        sheet.write_string(MASTER_ROW - 1, 0, "Master check", styles["section"])
        count = f'COUNTIF({column}{FIRST_ROW}:{column}{last},"FAIL")'
        text = f'IF({count}=0,"All checks hold",{count}&" of the checks FAIL: see Checks")'
        sheet.write_text_formula(MASTER_ROW, 2, text, styles["status"], master_text(self.checks))
        names = ["Key", "Check", "Level", *self.options, "State", "Claimed", "Tolerance", "Basis"]
        for place, name in enumerate(names):
            sheet.write_string(HEADER_ROW - 1, place, name, styles["header"])
        for row, (line, result) in enumerate(
            zip(lines, self.checks.results[: len(lines)], strict=True), FIRST_ROW
        ):
            self._check(sheet, row, line, result)
        for row, (claim, result) in enumerate(
            zip(claims, self.checks.results[len(lines) : len(lines) + len(claims)], strict=True),
            FIRST_ROW + len(lines),
        ):
            self._claim(sheet, row, claim, result)
        for row, result in enumerate(lost, FIRST_ROW + len(lines) + len(claims)):
            self._lost(sheet, row, result)
        self._left_out(sheet, last + 2)
        self.cells += 1
        _colour(sheet, (MASTER_ROW - 1, 1, MASTER_ROW - 1, 1), styles, "All checks hold")
        _colour(sheet, (FIRST_ROW - 1, self.state - 1, last - 1, self.state - 1), styles, OK)
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, 1, 62)
        sheet.set_column(2, 2, 8)
        sheet.set_column(3, self.state - 1, 13)
        sheet.set_column(self.state, self.state + 1, 14)
        sheet.set_column(self.state + 2, self.state + 2, 90)
        sheet.freeze_panes(HEADER_ROW, 2)

    def _check(self, sheet: FormulaSheet, row: int, line: Check, result: CheckResult) -> None:
        kind = self.layout.sheet_of[line]
        columns, rows = self.layout.sheets[kind], self.layout.sheets[kind].blocks[line]
        timed = time_of(line.over) is not None
        first = letter(columns.first if timed else columns.total)
        last = letter(columns.last if timed else columns.total)
        for place, option in enumerate(self.options, 4):
            name = self.layout.sheet_name(kind, option)
            text = f"SUM('{name}'!${first}${rows.first}:${last}${rows.last})"
            self._breaches(sheet, row, place, text, result.breaches[option])
        self._words(sheet, row, result)

    def _claim(self, sheet: FormulaSheet, row: int, claim: Claim, result: CheckResult) -> None:
        styles, claimed = self.styles, letter(self.state + 1)
        sheet.write_number(row - 1, self.state, claim.value, styles.number("sample_input", "item"))
        sheet.write_number(row - 1, self.state + 1, claim.tolerance, styles.number("sample_input", "share"))
        if claim.option in self.options and claim.headline in HEADLINES:
            cell = cell_of(self.layout, claim.headline, claim.option)
            within = f"ABS({cell}-{claimed}{row})<={letter(self.state + 2)}{row}*ABS({claimed}{row})"
            text = f"IF(ISNUMBER({cell}),IF({within},0,1),1)"
            place = 4 + self.options.index(claim.option)
            self._breaches(sheet, row, place, text, result.breaches[claim.option])
        self._words(sheet, row, result)

    def _lost(self, sheet: FormulaSheet, row: int, result: CheckResult) -> None:
        """Lines that the workbook does not have: how many is known when it is written, and stays so."""
        for place, option in enumerate(self.options, 4):
            style = self.styles.number("calculation", "flag")
            sheet.write_number(row - 1, place - 1, result.breaches[option], style)
        self._words(sheet, row, result)

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
            sheet.write_string(place, self.state + 2, why, styles["quiet"])

    def _breaches(self, sheet: FormulaSheet, row: int, column: int, text: str, count: int) -> None:
        style = self.styles.number("calculation", "flag")
        sheet.write_ready(row, column, text, style, float(count))
        self.cells += 1

    def _words(self, sheet: FormulaSheet, row: int, result: CheckResult) -> None:
        styles, word = self.styles, WORDS[result.level]
        sheet.write_string(row - 1, 0, result.key, styles["key"])
        sheet.write_string(row - 1, 1, result.label, styles["cell_text"])
        level = "must hold" if result.level == FAIL else "warning"
        sheet.write_string(row - 1, 2, level, styles["quiet"])
        first, last = letter(4), letter(3 + len(self.options))
        text = f'IF(SUM({first}{row}:{last}{row})>0,"{word}","{OK}")'
        state = OK if result.passed else word
        sheet.write_text_formula(row, self.state, text, styles["status"], state)
        sheet.write_string(row - 1, self.state + 2, result.basis, styles["quiet"])
        self.cells += 1
