"""`procure` on the terminal, second half: who pays what by each rule, and who would leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.analysis.sharing.pool_shares import PoolShares
from casebuilder.analysis.sharing.rules import Rule
from casebuilder.summary.figures import MINUS, figure
from casebuilder.summary.option_figures import OptionFigures
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_SHORT = {
    "equal_charge": "Equal\ncharge",
    "equal_saving": "Equal\nsaving",
    "volume": "By\nvolume",
    "moriarity": "Moria-\nrity",
    "eca": "ECA",
    "aca": "ACA",
    "shapley": "Shapley",
    "nucleolus": "Nucle-\nolus",
    "per_capita_nucleolus": "Nucl. a\nhead",
}
_CELL = 9  # columns that a figure takes, with the gap after it
_NARROW = 110  # columns below which trusts go by their codes
_BAR, _LOSS = "█", "░"
_PENNY = 0.01


def print_shares(console: Console, figures: OptionFigures, shares: PoolShares, rules: Sequence[Rule]) -> None:
    """Print what each trust saves by each of some rules, £ thousand."""
    heading(console, "What each trust saves by rule, £ thousand, whole life")
    say(
        console,
        "Against its cheapest route by itself. Less than nothing, in red: it would pay less alone.",
        quiet=True,
    )
    names = member_names(console, figures, shares)
    room = console.width - max(len(name) for name in names.values()) - _CELL - 4
    a_row = max(room // _CELL, 1)
    for start in range(0, len(rules), a_row):
        if start:
            console.print()
        _print_block(console, names, shares, rules[start : start + a_row])
    _print_rules(console, shares, rules)


def _print_block(
    console: Console, names: Mapping[str, str], shares: PoolShares, rules: Sequence[Rule]
) -> None:
    """As many rules side by side as there is room for."""
    shown = plain_table()
    shown.add_column("Trust", vertical="bottom", no_wrap=True)
    shown.add_column("Cost\nalone", justify="right", vertical="bottom", no_wrap=True)
    for rule in rules:
        shown.add_column(_SHORT[rule.key], justify="right", vertical="bottom", no_wrap=True)
    saved = {rule.key: shares.saved(rule.key) for rule in rules}
    for number, member in enumerate(shares.members):
        cells = [_money(saved[rule.key][number]) for rule in rules]
        shown.add_row(names[member], f"{shares.purchase.alone[number] / 1000:,.0f}", *cells)
    console.print(Padding(shown, INDENT))


def _print_rules(console: Console, shares: PoolShares, rules: Sequence[Rule]) -> None:
    """Each rule in a sentence, and who would leave under it."""
    notes = Table.grid(padding=(0, 2, 0, 0))
    notes.add_column(overflow="fold", max_width=26)
    notes.add_column(overflow="fold")
    for rule in rules:
        said = Text(rule.sentence + " ")
        said.append(_verdict(shares, rule), style="bold" if shares.leavers(rule.key) else "dim")
        notes.add_row(rule.name, said)
    console.print(Padding(notes, (1, 0, 0, 2)))
    if len(rules) < len(shares.rules):
        say(console, f"{len(shares.rules) - len(rules)} more rules: --all-rules.", quiet=True)
    console.print(Padding(Text(shares.in_words), (1, 0, 0, 2)))
    if shares.error is not None:
        error = 1.96 * float(shares.error.max())
        say(console, f"The Shapley shares are sampled: give or take £{error:,.0f} at most.")


def _verdict(shares: PoolShares, rule: Rule) -> str:
    leavers = shares.leavers(rule.key)
    if leavers:
        return f"Would leave: {', '.join(member.upper() for member in leavers)}."
    core = shares.cores.get(rule.key)
    if core is None:
        return "Nobody alone would leave."
    if core.in_core:
        return "Nobody would leave, alone or with others."
    worst = core.worst
    assert worst is not None
    group = ", ".join(member.upper() for member in worst.members)
    return f"Nobody alone would leave, but {group} together would save £{worst.gain:,.0f} by leaving."


def print_savings_chart(console: Console, figures: OptionFigures, shares: PoolShares, rule: Rule) -> None:
    """Print a bar for each trust's saving under one rule."""
    heading(console, f"What each trust saves: {rule.name.lower()}")
    saved = dict(zip(shares.members, shares.saved(rule.key), strict=True))
    names = member_names(console, figures, shares)
    label = max(len(name) for name in names.values())
    most = max((abs(value) for value in saved.values()), default=0.0) or 1.0
    room = max(console.width - label - 18, 10)
    for member, value in saved.items():
        length = max(round(abs(value) / most * room), 1 if abs(value) > most / 1000 else 0)
        bar = (_LOSS if value < 0 else _BAR) * length
        text = Text(f"  {names[member]:<{label}}  ")
        text.append(bar, style="red" if value < 0 else "cyan")
        text.append(f" {figure(value, 'GBP_real')}")
        console.print(text)


def member_names(console: Console, figures: OptionFigures, shares: PoolShares) -> dict[str, str]:
    """The members' names, or their codes where the terminal is narrow."""
    if console.width < _NARROW:
        return {member: member.upper() for member in shares.members}
    return figures.labels("provider", shares.members)


def _money(value: float) -> Text:
    thousands = value / 1000
    text = f"{abs(thousands):,.0f}" if abs(thousands) >= 99.5 else f"{abs(thousands):,.1f}"
    if value < -_PENNY:
        return Text(f"{MINUS}{text}", style="red")
    return Text(text)
