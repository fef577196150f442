"""What stands above and around the rows of a sheet of inputs: counts, colours, headers, filters and marks."""

from __future__ import annotations

from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.inputs import (
    AS_BASE,
    CHANGED_ROWS,
    IN_USE,
    INPUT_FIRST_ROW,
    INPUT_HEADER_ROW,
    INPUTS,
    UNUSABLE,
    InputLayout,
)
from casebuilder.workbook.layout.trials import TrialLayout
from casebuilder.workbook.sheets.input_faults import CHANGED, FLAG_KIND, WHOLE
from casebuilder.workbook.sheets.scenarios import ScenariosWriter
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

_WIDTHS = {
    "Key": 36,
    "Label": 64,
    "Unit": 20,
    "Base": 14,
    "Low": 12,
    "High": 12,
    "Least": 13,
    "Most": 13,
    "Kind": 9,
    "State": 11,
    "Source": 48,
    "Changed": 10,
    "Fault": 8,
    "Prices of": 10,
    "Note": 70,
    "Words": 30,
}
_VALUE_WIDTH, _PERIOD_WIDTH = 13, 12
_TEXT_HEADERS = ("Key", "Label", "Unit", "Kind", "State", "Source", "Changed", "Prices of", "Note", "Words")
_LEGEND = (
    ("sample_input", "Typed"),
    ("sample_override", "Option's own"),
    ("sample_link", "Link to Base"),
    ("sample_as_base", AS_BASE),
    ("in_use", IN_USE),
)


def write_frame(
    sheet: FormulaSheet,
    name: str,
    layout: InputLayout,
    styles: Styles,
    unusable: int,
    scenarios: ScenariosWriter,
    trials: TrialLayout,
) -> int:
    """Write everything but the rows; gives the number of formula cells.

    Parameters
    ----------
    sheet, name
        The sheet.
    layout, styles
        Addresses and formats.
    unusable
        How many cells cannot be used as the workbook is built.
    scenarios, trials
        The sheet of scenarios and the cells for trying, which count with these.
    """
    _top(sheet, name, layout, styles, unusable, scenarios, trials)
    _header(sheet, name, layout, styles)
    _marks(sheet, name, layout, styles)
    _mark_periods(sheet, name, layout, styles)
    return 2


def _top(
    sheet: FormulaSheet,
    name: str,
    layout: InputLayout,
    styles: Styles,
    unusable: int,
    scenarios: ScenariosWriter,
    trials: TrialLayout,
) -> None:
    """The title, the counts that every other sheet reads, and the colours."""
    here = name == INPUTS
    sheet.write_string(0, 0, name, styles["title"])
    faults = "+".join(f"SUM({span})" for span in layout.spans("Fault"))
    faults += scenarios.unusable + trials.unusable
    changes = "+".join(f'COUNTIF({span},"{CHANGED}")' for span in layout.spans("Changed"))
    changes += scenarios.rows_changed + trials.count
    lines = (
        (
            "Unusable input cells",
            faults if here else UNUSABLE,
            unusable,
            "Blank, a text for a number, an error, a fraction where whole is meant, or outside Least to "
            "Most: the rows are red, and say under Fault how many.",
        ),
        (
            "Rows changed",
            changes if here else CHANGED_ROWS,
            0,
            "Rows that no longer hold what the workbook was built with.",
        ),
    )
    for row, (label, text, count, words) in enumerate(lines, 3):
        sheet.write_string(row - 1, 0, label if here else f"{label}, all sheets", styles["section"])
        sheet.write_ready(row, 2, text, styles.number("count", "item"), float(count))
        sheet.write_string(row - 1, 2, words, styles["subtitle"])
    sheet.write_string(4, 0, "Colours", styles["section"])
    words = "Type in coloured cells only; the key is what --set takes. Formulas read the cells in use."
    sheet.write_string(4, 1, words, styles["subtitle"])
    for column, (role, text) in enumerate(_LEGEND, layout.typed_column(None)):
        sheet.write_string(4, column - 1, text, styles[role])


def _header(sheet: FormulaSheet, name: str, layout: InputLayout, styles: Styles) -> None:
    for column, header in enumerate(layout.headers):
        style = "header" if header in _TEXT_HEADERS else "header_right"
        sheet.write_string(INPUT_HEADER_ROW - 1, column, header, styles[style])
    periods = len(layout.frame.ids("year")) + len(layout.frame.ids("month"))
    first = len(layout.headers) - 2 * periods
    widths = dict.fromkeys(layout.headers[:first], float(_VALUE_WIDTH))
    for option in layout.frame.option_ids:  # an option's id is one word, which no program breaks
        wide = max(_VALUE_WIDTH, 1.15 * len(option) + 2)
        widths |= {header: wide for header in (option, f"{IN_USE} {option}") if header in widths}
    for header, width in (widths | _WIDTHS).items():
        column = layout.column(header) - 1
        sheet.set_column(column, column, width)
    if periods:
        sheet.set_column(first, len(layout.headers) - 1, _PERIOD_WIDTH)
    sheet.set_row(INPUT_HEADER_ROW - 1, 28)
    sheet.freeze_panes(INPUT_HEADER_ROW, 2)
    last = layout.column("Words") - 1
    sheet.autofilter(INPUT_HEADER_ROW - 1, 0, layout.last_row(name) - 1, last)


def _marks(sheet: FormulaSheet, name: str, layout: InputLayout, styles: Styles) -> None:
    """Colour a row that holds a fault, and a row that was changed."""
    last, across, changed = layout.last_row(name), layout.column("Fault"), layout.column("Changed")
    fault = f"${letter(across)}{INPUT_FIRST_ROW}"
    rule = {"type": "formula", "criteria": f"=N({fault})>0", "format": styles["bad"]}
    sheet.conditional_format(INPUT_FIRST_ROW - 1, 0, last - 1, across - 1, rule)
    rule = {"type": "text", "criteria": "containing", "value": CHANGED, "format": styles["warn"]}
    sheet.conditional_format(INPUT_FIRST_ROW - 1, changed - 1, last - 1, changed - 1, rule)
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": styles["bad"]}
    sheet.conditional_format(2, 1, 2, 1, rule)


def _mark_periods(sheet: FormulaSheet, name: str, layout: InputLayout, styles: Styles) -> None:
    """Point at the periods that are at fault: in a row of many the row alone tells little."""
    frame = layout.frame
    axes = [axis for axis in ("year", "month") if frame.ids(axis)]
    if not axes:
        return
    first = layout.typed_period(axes[0], 0)
    end = layout.typed_period(axes[-1], len(frame.ids(axes[-1])) - 1)
    row, last = INPUT_FIRST_ROW, layout.last_row(name)
    fault = f"${letter(layout.column('Fault'))}{row}"
    cell, in_use = f"{letter(first)}{row}", f"{letter(layout.period(axes[0]))}{row}"
    least, most, kind = (f"${letter(layout.column(header))}{row}" for header in ("Least", "Most", "Kind"))
    outside = f"AND(ISNUMBER({least}),{cell}<{least}),AND(ISNUMBER({most}),{cell}>{most})"
    broken = f'AND(OR({kind}="{WHOLE}",{kind}="{FLAG_KIND}"),{cell}<>INT({cell}))'
    wrong = f"IF(ISNUMBER({cell}),OR({outside},{broken}),TRUE)"
    rule = {
        "type": "formula",
        "criteria": f"=IF(N({fault})>0,IF(ISBLANK({in_use}),FALSE,{wrong}),FALSE)",
        "format": styles["bad"],
    }
    sheet.conditional_format(row - 1, first - 1, last - 1, end - 1, rule)
