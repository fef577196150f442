"""Shares of the pool's cost that a sheet cannot work out, beside live cells that tell whether they still fit.

Shapley and the nucleolus need the cost of every group of trusts, 8,191 of them for thirteen. The engine's
figures are marked as such, with the hash of the inputs. One live cell tells whether they still add up to the
cost together, another whether what they rest on is what they were worked out on.
"""

from __future__ import annotations

from casebuilder.algebra.terms import Line
from casebuilder.analysis.sharing.pool_shares import PoolShares
from casebuilder.analysis.sharing.pooled_purchase import ALONE, TOGETHER
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.pages.cells import Spot
from casebuilder.workbook.pages.engine import CURRENT, STALE, write_origin
from casebuilder.workbook.pages.tables import Page, Spec, TableWriter
from casebuilder.workbook.writing.engine_fingerprint import fingerprint, leaves

_MARK = "sharing"
SUMS, DOES_NOT = "adds up", "DOES NOT ADD UP"
CHAPTERS = ("procurement", "routes", "lateness", "whole_life", "apart", "funder", "pool")
_RULES = {
    "shapley": "Shapley",
    "nucleolus": "Nucleolus",
    "per_capita_nucleolus": "Nucleolus a head",
}


def write_sharing(tables: TableWriter, page: Page, block: Spec) -> None:
    """Write the engine's shares for the last option whose trusts buy as a pool; nothing where none does."""
    cells = tables.cells
    line = cells.find(block["sharing"])
    shares = tables.findings.sharing() if isinstance(line, Line) else None
    if shares is None:
        return
    assert isinstance(line, Line)
    tables.title(page, block)
    more = ("Groups of trusts costed", f"{shares.groups:,}"), ("In words", shares.in_words)
    write_origin(tables, page, shares.option, *more)
    _table(tables, page, shares, line)
    _state(tables, page, shares)
    page.row += 1


def _table(tables: TableWriter, page: Page, shares: PoolShares, line: Line) -> None:
    cells, styles = tables.cells, tables.styles
    alone = cells.find(ALONE)
    assert isinstance(alone, Line)
    rules = [rule for rule in _RULES if rule in shares.by_rule]
    names = [_RULES[rule] for rule in rules]
    paid, saved = [f"{name} (engine)\n£" for name in names], [f"Saved: {name}\n£" for name in names]
    tables.header(page, ["Trust", "Alone\n£", *paid, *saved], 1)
    first = page.row
    columns: dict[int, list[float]] = {place: [] for place in range(2, 3 + 2 * len(rules))}
    for number, member in enumerate(shares.members):
        spot = Spot({"provider": member}, shares.option)
        page.sheet.write_string(page.row - 1, 0, cells.frame.label("provider", member), styles["cell_text"])
        own = cells.value(alone, spot)
        columns[2].append(own)
        tables.number(page, 2, cells.formula(alone, spot), own, alone.unit)
        for place, rule in enumerate(rules, 3):
            share = float(shares.by_rule[rule][number])
            columns[place].append(share)
            page.sheet.write_number(page.row - 1, place - 1, share, styles.number("engine", line.unit))
            # A member that pays what it would alone saves nothing, not the last digits of two sums.
            text, saving = f"ROUND($B{page.row}-{letter(place)}{page.row},6)", round(own - share, 6)
            columns[place + len(rules)].append(saving)
            tables.number(page, place + len(rules), text, saving, line.unit, signed=True)
        page.row += 1
    last = page.row - 1
    page.sheet.write_string(page.row - 1, 0, "All", styles["section"])
    for place, values in columns.items():
        text = f"SUM({letter(place)}{first}:{letter(place)}{last})"
        tables.number(page, place, text, sum(values), line.unit, False, "total")
    page.row += 1
    together = cells.formula(line, Spot(option=shares.option))
    page.sheet.write_string(page.row - 1, 0, "Adds up to the cost together?", styles["cell_text"])
    for place in range(3, 3 + len(rules)):
        text = f'IF(ABS({letter(place)}{last + 1}-{together})<=1E-9*ABS({together}),"{SUMS}","{DOES_NOT}")'
        page.sheet.write_text_formula(page.row, place, text, styles["status"], SUMS)
        page.cells += 1
    page.row += 1


def changed_since(tables: TableWriter, page: Page, shares: PoolShares) -> str:
    """A formula: how many of the sums under the pool's shares have changed; they are written once."""
    if _MARK not in tables.marks:
        cells = tables.cells
        line = cells.find(TOGETHER)
        assert isinstance(line, Line)
        prints = [
            fingerprint(cells.layout, cells.results, named, shares.option)
            for named in leaves(cells.layout, line, CHAPTERS)
        ]
        tables.marks[_MARK] = tables.engine.write(f"{page.name}: shares of the pool's cost", prints)
    return tables.marks[_MARK]


def _state(tables: TableWriter, page: Page, shares: PoolShares) -> None:
    """Whether the result still fits: weighted sums of all that it rests on, on the technical sheet."""
    styles = tables.styles
    page.sheet.write_string(page.row - 1, 0, "Do they fit the inputs of the workbook?", styles["cell_text"])
    changed = changed_since(tables, page, shares)
    text = f'IF({changed}=0,"{CURRENT}","{STALE}")'
    page.sheet.write_text_formula(page.row, 2, text, styles["status"], CURRENT)
    page.cells += 1
    page.row += 1
