"""Native charts: how they look, and lines of every option drawn straight from the calculation sheets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook

from casebuilder.algebra.dimensions import time_of, without_time
from casebuilder.algebra.terms import Line
from casebuilder.workbook.layout.addresses import HEADER_ROW, SHEET_OF_AXIS, Layout
from casebuilder.workbook.sheets.options import FIRST_OPTION
from casebuilder.workbook.sheets.options import HEADER_ROW as OPTIONS_HEADER
from casebuilder.workbook.writing.styles import Styles

SIZE = {"width": 720, "height": 340}
_FONT = {"name": "Arial", "size": 9}
_DASHES = ("square_dot", "dash", "long_dash", "solid", "round_dot", "dash_dot")
_GRID = {"visible": True, "line": {"color": "#E1E5E8"}}


def line_of_options(
    workbook: Workbook,
    layout: Layout,
    styles: Styles,
    line: Line,
    title: str,
    axis: str,
    members: Mapping[str, str] | None = None,
    small: Mapping[str, int] | None = None,
) -> tuple[Any, str]:
    """A chart of a line over time, one series an option; gives the chart and its words for the blind.

    A small chart names the options by their keys and fewer periods.
    """
    drawn = workbook.add_chart({"type": "line"})
    time = time_of(line.over)
    assert time is not None
    sheet = layout.sheets[SHEET_OF_AXIS[time]]
    key = tuple((members or {})[d] for d in without_time(line.over))
    row = sheet.blocks[line].rows[key] - 1
    for number, option in enumerate(layout.problem.frame.option_ids):
        if option not in layout.options:
            continue
        name = layout.holding(line, option)
        drawn.add_series(
            {
                "name": ["Options", OPTIONS_HEADER - (1 if small else 2), FIRST_OPTION - 1 + number],
                "categories": [name, HEADER_ROW - 1, sheet.first - 1, HEADER_ROW - 1, sheet.last - 1],
                "values": [name, row, sheet.first - 1, row, sheet.last - 1],
                "line": {
                    "color": colour(styles, number),
                    "width": 2,
                    "dash_type": _DASHES[number % len(_DASHES)],
                },
            }
        )
    step = max(1, len(sheet.periods) // (6 if small else 12))
    finish(drawn, title, axis, step, styles.pattern(line.unit), small or SIZE)
    return drawn, f"Line chart: {title}. The figures are in {line.key}."


def colour(styles: Styles, number: int) -> str:
    """The colour of a series."""
    return styles.series[number % len(styles.series)]


def finish(
    drawn: Any,
    title: str,
    axis: str,
    step: int,
    pattern: str,
    size: Mapping[str, int] = SIZE,
    lying: bool = False,
    most: float | None = None,
    from_nought: bool = False,
) -> None:
    """Title, axes, legend and size, the same for every chart.

    `lying` for bars from left to right; `from_nought` for columns, whose lengths mislead on an axis cut off.
    """
    large = size["width"] >= SIZE["width"]
    drawn.set_title(
        {"name": title, "name_font": {"name": "Arial", "size": 12 if large else 11}, "overlay": False}
    )
    values: dict[str, Any] = {
        "name": axis,
        "name_font": _FONT,
        "num_font": _FONT,
        "num_format": pattern,
        "major_gridlines": _GRID,
    }
    if from_nought:
        values["min"] = 0
    if most is not None:
        values |= {"min": 0, "max": most}
    if lying:  # the first row on top, the figures below the last
        drawn.set_y_axis(
            {
                "reverse": True,
                "crossing": "max",
                "num_font": _FONT,
                "label_position": "low",
                "interval_unit": 1,
                "major_gridlines": {"visible": False},
            }
        )
        drawn.set_x_axis(values)
    else:
        slanted = {**_FONT, "rotation": -45}
        drawn.set_x_axis({"interval_unit": step, "num_font": slanted, "label_position": "low"})
        drawn.set_y_axis(values)
    drawn.set_legend({"position": "bottom", "font": _FONT})
    drawn.set_size(dict(size))


def finish_curve(drawn: Any, title: str, axis: str, pattern: str, size: Mapping[str, int]) -> None:
    """The look of a cumulative distribution: a figure across, the share of draws upwards."""
    drawn.set_title({"name": title, "name_font": {"name": "Arial", "size": 12}, "overlay": False})
    look = {"name_font": _FONT, "num_font": _FONT, "major_gridlines": _GRID, "label_position": "low"}
    drawn.set_x_axis({**look, "name": axis, "num_format": pattern, "crossing": "min"})
    shares = {"min": 0, "max": 1, "major_unit": 0.2, "num_format": "0%", "crossing": "min"}
    drawn.set_y_axis({**look, **shares, "name": "Share of draws"})
    drawn.set_legend({"position": "bottom", "font": _FONT})
    drawn.set_size(dict(size))


def finish_map(
    drawn: Any, title: str, x: tuple[float, float], y: tuple[float, float], size: Mapping[str, int]
) -> None:
    """The look of a map: two bare axes that end where the places end."""
    bare = {
        "num_font": _FONT,
        "num_format": "0.0",
        "major_gridlines": {"visible": False},
        "name_font": _FONT,
        "label_position": "low",
    }
    drawn.set_title({"name": title, "name_font": {"name": "Arial", "size": 11}, "overlay": False})
    drawn.set_x_axis({**bare, "name": "Longitude", "min": x[0], "max": x[1], "crossing": "min"})
    drawn.set_y_axis({**bare, "name": "Latitude", "min": y[0], "max": y[1], "crossing": "min"})
    drawn.set_legend({"position": "bottom", "font": _FONT})
    drawn.set_size(dict(size))
