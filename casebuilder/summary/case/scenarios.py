"""`compare --scenarios` and `compare --two-way`: headlines side by side."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding

from casebuilder.analysis.uncertainty.side_by_side import ByScenario, TwoWay
from casebuilder.evaluate.headlines import headline_line
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.edits import sets_of
from casebuilder.summary.case.columns import headline_rows, print_columns
from casebuilder.summary.case.title import print_title
from casebuilder.summary.data import plain
from casebuilder.summary.figures import figure
from casebuilder.summary.sections import INDENT, heading, plain_table, say


def scenarios_data(problem: Problem, found: ByScenario, version: str) -> dict[str, Any]:
    """Every headline by scenario, `case` being the case as it is; `sets` are a scenario's values."""
    return {
        **_head(problem, version),
        "option": found.option,
        "scenarios": [
            {"name": each.name, "label": each.label, "note": each.note, "sets": sets_of(each.edits)}
            for each in found.scenarios
        ],
        "headlines": {
            name: {of: plain(value) for of, value in zip(found.names, values, strict=True)}
            for name, values in found.figures.items()
        },
    }


def two_way_data(problem: Problem, found: TwoWay, version: str) -> dict[str, Any]:
    """One headline by the steps of two inputs."""
    return {
        **_head(problem, version),
        "option": found.option,
        "headline": found.headline,
        "down": {"set": found.down[0], "to": list(found.down[1])},
        "across": {"set": found.across[0], "to": list(found.across[1])},
        "values": [[plain(value) for value in row] for row in found.values],
        "moves_nothing": found.idle,
    }


def _head(problem: Problem, version: str) -> dict[str, Any]:
    inputs = problem.inputs
    return {"case": inputs.info.name, "version": version, "inputs_sha256": inputs.sha256}


def print_scenarios(console: Console, problem: Problem, found: ByScenario) -> None:
    """Print every headline by scenario, and what each scenario is."""
    print_title(console, problem)
    heading(console, f"{found.option} by scenario: {problem.frame.label_of_option(found.option)}")

    def cells(headline: str, unit: str) -> list[str]:
        return [figure(value, unit) for value in found.figures[headline]]

    print_columns(console, found.names, headline_rows(problem, cells))
    console.print()
    for each in found.scenarios:
        note = f" {each.note}" if each.note else ""
        say(console, f"{each.name}: {each.label}, {len(each.edits):,} values.{note}")


def print_two_way(console: Console, problem: Problem, found: TwoWay) -> None:
    """Print a headline with the steps of one input down and those of the other across."""
    line = headline_line(problem, found.headline)
    assert line is not None
    print_title(console, problem)
    heading(console, f"{line.label}, {found.option}")
    say(console, f"Down: {found.down[0]}. Across: {found.across[0]}.")
    table = plain_table()
    table.add_column("", no_wrap=True)
    for step in found.across[1]:
        table.add_column(step, justify="right", no_wrap=True)
    shown = [[figure(value, line.unit) for value in row] for row in found.values]
    for step, row in zip(found.down[1], shown, strict=True):
        table.add_row(step, *row)
    console.print(Padding(table, INDENT, expand=False))
    for (key, steps), lists in ((found.down, [*zip(*shown, strict=True)]), (found.across, shown)):
        if key in found.idle:
            say(console, f"{key} moves nothing here: the figure is the same at each of its steps.")
        elif len(set(steps)) > 1 and all(len(set(each)) == 1 for each in lists):
            say(console, f"{key} moves the figure by less than its last digit.")
