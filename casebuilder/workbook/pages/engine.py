"""Results of the engine on a page: what they were worked out for, and words for whether they still fit."""

from __future__ import annotations

from casebuilder.workbook.pages.tables import Page, TableWriter

CURRENT, STALE = "current", "STALE: build again"


def write_origin(tables: TableWriter, page: Page, option: str, *more: tuple[str, str]) -> None:
    """Write the option and the hash of the inputs that results were worked out on, and more facts."""
    digest = tables.cells.layout.problem.inputs.sha256[:16]
    for name, fact in (("Engine result for the option", option), ("Hash of its inputs", digest), *more):
        page.sheet.write_string(page.row - 1, 0, name, tables.styles["cell_text"])
        page.sheet.write_string(page.row - 1, 1, fact, tables.styles["quiet"])
        page.row += 1
