"""`merge`: two people's edits of one case in one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from casebuilder.cli.errors import AT_FAULT, say
from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import Json
from casebuilder.cli.progress import progress

if TYPE_CHECKING:
    from casebuilder.tasks.diff.sides import Opened
    from casebuilder.tasks.merge.run import Merge

SIDES = ("a", "b")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(merge)


def merge(
    first: Annotated[
        str,
        typer.Argument(
            metavar="A", help="A folder, or REV:path of a git repository: what B's edits go into."
        ),
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="The same, with somebody else's edits.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="DIR", help="A new folder for the result; by default A itself."
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--start", metavar="S", help="What both began with; by default where their logs or commits part."
        ),
    ] = None,
    prefer: Annotated[
        str | None,
        typer.Option("--prefer", metavar="a|b", help="Whose side stands where both changed something."),
    ] = None,
    json: Json = False,
) -> None:
    """Join two people's edits of one case; where they clash nothing is written without --prefer."""
    if prefer is not None and prefer not in SIDES:
        raise typer.BadParameter(f"'{prefer}' is none: it is a or b", param_hint="--prefer")
    from casebuilder.tasks.diff.sides import open_side, working_folder
    from casebuilder.tasks.merge.begun import begun, target
    from casebuilder.tasks.merge.run import merge as join
    from casebuilder.tasks.merge.write import write

    folder = target(first, output)
    with progress() as tell, working_folder() as working:
        tell("Reading A")
        mine = open_side(first, working / "a")
        tell("Reading B")
        theirs = open_side(second, working / "b")
        tell("Reading the start")
        began = begun(mine, theirs, start, working / "start")
        found = join(mine, theirs, began, working / "result", prefer, tell)
        settled = prefer is not None or not found.clashes
        if settled:
            write(found, folder, whole=output is not None)
    if json:
        print_json(_data(found, began, folder if settled else None, prefer))
    else:
        _print(found, began, folder if settled else None, prefer)
    if not settled:
        sys.stdout.flush()
        say(
            f"nothing is written: {len(found.clashes)} clash{'es' if len(found.clashes) > 1 else ''}; "
            "--prefer a or --prefer b says whose side stands"
        )
        raise typer.Exit(AT_FAULT)


def _data(found: Merge, start: Opened | None, folder: Path | None, prefer: str | None) -> dict[str, Any]:
    return {
        "start": start.given if start else None,
        "written": str(folder) if folder else None,
        "prefer": prefer,
        "taken": [{"key": name, "a": mine, "b": theirs} for name, mine, theirs in found.taken],
        "clashes": [
            {"what": c.what, "a": c.mine, "b": c.theirs, "who_a": c.who_a, "who_b": c.who_b, "note": c.note}
            for c in found.clashes
        ],
        "notes": found.notes,
    }


def _print(found: Merge, start: Opened | None, folder: Path | None, prefer: str | None) -> None:
    shown = console()
    shown.print(f"Start: {start.given if start else 'the shared beginning of both change logs'}")
    shown.print(f"Taken from B: {len(found.taken)}")
    for name, mine, theirs in found.taken:
        shown.print(f"  {name}: {mine} → {theirs}")
    for note in found.notes:
        shown.print(f"  note: {note}")
    stands = f", settled as {prefer.upper()} has them" if prefer else ""
    shown.print(f"Clashes: {len(found.clashes)}{stands if found.clashes else ''}")
    for clash in found.clashes:
        shown.print(f"  {clash.what}{f' ({clash.note})' if clash.note else ''}")
        for side, text, who in (("A", clash.mine, clash.who_a), ("B", clash.theirs, clash.who_b)):
            shown.print(f"    {side}: {text or '–'}{f'  ({who})' if who else ''}")
    if folder:
        shown.print(f"Wrote {folder}")
