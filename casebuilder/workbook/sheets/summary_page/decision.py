"""The decision on Summary: what is put forward, its rank, need and award, criteria and reasons; live."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.evaluate.decision.grounds import AWARD, DECIMALS, NEED, Ground, Grounds
from casebuilder.workbook.layout.addresses import Layout, letter
from casebuilder.workbook.sheets.options import FIRST_OPTION as OPTIONS_FIRST
from casebuilder.workbook.sheets.options import HEADER_ROW as OPTIONS_HEADER
from casebuilder.workbook.sheets.options import RANK_ROW, cell_of, source_cell
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

SUMMARY = "Summary"
TITLE = "Decision"
CRITERIA, POINTS, SCORE = "Criterion", "Points: 0 at the worst, 1 at the best", "Weighted points, of 1"
WORST_TO_BEST = "worst to best option"
REASONS = "Reason, though another option ranks first"
YES, NO, UNKNOWN, NONE = "yes", "no", "not known", "–"
# Borne out by its line, and nobody's yet.
DRAFTED = "draft"
_FIRST = 3  # the column of the first option
LABEL_WIDTH, NOTE_WIDTH, LINE_HEIGHT = 58, 150, 13.5


@dataclass(frozen=True)
class DecisionCells:
    """Where the checks read the decision: the rank, what the lines of its reasons show, and any drafts."""

    rank: str
    shown: str
    drafts: bool


class DecisionWriter:
    """Writes the decision from a row of Summary on.

    Parameters
    ----------
    sheet, layout, styles
        Where and how.
    of
        How the option put forward stands.
    row
        The first row.
    """

    def __init__(self, sheet: FormulaSheet, layout: Layout, styles: Styles, of: Grounds, row: int) -> None:
        """Keep where it begins."""
        self.sheet, self.layout, self.styles, self.of, self.row = sheet, layout, styles, of, row
        self.options = layout.problem.frame.option_ids
        self.cells = 0
        last = letter(OPTIONS_FIRST + len(self.options) - 1)
        self._ranks = f"Options!${letter(OPTIONS_FIRST)}${RANK_ROW}:${last}${RANK_ROW}"
        self._labels = f"Options!${letter(OPTIONS_FIRST)}${OPTIONS_HEADER - 1}:${last}${OPTIONS_HEADER - 1}"
        own = letter(OPTIONS_FIRST + self.options.index(of.option))
        self._rank = f"Options!${own}${RANK_ROW}"
        self._best = f"MATCH(1,{self._ranks},0)"

    @property
    def columns(self) -> int:
        """How many columns it takes."""
        return _FIRST + len(self.options) + 1

    def write(self) -> DecisionCells | None:
        """Write it; None where the case ranks no options."""
        if self.of.rank is None:
            return None
        self.sheet.write_string(self.row - 1, 0, TITLE, self.styles["heading"])
        self.row += 1
        self._facts()
        self.sheet.write_string(self.row - 1, 0, "Reasons given in decision.yaml", self.styles["cell_text"])
        number = self.styles.number("calculation", "item")
        self.sheet.write_number(self.row - 1, 1, len(self.of.reasons), number)
        self.row += 1
        if self.of.criteria:
            self._criteria()
        shown = self._reasons() if self.of.reasons else ""
        if self.of.decision.note:
            for line in textwrap.wrap(self.of.decision.note, NOTE_WIDTH):
                self.sheet.write_string(self.row - 1, 0, line, self.styles["note"])
                self.row += 1
        drafts = any(ground.shown.draft for ground in self.of.reasons)
        return DecisionCells(self._rank, shown, drafts)

    def _facts(self) -> None:
        """What is put forward and by whom, its rank, what it needs and what is awarded."""
        of, decision = self.of, self.of.decision
        self._text("Put forward", self.layout.name_of(of.option))
        if decision.by:
            self._text("By", f"{decision.by} ({decision.source}; {decision.state})")
        self._live("Its rank by net present social value", self._rank, float(of.rank or 0), "item")
        self.sheet.write_string(self.row - 1, 0, "Ranks first", self.styles["cell_text"])
        text = f"INDEX({self._labels},{self._best})"
        self.sheet.write_text_formula(
            self.row, 2, text, self.styles["cell_text"], self.layout.name_of(of.first)
        )
        self.cells += 1
        self.row += 1
        line = self.layout.problem.by_key.get(AWARD)
        if of.need is None:
            return
        self._live("Needed: capital built up, with VAT", cell_of(self.layout, NEED, of.option), of.need)
        need = f"$B${self.row - 1}"
        if of.award is None or line is None:
            return
        self._live("Awarded, all funds and years", source_cell(self.layout, line, of.option), of.award)
        self._live("Needed less awarded", f"{need}-$B${self.row - 1}", of.need - of.award)

    def _text(self, name: str, said: str) -> None:
        self.sheet.write_string(self.row - 1, 0, name, self.styles["cell_text"])
        self.sheet.write_string(self.row - 1, 1, said, self.styles["cell_text"])
        self.row += 1

    def _live(self, name: str, text: str, value: float, unit: str = "GBP_nominal") -> None:
        self.sheet.write_string(self.row - 1, 0, name, self.styles["cell_text"])
        self.sheet.write_ready(self.row, 2, text, self.styles.number("calculation", unit), value)
        self.cells += 1
        self.row += 1

    def _header(self, names: Sequence[str], after: Sequence[str] = ()) -> None:
        labels = [self.layout.name_of(option) for option in self.options]
        for column, name in enumerate((*names, *labels, *after)):
            right = len(names) <= column < len(names) + len(labels)
            self.sheet.write_string(
                self.row - 1, column, name, self.styles["header_right" if right else "header"]
            )
        self.sheet.set_row(self.row - 1, 45)
        self.row += 1

    def _said(self, ground: Ground) -> None:
        """The words of a criterion or a reason, on as many lines as they take."""
        said = ground.shown.text
        self.sheet.write_string(self.row - 1, 0, said, self.styles["text"])
        lines = len(textwrap.wrap(said, LABEL_WIDTH))
        if lines > 1:
            self.sheet.set_row(self.row - 1, LINE_HEIGHT * lines)

    def _values(self, ground: Ground) -> None:
        """A ground's line in each option's column: live, or of the engine where it is not laid out."""
        if ground.line is None:
            return
        unit = ground.line.unit
        for column, option in enumerate(self.options, _FIRST):
            value = ground.values[option]
            text = self._cell(ground, option)
            if text:
                shown = float("nan") if value is None else value
                self.sheet.write_ready(self.row, column, text, self.styles.number("calculation", unit), shown)
                self.cells += 1
            elif value is not None:
                self.sheet.write_exact(self.row, column, value, self.styles.number("engine", unit))

    def _cell(self, ground: Ground, option: str) -> str:
        """The calculation cell of a ground's line; empty where there is none."""
        layout, line, at = self.layout, ground.line, ground.shown.at
        if line is None or option not in layout.options or not layout.problem.holds(line, at):
            return ""
        sheet, axis = layout.sheets[layout.sheet_of[line]], time_of(line.over)
        row = sheet.blocks[line].rows[tuple(at[name] for name in without_time(line.over))]
        column = sheet.total
        if axis is not None:
            column = sheet.first + layout.problem.frame.positions[axis][at[axis]]
        cell = f"'{layout.holding(line, option)}'!${letter(column)}${row}"
        return f'IF({cell}="","",{cell})'

    def _criteria(self) -> None:
        """The value of each criterion by option, its points, and the weighted points."""
        self._header((CRITERIA, "Weight"))
        first = self.row
        for ground in self.of.criteria:
            self._said(ground)
            share = self.styles.number("calculation", "share")
            self.sheet.write_number(self.row - 1, 1, ground.shown.weight, share)
            self._values(ground)
            self.row += 1
        self._header((POINTS, "Scale"))
        points = self.row
        for place, ground in enumerate(self.of.criteria):
            self._said(ground)
            self._points(ground, first + place)
            self.row += 1
        self.sheet.write_string(self.row - 1, 0, SCORE, self.styles["section"])
        weights, count = f"$B${first}:$B${points - 2}", len(self.of.criteria)
        scores = self.of.scores
        for column, option in enumerate(self.options, _FIRST):
            span = f"{letter(column)}{points}:{letter(column)}{points + count - 1}"
            text = f'IF(COUNT({span})={count},SUMPRODUCT({weights},{span}),"")'
            value = scores[option]
            style = self.styles.number("calculation", "number")
            self.sheet.write_ready(self.row, column, text, style, float("nan") if value is None else value)
            self.cells += 1
        self.row += 1

    def _points(self, ground: Ground, row: int) -> None:
        span = f"${letter(_FIRST)}{row}:${letter(_FIRST + len(self.options) - 1)}{row}"
        points, scale = ground.points(), ground.shown.scale
        least, most = (f"({end!r})" for end in scale) if scale else (f"MIN({span})", f"MAX({span})")
        said = f"{scale[0]:g} to {scale[1]:g}" if scale else WORST_TO_BEST
        self.sheet.write_string(self.row - 1, 1, said, self.styles["quiet"])
        for column, option in enumerate(self.options, _FIRST):
            cell = f"{letter(column)}{row}"
            apart = f"{cell}-{least}" if ground.shown.more else f"{most}-{cell}"
            whole = f"{most}-{least}"
            part = f"({apart})/({whole})"
            part = f"MAX(0,MIN(1,{part}))" if scale else f"IF(ROUND({whole},{DECIMALS})<=0,0,{part})"
            text = f'IF(ISNUMBER({cell}),{part},"")'
            value = points[option]
            style = self.styles.number("calculation", "number")
            self.sheet.write_ready(self.row, column, text, style, float("nan") if value is None else value)
            self.cells += 1

    def _reasons(self) -> str:
        """The reasons with their lines by option; gives the cells that say whether a line shows its own."""
        self._header((REASONS, "Unit"), ("Shown", "Line"))
        first, base_year = self.row, self.layout.problem.inputs.info.base_year
        shown = _FIRST + len(self.options)
        own = letter(_FIRST + self.options.index(self.of.option))
        last = letter(shown - 1)
        for ground in self.of.reasons:
            self._said(ground)
            unit = "" if ground.line is None else self.styles.in_words(ground.line.unit, base_year)
            self.sheet.write_string(self.row - 1, 1, unit, self.styles["quiet"])
            self._values(ground)
            best = f"INDEX(${letter(_FIRST)}{self.row}:${last}{self.row},{self._best})"
            ours = f"${own}{self.row}"
            apart = f"{ours}-{best}" if ground.shown.more else f"{best}-{ours}"
            known = f"AND(ISNUMBER({ours}),ISNUMBER({best}))"
            borne_out = DRAFTED if ground.shown.draft else YES
            held = f'IF({known},IF(ROUND({apart},{DECIMALS})>0,"{borne_out}","{NO}"),"{UNKNOWN}")'
            text = f'IF({self._rank}=1,"{NONE}",{held})'
            self.sheet.write_text_formula(self.row, shown, text, self.styles["word"], self._word(ground))
            self.cells += 1
            self.sheet.write_string(self.row - 1, shown, ground.shown.key, self.styles["quiet"])
            self.row += 1
        column = letter(shown)
        return f"{SUMMARY}!${column}${first}:${column}${self.row - 1}"

    def _word(self, ground: Ground) -> str:
        if self.of.ranks_first:
            return NONE
        better = ground.better(self.of.option, self.of.first)
        borne_out = DRAFTED if ground.shown.draft else YES
        return UNKNOWN if better is None else borne_out if better else NO
