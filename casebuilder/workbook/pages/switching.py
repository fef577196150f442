"""Ranking and switching values between options: live formulas over the parts of the value on the same page.

A part changes by one share in all options alike; a cell shows the share at which its option is worth as much
as the one ranked first. It is empty for that option itself, where the two do not differ in the part, and
where the part would have to fall below nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.options.switching import (
    ANNUAL_COST,
    ANNUAL_VALUE,
    PARTS,
    PENCE,
    VALUE,
    ValuePart,
)
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.pages.tables import Page, Placed, Spec, TableWriter
from casebuilder.workbook.writing.bounds import within_tenfold

_RANKS = ("Rank by net\npresent value", "Rank by\nvalue a year", "Rank by\ncost a year", "Behind the best\n£")
_BEHIND = 5


def write_switching(tables: TableWriter, page: Page, block: Spec) -> None:
    """Write a row for each option: its ranks, how far it is behind, and its switching values.

    Parameters
    ----------
    tables, page
        What writes, and where.
    block
        `switching` names the table of the parts, `lives` that of the value and cost a year; both stand
        above on the page, with a row for each option.
    """
    cells, styles = tables.cells, tables.styles
    found = tables.findings.standings
    parts, lives = (page.tables.get(block[name]) for name in ("switching", "lives"))
    if not found or parts is None or lives is None:
        return
    tables.title(page, block)
    page.sheet.write_string(page.row - 1, 0, "Ranked first", styles["cell_text"])
    best, place = f"$B${page.row + 1}", f"MATCH(MAX({_column(parts, VALUE)}),{_column(parts, VALUE)},0)"
    options = list(found)
    first = max(options, key=lambda option: found[option].value)
    label = f"INDEX($A${parts.first}:$A${parts.last},{best})"
    page.sheet.write_text_formula(page.row, 2, label, styles["word"], cells.layout.name_of(first))
    page.row += 1
    page.sheet.write_string(page.row - 1, 0, "Its place among the options", styles["cell_text"])
    tables.number(page, 2, place, options.index(first) + 1.0, "item")
    page.cells += 1
    page.row += 1
    page.sheet.write_string(page.row - 1, 0, "What it has of each part", styles["cell_text"])
    of_best = {}
    for at, part in enumerate(PARTS, _BEHIND + 1):
        text, worth = f"INDEX({_column(parts, part.key)},{best})", parts.values[parts.columns[part.key][0]]
        tables.number(page, at, text, worth[options.index(first)], "GBP_real")
        of_best[part] = f"{letter(at)}${page.row}"
    page.row += 1
    tables.header(page, ["Option", *_RANKS, *(part.label for part in PARTS)], 1)
    for number, option in enumerate(options):
        own, row = found[option], parts.first + number
        page.sheet.write_string(page.row - 1, 0, cells.layout.name_of(option), styles["cell_text"])
        ranked = (
            (VALUE, parts, own.rank, 0),
            (ANNUAL_VALUE, lives, own.annual_rank, 0),
            (ANNUAL_COST, lives, own.cost_rank, 1),
        )
        for at, (key, table, rank, rising) in enumerate(ranked, 2):
            text = f"RANK({_cell(table, key, number)},{_column(table, key)},{rising})"
            tables.number(page, at, text, float(rank), "item")
        value = _column(parts, VALUE)
        tables.number(page, _BEHIND, f"MAX({value})-{_cell(parts, VALUE, number)}", own.behind, "GBP_real")
        for at, part in enumerate(PARTS, _BEHIND + 1):
            share = own.to_best[part.name]
            text = _switch(f"${letter(_BEHIND)}{page.row}", _worth(parts, part, row, of_best[part]))
            amount = float("nan") if share is None else share
            tables.number(page, at, text, amount, "share", signed=True, said=True)
        page.row += 1
    page.row += 1


def _switch(gap: str, worth: str) -> str:
    """The share that closes a gap, or nothing: the text of `analysis.options.switching.switch`."""
    share = f"{gap}/({worth})"
    return f'IF(ROUND({worth},{PENCE})=0,"",IF(ROUND({share}+1,9)<0,"",{within_tenfold(share)}))'


def _worth(parts: Placed, part: ValuePart, row: int, other: str) -> str:
    """What the whole of a part is worth to an option beyond what it is to the best, whose own is a cell."""
    own = f"{_letter(parts, part.key)}{row}"
    return f"{own}-{other}" if part.sign > 0 else f"{other}-{own}"


def _letter(table: Placed, key: str) -> str:
    places: Sequence[int] = table.columns[key]
    return f"${letter(places[0])}"


def _column(table: Placed, key: str) -> str:
    at = _letter(table, key)
    return f"{at}${table.first}:{at}${table.last}"


def _cell(table: Placed, key: str, number: int) -> str:
    return f"{_letter(table, key)}{table.first + number}"
