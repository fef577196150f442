"""The Summary sheet: the headlines that decide, and native charts of the lines behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

from casebuilder.algebra.dimensions import Member
from casebuilder.algebra.terms import Line
from casebuilder.analysis.uncertainty.chance.told import Told
from casebuilder.analysis.uncertainty.ranking import Ranking
from casebuilder.evaluate.checks import CheckResult
from casebuilder.evaluate.decision.grounds import Grounds
from casebuilder.evaluate.headlines import RANKED_BY, OptionResult, headline_line
from casebuilder.evaluate.notes import TO_DO
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.sheets.charts import finish, line_of_options
from casebuilder.workbook.sheets.checks import LABEL, NONE, UNKNOWN, ChecksWriter
from casebuilder.workbook.sheets.options import cell_of
from casebuilder.workbook.sheets.sensitivity.ranges import drawn
from casebuilder.workbook.sheets.status import CHECKS
from casebuilder.workbook.sheets.summary_page.decision import LABEL_WIDTH, DecisionWriter
from casebuilder.workbook.sheets.summary_page.values import write_values
from casebuilder.workbook.writing.labels import fit_column
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

_TABLE_ROW = 5
_CHART_ROWS = 18
_MOST = 5
_RANGE = (10, 50, 90)


def write_summary(
    sheet: FormulaSheet,
    workbook: Workbook,
    layout: Layout,
    styles: Styles,
    found: Mapping[str, OptionResult],
    checked: ChecksWriter,
    decided: Grounds,
    ranking: Ranking | None,
    told: Told | None,
    specification: Mapping[str, Any],
) -> int:
    """Write the table and the charts; gives the number of formula cells."""
    options, cells = layout.problem.frame.options, 0
    sheet.write_string(0, 0, f"{layout.problem.inputs.info.title}: summary", styles["title"])
    left = [note.label for note in checked.checks.remarks if note.key == TO_DO]
    for said in left:
        where = "on Inputs they stand in the column Note, after 'To do'"
        sheet.write_string(_TABLE_ROW - 2, 0, f"{said}; {where}", styles["note"])
    sheet.write_string(_TABLE_ROW - 1, 0, "Headline", styles["header"])
    sheet.write_string(_TABLE_ROW - 1, 1, "Unit", styles["header"])
    for column, option in enumerate(options, 2):
        sheet.write_string(_TABLE_ROW - 1, column, layout.name_of(option.id), styles["header_right"])
    row = _TABLE_ROW
    for headline in specification["headlines"]:
        line = headline_line(layout.problem, headline)
        if line is None:
            continue
        row += 1
        sheet.write_string(row - 1, 0, line.label, styles["cell_text"])
        base_year = layout.problem.inputs.info.base_year
        sheet.write_string(row - 1, 1, styles.in_words(line.unit, base_year), styles["quiet"])
        for column, option in enumerate(options, 3):
            value = found[option.id].value(headline)
            text = cell_of(layout, headline, option.id)
            if option.id not in layout.options:  # a figure it has none of is a blank cell, not a formula
                text = f'IF({text}="","",{text})'
            style = styles.number("calculation", line.unit)
            sheet.write_ready(row, column, text, style, float("nan") if value is None else value)
            cells += 1
        if headline == RANKED_BY and told is not None and told.best is not None:
            row = _range(sheet, styles, told, line, options, row)
    decision = DecisionWriter(sheet, layout, styles, decided, row + 2)
    checked.decision = decision.write()
    row = row if checked.decision is None else decision.row
    cells += decision.cells + _warnings(sheet, styles, checked, row + 2)
    row += 4 + min(_MOST, len(checked.results))
    row, columns, more = write_values(sheet, layout, styles, ranking, row)
    columns = max(columns, decision.columns if checked.decision else 0)
    cells += more
    fit_column(sheet, styles, 0, LABEL_WIDTH, LABEL_WIDTH)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, max(1 + len(options), columns - 1), 27)
    sheet.set_row(_TABLE_ROW - 1, 48)
    sheet.freeze_panes(_TABLE_ROW, 1)
    charts = [_line_chart(workbook, layout, styles, c) for c in specification["charts"]]
    charts.append(_site_chart(workbook, layout, styles, specification["site_chart"]))
    shown = [chart for chart in charts if chart is not None]
    for number, (chart, alt) in enumerate(shown):
        place = (row + 1 + (number // 2) * _CHART_ROWS, 0 if number % 2 == 0 else 3)
        sheet.insert_chart(*place, chart, {"description": alt, "object_position": 2})
    return cells


def _range(
    sheet: FormulaSheet, styles: Styles, told: Told, line: Line, options: Sequence[Member], row: int
) -> int:
    """What nine, five and one in ten draws are above, by option: engine results, as on Sensitivity."""
    for number in _RANGE:
        row += 1
        label = f"{line.label}, P{number} of {drawn(told)} (engine result)"
        sheet.write_string(row - 1, 0, label, styles["cell_text"])
        sheet.write_string(row - 1, 1, "see Sensitivity", styles["quiet"])
        for column, option in enumerate(options, 3):
            value = told.figures[option.id][RANKED_BY].percentiles.get(number)
            if value is not None and math.isfinite(value):
                sheet.write_exact(row, column, value, styles.number("engine", line.unit))
    return row


def _warnings(sheet: FormulaSheet, styles: Styles, checked: ChecksWriter, row: int) -> int:
    """The warnings with the most at stake, live: read from Checks by their order there."""
    for column, name in enumerate(("Warnings with the most at stake", "At stake", "Who must act")):
        sheet.write_string(row - 1, column, name, styles["header" if column != 1 else "header_right"])
    order = f"{CHECKS}!{checked.column(checked.order)}"
    warnings = checked.checks.warnings
    most = min(_MOST, len(checked.results))
    for number in range(1, most + 1):
        at, found = row + number, warnings[number - 1] if number <= len(warnings) else None
        place = f"LARGE({order},{number})"
        columns = ((LABEL, "cell_text"), (checked.stake, "word"), (checked.owner, "quiet"))
        for column, (source, role) in enumerate(columns, 1):
            cells = f"{CHECKS}!{checked.column(source)}"
            text = f'IF({place}<0,"",INDEX({cells},MATCH({place},{order},0)))'
            style = styles.number(role, "GBP_nominal") if source == checked.stake else styles[role]
            value = "" if found is None else _shown(found, source, checked)
            if isinstance(value, str):
                sheet.write_text_formula(at, column, text, style, value)
            else:
                sheet.write_ready(at, column, text, style, value)
    return 3 * most


def _shown(found: CheckResult, source: int, checked: ChecksWriter) -> float | str:
    """What a column of Checks holds for a check."""
    if source != checked.stake:
        return found.label if source == LABEL else found.owner
    if found.at_stake is None:
        return NONE
    return UNKNOWN if found.most_at_stake is None else found.most_at_stake


def _line_chart(
    workbook: Workbook, layout: Layout, styles: Styles, chart: Mapping[str, str]
) -> tuple[Any, str] | None:
    line = layout.problem.by_key.get(chart["line"])
    if line is None or len(line.over) != 1:
        return None
    return line_of_options(workbook, layout, styles, line, chart["title"], chart["axis"])


def _site_chart(
    workbook: Workbook, layout: Layout, styles: Styles, chart: Mapping[str, Any]
) -> tuple[Any, str] | None:
    lines = [layout.problem.by_key.get(key) for key in chart["lines"]]
    known = [line for line in lines if line is not None and line.over == ("site",)]
    if not known:
        return None
    drawn = workbook.add_chart({"type": "column"})
    option = layout.problem.frame.option_ids[-1]
    for number, line in enumerate(known):
        sheet = layout.sheets[layout.sheet_of[line]]
        name, rows = layout.holding(line, option), sheet.blocks[line]
        member, total = sheet.dimension_column("site") - 1, sheet.total - 1
        own = styles.series[(3, 1)[number % 2]]
        striped = {"pattern": {"pattern": "wide_upward_diagonal", "fg_color": own, "bg_color": "#FFFFFF"}}
        drawn.add_series(
            {
                "name": line.label,
                "categories": [name, rows.first - 1, member, rows.last - 1, member],
                "values": [name, rows.first - 1, total, rows.last - 1, total],
                **(striped if number else {"fill": {"color": own}}),  # one fill: Excel mends away a second
            }
        )
    finish(drawn, chart["title"], chart["axis"], 1, styles.pattern(known[0].unit), from_nought=True)
    return drawn, f"Column chart: {chart['title']}."
