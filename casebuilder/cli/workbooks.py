"""Commands that write and check files: build, export and verify."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from casebuilder.cli.cases import evaluated
from casebuilder.cli.errors import AT_FAULT, say
from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, only_ours, print_json
from casebuilder.cli.parameters import CaseName, Json, OneOption, Sets
from casebuilder.cli.progress import progress
from casebuilder.errors import CaseError

OUTPUTS = Path("outputs")
# So many draws stand behind the ranges of a workbook unless --draws says otherwise.
DRAWS = 1_000
WORKBOOK, TABLES = (".xlsx",), (".csv", ".parquet")


class Engine(StrEnum):
    """The spreadsheet engines that can recalculate a workbook."""

    IRONCALC = "ironcalc"
    LIBREOFFICE = "libreoffice"


def register(app: typer.Typer) -> None:
    """Add the commands to the command line, in the order of the help."""
    for command in (build, export, verify):
        app.command()(command)


def _ending(path: Path | None, endings: tuple[str, ...]) -> Path | None:
    if path is not None and path.suffix.lower() not in endings:
        raise typer.BadParameter(f"'{path}' must end in {' or '.join(endings)}")
    return path


def build(
    case: CaseName,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="The workbook to write; by default outputs/<case>.xlsx.",
            callback=lambda path: _ending(path, WORKBOOK),
        ),
    ] = None,
    options: Annotated[
        str | None,
        typer.Option(
            "--options",
            metavar="A,B",
            help="Options to lay out in full beside the baseline and the one put forward; two at most.",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="A",
            help="An earlier case (folder or REV:path): what moved the headlines, on the sheet Change log.",
        ),
    ] = None,
    draws: Annotated[
        int,
        typer.Option(
            "--draws",
            metavar="N",
            min=0,
            help="How many cases that could be the ranges on Sensitivity are of; 0 for none.",
        ),
    ] = DRAWS,
    sets: Sets = [],  # noqa: B006 - typer copies it
    json: Json = False,
) -> None:
    """Write the workbook of a case and show its summary.

    Every workbook holds the scenarios of its case: one is chosen in the cell Scenario on the sheet Inputs.
    """
    if draws == 1:
        raise typer.BadParameter("a range is of two draws at least: give 0 for none")
    from casebuilder import __version__
    from casebuilder.summary.case.more import summary_more
    from casebuilder.summary.case.overview import print_summary
    from casebuilder.summary.data import summary_data
    from casebuilder.tasks.diff.run import moved_since
    from casebuilder.workbook.build import build as write
    from casebuilder.workbook.layout.laid_out import wanted

    with progress() as tell:
        worked = evaluated(case, sets, tell)
        tell("Ranking the inputs")
        ranking = worked.findings.ranking
        told = worked.findings.told(
            draws, tell=lambda done, of: tell(f"Working out draws: {done:,} of {of:,}")
        )
        path = output or OUTPUTS / f"{worked.name}.xlsx"
        more = wanted(options.split(","), worked.problem.frame) if options is not None else ()
        moved = moved_since(since, worked, tell) if since is not None else None
        built = write(
            worked.results,
            worked.headlines,
            worked.checks,
            worked.findings,
            path,
            __version__,
            tell,
            more,
            moved,
            draws,
        )
    shown = worked.problem.frame.option_ids
    parts = worked.results, worked.headlines, worked.checks, __version__, shown
    if json:
        print_json(summary_data(*parts, summary_more(worked.results, worked.headlines, ranking)))
    else:
        print_summary(console(), *parts, ranking)
        ranges = "without ranges" if told is None else f"ranges of {len(told.simulation.draws):,} draws"
        size = f"{built.formula_cells:,} formula cells, {built.bytes / 1e6:.1f} MB"
        print(f"\nWrote {built.path}: {size}, {ranges}.")
    tell_notices(worked)
    fail_on_checks(worked)


def export(
    case: CaseName,
    output: Annotated[
        Path,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="The file to write: .csv or .parquet.",
            callback=lambda path: _ending(path, TABLES),
        ),
    ],
    option: OneOption = None,
    chapter: Annotated[
        str | None, typer.Option("--chapter", metavar="CHAPTER", help="The lines of one chapter.")
    ] = None,
    sets: Sets = [],  # noqa: B006 - typer copies it
) -> None:
    """Write every line of a case as one tidy table."""
    from casebuilder.case import load_case
    from casebuilder.tasks.export import export as write
    from casebuilder.tasks.export import too_long_for_excel

    with progress() as tell:
        tell("Reading the case")
        loaded = load_case(case, sets)
        tell("Evaluating")
        results = loaded.results
        results.require()  # a file without a word on it would pass what is unknown for empty
        rows = write(results, output, tell, option, chapter)
        tell("Running the checks")
        _ = loaded.checks
    if warning := too_long_for_excel(output, rows):
        say(f"warning: {warning}")
    print(f"Wrote {output}: {rows:,} rows.")
    tell_notices(loaded)
    fail_on_checks(loaded)


def verify(
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="The .xlsx file.")],
    engine: Annotated[Engine, typer.Option("--engine", help="What recalculates it.")] = Engine.IRONCALC,
    json: Json = False,
) -> None:
    """Recalculate every formula cell of a workbook, compare, and name every formula that was changed."""
    if not workbook.is_file():
        folder = "; a folder or a case is no workbook: build the case, and give the .xlsx that build wrote"
        raise CaseError(f"no workbook {workbook}{folder if workbook.suffix.lower() != '.xlsx' else ''}")
    from casebuilder.cli.verification import faults_of, print_verification, verification_data
    from casebuilder.workbook.proof.verify import verify as recalculate

    with progress() as tell, only_ours():
        found = recalculate(workbook, engine.value, tell)
    if json:
        print_json(verification_data(found))
    else:
        print_verification(console(), workbook, found)
    if not found.agrees or (found.status and found.status.stops):
        sys.stdout.flush()
        for fault in faults_of(found):
            say(f"{workbook}: {fault}")
        raise typer.Exit(AT_FAULT)
