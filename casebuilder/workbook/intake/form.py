"""The form as a whole: its sheets in order, protected without a password, and moved into its place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from casebuilder.errors import CaseError
from casebuilder.evaluate.problem import Problem
from casebuilder.findings import Findings
from casebuilder.inputs.templates.read import template
from casebuilder.inputs.values import Members
from casebuilder.workbook.edits.start import INTAKE, start_of, write_start, written_grids
from casebuilder.workbook.intake import words
from casebuilder.workbook.intake.chosen import Chooser
from casebuilder.workbook.intake.columns import FULL, HEADER_ROW, NOTE, SHORT, STATUS, Columns, columns_for
from casebuilder.workbook.intake.cover import write_cover
from casebuilder.workbook.intake.owned import owned
from casebuilder.workbook.intake.paste import write_paste
from casebuilder.workbook.intake.rows import FormRow, by_key, form_rows
from casebuilder.workbook.intake.status import CHANGED, FAULT, counted
from casebuilder.workbook.intake.table import FormTable
from casebuilder.workbook.intake.to_do import write_to_do
from casebuilder.workbook.layout.columns import letter, quoted
from casebuilder.workbook.layout.limits import Limits
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles
from casebuilder.workbook.writing.whole import close_packed, new_workbook, written_whole

Progress = Callable[[str], None]
# Anyone may filter, widen a column and set a row's height.
_ALLOWED = {"autofilter": True, "format_columns": True, "format_rows": True, "select_locked_cells": True}
_REFERENCE_FILES = "reference/"


@dataclass(frozen=True)
class Form:
    """What was written.

    Attributes
    ----------
    path
        The file.
    rows
        By sheet how many rows of values it has.
    trust
        The trust that it is for; None for all.
    """

    path: Path
    rows: Mapping[str, int]
    trust: str | None


@dataclass
class Content:
    """The rows of a form, each on one sheet.

    Attributes
    ----------
    sections
        By sheet its headings with their rows.
    columns
        By sheet what heads its columns before the periods.
    elsewhere
        The rows of inputs that every bid has and that do not fit on Your bid.
    """

    sections: dict[str, list[tuple[str, list[FormRow]]]] = field(default_factory=dict)
    columns: dict[str, Sequence[str]] = field(default_factory=dict)
    elsewhere: list[list[FormRow]] = field(default_factory=list)

    def add(self, sheet: str, sections: list[tuple[str, list[FormRow]]], columns: Sequence[str]) -> None:
        """A sheet, where it has any row."""
        if any(rows for _, rows in sections):
            self.sections[sheet], self.columns[sheet] = sections, columns

    def rows(self, sheet: str) -> list[FormRow]:
        """The rows of a sheet."""
        return [row for _, rows in self.sections[sheet] for row in rows]


def write_intake(
    problem: Problem,
    findings: Findings,
    path: Path,
    version: str,
    trust: str | None = None,
    progress: Progress = lambda _: None,
) -> Form:
    """Write the form of a case.

    Parameters
    ----------
    problem, findings
        The case, and what is found out about it.
    path
        Where the form goes; an older file is replaced only when the new one is whole.
    version
        The version of casebuilder.
    trust
        The id of the trust that it is for: it shows only what that trust owns. None for all values.
    progress
        Told the name of each stage.

    Raises
    ------
    CaseError
        The file cannot be written, or a trust owns nothing in the case.
    """
    with written_whole(path) as draft:
        return _Writer(problem, findings, draft, path, version, trust, progress).write()


def content_of(problem: Problem, findings: Findings, trust: str | None) -> Content:
    """Which rows stand on which sheet: each row that the form shows on one.

    Parameters
    ----------
    problem, findings, trust
        As for `write_intake`.
    """
    named = template("workbook/intake.yaml")
    rows = form_rows(problem)
    if trust is not None:
        rows = owned(rows, problem, trust, named)
    every, register = by_key(rows), named["register"]
    lists = [row for key in (*named["dm01"].values(), *named["demand"]) for row in every.get(key, ())]
    kit = [
        row for key in (register["given"], register["due"], *register["beside"]) for row in every.get(key, ())
    ]
    together = [row for key in named["pool"] for row in every.get(key, ())]
    apart = {*lists, *kit, *together}
    chooser = Chooser((row for row in rows if row not in apart), named)
    bid = chooser.sections(findings.to_do, findings.ranking)
    apart |= {row for _, taken in bid for row in taken}
    content = Content(elsewhere=[every[key] for key in chooser.elsewhere])
    content.add(words.BID, bid, FULL)
    content.add(words.DEMAND, _by_input(lists), SHORT)
    content.add(words.REGISTER, _by_input(kit), SHORT)
    content.add(words.POOL, _by_input(together), SHORT)
    content.add(words.REFERENCE, [("", [row for row in rows if row not in apart])], FULL)
    return content


def _by_input(rows: Sequence[FormRow]) -> list[tuple[str, list[FormRow]]]:
    """Rows under the names of their inputs."""
    return [(found[0].item.label, found) for found in by_key(rows).values()]


class _Writer:
    """Writes one form."""

    def __init__(
        self,
        problem: Problem,
        findings: Findings,
        draft: Path,
        path: Path,
        version: str,
        trust: str | None,
        progress: Progress,
    ) -> None:
        self.problem, self.findings, self.trust = problem, findings, trust
        self.named = template("workbook/intake.yaml")
        self.draft, self.path, self.version, self.progress = draft, path, version, progress

    def write(self) -> Form:
        problem, limits = self.problem, Limits()
        self.progress("Choosing the rows")
        content = content_of(problem, self.findings, self.trust)
        if not content.sections:
            raise CaseError(f"{self.trust} owns no value of the case: no form is written")
        self.progress("Writing the form")
        workbook = new_workbook(self.draft)
        styles = Styles(workbook, template("workbook/styles.yaml"))
        names = [words.COVER, *content.sections, words.TO_DO]
        sheets: dict[str, FormulaSheet] = {name: workbook.add_worksheet(name, FormulaSheet) for name in names}
        for sheet in sheets.values():
            sheet.limits = limits
        titles = {chapter.name: chapter.title for chapter in problem.chapters}
        table = FormTable(problem, styles, reference_of(problem), titles)
        counts: dict[str, tuple[str, int]] = {}
        for name in content.sections:
            columns = columns_for(problem.frame, content.rows(name), content.columns[name])
            headed = content.columns[name] == SHORT
            last = table.write(sheets[name], content.sections[name], columns, headed=headed)
            span = f"${letter(columns[STATUS])}${HEADER_ROW + 1}:${letter(columns[STATUS])}${last}"
            counts[name] = (f"{quoted(name)}!{span}", last)
            self._top(sheets[name], name, span, styles)
            if name in words.PASTE:
                write_paste(sheets[name], columns, words.PASTE[name], self.named["paste_columns"], styles)
            below = 2 + len(content.elsewhere) if name == words.BID and content.elsewhere else 0
            self._page(sheets[name], columns, last + below, name)
        if words.BID in counts:
            self._elsewhere(sheets[words.BID], counts[words.BID][1], content.elsewhere, table, styles)
        write_to_do(sheets[words.TO_DO], self._left(content), table.places, styles)
        spans = {name: span for name, (span, _) in counts.items()}
        rows = {name: len(content.rows(name)) for name in content.sections}
        write_cover(
            sheets[words.COVER], problem, styles, self.version, self.trust, rows, spans, self.path.name
        )
        self._front_page(sheets[words.COVER], 1)
        self._front_page(sheets[words.TO_DO], 0)
        for sheet in sheets.values():
            sheet.protect("", _ALLOWED)
        info = problem.inputs.info
        workbook.set_properties(
            {
                "title": f"{info.title}: values",
                "author": info.host if self.trust is None else "",
                "comments": f"casebuilder {self.version}; intake form",
            }
        )
        limits.raise_any()
        grids = written_grids(workbook, {name: sheets[name] for name in content.sections})
        case = info.folder.resolve().name
        write_start(workbook, start_of(INTAKE, case, self.version, problem.inputs.sha256, grids))
        sheets[words.COVER].activate()
        self.progress("Saving the form")
        close_packed(workbook)
        return Form(self.path, rows, self.trust)

    def _elsewhere(
        self,
        sheet: FormulaSheet,
        last: int,
        inputs: Sequence[Sequence[FormRow]],
        table: FormTable,
        styles: Styles,
    ) -> None:
        """Below the rows of Your bid, links to what every bid has and for which it has too many rows."""
        if not inputs:
            return
        sheet.write_string(last + 1, 1, "Too many rows for this sheet", styles["heading"])
        for at, rows in enumerate(inputs, last + 2):
            name, row = table.places[rows[0].key]
            text = f"{rows[0].item.label}: {len(rows)} rows, from row {row} of {name}"
            sheet.write_url(at, 1, f"internal:'{name}'!B{row}", styles["link"], string=text)

    def _left(self, content: Content) -> list[tuple[Any, list[FormRow]]]:
        """What is still to do, with the rows that it is about; on a trust's form only what it owns."""
        every = by_key(row for sheet in content.sections for row in content.rows(sheet))
        found = []
        for each in self.findings.to_do:
            wanted = set(each.to_do.values)
            rows = [
                row
                for row in every.get(each.to_do.key, ())
                if row.option == each.to_do.option and not wanted.isdisjoint(row.combinations)
            ]
            if rows or self.trust is None:
                found.append((each, rows))
        return found

    def _top(self, sheet: FormulaSheet, name: str, span: str, styles: Styles) -> None:
        """What a sheet is for, and how many rows of it are changed or at fault."""
        sheet.write_string(0, 1, name, styles["title"])
        sheet.set_row(0, 24)
        for row, line in enumerate(words.SHEETS[name], 1):
            sheet.write_string(row, 1, line, styles["quiet_text"])
        for row, word, text in ((3, CHANGED, "Rows changed"), (4, FAULT, "Rows at fault")):
            sheet.write_string(row, 1, text, styles["quiet_text"])
            sheet.write_ready(row + 1, 4, counted([span], word), styles.number("count", "item"), 0.0)
        rule = {"type": "cell", "criteria": ">", "value": 0, "format": styles["bad"]}
        sheet.conditional_format(4, 3, 4, 3, rule)

    def _page(self, sheet: FormulaSheet, columns: Columns, last: int, name: str) -> None:
        """How a sheet is shown and printed: names and headers on every page."""
        if name == words.REFERENCE:
            sheet.autofilter(HEADER_ROW - 1, 1, last - 1, columns[NOTE])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(HEADER_ROW - 1)
        sheet.print_area(0, 1, last - 1, columns[STATUS] - 1)
        sheet.fit_to_pages(1, 0)
        self._common(sheet)

    def _front_page(self, sheet: FormulaSheet, tall: int) -> None:
        sheet.set_paper(9)
        sheet.set_landscape()
        sheet.fit_to_pages(1, tall)
        self._common(sheet)

    def _common(self, sheet: FormulaSheet) -> None:
        sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        sheet.hide_gridlines(2)
        sheet.set_footer("&L&F&C&A&RPage &P of &N")
        sheet.set_zoom(100)


def reference_of(problem: Problem) -> dict[tuple[str, Members], float | str]:
    """What the reference set has for each value of the base case for which it has any."""
    found: dict[tuple[str, Members], float | str] = {}
    for given in problem.inputs.values.values():
        for members, value in given.base.items():
            if given.origin(None, members).file.startswith(_REFERENCE_FILES):
                found[given.input.key, members] = value.amount
    for override in problem.inputs.overrides:
        if override.option is None:
            found.setdefault((override.key, override.members), override.before)
    return found
