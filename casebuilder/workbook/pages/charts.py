"""The charts of the pages: of the tables on them, of calculation rows, steps as a waterfall, a map."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook

from casebuilder.algebra.terms import Line
from casebuilder.workbook.pages.cells import PageCells, Spot
from casebuilder.workbook.pages.tables import Page, Placed, Spec
from casebuilder.workbook.sheets.charts import colour, finish, finish_map, line_of_options
from casebuilder.workbook.writing.styles import Styles

A_ROW = 3  # charts side by side
SIZE = {"width": 450, "height": 300}
TALL_SIZE = {"width": 450, "height": 480}
MAP_SIZE = TALL_SIZE
ROW_HEIGHT = 16.5  # points
_GAP, _ROW_PIXELS = 12, 22
_TYPES: Mapping[str, dict[str, str]] = {
    "column": {"type": "column"},
    "stacked": {"type": "column", "subtype": "stacked"},
    "bar": {"type": "bar"},
    "bar_stacked": {"type": "bar", "subtype": "stacked"},
    "line": {"type": "line"},
}
_PATTERNS = (
    "",
    "wide_upward_diagonal",
    "percent_50",
    "horizontal_brick",
    "narrow_horizontal",
    "wide_downward_diagonal",
    "small_grid",
    "percent_20",
)
_MARKERS = ("circle", "diamond", "triangle", "square")
Chart = tuple[Any, str]


class ChartWriter:
    """Draws the charts of all pages once their tables stand.

    Parameters
    ----------
    workbook
        The workbook to draw in.
    cells, styles
        Where lines stand, and the colours.
    pages
        The pages by name: a chart may show the table of another page.
    """

    def __init__(
        self, workbook: Workbook, cells: PageCells, styles: Styles, pages: Mapping[str, Page]
    ) -> None:
        """Keep what every chart needs."""
        self.workbook, self.cells, self.styles, self.pages = workbook, cells, styles, pages

    def write(self, page: Page) -> None:
        """Draw the charts of a page, three a row, where room was kept for them."""
        for row, specs in page.charts:
            drawn = [chart for spec in specs for chart in self._draw(page, spec)]
            for number, (chart, alt) in enumerate(drawn):
                down, across = divmod(number, A_ROW)
                place = row - 1 + down * rows_of(SIZE)
                offset = across * (SIZE["width"] + _GAP)
                options = {"description": alt, "object_position": 2, "x_offset": offset}
                page.sheet.insert_chart(place, 0, chart, options)

    def _draw(self, page: Page, spec: Spec) -> list[Chart]:
        kind = spec["type"]
        if "line" in spec:
            return self._lines(page, spec)
        if kind == "map":
            return self._map(spec)
        table = page.tables.get(spec["table"])
        if table is None:
            return []
        return [self._waterfall(table, spec)] if kind == "waterfall" else self._of_table(page, table, spec)

    def _lines(self, page: Page, spec: Spec) -> list[Chart]:
        """A line of every option; with `each`, one chart a member."""
        layout, line = self.cells.layout, self.cells.find(spec["line"])
        if not isinstance(line, Line):
            return []
        drawn = []
        for label, spot in members_of(self.cells, spec, page.spot):
            title = spec["title"].format(label=page.label, member=label)
            drawn.append(
                line_of_options(
                    self.workbook, layout, self.styles, line, title, spec["axis"], spot.members, small=SIZE
                )
            )
        return drawn

    def _of_table(self, page: Page, table: Placed, spec: Spec) -> list[Chart]:
        names = [name for name in spec.get("columns", table.columns) if name in table.columns]
        places = [place for name in names for place in table.columns[name]]
        if not places:
            return []
        drawn = self.workbook.add_chart(dict(_TYPES[spec["type"]]))
        title = spec["title"].format(label=page.label)
        if spec.get("by") == "rows":
            heads = [table.sheet, table.header - 1, min(places) - 1, table.header - 1, max(places) - 1]
            series: list[tuple[Any, list[Any], list[Any]]] = [
                (
                    [table.sheet, row - 1, table.label - 1],
                    heads,
                    [table.sheet, row - 1, min(places) - 1, row - 1, max(places) - 1],
                )
                for row in range(table.first, table.last + 1)
            ]
        else:
            label = [table.sheet, table.first - 1, table.label - 1, table.last - 1, table.label - 1]
            series = [
                (
                    table.names[place],
                    label,
                    [table.sheet, table.first - 1, place - 1, table.last - 1, place - 1],
                )
                for place in places
            ]
        for number, (name, categories, values) in enumerate(series):
            drawn.add_series(
                {
                    "name": name,
                    "categories": categories,
                    "values": values,
                    "gap": 60,
                    **self._fill(number, spec["type"]),
                }
            )
        pattern, most = self.styles.pattern(table.units[places[0]]), spec.get("most")
        size = TALL_SIZE if spec.get("tall") else SIZE
        finish(drawn, title, spec["axis"], 1, pattern, size, lying=spec["type"].startswith("bar"), most=most)
        if len(series) == 1:
            drawn.set_legend({"none": True})
        return [(drawn, f"Chart: {title}. The figures are in the table on sheet {table.sheet}.")]

    def _fill(self, number: int, kind: str) -> dict[str, Any]:
        """A series' colour with a pattern of its own, so that colour is never the only signal."""
        own = colour(self.styles, number)
        if kind == "line":
            return {"line": {"color": own, "width": 2}}
        pattern = _PATTERNS[number % len(_PATTERNS)]
        if not pattern:
            return {"fill": {"color": own}}
        return {
            "pattern": {"pattern": pattern, "fg_color": own, "bg_color": "#FFFFFF"},
            "border": {"color": own, "width": 0.75},
        }

    def _waterfall(self, table: Placed, spec: Spec) -> Chart:
        drawn = self.workbook.add_chart(dict(_TYPES["bar_stacked"]))
        looks: dict[str, dict[str, Any]] = {
            "Below the step": {"fill": {"none": True}, "border": {"none": True}},
            "Level": {"fill": {"color": self.styles.series[0]}},
            "Fall": {"fill": {"color": self.styles.series[4]}},
            "Rise": {
                "pattern": {
                    "pattern": "dark_upward_diagonal",
                    "fg_color": self.styles.series[1],
                    "bg_color": "#FFFFFF",
                },
                "border": {"color": self.styles.series[1]},
            },
        }
        label = [table.sheet, table.first - 1, 0, table.last - 1, 0]
        for name, look in looks.items():
            column = table.columns[name][0] - 1
            drawn.add_series(
                {
                    "name": [table.sheet, table.header - 1, column],
                    "categories": label,
                    "gap": 40,
                    "values": [table.sheet, table.first - 1, column, table.last - 1, column],
                    **look,
                }
            )
        pattern = self.styles.pattern(table.units[table.columns["Level"][0]])
        finish(drawn, spec["title"], spec["axis"], 1, pattern, SIZE, lying=True)
        drawn.set_legend({"none": True})
        return drawn, f"Waterfall: {spec['title']}. The figures are in the table above."

    def _map(self, spec: Spec) -> list[Chart]:
        drawn, xs, ys = self.workbook.add_chart({"type": "scatter"}), list[float](), list[float]()
        for number, series in enumerate(spec["series"]):
            page = self.pages.get(series["sheet"])
            table = page.tables.get(series["table"]) if page else None
            if table is None or not {series["x"], series["y"]} <= set(table.columns):
                continue
            x, y = table.columns[series["x"]][0], table.columns[series["y"]][0]
            across, up = ([table.sheet, table.first - 1, c - 1, table.last - 1, c - 1] for c in (x, y))
            size = series.get("size", 4)
            own = colour(self.styles, series.get("colour", number))
            drawn.add_series(
                {
                    "name": series["name"],
                    "categories": across,
                    "values": up,
                    "marker": {
                        "type": _MARKERS[number % len(_MARKERS)],
                        "size": size,
                        "fill": {"color": own},
                        "border": {"color": own if size < 8 else "#1B2733"},
                    },
                }
            )
            points = zip(table.values[x], table.values[y], strict=True)
            shown = [(a, b) for a, b in points if b != 0]
            xs += [a for a, _ in shown]
            ys += [b for _, b in shown]
        if not xs:
            return []
        finish_map(drawn, spec["title"], _bounds(xs), _bounds(ys), MAP_SIZE)
        return [(drawn, f"Map: {spec['title']}. Places by longitude and latitude.")]


def members_of(cells: PageCells, spec: Spec, fixed: Spot) -> list[tuple[str, Spot]]:
    """The members a chart of lines is drawn for: one with no member, or one each."""
    if "each" not in spec:
        return [("", fixed)]
    every = cells.spots(spec["each"], fixed.members)
    return [(label, fixed & spot) for label, spot in every if cells.kept(spec.get("only"), fixed & spot)]


def room_for(cells: PageCells, specs: Sequence[Spec], fixed: Spot) -> int:
    """The rows that charts need, three side by side."""
    count = sum(len(members_of(cells, spec, fixed)) for spec in specs)
    tall = TALL_SIZE if any(spec["type"] == "map" or spec.get("tall") for spec in specs) else SIZE
    return math.ceil(count / A_ROW) * rows_of(tall)


def rows_of(size: Mapping[str, int]) -> int:
    """The rows that a chart of some size covers, and one free."""
    return math.ceil(size["height"] / _ROW_PIXELS) + 1


def _bounds(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis: a tenth of a degree beyond the outermost place."""
    return math.floor(min(values) * 10 - 0.5) / 10, math.ceil(max(values) * 10 + 0.5) / 10
