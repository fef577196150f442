"""The first sheet of a form: what it is, for whom, how to fill it in and how to send it back."""

from __future__ import annotations

from collections.abc import Mapping

from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.templates.read import template
from casebuilder.workbook.intake import words
from casebuilder.workbook.intake.owned import hosted_by
from casebuilder.workbook.intake.status import CHANGED, FAULT, counted
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

_LINE = 15.0  # points
_LENGTH = 112  # characters that fit a line of text
_COLOURS = (
    ("sample_input", "Yours to type", "A value, a range, a source or a reason"),
    ("sample_override", "An option's own", "A value in which one option differs from the base case"),
    ("sample_link", "Follows", "Follows the value at its left, or the base case, until you type over it"),
    ("calculation", "Locked", "Text that describes a row"),
    ("good", "changed", "You changed this row: it will be taken up"),
    ("good", "text", "A number written as text, such as 1.2m: it is read when the form comes back"),
    ("warn", "to do", "Still a placeholder, or copied from elsewhere"),
    ("bad", "fault", "The value cannot be used: outside Least to Most, or no number"),
)
_STEPS = (
    "Open Your bid. Type over cream cells only; everything else is locked, without a password.",
    "Give a source where you have one: a document, a letter, a return. Without it a value is unverified.",
    "Low and High say how far the value may be off. Leave them where you cannot say.",
    "Pounds may be written as 600000, £600k or 1.2m; shares as 35% or 0.35.",
    "A row with periods shows 'by period →': its values stand in the columns at the right, by year or month.",
    "Look at Status: 'changed' is yours, 'fault' cannot be used. The counts below should show no fault.",
    "Save the file as .xlsx under any name, and send it to whoever keeps the case.",
)


def write_cover(
    sheet: FormulaSheet,
    problem: Problem,
    styles: Styles,
    version: str,
    trust: str | None,
    rows: Mapping[str, int],
    spans: Mapping[str, str],
    file: str,
) -> None:
    """Write the sheet.

    Parameters
    ----------
    sheet, styles
        The sheet and the formats.
    problem
        The case.
    version
        The version of casebuilder.
    trust
        The trust that the form is for; None for all values.
    rows, spans
        By sheet how many rows of values it has, and the cells of their status.
    file
        The name of the form.
    """
    info, frame = problem.inputs.info, problem.frame
    case = info.folder.resolve().name
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 92)
    sheet.set_column(2, 2, 12)
    sheet.write_string(0, 0, info.title, styles["title"])
    sheet.set_row(0, 26)
    whose = "all values of the case" if trust is None else f"values of {_name(problem, trust)}"
    sheet.write_string(1, 0, f"Form for {whose}", styles["heading"])
    at = 3
    for text in _paragraphs(problem, trust):
        sheet.merge_range(at, 0, at, 1, text, styles["text"])
        sheet.set_row(at, _LINE * (1 + len(text) // (_LENGTH + 18)))
        at += 1
    at = _heading(sheet, at + 1, "How to fill it in", styles)
    for number, text in enumerate(_STEPS, 1):
        sheet.write_string(at, 0, f"{number}.", styles["text"])
        sheet.write_string(at, 1, text, styles["text"])
        sheet.set_row(at, _LINE * (1 + len(text) // _LENGTH))
        at += 1
    at = _heading(sheet, at + 1, "Sheets", styles)
    for name in (*rows, words.TO_DO):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", styles["link"], string=name)
        sheet.write_string(at, 1, words.ABOUT[name], styles["text"])
        if name in rows:
            sheet.write_string(at, 2, f"{rows[name]:,} rows", styles["quiet_text"])
        at += 1
    at = _heading(sheet, at + 1, "Where it stands", styles)
    for word, text in ((CHANGED, "Rows changed"), (FAULT, "Rows at fault")):
        sheet.write_string(at, 0, text, styles["cell_text"])
        sheet.write_ready(at + 1, 2, counted(spans.values(), word), styles.number("count", "item"), 0.0)
        at += 1
    rule = {"type": "cell", "criteria": ">", "value": 0, "format": styles["bad"]}
    sheet.conditional_format(at - 1, 1, at - 1, 1, rule)
    at = _heading(sheet, at + 1, "Colours", styles)
    for role, name, meaning in _COLOURS:
        sheet.write_string(at, 0, name, styles[role])
        sheet.write_string(at, 1, meaning, styles["cell_text"])
        at += 1
    at = _heading(sheet, at + 1, "For whoever keeps the case", styles)
    facts = (
        ("To take it up", f"casebuilder pull {file} {case}"),
        ("Case", f"{case}, prices of {info.base_year}"),
        ("Made by", f"casebuilder {version}"),
    )
    for name, text in facts:
        sheet.write_string(at, 0, name, styles["quiet_text"])
        sheet.write_string(at, 1, text, styles["cell_text"])
        at += 1
    if len(frame.option_ids) > 1:
        sheet.write_string(at, 0, "Options", styles["quiet_text"])
        sheet.write_string(at, 1, ", ".join(o.label for o in frame.options), styles["text"])


def _heading(sheet: FormulaSheet, at: int, text: str, styles: Styles) -> int:
    sheet.write_string(at, 0, text, styles["heading"])
    sheet.set_row(at, 20)
    return at + 1


def _name(problem: Problem, trust: str) -> str:
    return problem.frame.label(template("workbook/intake.yaml")["owner"], trust)


def _paragraphs(problem: Problem, trust: str | None) -> list[str]:
    """What the form holds, and what it does not."""
    info = problem.inputs.info
    if trust is None:
        return [
            "The values that this business case rests on, for those who own them: what the case has now "
            "stands in every row. Change what you know better; what you leave stays as it is.",
        ]
    content = template("workbook/intake.yaml")
    sites = hosted_by(problem, trust, content)
    frame = problem.frame
    names = [frame.label(content["hosted"], each) for each in frame.ids(content["hosted"]) if each in sites]
    hosted = f"; and the sites that it hosts: {', '.join(names)}" if names else "; it hosts no site"
    return [
        f"The values of {info.title} that belong to {_name(problem, trust)}: its lists and tests, capacity, "
        f"staff and kit{hosted}.",
        "Values of other trusts, of their sites and of the system as a whole are not shown. What the case "
        "has now stands in every row. Change what you know better; what you leave stays as it is.",
    ]
