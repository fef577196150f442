"""`compare --scenarios` and `compare --two-way`: headlines by scenario, and over the steps of two inputs."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, print_json
from casebuilder.cli.parameters import refuse_twice
from casebuilder.cli.progress import progress


def steps_of(given: Sequence[str]) -> list[tuple[str, list[str]]]:
    """What each `--two-way` sets, and its steps: `KEY[member]=A,B,C`."""
    found: list[tuple[str, list[str]]] = []
    for text in given:
        left, equals, right = text.rpartition("=")
        steps = [step.strip() for step in right.split(",") if step.strip()]
        if not equals or not left.strip() or not steps:
            raise typer.BadParameter(f"'{text}' is not KEY=VALUE,VALUE,VALUE")
        refuse_twice(left.strip(), [key for key, _ in found])
        found.append((left.strip(), steps))
    return found


def compare_scenarios(
    name: str, option: str | None, sets: Sequence[str], two_way: Sequence[str], headline: str, *, json: bool
) -> None:
    """Work every scenario out, or every pair of steps, and print the headlines side by side.

    Parameters
    ----------
    name, option, sets, json
        As the command has them.
    two_way
        What is set down and across; none for the scenarios.
    headline
        What a table of two ways shows.
    """
    ways = steps_of(two_way)
    from casebuilder import __version__
    from casebuilder.analysis.uncertainty import side_by_side
    from casebuilder.cli.cases import evaluated
    from casebuilder.evaluate.option_values import chosen_options
    from casebuilder.inputs.shape.in_workbook import put_forward
    from casebuilder.summary.case import scenarios as page

    with progress() as tell:
        worked = evaluated(name, sets, tell)
        problem = worked.problem
        (chosen,) = chosen_options(problem.frame, option or put_forward(problem.frame))
        tell("Working them out side by side")
        if ways:
            table = side_by_side.two_way(worked.results, chosen, headline, ways[0], ways[1])
        else:
            found = side_by_side.by_scenario(worked.results, chosen)
    if ways and json:
        print_json(page.two_way_data(problem, table, __version__))
    elif ways:
        page.print_two_way(console(), problem, table)
    elif json:
        print_json(page.scenarios_data(problem, found, __version__))
    else:
        page.print_scenarios(console(), problem, found)
    tell_notices(worked)
    fail_on_checks(worked)
