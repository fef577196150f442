"""`challenge`: what a reviewer asks, with the bid's own numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, print_json
from casebuilder.cli.parameters import CaseName, Json, OneOption, OneScenario, Sets, refuse_twice
from casebuilder.cli.progress import progress


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(challenge)


def _limits(given: list[str]) -> dict[str, float]:
    """Limits by headline: `surplus_worst_year=-2m`."""
    from casebuilder.inputs.files.scalars import pounds

    found: dict[str, float] = {}
    for text in given:
        headline, equals, amount = text.partition("=")
        value = pounds(amount.strip().lstrip("-"))
        if not equals or value is None:
            raise typer.BadParameter(f"'{text}' is not HEADLINE=VALUE, as surplus_worst_year=-2m")
        refuse_twice(headline.strip(), found)
        found[headline.strip()] = -value if amount.strip().startswith("-") else value
    return found


def challenge(
    case: CaseName,
    option: OneOption = None,
    limit: Annotated[
        list[str],
        typer.Option(
            "--limit",
            metavar="HEADLINE=VALUE",
            help="Hold a headline to another limit: surplus_worst_year=-2m. Repeatable.",
        ),
    ] = [],  # noqa: B006 - typer copies it
    sets: Sets = [],  # noqa: B006
    scenario: OneScenario = "",
    json: Json = False,
) -> None:
    """Answer what a reviewer asks of an option. Show what must be true, and what stresses do."""
    limits = _limits(limit)
    from casebuilder import __version__
    from casebuilder.cli.cases import evaluated
    from casebuilder.evaluate.option_values import chosen_options
    from casebuilder.inputs.shape.in_workbook import put_forward

    with progress() as tell:
        worked = evaluated(case, sets, tell, scenario)
        (chosen,) = chosen_options(worked.problem.frame, option or put_forward(worked.problem.frame))
        from casebuilder.summary.challenge.data import challenge_data
        from casebuilder.summary.challenge.page import print_challenge
        from casebuilder.tasks.challenge import challenge as asked

        found = asked(worked, chosen, limits, tell)
    if json:
        print_json(challenge_data(found, __version__))
    else:
        print_challenge(console(), found)
    tell_notices(worked)
    fail_on_checks(worked)
