"""The band: the status of the case in one cell, the same on every sheet, with a link to Checks.

The words and colours are those of `evaluate.status`; here they become a formula.
"""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.evaluate.status import ALL_HOLD, AMBER, GREEN, PARTS, RED, SEPARATOR, Status
from casebuilder.workbook.layout.addresses import STATUS_ROW, letter
from casebuilder.workbook.sheets.scenarios import STATUS_WORD
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

CHECKS = "Checks"
COLUMN, WIDTH = 1, 2  # the band's cell, and over how many columns its colour goes
CELL = f"${letter(COLUMN)}${STATUS_ROW}"
MASTER = f"{CHECKS}!{CELL}"
NOT_KNOWN = "The status cannot be worked out"
_ROLES = {RED: "bad", AMBER: "warn", GREEN: "good"}
_LONGEST = 250


def status_formula(counts: Sequence[str]) -> str:
    """The words of four counts as Excel text; never an error, whatever stands in the cells.

    Parameters
    ----------
    counts
        The cells of the counts, in the order of the words.
    """
    texts = []
    for part, cell in zip(PARTS, counts, strict=True):
        if part.one == part.several:
            words = f'"{SEPARATOR}"&{cell}&" {part.several}"'
        else:
            words = f'"{SEPARATOR}"&{cell}&IF({cell}=1," {part.one}"," {part.several}")'
        texts.append(f'IF({cell}=0,"",{words})')
    first, last = counts[0], counts[-1]
    nothing = f"AND(COUNT({first}:{last})={len(counts)},SUM({first}:{last})=0)"
    joined = f"MID({'&'.join(texts)},{len(SEPARATOR) + 1},{_LONGEST})"
    return f'IFERROR(IF({nothing},"{ALL_HOLD}",{joined}),"{NOT_KNOWN}")'


def write_band(sheet: FormulaSheet, styles: Styles, status: Status) -> None:
    """Write the band of a sheet: a link to the status on Checks, coloured by what it says."""
    row, column = STATUS_ROW - 1, COLUMN - 1
    if sheet.name != CHECKS:
        sheet.write_url(row, column, f"internal:'{CHECKS}'!A1", styles["status"], string=status.text)
        sheet.write_text_formula(STATUS_ROW, COLUMN, MASTER, styles["status"], status.text)
    colour_band(sheet, styles)


def colour_band(sheet: FormulaSheet, styles: Styles) -> None:
    """Green for all checks hold alone, amber for warnings alone, red for anything else."""
    span = (STATUS_ROW - 1, COLUMN - 1, STATUS_ROW - 1, COLUMN + WIDTH - 2)
    amber = next(part for part in PARTS if part.colour == AMBER)
    # Warnings alone: the text is a number and the word for warnings, and nothing else but the scenario
    # chosen. With one chosen nothing is green.
    number = f'LEFT({CELL},FIND(" ",{CELL})-1)'
    counts = f'LEFT({CELL},IFERROR(FIND("{STATUS_WORD}",{CELL})-1,LEN({CELL})))'
    alone = ",".join(f'{counts}={number}&" {words}"' for words in (amber.one, amber.several))
    rules = (
        (GREEN, f'=IFERROR({CELL}="{ALL_HOLD}",FALSE)'),
        (AMBER, f'=IFERROR(OR({alone},{counts}="{ALL_HOLD}"),FALSE)'),
        (RED, "=TRUE"),
    )
    for colour, criteria in rules:
        rule = {
            "type": "formula",
            "criteria": criteria,
            "format": styles[_ROLES[colour]],
            "stop_if_true": True,
        }
        sheet.conditional_format(*span, rule)
