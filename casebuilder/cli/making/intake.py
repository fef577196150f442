"""`intake`: a form in Excel for those who own a case's values."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import CaseName, Json, Sets
from casebuilder.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(intake)


def intake(
    case: CaseName,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The form to write (.xlsx).")
    ],
    trust: Annotated[
        str | None,
        typer.Option("--for", metavar="TRUST", help="Only what this trust owns: its id, code or name."),
    ] = None,
    sets: Sets = [],  # noqa: B006
    json: Json = False,
) -> None:
    """Write a form in Excel for those who own the values; pull brings it back."""
    from casebuilder import __version__
    from casebuilder.case import load_case
    from casebuilder.tasks.intake.make import make_intake

    with progress() as tell:
        tell("Reading the case")
        form = make_intake(load_case(case, sets), output, __version__, trust, tell)
    if json:
        print_json({"file": str(form.path), "trust": form.trust, "rows": dict(form.rows)})
        return
    whose = f" for {form.trust}" if form.trust else ""
    shown = console()
    shown.print(f"Wrote {form.path}{whose}:", soft_wrap=True)
    width = max(len(name) for name in form.rows)
    for name, count in form.rows.items():
        shown.print(f"  {name:<{width}}  {count:>6,} row{'' if count == 1 else 's'}", soft_wrap=True)
    shown.print(f"When it comes back: casebuilder pull {form.path.name} {case}", soft_wrap=True)
