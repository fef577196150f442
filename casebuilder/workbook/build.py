"""Build a bid's workbook: every sheet in order, written beside its place and moved into it."""

from __future__ import annotations

import datetime
import gc
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook

from casebuilder.analysis.bridge.difference import Difference
from casebuilder.evaluate.checks import Checks
from casebuilder.evaluate.decision.grounds import grounds
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.findings import Findings
from casebuilder.inputs.templates.read import pages as page_templates
from casebuilder.inputs.templates.read import template
from casebuilder.workbook.edits.start import SHEET as START
from casebuilder.workbook.edits.start import WORKBOOK, start_of, write_start, written_grids
from casebuilder.workbook.layout.addresses import HEADER_ROW, INPUT_HEADER_ROW, KINDS, Layout
from casebuilder.workbook.layout.laid_out import laid_out
from casebuilder.workbook.layout.limits import Limits, Refused, over_names
from casebuilder.workbook.layout.scenarios import SCENARIOS, opened_for, selectable
from casebuilder.workbook.pages.pages import Pages
from casebuilder.workbook.readings.nearby import lay_out_near
from casebuilder.workbook.sheets.calculations import CalculationWriter
from casebuilder.workbook.sheets.changes import SHEET as CHANGES
from casebuilder.workbook.sheets.changes import write_changes
from casebuilder.workbook.sheets.checks import ChecksWriter
from casebuilder.workbook.sheets.fingerprint import write_fingerprint
from casebuilder.workbook.sheets.front import write_contents, write_cover, write_seal, write_sources
from casebuilder.workbook.sheets.inputs import InputsWriter
from casebuilder.workbook.sheets.options import write_options
from casebuilder.workbook.sheets.sensitivity.page import AFTER, SENSITIVITY, Analysed, write_sensitivity
from casebuilder.workbook.sheets.sensitivity.ranges import drawn
from casebuilder.workbook.sheets.status import write_band
from casebuilder.workbook.sheets.summary_page.page import write_summary
from casebuilder.workbook.writing.formula_fingerprint import SHEET as FINGERPRINT
from casebuilder.workbook.writing.sheet import FormulaSheet
from casebuilder.workbook.writing.styles import Styles
from casebuilder.workbook.writing.whole import close_packed, new_workbook, written_whole

Progress = Callable[[str], None]
# Without a password: against slips, not against people. Anyone may filter and widen.
_ALLOWED = {"autofilter": True, "format_columns": True, "format_rows": True}


@dataclass(frozen=True)
class Built:
    """What was written."""

    path: Path
    formula_cells: int
    bytes: int


def build(
    results: Results,
    found: Mapping[str, OptionResult],
    checks: Checks,
    findings: Findings,
    path: Path,
    version: str,
    progress: Progress = lambda _: None,
    more: Sequence[str] = (),
    since: Difference | None = None,
    draws: int = 0,
) -> Built:
    """Write the workbook.

    Parameters
    ----------
    results
        The values of every line.
    found, checks, findings
        The headlines, the checks and the findings of those results.
    path
        Where the workbook goes; an older one is replaced only when the new one is whole.
    version
        The version of casebuilder, for the cover.
    progress
        Told the name of each stage.
    more
        The options to lay out beside the baseline and the one put forward; by default as the case says.
    since
        What differs from an earlier case, for the bridge on the sheet of changes.
    draws
        How many draws the ranges on Sensitivity are of; with none it says so.

    Raises
    ------
    CaseError
        The folder cannot be written to, or a line has no value: such a case has no workbook.
    LayoutError
        A line has no formula.
    """
    results.require()
    with written_whole(path) as draft:
        progress("Laying out the sheets")
        frame = results.problem.frame
        scenarios = selectable(results.problem, findings.scenarios)
        layout = lay_out_near(
            opened_for(results.problem, scenarios),
            laid_out(frame, more or results.problem.inputs.in_workbook),
            scenarios,
        )
        with _cells_not_collected():
            cells = _write(layout, results, found, checks, findings, draft, version, progress, since, draws)
        progress("Moving the workbook into place")
    return Built(path, cells, path.stat().st_size)


def rehearse(
    results: Results,
    found: Mapping[str, OptionResult],
    checks: Checks,
    findings: Findings,
    progress: Progress = lambda _: None,
) -> None:
    """Compose the workbook without writing it, so that what `build` would refuse is known before.

    Each line is composed once, for the option of the longest name that holds it: in other options its
    formulas differ only in the names of the sheets they read.

    Raises
    ------
    CaseError
        What `build` would raise: a line without a formula, an analysis that cannot be made, or anything
        that Excel would refuse.
    """
    scenarios = selectable(results.problem, findings.scenarios)
    layout = lay_out_near(opened_for(results.problem, scenarios), scenarios=scenarios)
    nowhere = Path(os.devnull)
    _, _, limits = _compose(layout, results, found, checks, findings, nowhere, "", progress, seal=False)
    limits.raise_any()


@contextmanager
def _cells_not_collected() -> Iterator[None]:
    """While cells are made nothing becomes rubbish in cycles: looking for it takes a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write(
    layout: Layout,
    results: Results,
    found: Mapping[str, OptionResult],
    checks: Checks,
    findings: Findings,
    draft: Path,
    version: str,
    progress: Progress,
    since: Difference | None,
    draws: int,
) -> int:
    workbook, cells, limits = _compose(
        layout, results, found, checks, findings, draft, version, progress, since, draws, seal=True
    )
    limits.raise_any()
    progress("Saving the workbook")
    close_packed(workbook)
    return cells


def _compose(
    layout: Layout,
    results: Results,
    found: Mapping[str, OptionResult],
    checks: Checks,
    findings: Findings,
    draft: Path,
    version: str,
    progress: Progress,
    since: Difference | None = None,
    draws: int = 0,
    *,
    seal: bool,
) -> tuple[Workbook, int, Limits]:
    """All sheets; their formula cells, and what is refused.

    With `seal` every line is written for every option that holds it, else once, and the fingerprint of the
    formulas is taken, once nothing is refused.
    """
    problem = results.problem
    limits = Limits()
    workbook = new_workbook(draft)
    styles = Styles(workbook, template("workbook/styles.yaml"))
    pairs = [(kind, option) for option in layout.own for kind in layout.kinds]
    pages = Pages(workbook, layout, results, findings, styles, page_templates(), template("words.yaml"))
    inputs = InputsWriter(layout, styles)
    names = ["Cover", "Contents", "Summary", "Options", *pages.names, *inputs.sheets]
    names.insert(1 + names.index(next(name for name in AFTER if name in names)), SENSITIVITY)
    names += [SCENARIOS] if inputs.scenarios.there else []
    names += [layout.sheet_name(*pair) for pair in pairs] + ["Checks", "Sources", CHANGES]
    limits.refused += [Refused(name, "A1", "", what) for name, what in over_names(names)]
    if limits.refused:
        limits.raise_any()
    sheets: dict[str, FormulaSheet] = {name: workbook.add_worksheet(name, FormulaSheet) for name in names}
    for sheet in sheets.values():
        sheet.limits = limits
    seal_row = write_cover(sheets["Cover"], problem, styles, version)
    choosers = f"{pages.selection.not_listed}+{inputs.scenarios.not_listed}"
    told = findings.told(draws)
    ranges = "" if told is None else f"ranges of {drawn(told)}"
    checked = ChecksWriter(layout, styles, checks, choosers, ranges)
    # A rehearsal need not work out what is written as plain values.
    if seal:
        ranking, switching = findings.ranking, findings.switching
        analysed = Analysed(told, draws, ranking, findings.stressed, findings.by_scenario, switching)
    else:
        ranking, analysed = None, Analysed(told, draws, None, (), None, {})
    cells = write_summary(
        sheets["Summary"],
        workbook,
        layout,
        styles,
        found,
        checked,
        grounds(results, found),
        ranking,
        told,
        template("workbook/layout.yaml")["summary"],
    )
    cells += write_options(sheets["Options"], layout, styles, found)
    cells += write_sensitivity(sheets[SENSITIVITY], workbook, layout, styles, results, found, analysed)
    progress("Writing the pages")
    cells += pages.write(sheets)
    hidden = [FINGERPRINT, START]
    if pages.engine.sheet is not None:
        hidden.insert(0, pages.engine.sheet.name)
        sheets[pages.engine.sheet.name] = pages.engine.sheet
    write_contents(sheets["Contents"], names, styles, pages.names, hidden, pages.absent)
    for name in inputs.sheets:
        inputs.write(sheets[name], name)
    if inputs.scenarios.there:
        inputs.scenarios.write(sheets[SCENARIOS])
    calculations = CalculationWriter(layout, results, styles)
    once = {} if seal else {kind: layout.each_once(kind) for kind in layout.kinds}
    for kind, option in pairs:
        progress(f"Writing {kind.lower()} of {option}")
        blocks = layout.blocks_on(kind, option) if seal else once[kind][option]
        calculations.write(sheets[layout.sheet_name(kind, option)], kind, option, blocks)
    checked.write(sheets["Checks"])
    write_sources(sheets["Sources"], problem, styles)
    cells += write_changes(sheets[CHANGES], layout, styles, since)
    for name, sheet in sheets.items():
        write_band(sheet, styles, checks.status)
        _page(sheet, name, pages.names, inputs.sheets)
        sheet.protect("", _ALLOWED)
    info = problem.inputs.info
    workbook.set_properties(
        {
            "title": info.title,
            "author": info.host,
            "subject": "Business case model",
            "comments": f"casebuilder {version}; inputs {problem.inputs.sha256}",
            "created": _made_on(),
        }
    )
    if seal:
        limits.raise_any()
        progress("Taking the fingerprint of the formulas")
        written = write_fingerprint(workbook, sheets, version, problem.inputs.sha256)
        write_seal(sheets["Cover"], seal_row, styles, written)
        grids = written_grids(workbook, {name: sheets[name] for name in inputs.sheets})
        write_start(
            workbook,
            start_of(
                WORKBOOK,
                info.folder.resolve().name,
                version,
                problem.inputs.sha256,
                grids,
                layout.scenarios,
                layout.trials,
            ),
        )
    cells += inputs.cells + inputs.scenarios.cells + calculations.cells + checked.cells + len(sheets) - 1
    return workbook, cells, limits


def _page(sheet: FormulaSheet, name: str, pages: Collection[str], inputs: Collection[str]) -> None:
    """How a sheet is printed; the pages have set their paper, its way up, scale and breaks themselves."""
    wide = name.startswith(KINDS) or name in inputs
    if name not in pages:
        sheet.set_landscape()
        sheet.set_paper(8 if wide or name == SENSITIVITY else 9)
    if wide:  # many periods: print across several pages, names and headers on each
        sheet.set_print_scale(55)
        sheet.repeat_columns(0, 1)
        sheet.repeat_rows(0, (INPUT_HEADER_ROW if name in inputs else HEADER_ROW) - 1)
    elif name not in pages:
        sheet.fit_to_pages(1, 2 if name == "Summary" else 0)
    sheet.hide_gridlines(2)
    sheet.set_footer("&L&F&C&A&RPage &P of &N")
    sheet.set_zoom(85)


def _made_on() -> datetime.datetime:
    """The day of the build; SOURCE_DATE_EPOCH, if set, makes builds byte-equal."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = (
        datetime.datetime.fromtimestamp(int(epoch), datetime.UTC)
        if epoch and epoch.isdigit()
        else datetime.datetime.now(datetime.UTC)
    )
    return moment.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
