"""The terminal summary: what the bid is, its headlines, its checks and how well it is sourced."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.evaluate.checks import Checks
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import OptionResult
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import STATES, Members, Value
from casebuilder.summary.columns import Row, headline_rows, print_columns
from casebuilder.summary.figures import NONE, figure
from casebuilder.summary.operations import print_operations

_NO_VALUE = f"{NONE} none"
_MOST_UNVERIFIED = 5


def print_summary(
    console: Console,
    results: Results,
    found: Mapping[str, OptionResult],
    checks: Checks,
    version: str,
    options: Sequence[str],
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
    """
    problem = results.problem
    print_title(console, problem)
    inputs = problem.inputs
    console.print(Text(f"casebuilder {version}, inputs {inputs.sha256[:12]}", style="dim"))
    print_options(console, problem, found, options)

    def cells(headline: str, unit: str) -> list[str]:
        return [shown(found[option].value(headline), unit) for option in options]

    rows = [*standing(found, options), *headline_rows(problem, cells)]
    print_columns(console, options, rows)
    print_operations(console, results, options[-1])
    print_checks(console, checks)
    print_states(console, problem)


def shown(value: float | None, unit: str) -> str:
    """A headline in a cell; a dash and 'none' where the option has none."""
    return _NO_VALUE if value is None else figure(value, unit)


def print_title(console: Console, problem: Problem) -> None:
    """Print the title of the case and what its money means."""
    info = problem.inputs.info
    console.print(Text(info.title, style="bold"))
    console.print(Text(f"{info.host} · base year {info.base_year} · {_horizon(problem)}"))


def _horizon(problem: Problem) -> str:
    years = problem.frame.ids("year")
    return f"{len(years)} years to {years[-1]}" if years else "no years"


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


def print_checks(console: Console, checks: Checks) -> None:
    """Print how many checks passed, and the label of each that did not."""
    failed, warned = checks.failed, checks.warnings
    console.print()
    style = "bold red" if failed else "bold yellow" if warned else "bold green"
    counts = f"Checks: {checks.passed} passed, {len(failed)} failed, {_counted(len(warned), 'warning')}"
    console.print(Text(counts, style=style))
    rows = [("failed", "red", check) for check in failed] + [("warning", "yellow", check) for check in warned]
    print_notes(
        console,
        [
            (word, style, check.label, f"{check.key}; {_breaches(check.breaches)}")
            for word, style, check in rows
        ],
    )


def print_notes(console: Console, notes: Iterable[tuple[str, str, str, str]]) -> None:
    """Print notes, each of a word, its style, a text and where it belongs; lines that wrap are set in."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for word, style, label, where in notes:
        text = Text(label)
        text.append(f" ({where})", style="dim")
        table.add_row(Text(f"{word}:", style=style), text)
    if table.row_count:
        console.print(Padding(table, (0, 0, 0, 2)))


def _breaches(breaches: Mapping[str, int]) -> str:
    return ", ".join(f"{option} {count:,}" for option, count in breaches.items() if count)


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def states_of(problem: Problem) -> dict[str, Counter[str]]:
    """For each state, how many values in use have it, by the key of their input."""
    counted: dict[str, Counter[str]] = {state: Counter() for state in STATES}
    for given in {id(given): given for given in problem.values.values()}.values():
        layers: list[tuple[str | None, Mapping[Members, Value]]] = [
            (None, given.base),
            *given.options.items(),
        ]
        for option, values in layers:
            for members in values:
                state = given.origin(option, members).state
                counted.setdefault(state, Counter())[given.input.key] += 1
    return counted


def print_states(console: Console, problem: Problem) -> None:
    """Print how many assumptions are published, local, chosen and unverified, and which are the last."""
    counted = states_of(problem)
    every = sum(counter.total() for counter in counted.values())
    parts = [f"{counter.total():,} {state}" for state, counter in counted.items() if state]
    console.print(Text(f"Assumptions: {every:,} values in use: {', '.join(parts)}", style="bold"))
    unverified = counted["unverified"]
    labels = {item.key: item.label for item in problem.values}
    most = unverified.most_common(_MOST_UNVERIFIED)
    print_notes(
        console,
        [("unverified", "yellow", labels[key], f"{key}; {_counted(count, 'value')}") for key, count in most],
    )
    if len(unverified) > _MOST_UNVERIFIED:
        console.print(f"  and {len(unverified) - _MOST_UNVERIFIED} more unverified inputs")
