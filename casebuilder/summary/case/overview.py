"""The terminal summary: what the bid is, its headlines, its checks and how well it is sourced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.text import Text

from casebuilder.analysis.uncertainty.ranking import Ranking
from casebuilder.evaluate.checks import Checks
from casebuilder.evaluate.decision.grounds import grounds
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.evaluate.notes import defaults_of, states_of
from casebuilder.evaluate.problem import Problem
from casebuilder.summary.case.checks import print_checks
from casebuilder.summary.case.columns import Row, headline_rows, print_columns
from casebuilder.summary.case.decision import print_decision
from casebuilder.summary.case.operations import print_operations
from casebuilder.summary.case.title import print_title
from casebuilder.summary.case.values import print_values
from casebuilder.summary.figures import NONE, figure
from casebuilder.summary.sections import say

_NO_VALUE = f"{NONE} none"


def print_summary(
    console: Console,
    results: Results,
    found: Mapping[str, OptionResult],
    checks: Checks,
    version: str,
    options: Sequence[str],
    ranking: Ranking | None = None,
) -> None:
    """Print the summary of some options.

    Parameters
    ----------
    console
        Where to print; figures are never cut short at its width.
    results, found, checks
        A case's results, its headlines and its checks.
    version
        The version of casebuilder.
    options
        The options to show.
    ranking
        The inputs by what their range does.
    """
    problem = results.problem
    print_title(console, problem)
    inputs = problem.inputs
    console.print(Text(f"casebuilder {version}, inputs {inputs.sha256[:12]}", style="dim"))
    print_options(console, problem, found, options)
    print_decision(console, problem, grounds(results, found))

    def cells(headline: str, unit: str) -> list[str]:
        return [shown(found[option].value(headline), unit) for option in options]

    rows = [*standing(found, options), *headline_rows(problem, cells)]
    print_columns(console, options, rows)
    print_operations(console, results, options[-1])
    print_checks(console, checks)
    print_states(console, problem)
    print_values(console, ranking)


def shown(value: float | None, unit: str) -> str:
    """A headline in a cell; a dash and 'none' where the option has none."""
    return _NO_VALUE if value is None else figure(value, unit)


def print_options(
    console: Console, problem: Problem, found: Mapping[str, OptionResult], options: Sequence[str]
) -> None:
    """Print what the keys of the options stand for."""
    console.print()
    width = max(len(option) for option in options)
    for option in options:
        baseline = " (baseline)" if option == problem.frame.baseline else ""
        line = Text(f"{option:<{width}}  ", style="bold")
        line.append(f"{found[option].label}{baseline}", style="not bold")
        console.print(line)
    console.print()


def standing(found: Mapping[str, OptionResult], options: Sequence[str]) -> list[Row]:
    """The rank of each option, and the year in which it is in its steady state."""
    ranks = tuple(NONE if (rank := found[option].rank) is None else str(rank) for option in options)
    years = tuple(found[option].steady_state or _NO_VALUE for option in options)
    return [Row("Rank by net present social value", ranks), Row("Steady-state year", years)]


def print_states(console: Console, problem: Problem) -> None:
    """Print how many assumptions are published, local, chosen and unverified."""
    counted = states_of(problem)
    every = sum(counter.total() for counter in counted.values())
    parts = [f"{counter.total():,} {state}" for state, counter in counted.items() if state]
    console.print(Text(f"Assumptions: {every:,} values in use: {', '.join(parts)}", style="bold"))
    if defaults := defaults_of(problem):
        say(console, f"{defaults:,} more are not given and stand at the default of their input.", quiet=True)
