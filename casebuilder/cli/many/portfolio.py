"""`portfolio`: many cases in one run, in one table and one workbook."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casebuilder.cli.errors import AT_FAULT, one_line
from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import Json
from casebuilder.cli.progress import progress

if TYPE_CHECKING:
    from casebuilder.analysis.many.gathered import Gathered

OUTPUTS = Path("outputs")
WORKBOOK = "portfolio.xlsx"
DRAWS, SEED = 1_000, 1

Draws = Annotated[
    int, typer.Option("--draws", min=0, metavar="N", help="Draws of each case; 0 for the cases themselves.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, metavar="S", help="The same seed, the same draws.")]
Workers = Annotated[
    int, typer.Option("--workers", min=1, metavar="N", help="Processes to share the work; 1 is this one.")
]
Scheduler = Annotated[
    str,
    typer.Option(
        "--scheduler", metavar="ADDRESS", help="A Dask scheduler whose workers do it: tcp://HOST:PORT."
    ),
]
Folder = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FOLDER", help="Where results go; by default outputs/<name>."),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(portfolio)


def portfolio(
    folder: Annotated[
        Path,
        typer.Argument(metavar="DIR", help="A folder of cases, or with a portfolio.yaml that lists them."),
    ],
    cases: Annotated[
        list[str] | None, typer.Argument(metavar="CASE", help="Only these, by their names.")
    ] = None,
    draws: Draws = DRAWS,
    seed: Seed = SEED,
    workers: Workers = 1,
    scheduler: Scheduler = "",
    output: Folder = None,
    json: Json = False,
) -> None:
    """Work out many cases in one run. A run that was stopped goes on from what it had finished."""
    check_workers(workers, scheduler)
    from casebuilder.inputs.portfolio import read_portfolio
    from casebuilder.tasks.many.run import Asked, run_portfolio
    from casebuilder.workbook.portfolio import write_portfolio

    listed = read_portfolio(folder, cases or ())
    target = output_folder(output, listed.name)
    with progress() as tell:
        gathered = run_portfolio(listed, Asked(draws, seed, workers, scheduler), target, tell)
        tell("Writing the workbook")
        write_portfolio(gathered, target / WORKBOOK)
    show(gathered, target, json)


def output_folder(given: Path | None, name: str) -> Path:
    """Where results go.

    Raises
    ------
    BadParameter
        A file stands there.
    """
    plain = re.sub(r"[^\w.-]+", "_", name).strip("_.") or "portfolio"
    target = given or OUTPUTS / plain.lower()
    if target.is_file():
        raise typer.BadParameter(f"{target} is a file: give a folder", param_hint="-o")
    return target


def check_workers(workers: int, scheduler: str) -> None:
    """One way to share the work.

    Raises
    ------
    BadParameter
        Two are given.
    """
    if scheduler and workers > 1:
        raise typer.BadParameter("give --workers or --scheduler, not both")


def show(gathered: Gathered, target: Path, json: bool, more: Mapping[str, Any] | None = None) -> None:
    """Print a portfolio, name what is at fault, and exit with 1 if anything is; `more` goes into the JSON."""
    from casebuilder.summary.portfolio.cases import portfolio_data, print_portfolio

    if json:
        files = {"table": str(target / "results.parquet"), "workbook": str(target / WORKBOOK)}
        print_json({**portfolio_data(gathered), **(more or {}), **files})
    else:
        print_portfolio(console(), gathered)
        print(f"\nWrote {target / 'results.parquet'} and {target / WORKBOOK}.")
    sys.stdout.flush()
    for failed in gathered.failed:
        for fault in failed.faults:
            print(one_line(f"{failed.case}: {fault}"), file=sys.stderr)
    for found in gathered.with_faults:
        for fault in found.head.faults:
            print(one_line(f"{found.head.case}: {fault}"), file=sys.stderr)
    if gathered.failed or gathered.with_faults:
        raise typer.Exit(AT_FAULT)
