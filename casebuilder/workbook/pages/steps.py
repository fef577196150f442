"""What each option adds to the one before it: a table of steps and the bars of a waterfall."""

from __future__ import annotations

from casebuilder.algebra.terms import Line
from casebuilder.evaluate.headlines import headline_line
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.pages.cells import Spot
from casebuilder.workbook.pages.tables import Page, Placed, Spec, TableWriter
from casebuilder.workbook.sheets.options import source_cell
from casebuilder.workbook.writing.bounds import change_of


def write_steps(tables: TableWriter, page: Page, block: Spec) -> None:
    """Write what each option adds to the one before it, and the bars of a waterfall."""
    problem = tables.cells.layout.problem
    measures = []
    for spec in block["steps"]:
        start, end = (headline_line(problem, spec[k].partition(".")[2]) for k in ("start", "end"))
        if start is not None and end is not None:
            measures.append((spec["heading"], start, end))
    if not measures:
        return
    tables.title(page, block)
    header = page.row
    names = ["Option"]
    for heading, _, _ in measures:
        names += [heading, f"Change: {heading.lower()}"]
    bars = ("Level", "Below the step", "Fall", "Rise")
    tables.header(page, [*names, *bars], 1)
    options = tables.frame.options
    first = page.row
    labels = ["Start, observed", *(tables.cells.layout.name_of(o.id) for o in options), "End, last option"]
    values: dict[int, list[float]] = {}
    for number, label in enumerate(labels):
        page.sheet.write_string(page.row - 1, 0, label, tables.styles["cell_text"])
        last = number == len(labels) - 1
        for place, (_, start, end) in enumerate(measures):
            _step(tables, page, 2 + 2 * place, (start, end), number, last, values)
        _bars(tables, page, 2 + 2 * len(measures), number, last, values, measures[0][2].unit)
        page.row += 1
    bar = 2 + 2 * len(measures)
    columns = {name: [bar + i] for i, name in enumerate(bars)}
    units = dict.fromkeys(range(bar, bar + len(bars)), measures[0][2].unit)
    headings = dict(enumerate(bars, bar))
    page.tables[block["name"]] = Placed(
        page.name, header, first, page.row - 1, 1, columns, values, units, headings
    )
    page.row += 1


def _step(
    tables: TableWriter,
    page: Page,
    column: int,
    lines: tuple[Line, Line],
    number: int,
    last: bool,
    values: dict[int, list[float]],
) -> None:
    """A measure at the end of an option, and its change on the row above."""
    start, end = lines
    options, layout = tables.frame.option_ids, tables.cells.layout
    option = options[0] if number == 0 else options[min(number, len(options)) - 1]
    line = start if number == 0 else end
    value = tables.cells.value(line, Spot(option=option))
    values.setdefault(column, []).append(value)
    here, above = f"{letter(column)}{page.row}", f"{letter(column)}{page.row - 1}"
    own = source_cell(layout, line, option) if option in layout.options else ""
    tables.number(page, column, above if last else own, value, line.unit)
    if number > 0 and not last:
        before = values[column][-2]
        gap = f"{here}-{above}"
        unit, times = change_of(line.unit)
        shown = gap if times == 1 else f"{times:g}*({gap})"
        text = f"IF(ABS({gap})<=1E-9*MAX(ABS({here}),ABS({above})),0,{shown})"
        near = abs(value - before) <= 1e-9 * max(abs(value), abs(before))
        change = 0.0 if near else times * (value - before)
        tables.number(page, column + 1, text, change, unit, signed=True)


def _bars(
    tables: TableWriter,
    page: Page,
    column: int,
    number: int,
    last: bool,
    values: dict[int, list[float]],
    unit: str,
) -> None:
    """The bars of the first measure: whole at the start and the end, between them the step alone."""
    here, above = f"B{page.row}", f"B{page.row - 1}"
    value = values[2][-1]
    whole = number == 0 or last
    before = value if whole else values[2][-2]
    texts = [
        (here if whole else "", value),
        ("" if whole else f"MIN({here},{above})", min(value, before)),
        ("" if whole else f"MAX({above}-{here},0)", max(before - value, 0.0)),
        ("" if whole else f"MAX({here}-{above},0)", max(value - before, 0.0)),
    ]
    for place, (text, amount) in enumerate(texts, column):
        values.setdefault(place, []).append(amount if text else 0.0)
        if text:
            tables.number(page, place, text, amount, unit, role="linked")
