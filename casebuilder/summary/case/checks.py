"""The checks on the terminal: the status in the words of the workbook's band, and what does not hold."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.evaluate.checks import CANNOT, FAIL, WARN, CheckResult, Checks, told
from casebuilder.evaluate.problem import Problem
from casebuilder.evaluate.status import AMBER, GREEN, RED
from casebuilder.summary.figures import figure

_STYLES = {RED: "bold red", AMBER: "bold yellow", GREEN: "bold green"}
_WORDS = {FAIL: ("fails", "red"), CANNOT: ("cannot", "red"), WARN: ("warning", "yellow")}
UNKNOWN = "£ ?"


def print_whole_check(
    console: Console, problem: Problem, checks: Checks, faults: int, composed: bool
) -> None:
    """Print what of a case was checked and how many faults there are, then each check that does not hold."""
    workbook = "was composed and not written" if composed else "was not composed, for want of a value"
    frame = problem.frame
    used = len({item.key for item in problem.values})  # a rebased price stands there twice
    said = f"{faults} fault{'' if faults == 1 else 's'}" if faults else "no faults"
    console.print(
        f"{problem.inputs.info.name}: {said}. {len(frame.options)} options, {used} inputs in use, "
        f"{len(problem.lines)} lines, {len(frame.ids('month'))} months, {len(frame.ids('year'))} years; "
        f"the workbook {workbook}.",
        soft_wrap=True,
    )
    print_checks(console, checks)


def print_checks(console: Console, checks: Checks) -> None:
    """Print the status, then each check that does not hold: what is at stake, who must act, and where.

    What fails comes first, then what cannot be worked out with the lines where that begins, then the
    warnings by what is at stake. Notes stand apart.
    """
    status = checks.status
    console.print()
    line = Text(f"Checks: {status.text}", style=_STYLES[status.colour])
    line.append(f"  ({_held(checks.passed)})", style="not bold dim")
    console.print(line)
    shown = [*checks.failed, *checks.cannot, *checks.warnings]
    if shown:
        console.print(Padding(_table(shown), (0, 0, 0, 2)))
    if checks.no_values:
        console.print(Text("Where values begin to be missing", style="bold"))
        print_notes(console, [("no value", "red", str(each), "") for each in checks.no_values])
    if checks.notes:
        console.print(Text("Notes, which colour nothing", style="bold"))
        print_notes(console, [("note", "cyan", note.label, note.detail) for note in checks.notes])


def _held(number: int) -> str:
    return f"{number} {'holds' if number == 1 else 'hold'}"


def _table(shown: Iterable[CheckResult]) -> Table:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    table.add_column(overflow="fold")
    for check in shown:
        word, style = _WORDS[check.state]
        text = Text(check.label)
        if check.owner:
            text.append(f" · {check.owner}", style="italic")
        text.append(f" ({check.key}; {told(check.breaches)})", style="dim")
        table.add_row(Text(word, style=style), stake(check), text)
    return table


def stake(check: CheckResult) -> str:
    """The most at stake in an option that breaches a check; empty where no pounds are."""
    if not check.at_stake:
        return ""
    most = check.most_at_stake
    return UNKNOWN if most is None else figure(most, "GBP_nominal")


def print_notes(console: Console, notes: Iterable[tuple[str, str, str, str]]) -> None:
    """Print notes, each of a word, its style, a text and where it belongs; lines that wrap are set in."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for word, style, label, where in notes:
        text = Text(label)
        if where:
            text.append(f" ({where})", style="dim")
        table.add_row(Text(f"{word}:", style=style), text)
    if table.row_count:
        console.print(Padding(table, (0, 0, 0, 2)))
