"""The Summary sheet: the headlines that decide, and native charts of the lines behind them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook

from casebuilder.algebra.dimensions import time_of
from casebuilder.evaluate.headlines import OptionResult, headline_line
from casebuilder.workbook.layout import HEADER_ROW, SHEET_OF_AXIS, Layout
from casebuilder.workbook.options_sheet import FIRST_OPTION, cell_of
from casebuilder.workbook.options_sheet import HEADER_ROW as OPTIONS_HEADER
from casebuilder.workbook.sheet import FormulaSheet
from casebuilder.workbook.styles import Styles

_TABLE_ROW = 5
_CHART_SIZE = {"width": 720, "height": 340}
_CHART_ROWS = 18


def write_summary(
    sheet: FormulaSheet, workbook: Workbook, layout: Layout, styles: Styles,
    found: Mapping[str, OptionResult], specification: Mapping[str, Any],
) -> int:  # fmt: skip
    """Write the table and the charts; gives the number of formula cells."""
    options, cells = layout.problem.frame.options, 0
    sheet.write_string(0, 0, f"{layout.problem.inputs.info.title}: summary", styles["title"])
    sheet.write_string(_TABLE_ROW - 1, 0, "Headline", styles["header"])
    sheet.write_string(_TABLE_ROW - 1, 1, "Unit", styles["header"])
    for column, option in enumerate(options, 2):
        sheet.write_string(_TABLE_ROW - 1, column, option.label, styles["header_right"])
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
            value = found[option.id].headlines[headline]
            text = cell_of(layout, headline, option.id)
            style = styles.number("calculation", line.unit)
            sheet.write_ready(row, column, text, style, float("nan") if value is None else value)
            cells += 1
    sheet.set_column(0, 0, 58)
    sheet.set_column(1, 1, 20)
    sheet.set_column(2, 1 + len(options), 27)
    sheet.set_row(_TABLE_ROW - 1, 48)
    sheet.freeze_panes(_TABLE_ROW, 1)
    charts = [_line_chart(workbook, layout, styles, c) for c in specification["charts"]]
    charts.append(_site_chart(workbook, layout, styles, specification["site_chart"]))
    shown = [chart for chart in charts if chart is not None]
    for number, (chart, alt) in enumerate(shown):
        place = (row + 1 + (number // 2) * _CHART_ROWS, 0 if number % 2 == 0 else 3)
        sheet.insert_chart(*place, chart, {"description": alt, "object_position": 2})
    return cells


def _line_chart(
    workbook: Workbook, layout: Layout, styles: Styles, chart: Mapping[str, str]
) -> tuple[Any, str] | None:
    line = layout.problem.by_key.get(chart["line"])
    if line is None or len(line.over) != 1:
        return None
    drawn = workbook.add_chart({"type": "line"})
    axis = time_of(line.over)
    assert axis is not None
    sheet = layout.sheets[SHEET_OF_AXIS[axis]]
    row = sheet.blocks[line].first - 1
    dashes = ("square_dot", "dash", "long_dash", "solid", "round_dot", "dash_dot")
    for number, option in enumerate(layout.problem.frame.options):
        name = layout.sheet_name(sheet.kind, option.id)
        drawn.add_series({
            "name": ["Options", OPTIONS_HEADER - 2, FIRST_OPTION - 1 + number],
            "categories": [name, HEADER_ROW - 1, sheet.first - 1, HEADER_ROW - 1, sheet.last - 1],
            "values": [name, row, sheet.first - 1, row, sheet.last - 1],
            "line": {"color": styles.series[number % len(styles.series)], "width": 2,
                     "dash_type": dashes[number % len(dashes)]},
        })  # fmt: skip
    step = max(1, len(sheet.periods) // 12)
    _finish(drawn, chart["title"], chart["axis"], step, styles.pattern(line.unit))
    return drawn, f"Line chart: {chart['title']}. The figures are in {line.key}."


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
        name, rows = layout.sheet_name(sheet.kind, option), sheet.blocks[line]
        member, total = sheet.dimension_column("site") - 1, sheet.total - 1
        fill = {"color": styles.series[(3, 1)[number % 2]]}
        drawn.add_series({
            "name": line.label,
            "categories": [name, rows.first - 1, member, rows.last - 1, member],
            "values": [name, rows.first - 1, total, rows.last - 1, total],
            "fill": fill,
            **({"pattern": {"pattern": "wide_upward_diagonal", "fg_color": fill["color"],
                            "bg_color": "#FFFFFF"}} if number else {}),
        })  # fmt: skip
    _finish(drawn, chart["title"], chart["axis"], 1, styles.pattern(known[0].unit))
    return drawn, f"Column chart: {chart['title']}."


def _finish(drawn: Any, title: str, axis: str, step: int, pattern: str) -> None:
    small = {"name": "Arial", "size": 9}
    drawn.set_title({"name": title, "name_font": {"name": "Arial", "size": 12}, "overlay": False})
    drawn.set_x_axis({"interval_unit": step, "num_font": {**small, "rotation": -45},
                      "label_position": "low"})  # fmt: skip
    drawn.set_y_axis({"name": axis, "name_font": small, "num_font": small, "num_format": pattern,
                      "major_gridlines": {"visible": True, "line": {"color": "#E1E5E8"}}})
    drawn.set_legend({"position": "bottom", "font": small})
    drawn.set_size(_CHART_SIZE)
