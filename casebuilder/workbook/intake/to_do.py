"""The last sheet of a form: what is still to do, what matters most first, with links to its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from casebuilder.analysis.uncertainty.to_do import Moved
from casebuilder.workbook.intake.rows import FormRow
from casebuilder.workbook.intake.table import LINE
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

_WHAT, _ABOUT = 52, 44  # widths
_HEADERS = (
    ("", 4, "form_head"),
    ("What is to be done", _WHAT, "form_head"),
    ("About", _ABOUT, "form_head"),
    ("Go to", 18, "form_head"),
    ("Effect on value, £", 16, "form_head_right"),
    ("Effect on the yearly ask, £", 16, "form_head_right"),
    ("How it was moved", 46, "form_head"),
)
_HEADER_ROW = 5


def write_to_do(
    sheet: FormulaSheet,
    left: Sequence[tuple[Moved, Sequence[FormRow]]],
    places: Mapping[str, tuple[str, int]],
    styles: Styles,
) -> None:
    """Write the sheet.

    Parameters
    ----------
    sheet
        The sheet.
    left
        What is to be done, in order, each with the rows that it is about.
    places
        The sheet and the row of each key.
    styles
        The formats.
    """
    sheet.write_string(0, 1, "To do", styles["title"])
    sheet.set_row(0, 24)
    lines = (
        "What is still a placeholder, or copied: what may move the case's value most comes first.",
        "The effects are those of moving it over its range, or by a fifth either way, and nothing else.",
    )
    for row, line in enumerate(lines, 1):
        sheet.write_string(row, 1, line, styles["quiet_text"])
    for column, (header, width, style) in enumerate(_HEADERS):
        sheet.write_string(_HEADER_ROW - 1, column, header, styles[style])
        sheet.set_column(column, column, width)
    sheet.set_row(_HEADER_ROW - 1, 30)
    for number, (moved, rows) in enumerate(left, 1):
        at = _HEADER_ROW + number - 1
        sheet.write_number(at, 0, number, styles["form_number"])
        sheet.write_string(at, 1, moved.to_do.what, styles["form_label"])
        sheet.write_string(at, 2, _about(moved, rows), styles["form_label"])
        place = next((places[row.key] for row in rows if row.key in places), None)
        if place is None:
            sheet.write_string(at, 3, f"{moved.to_do.place.file}, in the case", styles["form_quiet"])
        else:
            name, row = place
            text = f"{name}, row {row}"
            sheet.write_url(at, 3, f"internal:'{name}'!B{row}", styles["form_go"], string=text)
        for column, effect in ((4, moved.value), (5, moved.ask)):
            if effect is None:
                sheet.write_string(at, column, "–", styles["form_pointer"])
            else:
                sheet.write_number(at, column, effect, styles.number("form_number", "GBP_real"))
        sheet.write_string(at, 6, moved.how, styles["form_quiet"])
        high = max(len(moved.to_do.what) / _WHAT, len(_about(moved, rows)) / _ABOUT)
        sheet.set_row(at, 4 + LINE * ceil(high))
    if not left:
        sheet.write_string(_HEADER_ROW, 1, "Nothing is left to do.", styles["form_label"])
    sheet.freeze_panes(_HEADER_ROW, 0)
    sheet.repeat_rows(_HEADER_ROW - 1)


def _about(moved: Moved, rows: Sequence[FormRow]) -> str:
    """The input in words, with how many values it is about."""
    if not rows:
        return moved.to_do.key
    item, option = rows[0].item, rows[0].option
    count = len(rows)
    many = "" if count == 1 else f" ({count} rows)"
    return f"{item.label}{many}{f', option {option}' if option else ''}"
