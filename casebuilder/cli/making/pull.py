"""`pull`: values typed into a workbook or an intake form brought back into the files of their case."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebuilder.cli.errors import AT_FAULT
from casebuilder.cli.making.pull_shown import print_plan, print_ready, print_written
from casebuilder.cli.output import console, print_json
from casebuilder.cli.parameters import CaseName, Json
from casebuilder.cli.progress import progress
from casebuilder.errors import CaseError

if TYPE_CHECKING:
    from casebuilder.inputs.edits import Edit
    from casebuilder.tasks.pull.run import Pull


class Prefer(StrEnum):
    """Which side a clash goes to."""

    FILE = "file"
    CASE = "case"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(pull)


def pull(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A workbook that build wrote, or an intake form (.xlsx).")
    ],
    case: CaseName,
    who: Annotated[
        str, typer.Option("--who", metavar="NAME", help="Whose values they are, for the change log.")
    ] = "",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why they change, for the log.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would change; write nothing.")
    ] = False,
    prefer: Annotated[
        Prefer | None,
        typer.Option("--prefer", help="What both have changed goes as the file, or the case, has it."),
    ] = None,
    json: Json = False,
) -> None:
    """Bring values typed into a workbook or a form back into the case's YAML, and say who and why."""
    from casebuilder.case import find_case, load_case
    from casebuilder.tasks.pull.run import prepare, read_pull
    from casebuilder.tasks.pull.words import pull_data

    if not file.is_file():
        raise CaseError(f"no file {file}: give the workbook or the form, then the case")
    if not Path(case).exists() and not dry_run:
        where = find_case(case)
        raise typer.BadParameter(
            f"{case} is a case that ships: copy its folder, {where}, and give the copy", param_hint="CASE"
        )
    asked = sys.stdin.isatty() and not json
    if not dry_run and not asked:  # said before the work, since nobody can be asked after it
        who, why = _said(who, "Who", asked=False), _said(why, "Why", asked=False)
        if not yes:
            what = "nothing is written without --yes where nobody can be asked"
            raise typer.BadParameter(what, param_hint="--yes")
    with progress() as tell:
        tell("Reading the case")
        found = read_pull(file, load_case(case), tell)
    edits = _taken(found, prefer)
    data = pull_data(found) if json else {}
    if not json:
        print_plan(console(), found, prefer.value if prefer else "", len(edits))
    if edits and asked and not dry_run:
        who, why = _said(who, "Who", asked=True), _said(why, "Why", asked=True)
    ready = None
    if edits:
        with progress() as tell:
            ready = prepare(found, edits, who, why, date.today(), tell)
        if json:
            data["notes"] = list(ready.notes)
            data["refused"] = [{"input": edit.name, "why": said} for edit, said in ready.refused]
            data["failing"] = list(ready.failing)
        else:
            print_ready(console(), ready)
    if ready is not None and not dry_run:
        if not yes and not typer.confirm(f"Write {_values(ready.count)} into {case}?"):
            print("Nothing is written.")
            raise typer.Exit(AT_FAULT)
        ready.write()
        if json:
            folder = found.case.folder.resolve()
            data["written"] = [path.relative_to(folder).as_posix() for path in sorted(ready.files)]
        else:
            print_written(console(), found, ready)
    if json:
        print_json(data)
    unsettled = found.plan.clashes if prefer is None else ()
    left = ready is not None and (ready.refused or ready.failing)
    if left or unsettled or found.plan.untaken or found.altered:
        raise typer.Exit(AT_FAULT)


def _taken(found: Pull, prefer: Prefer | None) -> list[Edit]:
    """The edits that are written: the file's side of clashes only where somebody chose it."""
    if prefer is not Prefer.FILE:
        return found.plan.edits
    clashes = [replace(clash.edit, old=clash.stands(found.case.inputs)) for clash in found.plan.clashes]
    return [*found.plan.edits, *clashes]


def _said(given: str, what: str, *, asked: bool) -> str:
    """Who or why: as given, or asked for."""
    flag = f"--{what.lower()}"
    while not given.strip() and asked:
        given = typer.prompt({"Who": "Who changed them", "Why": "Why"}[what])
    if not given.strip():
        raise typer.BadParameter(f"the change log says who and why: give {flag}", param_hint=flag)
    return given.strip()


def _values(count: int) -> str:
    return f"{count:,} value{'' if count == 1 else 's'}"
