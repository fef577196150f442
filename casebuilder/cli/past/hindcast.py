"""`hindcast`: what the model would have said at a past date, beside what came."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from casebuilder.cli.errors import say
from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import Json, Sets
from casebuilder.cli.progress import progress

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(hindcast)


def _month(text: str | None, name: str) -> str | None:
    if text is not None and not _MONTH.fullmatch(text):
        raise typer.BadParameter(f"'{text}' is no month: write it as 2024-03", param_hint=name)
    return text


def hindcast(
    case: Annotated[
        str | None,
        typer.Argument(
            metavar="[CASE]",
            help="A case, for its own trusts; without one England's systems.",
            show_default=False,
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--start", metavar="MONTH", help="The model starts from the end of this month: 2024-03."
        ),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option("--end", metavar="MONTH", help="The last month: 2025-03; by default a year on."),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="FOLDER", help="DM01 files; their months hold over those that ship."),
    ] = None,
    tests: Annotated[
        str | None,
        typer.Option("--tests", metavar="A,B", help="By default mri,ct,ultrasound,dexa,echocardiography."),
    ] = None,
    sets: Sets = [],  # noqa: B006 - typer copies it
    json: Json = False,
) -> None:
    """Set what the model would have said from a past month beside what came."""
    start, end = _month(start, "--start"), _month(end, "--end")
    if start is not None and end is not None and end <= start:
        raise typer.BadParameter(f"the end, {end}, must come after the start, {start}", param_hint="--end")
    if sets and case is None:
        raise typer.BadParameter("it changes a case: name one", param_hint="--set")
    named = [test.strip() for test in tests.split(",")] if tests is not None else None
    if named is not None and not all(named):
        raise typer.BadParameter("write the tests with commas between: mri,ct", param_hint="--tests")
    from casebuilder.case import load_case
    from casebuilder.errors import CaseError
    from casebuilder.inputs.dm01.names import read_names
    from casebuilder.resources import resource
    from casebuilder.summary.hindcast import hindcast_data, print_hindcast
    from casebuilder.tasks.hindcast import FIVE, Asked, check_tests
    from casebuilder.tasks.hindcast import hindcast as look_back

    try:
        check_tests(named or (), read_names(resource("assumptions/reference/data")))
    except CaseError as error:
        raise typer.BadParameter(str(error), param_hint="--tests") from None
    asked = Asked(start, end, FIVE if named is None else tuple(dict.fromkeys(named)), data)
    with progress() as tell:
        loaded = load_case(case, sets) if case is not None else None
        found = look_back(asked, loaded, tell)
    if json:
        print_json(hindcast_data(found))
    else:
        print_hindcast(console(), found)
    for note in found.notes:
        say(f"note: {note}")
    if sets and found.case is None:
        say("note: --set changes nothing here: it is of the case, which has none of these months and tests")
