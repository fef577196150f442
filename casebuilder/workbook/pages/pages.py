"""The pages about operations: a sheet for each centre, waits, workforce and access.

What they show is declared in `templates/workbook/pages`; a page for which a case has no line is
left out. They follow the option and the month chosen on the first of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from xlsxwriter import Workbook

from casebuilder.evaluate.engine import Results
from casebuilder.findings import Findings
from casebuilder.workbook.layout.addresses import Layout
from casebuilder.workbook.layout.limits import fitted_name
from casebuilder.workbook.pages.absent import NOT_HERE, why_absent, write_absent
from casebuilder.workbook.pages.cells import PageCells, Spot
from casebuilder.workbook.pages.charts import ROW_HEIGHT, ChartWriter, room_for
from casebuilder.workbook.pages.lines import has_lines, write_lines
from casebuilder.workbook.pages.offers import write_offers
from casebuilder.workbook.pages.pooling import write_pooling
from casebuilder.workbook.pages.sharing import write_sharing
from casebuilder.workbook.pages.steps import write_steps
from casebuilder.workbook.pages.switching import write_switching
from casebuilder.workbook.pages.tables import LABEL_WIDTH, WIDTH, Page, Spec, TableWriter
from casebuilder.workbook.pages.trials import write_trials
from casebuilder.workbook.sheets.engine import EngineSheet
from casebuilder.workbook.sheets.selection import Selection
from casebuilder.workbook.writing.labels import fit_column
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles

HEAD_ROW, FIRST_ROW = 3, 6
_PAPER = {"A4": 9, "A3": 8}
_LEAST_COLUMNS = 12  # that a row of charts covers
_LABEL_WIDTHS = ((LABEL_WIDTH, 60), (22, 44))  # of the columns of labels, at least and at most
_NOTES_COLUMNS = 8  # that a note covers


@dataclass(frozen=True)
class Planned:
    """A page that the case has something for."""

    name: str
    about: str
    label: str
    spec: Spec
    spot: Spot


class Pages:
    """Plans, then writes, the pages.

    Parameters
    ----------
    workbook
        The workbook to draw charts in.
    layout, results, findings
        The addresses and the values of every line, and what analyses found out about them.
    styles
        The formats.
    specifications, words
        The contents of the templates of pages, in order, and of words.yaml.
    """

    def __init__(
        self,
        workbook: Workbook,
        layout: Layout,
        results: Results,
        findings: Findings,
        styles: Styles,
        specifications: Sequence[Spec],
        words: Mapping[str, Sequence[str]],
    ) -> None:
        """Find which pages there are."""
        self.workbook, self.styles, self.specifications = workbook, styles, specifications
        unchosen = PageCells(layout, results, Selection(layout, ""))
        self.engine = EngineSheet(workbook, styles)
        tables = TableWriter(unchosen, styles, words, self.engine, findings)
        self.planned = _plan(tables, specifications) if layout.problem.frame.ids("month") else []
        self.selection = Selection(layout, self.planned[0].name if self.planned else "")
        self.cells = PageCells(layout, results, self.selection)
        self.tables = TableWriter(self.cells, styles, words, self.engine, findings)

    @property
    def names(self) -> dict[str, str]:
        """The sheets in order, each with what it holds."""
        return {page.name: page.about for page in self.planned}

    @property
    def absent(self) -> dict[str, str]:
        """The pages that the case has nothing for, each with the reason."""
        there = {id(plan.spec) for plan in self.planned}
        found = {}
        for spec in self.specifications:
            if id(spec) not in there:
                name = spec["sheet"].format(id="…")
                found[name] = NOT_HERE.format(why_absent(self.tables, spec["blocks"]) or "nothing to show")
        return found

    def write(self, sheets: Mapping[str, FormulaSheet]) -> int:
        """Write every page; gives the number of formula cells."""
        pages = {plan.name: self._write(plan, sheets[plan.name]) for plan in self.planned}
        charts = ChartWriter(self.workbook, self.cells, self.styles, pages)
        for page in pages.values():
            charts.write(page)
        return sum(page.cells for page in pages.values()) + self.engine.cells

    def _write(self, plan: Planned, sheet: FormulaSheet) -> Page:
        page = Page(plan.name, plan.spec, plan.spot, plan.label, sheet)
        title = plan.spec["title"].format(label=plan.label)
        sheet.write_string(0, 0, title, self.styles["title"])
        if plan is self.planned[0]:
            page.cells += self.selection.write(sheet, self.styles)
            page.row = self.selection.last_row + 2
        else:
            link = f"internal:'{self.selection.sheet}'!B4"
            text = f"Choose another option or month on sheet {self.selection.sheet}"
            sheet.write_url(HEAD_ROW, 0, link, self.styles["link"], string=text)
            page.row = FIRST_ROW
        page.cells += self.selection.write_head(sheet, HEAD_ROW, self.styles)
        for block, spot in self._blocks(plan):
            page.spot = spot
            if block.get("new_page"):
                page.breaks.append(page.row - 1)
            before = page.row
            if "charts" in block:
                page.charts.append((page.row, block["charts"]))
                page.row += room_for(self.cells, block["charts"], plan.spot)
            elif "facts" in block:
                self.tables.write_facts(page, block)
            elif "steps" in block:
                write_steps(self.tables, page, block)
            elif "lines" in block:
                write_lines(self.tables, page, block)
            elif "pooling" in block:
                write_pooling(self.tables, page, block)
            elif "sharing" in block:
                write_sharing(self.tables, page, block)
            elif "offers" in block:
                write_offers(self.tables, page, block)
            elif "trials" in block:
                write_trials(self.tables, page, block)
            elif "switching" in block:
                write_switching(self.tables, page, block)
            else:
                self.tables.write(page, block)
            if page.row == before:
                write_absent(self.tables, page, block)
        page.spot = plan.spot
        self._columns(page)
        self._print(page)
        return page

    def _blocks(self, plan: Planned) -> Iterator[tuple[Spec, Spot]]:
        """The blocks of a page, and where each stands; blocks that repeat come in turn for each member."""
        for repeat, run in groupby(plan.spec["blocks"], key=lambda block: block.get("repeat")):
            blocks = list(run)
            for label, own in self.cells.spots(repeat, plan.spot.members) if repeat else [("", Spot())]:
                for block in blocks:
                    named = {"title": block["title"].format(member=label)} if repeat else {}
                    yield {**block, **named}, plan.spot & own

    def _columns(self, page: Page) -> None:
        page.sheet.set_column(1, max(page.widest, _LEAST_COLUMNS) - 1, WIDTH)
        for column, (least, most) in enumerate(_LABEL_WIDTHS[: max(1, page.labels)]):
            fit_column(page.sheet, self.styles, column, least, most)
        page.sheet.set_default_row(ROW_HEIGHT)  # said, so that charts cover the same rows in every program
        page.sheet.freeze_panes(HEAD_ROW, 1)

    def _print(self, page: Page) -> None:
        """On one page, or a page wide and as many long as it takes, broken where the page says."""
        page.sheet.set_paper(_PAPER[page.spec.get("paper", "A3")])
        if page.spec.get("upright"):
            page.sheet.set_portrait()
        else:
            page.sheet.set_landscape()
        wide = page.spec.get("pages_wide", 1)
        page.sheet.fit_to_pages(wide, 0 if page.spec.get("long") else 1)
        if wide > 1:
            page.sheet.repeat_columns(0, 0)
        page.sheet.set_h_pagebreaks(page.breaks)
        least = _LEAST_COLUMNS if page.charts or page.spec.get("paper") != "A4" else _NOTES_COLUMNS
        page.sheet.print_area(0, 0, page.row - 1, max(page.widest, least) - 1)


def _plan(tables: TableWriter, specs: Sequence[Spec]) -> list[Planned]:
    """The pages, one a member where a page repeats, that would show something."""
    frame, planned = tables.frame, []
    for spec in specs:
        over = spec.get("over")
        members = [(m, frame.label(over, m)) for m in frame.ids(over)] if over else [("", "")]
        for member, label in members:
            spot = Spot({over: member} if over else {})
            if tables.cells.kept(spec.get("only"), spot) and any(
                _shows(tables, block, spot) for block in spec["blocks"]
            ):
                name = fitted_name(spec["sheet"].format(id=member))
                planned.append(Planned(name, spec["about"].format(label=label), label, spec, spot))
    return planned


def _shows(tables: TableWriter, block: Spec, spot: Spot) -> bool:
    if "lines" in block:
        return has_lines(tables, block)
    if "rows" not in block:
        return False
    columns = tables.columns(block, spot)
    return bool(columns and tables.rows(block, spot, columns))
