"""Cells in which a meeting tries who joins for what: blank is as stated, and the workbook follows."""

from __future__ import annotations

from casebuilder.errors import LayoutError
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.trials import NOTE_LINES
from casebuilder.workbook.pages.tables import Page, Spec, TableWriter

_RULE = {
    "validate": "integer",
    "criteria": "between",
    "minimum": 0,
    "maximum": 1,
    "ignore_blank": True,
    "input_title": "Try it",
    "input_message": "1 in, 0 out; blank is as stated. Every sheet follows, for every option.",
    "error_title": "Neither 0 nor 1",
    "error_message": "Type 1 or 0, or leave it blank.",
}


def write_trials(tables: TableWriter, page: Page, block: Spec) -> None:
    """Write a table to type in for each input that can be tried, where the layout has put them."""
    trials, styles, sheet = tables.cells.layout.trials, tables.styles, page.sheet
    frame, words = tables.frame, {each["line"]: each for each in block["trials"]}
    for item in trials.items:
        said = words[item.key]
        page.row = trials.title_row(item)
        tables.title(page, said)
        if page.row > trials.title_row(item) + NOTE_LINES + 1:
            raise LayoutError(f"{page.name}: the note of {item.key} takes more than {NOTE_LINES} lines")
        page.row = trials.title_row(item) + NOTE_LINES + 1
        names = [frame.label("equipment", kind) for kind in trials.classes]
        tables.header(page, [frame.title("provider"), *names], 1)
        for trust in trials.trusts:
            sheet.write_string(page.row - 1, 0, frame.label("provider", trust), styles["cell_text"])
            for kind in trials.classes:
                row, column = trials.place(item, (trust, kind))
                sheet.write_blank(row - 1, column - 1, None, styles.number("input", item.unit))
            page.row += 1
        first, last = trials.first_row(item), page.row - 1
        corner, end = trials.place(item, (trials.trusts[0], trials.classes[0])), len(trials.classes)
        area = (first - 1, corner[1] - 1, last - 1, corner[1] + end - 2)
        sheet.data_validation(*area, _RULE)
        typed = f"{letter(corner[1])}{first}"
        rule = {"type": "formula", "criteria": f"=NOT(ISBLANK({typed}))", "format": styles["warn"]}
        sheet.conditional_format(*area, rule)
        page.row += 1
    page.row = trials.after
