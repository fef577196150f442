"""The charts of Sensitivity: two S-curves, a fan by year and a tornado, drawn from the tables below them."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook

from casebuilder.workbook.sheets.charts import finish, finish_curve
from casebuilder.workbook.sheets.sensitivity.figures import Table
from casebuilder.workbook.writing.styles import Styles

SIZE = {"width": 780, "height": 350}
MILLIONS, AXIS = "#,##0.0,,", "£ millions"
_BAND, _LIGHT = "#9DC3E6", {"color": "#9DC3E6", "transparency": 35}


class SensitivityCharts:
    """Draws the charts.

    Parameters
    ----------
    workbook, styles
        Where they are drawn, and the colours.
    sheet
        The name of the sheet that holds the tables.
    """

    def __init__(self, workbook: Workbook, styles: Styles, sheet: str) -> None:
        """Draw nothing yet."""
        self.workbook, self.styles, self.sheet = workbook, styles, sheet

    def curve(self, table: Table, draws: str) -> tuple[Any, str]:
        """A cumulative distribution, with the figure as it stands now as an upright line."""
        drawn = self.workbook.add_chart({"type": "scatter", "subtype": "straight"})
        drawn.add_series(
            {
                "name": f"Of {draws}, no higher in this share",
                "categories": self._cells(table.first, table.last, table.column),
                "values": self._cells(table.first, table.last, 2),
                "line": {"color": self.styles.series[3], "width": 2.25},
            }
        )
        drawn.add_series(
            {
                "name": "Now",
                "categories": self._cells(table.last + 1, table.last + 2, table.column),
                "values": self._cells(table.last + 1, table.last + 2, 2),
                "line": {"color": self.styles.series[1], "width": 2, "dash_type": "dash"},
            }
        )
        finish_curve(drawn, f"{table.title}: how likely to be no more", AXIS, MILLIONS, SIZE)
        alt = f"S-curve: {table.title} and the share of draws in which it is no higher."
        return drawn, f"{alt} The figures are in the table of cumulative distributions."

    def fan(self, table: Table, draws: str) -> tuple[Any, str]:
        """A band from P10 to P90 by year, with P50 and the figure as it stands now."""
        drawn = self.workbook.add_chart({"type": "area", "subtype": "stacked"})
        years = self._cells(table.first, table.last, 1)
        low, middle, band = (self._cells(table.first, table.last, column) for column in (4, 5, 7))
        drawn.add_series({"name": "P10", "categories": years, "values": low, "fill": {"none": True}})
        drawn.add_series({"name": "P10 to P90", "categories": years, "values": band, "fill": _LIGHT})
        lines = self.workbook.add_chart({"type": "line"})
        for name, values, colour, dash in (
            ("P50", middle, self.styles.series[3], "solid"),
            ("Now", self._cells(table.first, table.last, table.column), self.styles.series[1], "dash"),
        ):
            line = {"color": colour, "width": 2.25, "dash_type": dash}
            lines.add_series({"name": name, "categories": years, "values": values, "line": line})
        drawn.combine(lines)
        finish(drawn, f"{table.title}: {draws}", f"{AXIS} a year", 1, MILLIONS, SIZE)
        drawn.set_legend({"position": "bottom", "delete_series": [0], "font": {"name": "Arial", "size": 9}})
        alt = f"Fan chart: {table.title} by year, from P10 to P90, with P50 and the figure now."
        return drawn, f"{alt} The figures are in the table by year."

    def tornado(self, table: Table) -> tuple[Any, str]:
        """Bars to either side of nought: the change at the low and at the high end of each input's range."""
        drawn = self.workbook.add_chart({"type": "bar"})
        labels = self._cells(table.first, table.last, 1)
        own, other = self.styles.series[3], self.styles.series[1]
        striped = {"pattern": "wide_upward_diagonal", "fg_color": other, "bg_color": "#FFFFFF"}
        looks = (
            ("Input at the low end of its range", table.column, {"fill": {"color": own}}),
            (
                "Input at the high end",
                table.column + 1,
                {"pattern": striped, "border": {"color": other, "width": 0.75}},
            ),
        )
        for name, column, look in looks:
            values = self._cells(table.first, table.last, column)
            drawn.add_series(
                {"name": name, "categories": labels, "values": values, "gap": 40, "overlap": 100, **look}
            )
        finish(drawn, table.title, AXIS, 1, MILLIONS, SIZE, lying=True)
        return drawn, f"Tornado: {table.title}. The figures are in the table of what moves it most."

    def _cells(self, first: int, last: int, column: int) -> list[Any]:
        return [self.sheet, first - 1, column - 1, last - 1, column - 1]
