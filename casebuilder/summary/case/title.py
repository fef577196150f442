"""The title of a case on the terminal, and what its money means."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from casebuilder.evaluate.problem import Problem


def print_title(console: Console, problem: Problem) -> None:
    """Print the title of the case and what its money means."""
    info = problem.inputs.info
    console.print(Text(info.title, style="bold"))
    console.print(Text(f"{info.host} · base year {info.base_year} · {_horizon(problem)}"))
    laid = problem.inputs.scenario
    for each in problem.inputs.scenarios:
        if each.name == laid:
            console.print(Text(f"Scenario {laid}: {each.label}", style="bold"))


def _horizon(problem: Problem) -> str:
    years = problem.frame.ids("year")
    return f"{len(years)} years to {years[-1]}" if years else "no years"
