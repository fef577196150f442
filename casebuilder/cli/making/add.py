"""`add`: a site, test, trust or option in every file of a case in which another of its kind stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import CaseName, Json
from casebuilder.cli.progress import progress

if TYPE_CHECKING:
    from casebuilder.tasks.add.run import Added


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(add)


def add(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="What to add: site, test, trust or option.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Its id: lower case letters, digits and _.")],
    case: CaseName,
    like: Annotated[str, typer.Option("--like", metavar="OTHER", help="The one whose values it takes.")],
    label: Annotated[
        str, typer.Option("--label", metavar="TEXT", help="What it is called; by default its id as words.")
    ] = "",
    json: Json = False,
) -> None:
    """Add a site, test, trust or option wherever another stands, with its values, marked as copied."""
    from casebuilder.tasks.add.run import KINDS

    if kind not in KINDS:
        known = ", ".join(list(KINDS)[:-1])
        raise typer.BadParameter(
            f"'{kind}' is nothing that can be added: it is {known} or {list(KINDS)[-1]}", param_hint="KIND"
        )
    from casebuilder.case import find_case, load_case
    from casebuilder.tasks.add.run import add as put

    if not Path(case).exists():
        where = find_case(case)
        raise typer.BadParameter(
            f"{case} is a case that ships: copy its folder, {where}, and give the copy", param_hint="CASE"
        )
    with progress() as tell:
        tell("Reading the case")
        added = put(kind, name, like, load_case(case), label, tell)
    if json:
        files = [{"file": each.file, "new": each.new, "changed": each.others} for each in added.files]
        own, every = added.to_do
        told = {"added": name, "label": added.label, "files": files, "notes": list(added.notes)}
        print_json({**told, "to_do": own, "to_do_in_all": every})
    else:
        _print(kind, name, like, case, added)


def _print(kind: str, name: str, like: str, case: str, added: Added) -> None:
    shown = console()
    shown.print(f"Added the {kind} {name} ({added.label}), like {like}:", soft_wrap=True)
    width = max((len(each.file) for each in added.files), default=0)
    for each in added.files:
        parts = [
            f"{count:,} line{'' if count == 1 else 's'} {what}"
            for count, what in ((each.new, "added"), (each.others, "changed"))
            if count
        ]
        shown.print(f"  {each.file:<{width}}  {', '.join(parts)}", soft_wrap=True)
    for note in added.notes:
        shown.print(f"  {note}", soft_wrap=True)
    own, every = added.to_do
    things = f"{own:,} thing{'' if own == 1 else 's'}"
    shown.print(
        f"To do: {things} copied or divided, {every:,} in all; casebuilder check {case} lists them by what "
        "they may do to value and affordability.",
        soft_wrap=True,
    )
