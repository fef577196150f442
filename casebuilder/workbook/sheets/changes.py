"""The last sheet: who changed which assumption and why, and the bridge from an earlier case.

The steps are results of the engine, of the inputs as they were when the workbook was built. Their sum is
live, and so is whether it still meets the headline.
"""

from __future__ import annotations

from math import fsum

from casebuilder.analysis.bridge.difference import Difference
from casebuilder.analysis.bridge.steps import Bridge
from casebuilder.evaluate.headlines import headline_line
from casebuilder.inputs.edit.change_log import Logged
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.inputs.shape.renamed import renamed
from casebuilder.workbook.layout.addresses import Layout, letter
from casebuilder.workbook.sheets.options import cell_of
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

SHEET = "Change log"
NONE = "No change is logged: the case has no changes.csv. pull writes it as it brings typed values home."
CURRENT, STALE = "current", "STALE: build again"
_COLUMNS = ("Date", "Who", "Why", "Key", "Label", "Unit", "From", "To", "Source", "Brought by")
_WIDTHS = (12, 16, 34, 30, 30, 24, 20, 20, 10, 22)
_LABEL, _FIRST, _SIDE_BY_SIDE = 0, 3, 5  # where a bridge's names stand, its figures, and how many a row
_FIRST_ROW = 4
_LINE = 15.0  # points
_HEADER = 58.0


def write_changes(sheet: FormulaSheet, layout: Layout, styles: Styles, since: Difference | None) -> int:
    """Write the bridge, where there is one, and the log; gives the number of formula cells.

    Parameters
    ----------
    sheet, layout, styles
        Where, and how the workbook is laid out and looks.
    since
        What differs from an earlier case; None where nobody asked.
    """
    sheet.write_string(0, 0, SHEET, styles["title"])
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    row, cells = _FIRST_ROW, 0
    if since is not None:
        row, cells = _bridge(sheet, layout, styles, since, row)
    _log(sheet, layout, styles, row)
    return cells


def _log(sheet: FormulaSheet, layout: Layout, styles: Styles, row: int) -> None:
    """The rows of the log under their headings, from a row counted from 1."""
    log = layout.problem.inputs.log
    if not log:
        sheet.write_string(row - 1, 0, NONE, styles["cell_text"])
        return
    for column, name in enumerate(_COLUMNS):
        sheet.write_string(row - 1, column, name, styles["header"])
    for place, logged in enumerate(log, row):
        texts = _texts(layout, styles, logged)
        for column, text in enumerate(texts):
            sheet.write_string(place, column, text, styles["text"])
        lines = max(1 + len(text) // width for text, width in zip(texts, _WIDTHS, strict=True))
        sheet.set_row(place, _LINE * lines)
    sheet.autofilter(row - 1, 0, row - 1 + len(log), len(_COLUMNS) - 1)


def _texts(layout: Layout, styles: Styles, logged: Logged) -> tuple[str, ...]:
    """A row of the log, with the label and the unit of its input where the case has it."""
    inputs = layout.problem.inputs
    key = logged.input.rpartition(":")[2].partition("[")[0].strip()
    became = renamed(key)
    given = inputs.values.get(became.now[0] if became and len(became.now) == 1 else key)
    label = given.input.label if given else "no input of this version"
    unit = styles.in_words(given.input.unit, given.prices_of or inputs.info.base_year) if given else ""
    return (
        logged.date, logged.who, logged.why, logged.input, label, unit, logged.before, logged.after,
        logged.source, logged.brought_by,
    )  # fmt: skip


def _bridge(
    sheet: FormulaSheet, layout: Layout, styles: Styles, since: Difference, row: int
) -> tuple[int, int]:
    """The bridge of every headline that moves, a few side by side; gives the row after it and the cells."""
    option = put_forward(layout.problem.frame)
    sheet.write_string(row - 1, 0, f"What moved the headlines since {since.first.given}", styles["heading"])
    facts = [
        ("Engine result for the option", option),
        ("Hash of its inputs", layout.problem.inputs.sha256[:16]),
        ("Hash of the inputs before", since.first.problem.inputs.sha256[:16]),
        ("Values that differ", f"{len(since.changes):,}"),
        ("What is no value and differs", f"{len(since.others):,}"),
    ]
    for place, (name, fact) in enumerate(facts, row):
        sheet.write_string(place, _LABEL, name, styles["cell_text"])
        sheet.write_string(place, _FIRST, fact, styles["quiet"])
    row += len(facts) + 2
    moved = {key: bridge for key, bridge in since.bridges[option].items() if bridge.moving}
    without = [key for key, b in since.bridges[option].items() if (b.start is None) != (b.end is None)]
    if not moved:
        sheet.write_string(row - 1, 0, "No headline moved.", styles["cell_text"])
        row += 1
    if without:
        text = f"Without a value on one side: {', '.join(without)}."
        sheet.write_string(row - 1, 0, text, styles["cell_text"])
        row += 1
    row, cells, keys = row + 1, 0, list(moved)
    orders = dict.fromkeys(bridge.order for bridge in moved.values())
    for order in orders:
        sheet.write_string(row - 1, _LABEL, f"Steps: {order}.", styles["cell_text"])
        row += 1
        same = [key for key in keys if moved[key].order == order]
        for start in range(0, len(same), _SIDE_BY_SIDE):
            some = {key: moved[key] for key in same[start : start + _SIDE_BY_SIDE]}
            row, more = _block(sheet, layout, styles, (since, option), some, row)
            cells += more
    return row, cells


def _block(
    sheet: FormulaSheet,
    layout: Layout,
    styles: Styles,
    of: tuple[Difference, str],
    some: dict[str, Bridge],
    row: int,
) -> tuple[int, int]:
    """A few headlines: where they start, a row a step, the sum, the headline and whether the two meet."""
    since, option = of
    problem = layout.problem
    groups = list(dict.fromkeys(step.group for bridge in some.values() for step in bridge.steps))
    labels = {part.key: part.label for part in since.parts}
    names = ["From (engine)", *(labels.get(group, group.capitalize()) for group in groups)]
    names += ["Sum of these", "Headline of this workbook", "Does the sum meet it?"]
    sheet.write_string(row - 1, _LABEL, "Step", styles["header"])
    sheet.set_row(row - 1, _HEADER)
    for column in range(_LABEL + 1, _FIRST):
        sheet.write_string(row - 1, column, "", styles["header"])
    for place, name in enumerate(names, row):
        sheet.write_string(place, _LABEL, name, styles["cell_text"])
    for column, (key, bridge) in enumerate(some.items(), _FIRST + 1):
        line = headline_line(problem, key)
        assert line is not None and bridge.start is not None and bridge.end is not None
        unit = styles.in_words(line.unit, problem.inputs.info.base_year)
        sheet.write_string(
            row - 1, column - 1, ", ".join(filter(None, (line.label, unit))), styles["header_right"]
        )
        amounts = [bridge.start, *(bridge.moving.get(group, 0.0) for group in groups)]
        for place, amount in enumerate(amounts, row + 1):
            sheet.write_exact(place, column, amount, styles.number("engine", line.unit, place > row + 1))
        end = row + len(amounts)
        name = letter(column)
        calculated = styles.number("calculation", line.unit)
        sheet.write_ready(end + 1, column, f"SUM({name}{row + 1}:{name}{end})", calculated, fsum(amounts))
        sheet.write_ready(end + 2, column, cell_of(layout, key, option), calculated, bridge.end)
        gap, size = f"{name}{end + 1}-{name}{end + 2}", f"ABS({name}{end + 2})"
        text = f'IF(ABS({gap})<=MAX(0.000001,1E-9*{size}),"{CURRENT}","{STALE}")'
        sheet.write_text_formula(end + 3, column, text, styles["status"], CURRENT)
    return row + len(names) + 3, 3 * len(some)
