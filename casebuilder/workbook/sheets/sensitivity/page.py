"""The sheet Sensitivity, from the top down: what was drawn, charts, ranges, and what they rest on.

All that many runs of the case have come to are engine results: marked with the draws, the seed and the hash
of the inputs, beside live cells of the same figures and a live word that says whether they still fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook

from casebuilder.analysis.uncertainty.chance.told import Told
from casebuilder.analysis.uncertainty.ranking import Ranking
from casebuilder.analysis.uncertainty.side_by_side import ByScenario
from casebuilder.analysis.uncertainty.why.stressed import Stressed
from casebuilder.analysis.uncertainty.why.switching import Switch
from casebuilder.analysis.uncertainty.why.targets import Target
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.findings import STRESSED_BY
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.sheets.options import CURRENT, STALE
from casebuilder.workbook.sheets.sensitivity.block import Block
from casebuilder.workbook.sheets.sensitivity.charts import SIZE, SensitivityCharts
from casebuilder.workbook.sheets.sensitivity.figures import (
    CURVES,
    FANS,
    write_curves,
    write_fans,
    write_tornado,
)
from casebuilder.workbook.sheets.sensitivity.ranges import (
    drawn,
    settled,
    write_headlines,
    write_options,
    write_years,
)
from casebuilder.workbook.sheets.sensitivity.stresses import Stresses
from casebuilder.workbook.sheets.sensitivity.switching import write_switching
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

SENSITIVITY = "Sensitivity"
# It stands after the first of these that there is.
AFTER = ("Governance", "Procurement", "Affordability", "Options")
NONE_RUN = "None were run: build --draws 1000 works out the range of every headline from as many draws."
NO_RANGES = "None: no input has a range, so that nothing can be drawn. Give one under range: and build again."
_ROW_PIXELS, _ROW_POINTS, _ACROSS = 22, 16.5, 2
_NAMED = 6
_WIDTHS = ((0, 0, 54.0), (1, 1, 34.0), (2, 12, 15.0))


@dataclass(frozen=True)
class Analysed:
    """What analyses found out about the case.

    Attributes
    ----------
    told
        What came of the draws; None where there were none.
    asked
        How many draws were asked for.
    ranking
        The inputs by what their ranges do.
    stressed, named
        What stresses and the named scenarios of the case come to.
    switching
        Where the inputs that matter most would turn what the option is judged by.
    """

    told: Told | None
    asked: int
    ranking: Ranking | None
    stressed: Sequence[Stressed]
    named: ByScenario | None
    switching: Mapping[Target, Sequence[Switch]]


def write_sensitivity(
    sheet: FormulaSheet,
    workbook: Workbook,
    layout: Layout,
    styles: Styles,
    results: Results,
    found: Mapping[str, OptionResult],
    analysed: Analysed,
) -> int:
    """Write the sheet; gives the number of formula cells.

    Parameters
    ----------
    sheet, workbook, layout, styles
        Where and how.
    results, found
        The values of every line, and the headlines.
    analysed
        What is written.
    """
    told = analysed.told
    block = Block(sheet, layout, styles)
    option = put_forward(layout.problem.frame)
    sheet.set_default_row(_ROW_POINTS)
    block.text(1, f"{layout.problem.inputs.info.title}: sensitivity", "title")
    block.row = 3
    _facts(block, told, analysed.asked, option)
    charts: list[tuple[Any, str]] = []
    draw = SensitivityCharts(workbook, styles, SENSITIVITY)
    if told is not None:
        write_options(block, told, found)
    top = block.row
    count = 1 if told is None else 1 + len(CURVES) + len(FANS)
    block.row += -(-count // _ACROSS) * _chart_rows()
    breaks = [block.row - 1]
    if told is not None:
        write_headlines(block, told, option, found[option])
        write_years(block, told, option)
    breaks.append(block.row - 1)
    if analysed.stressed or analysed.named:
        Stresses(block, analysed.stressed, analysed.named, STRESSED_BY, option, found).write()
        breaks.append(block.row - 1)
    tornado = write_tornado(block, analysed.ranking)
    write_switching(block, analysed.switching)
    if told is not None:
        fans = write_fans(block, told, option, results)
        curves = write_curves(block, told, option, found[option])
        charts += [draw.curve(table, drawn(told)) for table in curves.values()]
        charts += [draw.fan(table, drawn(told)) for table in fans]
    charts += [draw.tornado(tornado)] if tornado is not None else []
    for number, (chart, alt) in enumerate(charts):
        down, across = divmod(number, _ACROSS)
        place = {"x_offset": across * (SIZE["width"] + 12), "description": alt, "object_position": 2}
        sheet.insert_chart(top - 1 + down * _chart_rows(), 0, chart, place)
    for first, last, width in _WIDTHS:
        sheet.set_column(first, last, width)
    sheet.set_h_pagebreaks([row for row in breaks if told is not None])
    sheet.freeze_panes(2, 1)
    return block.cells


def _facts(block: Block, told: Told | None, asked: int, option: str) -> None:
    """What was drawn, from which inputs and seed, and whether it still fits the workbook."""
    problem = block.layout.problem
    said = (
        "Italic figures are results of the engine, which no sheet can work out; those under Now are live. "
        "Inputs are drawn from their ranges."
    )
    block.text(1, said, "subtitle")
    block.row += 1
    facts = [("Option put forward", block.layout.name_of(option))]
    if told is None:
        facts.append(("Draws", NO_RANGES if asked else NONE_RUN))
    else:
        simulation = told.simulation
        count = len(simulation.drawing.inputs)
        facts += [
            ("Draws", f"{len(simulation.draws):,} of {count:,} inputs"),
            ("Seed", str(simulation.drawing.seed)),
            ("Enough?", settled(told, option)),
        ]
        if simulation.drawing.without:
            keys = [each.item.key for each in simulation.drawing.without]
            facts.append(("Unverified, and not drawn", _without(keys)))
    facts.append(("Hash of the inputs", problem.inputs.sha256[:16]))
    for name, fact in facts:
        block.text(1, name)
        block.text(2, fact, "quiet_text")
        block.row += 1
    block.text(1, "Do they fit the inputs of the workbook?")
    block.live_text(2, f'IF({block.layout.scenarios.changed}=0,"{CURRENT}","{STALE}")', CURRENT, "status")
    block.row += 2


def _without(keys: list[str]) -> str:
    """The first of some inputs that are not drawn, and how many more there are."""
    more = f" and {len(keys) - _NAMED} more (simulate --json)" if len(keys) > _NAMED else ""
    return ", ".join(keys[:_NAMED]) + more


def _chart_rows() -> int:
    """The rows that a chart covers, and one free."""
    return -(-SIZE["height"] // _ROW_PIXELS) + 1
