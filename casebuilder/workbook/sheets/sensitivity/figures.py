"""The tables behind the charts: cumulative distributions, the fan by year, and what moves the value most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.algebra.terms import Line
from casebuilder.analysis.uncertainty.chance.figures import ASK, PERFORMANCE, SURPLUS, YEARLY_ASK
from casebuilder.analysis.uncertainty.chance.statistics import Statistics
from casebuilder.analysis.uncertainty.chance.told import Told
from casebuilder.analysis.uncertainty.ranking import VALUE, Ranking
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult, headline_line
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.workbook.layout.addresses import Layout, letter
from casebuilder.workbook.sheets.options import cell_of
from casebuilder.workbook.sheets.sensitivity.block import Block
from casebuilder.workbook.sheets.sensitivity.ranges import NOW, drawn

CURVES = ("capital_outturn", "npsv")
POINTS = (1, *range(5, 100, 5), 99)
MOST = 10
FANS = ((SURPLUS, PERFORMANCE), (ASK, YEARLY_ASK))
_FAN = (10, 50, 90)


@dataclass(frozen=True)
class Table:
    """Where a table stands: its first and last row, and its first column; all from 1."""

    first: int
    last: int
    column: int
    title: str


def write_curves(block: Block, told: Told, option: str, found: OptionResult) -> dict[str, Table]:
    """How likely capital and value are to be no more than a figure, and where the case stands."""
    lines = {name: headline_line(block.layout.problem, name) for name in CURVES}
    known = {name: line for name, line in lines.items() if line is not None}
    if not known:
        return {}
    note = "In this share of draws the figure is no higher. The last rows hold the figure now, live."
    block.title(f"Cumulative distributions, {block.layout.name_of(option)}: {drawn(told)}", note)
    block.header(["Percentile", "Share of draws", *(line.label for line in known.values())], texts=1)
    first = block.row
    curves = {name: told.curve(option, name, POINTS) for name in known}
    for point in POINTS:
        block.text(1, f"P{point}")
        block.number(2, point / 100, "share")
        for column, (name, line) in enumerate(known.items(), 3):
            block.number(column, curves[name][point], line.unit)
        block.row += 1
    last = block.row - 1
    for share, end in ((0.0, "foot"), (1.0, "top")):  # two points make the upright line of a chart
        block.text(1, f"{NOW}: {end} of the line")
        block.number(2, share, "share")
        for column, (name, line) in enumerate(known.items(), 3):
            block.live(column, cell_of(block.layout, name, option), found.value(name), line.unit)
        block.row += 1
    block.row += 1
    return {name: Table(first, last, column, known[name].label) for column, name in enumerate(known, 3)}


def write_fans(block: Block, told: Told, option: str, results: Results) -> list[Table]:
    """Surplus and revenue ask of each year: as the case has it, and its P10, P50 and P90."""
    if option not in block.layout.options:
        return []
    found = [(told.by_year[option].get(what), key) for what, key in FANS]
    lines = [(by_year, block.layout.problem.by_key.get(key)) for by_year, key in found]
    return [_fan(block, told, results, line, of) for of, line in lines if of is not None and line is not None]


def _fan(block: Block, told: Told, results: Results, line: Line, by_year: Mapping[str, Statistics]) -> Table:
    problem = block.layout.problem
    option = put_forward(problem.frame)
    title = f"{line.label}, {block.layout.name_of(option)}: {drawn(told)}"
    block.title(title, "The last column is what lies between P10 and P90, for the chart.")
    names = [f"P{number}" for number in _FAN]
    block.header(["Year", "Unit", NOW, *names, "P10 to P90"], height=18)
    first = block.row
    values = results.array(line)[0, problem.frame.option_ids.index(option)]
    for place, (year, one) in enumerate(by_year.items()):
        block.text(1, year)
        block.text(2, block.styles.in_words(line.unit, problem.inputs.info.base_year), "quiet")
        block.live(3, _cell(block.layout, line, option, place), float(values[place]), line.unit)
        for column, number in enumerate(_FAN, 4):
            block.number(column, one.percentiles[number], line.unit)
        block.live(7, f"F{block.row}-D{block.row}", one.spread, line.unit)
        block.row += 1
    block.row += 1
    return Table(first, block.row - 2, 3, line.label)


def write_tornado(block: Block, ranking: Ranking | None) -> Table | None:
    """The inputs whose ranges move net present social value most, one at a time."""
    ranked = [] if ranking is None else ranking.leading(MOST)
    if ranking is None or not ranked:
        return None
    note = (
        "One input at a time, all its values together, at the ends of its range: no draws. A blank is an end "
        "at which a check fails that holds now. Summary has more of it."
    )
    block.title(f"What moves net present social value most, {block.layout.name_of(ranking.option)}", note)
    block.header(["Input", "State and range", "At the low end, change", "At the high end, change"])
    first, base = block.row, ranking.base.figures[VALUE]
    assert base is not None
    for each in ranked:
        block.text(1, each.label)
        block.text(2, f"{each.state}, {each.range}", "quiet")
        for column, end in enumerate(each.ends, 3):
            value = end.figures[VALUE]
            if end.stands and value is not None:
                block.number(column, value - base, "GBP_real", signed=True)
        block.row += 1
    block.row += 1
    return Table(first, block.row - 2, 3, "What moves net present social value most, one input at a time")


def _cell(layout: Layout, line: Line, option: str, place: int) -> str:
    """A year of a line over time alone, on the option's own sheet."""
    sheet = layout.sheets[layout.sheet_of[line]]
    row = sheet.blocks[line].first
    return f"'{layout.holding(line, option)}'!{letter(sheet.first + place)}{row}"
