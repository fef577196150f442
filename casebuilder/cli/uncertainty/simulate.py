"""`simulate`: every headline in many cases that could be."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, print_json
from casebuilder.cli.parameters import CaseName, Json, OneOption, OneScenario, Sets
from casebuilder.cli.progress import progress


class Sampling(StrEnum):
    """How draws are spread."""

    SOBOL = "sobol"
    LATIN = "latin"


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(simulate)


def _parquet(path: Path | None) -> Path | None:
    if path is not None and path.suffix.lower() != ".parquet":
        raise typer.BadParameter(f"'{path}' must end in .parquet")
    return path


def simulate(
    case: CaseName,
    draws: Annotated[
        int, typer.Option("--draws", metavar="N", min=2, help="How many cases that could be.")
    ] = 1_000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="S", min=0, help="The same seed gives the same draws.")
    ] = 1,
    sampling: Annotated[
        Sampling, typer.Option("--sampling", help="How the draws are spread over the ranges.")
    ] = Sampling.SOBOL,
    option: OneOption = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE",
            help="Write every headline of every draw to this file, a .parquet.",
            callback=_parquet,
        ),
    ] = None,
    reasons: Annotated[
        bool,
        typer.Option(
            "--why/--no-why", help="Find what makes the variance, tornados and switching values as well."
        ),
    ] = True,
    sets: Sets = [],  # noqa: B006 - typer copies it
    scenario: OneScenario = "",
    json: Json = False,
) -> None:
    """Draw the inputs from their ranges. Show what every headline comes to, and which option is best."""
    from casebuilder import __version__
    from casebuilder.cli.cases import evaluated
    from casebuilder.evaluate.option_values import chosen_options

    with progress() as tell:
        worked = evaluated(case, sets, tell, scenario)
        options = chosen_options(worked.problem.frame, option)
        from casebuilder.analysis.uncertainty.chance.told import tell_of
        from casebuilder.inputs.shape.in_workbook import put_forward
        from casebuilder.summary.uncertainty.data import simulation_data
        from casebuilder.summary.uncertainty.page import print_simulation
        from casebuilder.summary.uncertainty.why import print_why, why_data

        simulation = worked.findings.require_simulation(
            draws,
            seed,
            lambda done, of: tell(f"Working out draws: {done:,} of {of:,}"),
            sampling.value,
        )
        tell("Counting")
        told = tell_of(simulation, options)
        if output is not None:
            from casebuilder.tasks.draws import write_draws

            rows = write_draws(simulation, output, options, tell)
        found = None
        if reasons and not worked.results.no_values:
            from casebuilder.analysis.uncertainty.why.why import why

            chosen = option or put_forward(worked.problem.frame)
            found = why(
                worked.results,
                simulation,
                chosen,
                lambda done, of: tell(f"Looking for what moves it: {done:,} of {of:,}"),
            )
    if json:
        more = None if found is None else why_data(found)
        print_json(simulation_data(told, worked.headlines, __version__, more))
    else:
        print_simulation(console(), told, worked.headlines, option)
        if found is not None:
            print_why(console(), worked.problem, found)
        if output is not None:
            print(f"\nWrote {output}: {rows:,} rows.")
    tell_notices(worked)
    fail_on_checks(worked)
