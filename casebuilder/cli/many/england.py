"""`england`: the portfolio that ships: a small case for each of the 42 systems, worked out and added up."""

from __future__ import annotations

from typing import Annotated

import typer

from casebuilder.cli.errors import say
from casebuilder.cli.many.portfolio import (
    SEED,
    WORKBOOK,
    Folder,
    Scheduler,
    Seed,
    Workers,
    check_workers,
    output_folder,
    show,
)
from casebuilder.cli.output import console
from casebuilder.cli.parameters import Json
from casebuilder.cli.progress import progress

CASES = "cases"
DRAWS = 100


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(england)


def england(
    systems: Annotated[
        list[str] | None,
        typer.Argument(metavar="SYSTEM", help="Only these, by code: qyg. National totals need all."),
    ] = None,
    draws: Annotated[
        int,
        typer.Option("--draws", min=0, metavar="N", help="Draws of each case; 0 for the cases themselves."),
    ] = DRAWS,
    seed: Seed = SEED,
    workers: Workers = 1,
    scheduler: Scheduler = "",
    output: Folder = None,
    json: Json = False,
) -> None:
    """Make a small case for each of England's 42 systems, work them out and add them up."""
    check_workers(workers, scheduler)
    target = output_folder(output, "england")
    from casebuilder.inputs.portfolio import read_portfolio
    from casebuilder.summary.portfolio.england import print_england
    from casebuilder.tasks.many.run import Asked, run_portfolio
    from casebuilder.tasks.systems.make import make_england
    from casebuilder.tasks.systems.national import national
    from casebuilder.tasks.systems.report import SHARES, england_data, england_pages
    from casebuilder.workbook.portfolio import write_portfolio

    with progress() as tell:
        tell("Writing the cases")
        wanted = [system.lower() for system in systems or ()]
        _, stood = make_england(target / CASES, workers, tell, wanted)
        listed = read_portfolio(target / CASES, wanted)
        gathered = run_portfolio(listed, Asked(draws, seed, workers, scheduler), target, tell)
        whole = not systems and not gathered.failed
        data = england_data(national(listed.folders.values(), tell), gathered) if whole else None
        tell("Writing the workbook")
        write_portfolio(gathered, target / WORKBOOK, england_pages(data) if data else ())
    if data and not json:
        print_england(console(), data, SHARES)
    if stood:
        kept = f"{stood} cases stood in {target / CASES} and were taken as they are"
        say(f"note: {kept}; delete one to remake it")
    show(gathered, target, json, {"england": data} if data else {})
