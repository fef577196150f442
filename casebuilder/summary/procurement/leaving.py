"""`procure` on the terminal, last part: what it costs when one trust leaves, or some at once."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.analysis.sharing.core import Departure
from casebuilder.analysis.sharing.leaving import GroupDeparture
from casebuilder.analysis.sharing.pool_shares import PoolShares
from casebuilder.analysis.sharing.rules import Rule
from casebuilder.summary.figures import MINUS, figure
from casebuilder.summary.option_figures import OptionFigures
from casebuilder.summary.procurement.shares import member_names
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_PENNY = 0.01


def print_departures(
    console: Console,
    figures: OptionFigures,
    shares: PoolShares,
    rule: Rule,
    departures: Sequence[Departure],
) -> None:
    """Print what it costs when one trust leaves, a line each."""
    if not departures:
        return
    names = member_names(console, figures, shares)
    heading(console, f"If one trust leaves and the rest share on: {rule.name.lower()}")
    shown = plain_table()
    for name in ("Leaves", "It pays more", "Others pay more", "Most of it falls on"):
        shown.add_column(name, justify="left" if name in ("Leaves", "Most of it falls on") else "right")
    for departure in departures:
        worst = max(departure.others, key=lambda other: other.loss)
        falls = f"{worst.member.upper()} {figure(worst.loss, 'GBP_real')}"
        shown.add_row(
            names[departure.leaver],
            figure(departure.loss, "GBP_real"),
            figure(sum(other.loss for other in departure.others), "GBP_real"),
            falls if worst.loss > _PENNY else "nobody",
        )
    console.print(Padding(shown, INDENT))


def print_group(
    console: Console, figures: OptionFigures, shares: PoolShares, rule: Rule, gone: GroupDeparture
) -> None:
    """Print what it costs if some members leave at once: them, and each of those who stay."""
    names = member_names(console, figures, shares)
    leavers = [figures.frame.label("provider", each.member) for each in gone.leavers]
    verb = "leaves" if len(leavers) == 1 else "leave"
    heading(console, f"If {', '.join(leavers)} {verb}: {rule.name.lower()}")
    shown = plain_table()
    shown.add_column("Trust", overflow="fold")
    for name in ("Pays now", "Pays then", "More"):
        shown.add_column(name, justify="right")
    for each in gone.leavers:
        shown.add_row(Text(names[each.member], style="bold"), *_row(each.before, each.after))
    for each in gone.others:
        shown.add_row(names[each.member], *_row(each.before, each.after))
    console.print(Padding(shown, INDENT))
    if len(leavers) > 1:
        alone = sum(each.after for each in gone.leavers)
        say(
            console,
            f"They pay £{alone:,.0f}, each by itself, or £{gone.as_group:,.0f} as a pool of their own.",
        )


def _row(before: float, after: float) -> tuple[str, str, str]:
    more = f"£{abs(after - before):,.0f}"
    return f"£{before:,.0f}", f"£{after:,.0f}", f"{MINUS}{more}" if after < before else more
