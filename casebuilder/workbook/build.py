"""Build a bid's workbook: every sheet in order, written beside its place and moved into it."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException

from casebuilder.errors import CaseError
from casebuilder.evaluate.checks import Checks
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.inputs.templates import template
from casebuilder.workbook.calculations import CalculationWriter
from casebuilder.workbook.checks_sheet import ChecksWriter
from casebuilder.workbook.front import write_contents, write_cover, write_sources
from casebuilder.workbook.inputs_sheet import InputsWriter
from casebuilder.workbook.layout import (
    HEADER_ROW,
    INPUT_HEADER_ROW,
    INPUTS,
    KINDS,
    lay_out,
)
from casebuilder.workbook.options_sheet import write_options
from casebuilder.workbook.pages import Pages
from casebuilder.workbook.sheet import FormulaSheet
from casebuilder.workbook.status import write_band
from casebuilder.workbook.styles import Styles
from casebuilder.workbook.summary_sheet import write_summary

Progress = Callable[[str], None]


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
    path: Path,
    version: str,
    progress: Progress = lambda _: None,
) -> Built:
    """Write the workbook.

    Parameters
    ----------
    results
        The values of every line.
    found, checks
        The headlines and the checks of those results.
    path
        Where the workbook goes; an older one is replaced only when the new one is whole.
    version
        The version of casebuilder, for the cover.
    progress
        Told the name of each stage.

    Raises
    ------
    CaseError
        The folder cannot be written to, or a line has no value: such a case has no workbook.
    LayoutError
        A line has no formula.
    """
    results.require()
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        cells = _write(results, found, checks, draft, version, progress)
        progress("Moving the workbook into place")
        os.replace(draft, path)
    except OSError as fault:
        raise CaseError(f"cannot write {path}: {fault.strerror or fault}") from fault
    except XlsxWriterException as fault:  # xlsxwriter's own word for what the system refused
        what = getattr(fault.__context__, "strerror", None) or fault
        raise CaseError(f"cannot write {path}: {what}") from fault
    finally:
        with suppress(OSError):
            draft.unlink()
    return Built(path, cells, path.stat().st_size)


def _write(
    results: Results, found: Mapping[str, OptionResult], checks: Checks, draft: Path, version: str,
    progress: Progress,
) -> int:  # fmt: skip
    problem = results.problem
    progress("Laying out the sheets")
    layout = lay_out(problem)
    workbook = Workbook(str(draft), {"strings_to_formulas": False, "strings_to_urls": False,
                                     "strings_to_numbers": False})  # fmt: skip
    styles = Styles(workbook, template("workbook/styles.yaml"))
    pairs = [(kind, option) for option in problem.frame.option_ids for kind in layout.kinds]
    pages = Pages(workbook, layout, results, styles, template("workbook/pages.yaml"), template("words.yaml"))
    names = ["Cover", "Contents", "Summary", "Options", *pages.names, INPUTS]
    names += [layout.sheet_name(*pair) for pair in pairs] + ["Checks", "Sources"]
    sheets: dict[str, FormulaSheet] = {
        name: workbook.add_worksheet(name, FormulaSheet) for name in names
    }
    write_cover(sheets["Cover"], problem, styles, version)
    write_contents(sheets["Contents"], names, styles, pages.names)
    checked = ChecksWriter(layout, styles, checks)
    cells = write_summary(sheets["Summary"], workbook, layout, styles, found, checked,
                          template("workbook/layout.yaml")["summary"])  # fmt: skip
    cells += write_options(sheets["Options"], layout, styles, found)
    progress("Writing the pages")
    cells += pages.write(sheets)
    inputs = InputsWriter(layout, styles)
    inputs.write(sheets[INPUTS])
    sheets[INPUTS].write_string(0, 0, "Inputs", styles["title"])
    calculations = CalculationWriter(layout, results, styles)
    for kind, option in pairs:
        progress(f"Writing {kind.lower()} of {option}")
        calculations.write(sheets[layout.sheet_name(kind, option)], kind, option)
    checked.write(sheets["Checks"])
    write_sources(sheets["Sources"], problem, styles)
    for name, sheet in sheets.items():
        write_band(sheet, styles, checks.status)
        _page(sheet, name, pages.names)
    info = problem.inputs.info
    workbook.set_properties({
        "title": info.title, "author": info.host, "subject": "Business case model",
        "comments": f"casebuilder {version}; inputs {problem.inputs.sha256}",
        "created": _made_on(),
    })  # fmt: skip
    progress("Saving the workbook")
    workbook.close()
    return cells + inputs.cells + calculations.cells + checked.cells + len(names) - 1


def _page(sheet: FormulaSheet, name: str, pages: Collection[str]) -> None:
    """How a sheet is printed; the pages have set their paper, scale and breaks themselves."""
    wide = name.startswith((*KINDS, INPUTS))
    sheet.set_landscape()
    if name not in pages:
        sheet.set_paper(8 if wide else 9)
    if wide:  # many periods: print across several pages, names and headers on each
        sheet.set_print_scale(55)
        sheet.repeat_columns(0, 1)
        sheet.repeat_rows(0, (INPUT_HEADER_ROW if name == INPUTS else HEADER_ROW) - 1)
    elif name not in pages:
        sheet.fit_to_pages(1, 1 if name == "Summary" else 0)
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
