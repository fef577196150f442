"""What makes the variance of a figure, on the terminal; and all that moves figures, as JSON."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Console
from rich.padding import Padding

from casebuilder.analysis.uncertainty.chance.statistics import FEWEST
from casebuilder.analysis.uncertainty.why.indices import Index
from casebuilder.analysis.uncertainty.why.shares import Shares
from casebuilder.analysis.uncertainty.why.why import Why
from casebuilder.evaluate.headlines import headline_line
from casebuilder.evaluate.problem import Problem
from casebuilder.summary.challenge.data import bars_data, shares_data, switch_data
from casebuilder.summary.figures import NONE, figure
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_FIRST = 6


def why_data(why: Why) -> dict[str, Any]:
    """Tornados, switching values and shares of variance, as `simulate --json` has them."""
    return {
        "tornado": bars_data(why.bars),
        "switching": [switch_data(switch) for own in why.switches.values() for switch in own],
        "variance": shares_data(why.shares),
    }


def print_why(console: Console, problem: Problem, why: Why) -> None:
    """Print the inputs that make the variance of each figure, and how much of it rests on unverified values.

    Parameters
    ----------
    console
        Where to print.
    problem
        The case.
    why
        What was found.
    """
    if any(each.draws < FEWEST for each in why.shares):
        heading(console, "What makes the variance")
        say(console, f"Not told of fewer than {FEWEST} draws.")
        return
    for each in why.shares:
        _print_shares(console, problem, each)
    if why.shares:
        said = "By itself: what would go if it were known. In all: what would be left if all else were known."
        say(
            console,
            f"{said} ±: one standard error. casebuilder challenge has what would switch each.",
            quiet=True,
        )


def _print_shares(console: Console, problem: Problem, shares: Shares) -> None:
    line = headline_line(problem, shares.figure)
    assert line is not None
    heading(console, f"What makes the variance of {line.label.lower()}, {shares.option}")
    table = plain_table()
    table.add_column("Input", overflow="fold", min_width=20)
    table.add_column("State", no_wrap=True)
    for title in ("By itself", "In all"):
        table.add_column(title, justify="right", no_wrap=True)
    for share in shares.inputs[:_FIRST]:
        cells = [share.varied.state, _share(share.first), _share(share.total)]
        table.add_row(share.varied.item.label, *cells)
    console.print(Padding(table, INDENT, expand=False))
    unverified, alone = shares.unverified, shares.unverified_alone
    said = f"Standard deviation {figure(shares.deviation, line.unit)}, of {shares.draws:,} draws; "
    said += f"{shares.again:,} of them were worked out again for each share in all. "
    if unverified is None or alone is None:
        said += "None of it rests on unverified values."
    else:
        said += f"On unverified values rest {_share(unverified)} in all, {_share(alone)} by themselves."
    say(console, said)


def _share(index: Index | None) -> str:
    """A share with its error; what lies outside 0 and 1 by chance stands at the end."""
    if index is None or not math.isfinite(index.value):
        return NONE
    return f"{min(max(index.value, 0.0), 1.0):.0%} ±{index.error:.0%}"
