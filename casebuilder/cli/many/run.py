"""`run`: some draws of every headline of one case, as one tidy file: the unit of larger work."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from casebuilder.cli.errors import say
from casebuilder.cli.output import fail_on_checks
from casebuilder.cli.parameters import CaseName, Sets
from casebuilder.cli.progress import progress

OUTPUTS = Path("outputs")
_RANGE = re.compile(r"(\d+):(\d+)")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(run)


def draws_typed(text: str) -> range:
    """Draws as `0:500` is typed: from the first to the one before the last.

    Raises
    ------
    BadParameter
        It is no range of draws.
    """
    found = _RANGE.fullmatch(text.strip())
    if found is None or int(found[1]) > int(found[2]):
        raise typer.BadParameter(
            f"'{text}' is no range of draws: write 0:500 for the first 500, 500:1000 for the next"
        )
    return range(int(found[1]), int(found[2]))


def run(
    case: CaseName,
    draws: Annotated[
        str,
        typer.Option("--draws", metavar="A:B", help="Draws A to B - 1; with draw 0 stands the case itself."),
    ],
    seed: Annotated[
        int, typer.Option("--seed", min=0, metavar="S", help="The same seed, the same draws.")
    ] = 1,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="The .parquet to write; by default outputs/<case>-<draws>-<seed>.parquet.",
        ),
    ] = None,
    sets: Sets = [],  # noqa: B006 - typer copies it
) -> None:
    """Write some draws of every headline of every option as one tidy table."""
    wanted = draws_typed(draws)
    if output is not None and output.suffix.lower() != ".parquet":
        raise typer.BadParameter(f"'{output}' must end in .parquet", param_hint="-o")
    from casebuilder.analysis.many.table import heads, write
    from casebuilder.case import load_case
    from casebuilder.tasks.many.unit import draws_of

    with progress() as tell:
        tell("Reading the case")
        loaded = load_case(case, sets)
        table = draws_of(
            loaded, loaded.name, wanted, seed, lambda done, of: tell(f"{done:,} of {of:,} draws")
        )
        path = output or OUTPUTS / f"{loaded.name}-{wanted.start}-{wanted.stop}-{seed}.parquet"
        tell("Writing the table")
        head = heads(table)[0]
        write(path, [head], [table])
    print(f"Wrote {path}: {len(table):,} rows.")
    if not head.drawn and wanted:
        say(f"note: no value of {loaded.name} has a range, so that every draw is the case itself")
    if not wanted.start:
        fail_on_checks(loaded)
