"""Cover, Contents and Sources: what the workbook is, where things are, what vouches for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import STATES
from casebuilder.workbook.layout.inputs import DATA
from casebuilder.workbook.layout.limits import HIGHEST_ROW
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

DESCRIPTIONS = {
    "Cover": "What this workbook is and how to read it",
    "Contents": "This list",
    "Summary": "The headline figures of every option, with charts",
    "Options": "Every headline by option, linked to its calculation",
    "Inputs": "Every assumption, with range, state and source: the only constants",
    "Checks": "What must hold, live, and the claims the bid is held to",
    "Scenarios": "What each scenario and stress puts in place of what is typed; chosen on Inputs",
    "Sensitivity": "The range of every headline, the inputs that move the value most, and stresses",
    "Sources": "What vouches for the assumptions",
    "Change log": "Who changed which assumption and why, and what that did to the headlines",
    "Engine results": "Hidden: what results rest on that a sheet cannot work out, for assurers",
    "Fingerprint": "Hidden: by which verify names any formula that is not the one that was built",
    "Start": "Hidden: what every input held when the workbook was built, by which pull tells what was typed",
}
_LEGEND = (
    ("sample_input", "Input", "A value to be changed: blue on cream, on the sheets of inputs only"),
    ("sample_override", "Override", "A value in which an option differs from the base case"),
    ("sample_link", "Link", "An option's value that follows Base until something else is typed over it"),
    ("sample_as_base", "as Base", "An option that does not touch the input: it reads Base"),
    ("calculation", "Formula", "A calculation; one pattern from the first period to the last"),
    ("total", "Total", "The sum of the periods, or the value of a line without time"),
)

_LINE_HEIGHT = 15.0  # points
_LINE_LENGTH = 95  # characters that fit the column of texts
_NOTICE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. "
    "The Sources sheet says which."
)


def write_cover(sheet: FormulaSheet, problem: Problem, styles: Styles, version: str) -> int:
    """Say what the bid is, on what price base, and how to read the workbook; gives the row of its seal.

    The seal of the formulas is known once all of them are written: `write_seal` puts it there.
    """
    info, frame = problem.inputs.info, problem.frame
    sheet.write_string(0, 0, info.title, styles["title"])
    sheet.write_string(3, 0, "What it is", styles["quiet"])
    parts = rows_of_text(info.description)
    for row, part in enumerate(parts, 3):
        sheet.write_string(row, 1, part, styles["text"])
        sheet.set_row(row, _LINE_HEIGHT * (1 + _lines(part)))
    months, years = frame.ids("month"), frame.ids("year")
    facts = [
        ("Host", info.host),
        ("Base year and price base", f"{info.base_year} (GBP_real); cash is GBP_nominal"),
        ("Months", f"{months[0]} to {months[-1]}" if months else "none"),
        ("Appraisal", f"{years[0]} to {years[-1]}, {len(years)} years" if years else "none"),
        ("Baseline option", frame.label_of_option(frame.baseline)),
        ("Made by", f"casebuilder {version}"),
        ("Hash of the inputs", problem.inputs.sha256[:16]),
        ("Seal of the formulas", ""),
    ]
    first = 4 + len(parts)
    for row, (name, value) in enumerate(facts, first):
        sheet.write_string(row, 0, name, styles["quiet"])
        sheet.write_string(row, 1, value, styles["cell_text"])
    row = first + 1 + len(facts)
    sheet.write_string(row, 0, "Options", styles["heading"])
    row = _pairs(sheet, styles, row + 1, [("quiet", o.id, o.label) for o in frame.options])
    sheet.write_string(row + 1, 0, "How to read it", styles["heading"])
    row = _pairs(sheet, styles, row + 2, _LEGEND)
    sheet.write_string(row + 1, 0, "States of an assumption", styles["heading"])
    states = Counter(v.base_origin.state for v in {v.input.key: v for v in problem.values.values()}.values())
    row = _pairs(sheet, styles, row + 2, [("quiet", s, f"{states[s]} inputs") for s in STATES])
    sheet.write_string(row + 1, 0, _NOTICE, styles["subtitle"])
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    return 4 + len(facts)


def write_seal(sheet: FormulaSheet, row: int, styles: Styles, seal: str) -> None:
    """Show the hash by which `verify` tells whether these are the formulas that were approved."""
    sheet.write_string(row, 1, seal, styles["cell_text"])


def rows_of_text(text: str) -> list[str]:
    """A text in as many rows as it needs, each no higher than Excel allows; nothing is cut.

    Parameters
    ----------
    text
        The text, its line ends kept.
    """
    rows, most = [""], int(HIGHEST_ROW // _LINE_HEIGHT) - 1
    for piece in re.findall(r"\S*\s*", text):
        # A word longer than a row goes by the row.
        longest = (most - 1) * _LINE_LENGTH
        for start in range(0, len(piece), longest):
            part = piece[start : start + longest]
            if rows[-1] and _lines(rows[-1] + part) > most:
                rows.append("")
            rows[-1] += part
    return [row.rstrip() for row in rows if row.strip()] or [""]


def _lines(text: str) -> int:
    """How many lines a text takes, reckoned with room to spare."""
    return sum(1 + len(line) // _LINE_LENGTH for line in text.split("\n"))


def _pairs(sheet: FormulaSheet, styles: Styles, first: int, rows: Sequence[tuple[str, str, str]]) -> int:
    """Write rows of a name in a style and its meaning; gives the row after the last."""
    for row, (role, name, meaning) in enumerate(rows, first):
        sheet.write_string(row, 0, name, styles[role])
        sheet.write_string(row, 1, meaning, styles["cell_text"])
    return first + len(rows)


def write_contents(
    sheet: FormulaSheet,
    names: Sequence[str],
    styles: Styles,
    pages: Mapping[str, str],
    hidden: Sequence[str],
    absent: Mapping[str, str],
) -> None:
    """List the sheets with links, those that are hidden, and which are not there and why."""
    sheet.write_string(0, 0, "Contents", styles["title"])
    for column, name in enumerate(("Sheet", "What it holds")):
        sheet.write_string(3, column, name, styles["header"])
    for row, name in enumerate(names, 4):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", styles["link"], string=name)
        kind, _, option = name.partition(" ")
        known = DESCRIPTIONS.get(name) or pages.get(name)
        if kind == DATA and not known:
            known = f"The long tables among the inputs: {option.lower()}"
        meaning = known or f"Calculations by {kind.lower()[:-1]}, option {option}"
        sheet.write_string(row, 1, meaning, styles["cell_text"])
    for row, name in enumerate(hidden, 4 + len(names)):
        sheet.write_string(row, 0, name, styles["quiet_text"])
        sheet.write_string(row, 1, DESCRIPTIONS[name], styles["cell_text"])
    for row, (name, why) in enumerate(absent.items(), 5 + len(names) + len(hidden)):
        sheet.write_string(row, 0, name, styles["quiet_text"])
        sheet.write_string(row, 1, why, styles["note"])
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 80)


def write_sources(sheet: FormulaSheet, problem: Problem, styles: Styles) -> None:
    """List the sources that inputs cite, with how many cite each."""
    used: Counter[str] = Counter()
    for given in {values.input.key: values for values in problem.values.values()}.values():
        origins = [given.base_origin, *given.other_origins.values(), *given.option_origins.values()]
        origins += [origin for own in given.option_others.values() for origin in own.values()]
        used.update({origin.source for origin in origins})
    sheet.write_string(0, 0, "Sources", styles["title"])
    names = ("Id", "Title", "Address", "Date", "Licence", "Inputs citing it")
    for column, name in enumerate(names):
        sheet.write_string(3, column, name, styles["header"])
    listed = [s for id_, s in problem.inputs.sources.items() if used[id_]]
    for row, source in enumerate(listed, 4):
        texts = (source.id, source.title, source.address, source.date, source.licence)
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text, styles["cell_text"])
        sheet.write_string(row, 5, str(used[source.id]), styles["quiet"])
    for column, width in enumerate((10, 80, 60, 14, 20, 16)):
        sheet.set_column(column, column, width)
    sheet.freeze_panes(4, 2)
