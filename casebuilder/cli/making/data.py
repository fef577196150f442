"""`data`: official files as published become a case's tables."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebuilder.cli.errors import say
from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import Json
from casebuilder.cli.progress import progress

if TYPE_CHECKING:
    from rich.console import Console

    from casebuilder.tasks.data.outcome import Changed, Outcome

KINDS = ("dm01", "did", "ncc")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(data)


def data(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="KIND",
            help="dm01 (waits and activity), did (imaging dataset) or ncc (national cost collection).",
        ),
    ],
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE...", help="The files as published: .xls, .xlsx, .csv, or a .zip of them."
        ),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="CASE", help="The case whose tables are written.")
    ],
    last: Annotated[
        str | None,
        typer.Option("--last", metavar="MONTH", help="dm01, did: the last of the twelve months, as 2025-03."),
    ] = None,
    json: Json = False,
) -> None:
    """Read official NHS England files into a case's tables, and say what changed and what was left out."""
    if kind not in KINDS:
        raise typer.BadParameter(f"'{kind}' is no kind of file: it is {', '.join(KINDS)}", param_hint="KIND")
    if last is not None and kind == "ncc":
        raise typer.BadParameter("ncc is of a year and has no months", param_hint="--last")
    if last is not None and not _MONTH.fullmatch(last):
        raise typer.BadParameter(f"'{last}' is no month: write it as 2025-03", param_hint="--last")
    with progress() as tell:
        if kind == "dm01":
            from casebuilder.tasks.data.dm01 import data_dm01

            outcome = data_dm01(files, output, tell, last)
        elif kind == "did":
            from casebuilder.tasks.data.did import data_did

            outcome = data_did(files, output, tell, last)
        else:
            from casebuilder.tasks.data.ncc import data_ncc

            outcome = data_ncc(files, output, tell)
    if json:
        print_json(outcome.data)
        return
    shown = console()
    _print(shown, outcome)


def _print(shown: Console, outcome: Outcome) -> None:
    """What changed, and then all that must be said, under its own heading."""
    first, last = outcome.periods
    shown.print(f"{outcome.case}: {first} to {last}" if first != last else f"{outcome.case}: {first}")
    for each in outcome.changed:
        _print_table(shown, each)
    parts = {
        "Taken": outcome.taken,
        "Far from the months around it": outcome.unusual,
        "To change in the case": outcome.to_change,
        "Left out": outcome.left_out,
    }
    for heading, lines in parts.items():
        if lines:
            shown.print(f"{heading}:")
        for line in lines:
            shown.print(f"  {line}", soft_wrap=True)
    if not outcome.left_out:
        say("nothing was left out")


def _print_table(shown: Console, table: Changed) -> None:
    """A table's rows and sums before and after."""
    before = "new" if table.before is None else f"{table.before:,} before"
    shown.print(f"Wrote {table.file}: {table.after:,} rows ({before})")
    for name, (old, new) in table.sums.items():
        was = f"{old:>14,.1f}" if old is not None else f"{'none':>14}"
        shown.print(f"  {name:<24}{was} to {new:>14,.1f}")
