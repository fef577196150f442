"""Trusts whose own patients wait longer because lists are pooled: the engine's results beside live cells.

Lists kept apart are a second working of the option, which the sheets do not hold. The engine's figures are
marked as such, with the hash of the inputs, and a live cell tells when they no longer fit.
"""

from __future__ import annotations

from casebuilder.algebra.terms import Line
from casebuilder.analysis.options.pooling import LIST, Pooling
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.pages.cells import Spot
from casebuilder.workbook.pages.engine import CURRENT, STALE, write_origin
from casebuilder.workbook.pages.tables import Page, Spec, TableWriter

_NAMES = (
    "Trust",
    "Lists pooled\nweeks",
    "Lists apart (engine)\nweeks",
    "Longer by\nweeks",
    "Test",
    "People waiting\n(engine)",
)
_POOLED, _APART, _LONGER, _TEST, _PEOPLE = 2, 3, 4, 5, 6


def write_pooling(tables: TableWriter, page: Page, block: Spec) -> None:
    """Write the table of the last option that pools lists; nothing where none does."""
    cells, styles = tables.cells, tables.styles
    cover = cells.find(block["pooling"])
    effects = tables.findings.pooling if isinstance(cover, Line) else {}
    if not isinstance(cover, Line) or not effects:
        return
    option = list(effects)[-1]
    effect = effects[option]
    tables.title(page, block)
    _state(tables, page, option, effect)
    tables.header(page, _NAMES, 1, (_TEST - 1,))
    for wait in effect.longer:
        spot = Spot({"provider": wait.provider, "test": wait.test}, option)
        trust, test = (cells.frame.label(d, m) for d, m in spot.members.items())
        page.sheet.write_string(page.row - 1, 0, trust, styles["cell_text"])
        page.sheet.write_string(page.row - 1, _TEST - 1, test, styles["quiet"])
        pooled = cells.value(cover, spot)
        tables.number(page, _POOLED, cells.formula(cover, spot), pooled, cover.unit)
        page.sheet.write_number(page.row - 1, _APART - 1, wait.apart, styles.weeks("engine"))
        people = styles.number("engine", "tests")
        page.sheet.write_number(page.row - 1, _PEOPLE - 1, round(wait.people), people)
        text = f"{cells.formula(cover, spot)}-{letter(_APART)}{page.row}"
        tables.number(page, _LONGER, text, pooled - wait.apart, cover.unit, signed=True)
        page.row += 1
    if not effect.longer:
        page.sheet.write_string(page.row - 1, 0, "None", styles["cell_text"])
        page.row += 1
    page.row += 1


def _state(tables: TableWriter, page: Page, option: str, effect: Pooling) -> None:
    """The option, what the engine was given, and whether the workbook still gives the engine's list."""
    cells, styles = tables.cells, tables.styles
    waiting = cells.find(LIST)
    assert isinstance(waiting, Line)
    last = Spot(option=option, month=len(cells.frame.ids("month")) - 1)
    write_origin(tables, page, option)
    page.sheet.write_string(page.row - 1, 0, "Its list, pooled (engine)", styles["cell_text"])
    stored = f"B{page.row}"
    page.sheet.write_number(page.row - 1, 1, effect.list_pooled, styles.number("engine", waiting.unit))
    page.row += 1
    page.sheet.write_string(page.row - 1, 0, "Does it fit the inputs of the workbook?", styles["cell_text"])
    live = cells.formula(waiting, last)
    text = f'IF(ABS({live}-{stored})<=1E-9*ABS({stored}),"{CURRENT}","{STALE}")'
    page.sheet.write_text_formula(page.row, 2, text, styles["status"], CURRENT)
    page.cells += 1
    page.row += 1
