"""`schema`: JSON Schemas of a case's YAML files, by which editors explain, complete and check them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import Json
from casebuilder.cli.progress import progress

# Where those of no case in particular are written by default.
_ANY = Path("schema")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(schema)


def schema(
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="CASE", help="A case, whose members, options and sources are known; by default any case."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="Where to; by default .schema in the case, or schema."
        ),
    ] = None,
    link: Annotated[
        bool,
        typer.Option("--link", help="Put the line by which editors find them into every file that lacks it."),
    ] = False,
    json: Json = False,
) -> None:
    """Write the JSON Schema of every YAML file of a case, for editors."""
    from casebuilder.case import find_case
    from casebuilder.tasks.schema import FOLDER, write_schemas
    from casebuilder.tasks.schema import link as put_lines

    folder = find_case(case) if case is not None else None
    if folder is not None and not Path(str(case)).exists() and (output is None or link):
        raise typer.BadParameter(f"{case} is a case that ships: say where with -o DIR, without --link")
    if link and folder is None:
        raise typer.BadParameter("--link goes with a case, whose files are given the line")
    target = output or (folder / FOLDER if folder is not None else _ANY)
    if target.is_file():
        raise typer.BadParameter(f"{target} is a file: give a folder", param_hint="-o")
    with progress() as tell:
        tell("Writing the schemas")
        written = write_schemas(target, folder)
        linked = put_lines(folder, target) if link and folder is not None else []
    if json:
        print_json({"folder": str(target), "files": written, "linked": linked})
        return
    shown = console()
    size = sum(written.values())
    shown.print(f"{len(written)} schemas in {target} ({size / 1e6:.1f} MB)", soft_wrap=True)
    if linked:
        count = f"{len(linked)} file{'' if len(linked) == 1 else 's'}"
        shown.print(f"{count} given a first line that names its schema: {', '.join(linked)}", soft_wrap=True)
