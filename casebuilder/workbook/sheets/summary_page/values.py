"""Which values matter, on Summary: the inputs whose ranges move the value most, as the engine found them.

A sheet cannot move one input after another, so these are engine results: marked with the option and the hash
of the inputs they were worked out on, and with a live word that says whether an input has changed since.
"""

from __future__ import annotations

from casebuilder.analysis.uncertainty.ranking import MARGIN, VALUE, End, Ranked, Ranking
from casebuilder.inputs.values import UNVERIFIED
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.sheets.options import CURRENT, STALE
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

MOST = 10
TITLE = "Which values matter: what the range of each input does to the option put forward"
_HEADS = (
    ("Range", ""),
    ("State, and place in the order of replacing", ""),
    ("Net present social value at the low end, change", VALUE),
    ("At the high end, change", VALUE),
    ("System revenue ask at steady state, widest change", "system_revenue_ask_steady_state"),
    ("Capital outturn, widest change", "capital_outturn"),
    ("Option that ranks first, where it is another", ""),
)
NO_CASE = "no case: a check fails"


def write_values(
    sheet: FormulaSheet, layout: Layout, styles: Styles, ranking: Ranking | None, row: int
) -> tuple[int, int, int]:
    """Write the inputs that matter most from a row on.

    Returns
    -------
    tuple[int, int, int]
        The row after them, the columns that they take, and the formula cells.
    """
    if ranking is None:
        return row, 0, 0
    sheet.write_string(row - 1, 0, TITLE, styles["heading"])
    row += 1
    digest = layout.problem.inputs.sha256[:16]
    facts = [
        ("Engine result for the option", layout.name_of(ranking.option)),
        ("Hash of its inputs", digest),
    ]
    for name, fact in facts:
        sheet.write_string(row - 1, 0, name, styles["cell_text"])
        sheet.write_string(row - 1, 1, fact, styles["quiet"])
        row += 1
    sheet.write_string(row - 1, 0, "Does it fit the inputs of the workbook?", styles["cell_text"])
    text = f'IF({layout.scenarios.changed}=0,"{CURRENT}","{STALE}")'
    sheet.write_text_formula(row, 2, text, styles["status"], CURRENT)
    row += 1
    if ranking.share_unverified is not None:
        said = "Of what ranges do to value, done by unverified inputs"
        sheet.write_string(row - 1, 0, said, styles["cell_text"])
        sheet.write_exact(row, 2, ranking.share_unverified, styles.number("engine", "share"))
        row += 1
    margin = ranking.base.figures[MARGIN]
    if margin is not None:
        sheet.write_string(
            row - 1, 0, "Ahead of the best other option (below nought: behind)", styles["cell_text"]
        )
        sheet.write_exact(row, 2, margin, styles.number("engine", "GBP_real"))
        row += 1
    sheet.write_string(row - 1, 0, "Input", styles["header"])
    for column, (name, measure) in enumerate(_HEADS, 1):
        sheet.write_string(row - 1, column, name, styles["header_right" if measure else "header"])
    sheet.set_row(row - 1, 45)
    order = ranking.places
    for each in ranking.uncertain[:MOST]:
        row += 1
        _write_input(sheet, styles, each, ranking.base, order.get(each.key), row)
    said = (
        "One input at a time, all its values together, an option's own with it. An end at which a check "
        "fails that holds now counts for nothing. Decisions are not among them: casebuilder compare CASE "
        "--values shows every input."
    )
    sheet.write_string(row, 0, said, styles["note"])
    return row + 2, 1 + len(_HEADS), 1


def _write_input(
    sheet: FormulaSheet, styles: Styles, each: Ranked, base: End, place: int | None, row: int
) -> None:
    """One input: what it is, its ends, and what they change."""
    sheet.write_string(row - 1, 0, f"{each.label} ({each.key})", styles["cell_text"])
    sheet.write_string(row - 1, 1, each.range, styles["quiet"])
    state = each.state if place is None else f"{each.state}, {place}"
    sheet.write_string(row - 1, 2, state, styles["quiet" if each.state != UNVERIFIED else "warn"])
    number = styles.number("engine", "GBP_real")
    for column, end in enumerate(each.ends, 4):
        value, before = end.figures[VALUE], base.figures[VALUE]
        if not end.stands:
            sheet.write_string(row - 1, column - 1, NO_CASE, styles["word"])
        elif value is not None and before is not None:
            sheet.write_exact(row, column, value - before, number)
    for column, (_, measure) in enumerate(_HEADS[4:-1], 6):
        if measure in each.effects:
            sheet.write_exact(row, column, each.effects[measure], number)
    sheet.write_string(row - 1, len(_HEADS), each.first_elsewhere(base) or "no other", styles["quiet"])
