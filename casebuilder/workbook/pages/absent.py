"""What a page says of a table that its case has nothing for, rather than leaving it out without a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casebuilder.workbook.pages.tables import Page, Spec, TableWriter

NOT_HERE = "Not in this case: {}"
_PARTS = ("columns", "facts", "lines")


def why_absent(tables: TableWriter, blocks: Sequence[Spec]) -> str:
    """Why the case has nothing for some blocks: what they read is lost; empty where nothing of it is."""
    problem = tables.cells.layout.problem
    for block in blocks:
        for key in _keys(block):
            why = problem.why_absent(key) if tables.cells.find(key) is None else ""
            if why:
                return why
    for block in blocks:
        axes = [*block.get("rows", ()), *([block["across"]] if "across" in block else [])]
        empty = [axis for axis in axes if axis in tables.frame.dimensions and not tables.frame.ids(axis)]
        if empty:
            name = tables.frame.title(empty[0]).lower()
            return f"the case has no {name}" + ("" if name == empty[0] else f" ({empty[0]})")
    return ""


def write_absent(tables: TableWriter, page: Page, block: Spec) -> None:
    """The title of a table and why it is not there."""
    why = why_absent(tables, [block]) if "title" in block else ""
    if not why:
        return
    page.sheet.write_string(page.row - 1, 0, block["title"], tables.styles["heading"])
    page.sheet.write_string(page.row, 0, NOT_HERE.format(why), tables.styles["note"])
    page.row += 3


def _keys(block: Spec) -> Iterator[str]:
    for part in _PARTS:
        yield from (spec["line"] for spec in block.get(part, ()) if "line" in spec)
    for part in ("pooling", "sharing", "offers"):
        if part in block:
            yield block[part]
