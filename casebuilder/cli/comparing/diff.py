"""`diff`: what differs between two cases, and what that does to the headlines."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from casebuilder.cli.output import console, fail_on_checks, print_json
from casebuilder.cli.parameters import Json, Sets
from casebuilder.cli.progress import progress
from casebuilder.errors import CaseError

GROUPED_BY = ("chapter", "input", "who")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(diff)


def diff(
    first: Annotated[
        str,
        typer.Argument(metavar="A", help="A folder, the name of a case, a workbook, or REV:path in git."),
    ],
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="The same, to compare with; by default A with --set.")
    ] = None,
    from_revision: Annotated[
        str | None,
        typer.Option("--from", metavar="REV", help="Compare A at this git revision with A at --to."),
    ] = None,
    to_revision: Annotated[
        str | None,
        typer.Option("--to", metavar="REV", help="With --from; by default A as it is on the disk."),
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="GROUP", help="What makes a step: chapter, input or who.")
    ] = "chapter",
    fair: Annotated[
        bool, typer.Option("--fair", help="Split fairly: every order of up to six steps counts the same.")
    ] = False,
    option: Annotated[
        list[str],
        typer.Option("--option", metavar="OPTION", help="Whose headlines; by default what B puts forward."),
    ] = [],  # noqa: B006 - typer copies it
    sets: Sets = [],  # noqa: B006 - typer copies it
    json: Json = False,
) -> None:
    """Show which assumptions differ between two cases, who changed them, and what moves the headlines."""
    if by not in GROUPED_BY:
        raise typer.BadParameter(f"'{by}' is none: it is {', '.join(GROUPED_BY)}", param_hint="--by")
    one, other = named_sides(first, second, from_revision, to_revision, with_sets=bool(sets))
    from casebuilder import __version__
    from casebuilder.summary.diff import difference_data, print_difference
    from casebuilder.tasks.diff.run import difference
    from casebuilder.tasks.diff.sides import open_side, working_folder
    from casebuilder.tasks.diff.workbook import is_workbook, workbook_side

    with progress() as tell, working_folder() as folder:
        if is_workbook(one) and is_workbook(other):
            raise CaseError("two workbooks: give the case that they were built from as A or B")
        if is_workbook(one):
            after = open_side(other, folder / "to", sets)
            before = workbook_side(one, after, tell)
        else:
            tell("Reading the first")
            before = open_side(one, folder / "from")
            tell("Reading the second")
            typed = is_workbook(other)
            after = workbook_side(other, before, tell) if typed else open_side(other, folder / "to", sets)
        if sets:
            after = replace(after, given=f"{other} with {len(sets)} set")
        found = difference(before, after, options=option, by=by, fair=fair, tell=tell)
        tell("Running the checks")
        _ = before.case.checks, after.case.checks
    if json:
        print_json(difference_data(found, __version__))
    else:
        print_difference(console(), found)
    fail_on_checks(after.case)


def named_sides(
    first: str, second: str | None, before: str | None, after: str | None, *, with_sets: bool = False
) -> tuple[str, str]:
    """The two sides as one types them.

    Raises
    ------
    typer.BadParameter
        There is no second side, or one too many.
    """
    if before is None and after is not None:
        raise typer.BadParameter("--to goes with --from", param_hint="--to")
    if before is not None:
        if second is not None:
            raise typer.BadParameter(
                "--from and --to are of one case: leave B out, or write REV:path for each"
            )
        return f"{before}:{first}", f"{after}:{first}" if after is not None else first
    if second is None and not with_sets:
        raise typer.BadParameter("give what A is compared with: B, --from REV or --set", param_hint="B")
    return first, second if second is not None else first
