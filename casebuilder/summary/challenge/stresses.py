"""Stresses on the terminal: what each does, what its mitigation leaves, and what is worse whichever way."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.analysis.uncertainty.why.answers import Challenge
from casebuilder.analysis.uncertainty.why.stressed import Effect, Stressed
from casebuilder.evaluate.headlines import RANKED_BY, headline_line
from casebuilder.summary.figures import NONE, difference, figure
from casebuilder.summary.sections import INDENT, heading, plain_table, say


def print_stresses(console: Console, found: Challenge) -> None:
    """Print the stresses, their mitigations, and those that the case cannot express.

    Parameters
    ----------
    console
        Where to print.
    found
        A case's answers, its stresses among them.
    """
    _Stresses(console, found).print()


class _Stresses:
    """The table and the lines below it."""

    def __init__(self, console: Console, found: Challenge) -> None:
        self.console, self.found, self.problem = console, found, found.problem
        self.names = [name for name in found.figures if headline_line(found.problem, name) is not None]

    def print(self) -> None:
        """Print what moves, then what does not."""
        heading(self.console, "Stresses: what each does, and what is left of it once mitigated")
        told = [each for each in self.found.stressed if not each.stress.cannot]
        moving = [each for each in told if each.moves]
        self._table(moving)
        said = "Changes from the case, each by itself. --json has the values as --set takes them."
        say(self.console, said, quiet=True)
        self._either_way()
        self._mitigations(moving)
        still = [each.stress.label.lower() for each in told if not each.moves]
        if still:
            say(self.console, f"None of these figures moves in this case with: {'; '.join(still)}.")
        for each in self.found.stressed:
            if each.stress.cannot:
                say(self.console, f"{each.stress.label}: not in this case; {each.stress.cannot}.")

    def _table(self, moving: Sequence[Stressed]) -> None:
        table = plain_table()
        table.add_column("", overflow="fold", min_width=14)
        for name in self.names:
            table.add_column(_short(name), justify="right", no_wrap=True, vertical="bottom")
        first = any(each.first for each in moving)
        if first:
            table.add_column("Ranks first", overflow="fold", vertical="bottom")
        for each in moving:
            cells = [self._change(name, each.effects.get(name), left=False) for name in self.names]
            table.add_row(each.stress.label, *cells, *([each.first or NONE] if first else []))
            if each.unmitigated:
                table.add_row(Text("  not mitigated", style="dim"), *[NONE] * len(self.names))
            else:
                left = [self._change(name, each.effects.get(name), left=True) for name in self.names]
                table.add_row(Text("  mitigated", style="dim"), *left)
        self.console.print(Padding(table, INDENT, expand=False))

    def _either_way(self) -> None:
        """Figures that two opposite stresses move to the same side of the case."""
        for pair in self.found.either_way:
            ways = f"{pair.one.stress.label.lower()}, or {pair.other.stress.label.lower()}"
            for word, names in (("Worse", pair.worse), ("Better", pair.better)):
                if names:
                    say(self.console, f"{word} either way ({ways}): {self._labels(names)}.")

    def _mitigations(self, told: Sequence[Stressed]) -> None:
        table = Table.grid(padding=(0, 2))
        table.add_column(overflow="fold", min_width=20)
        table.add_column(overflow="fold")
        for each in told:
            does = each.stress.mitigation
            if each.unmitigated:
                does = f"{does} It changes nothing here: {each.unmitigated}."
            if each.worse:
                does = f"{does} It makes worse: {self._labels(each.worse)}."
            table.add_row(Text(each.stress.owner, style="dim"), f"{each.stress.label}: {does}")
        self.console.print()
        self.console.print(Padding(table, INDENT))

    def _labels(self, names: Sequence[str]) -> str:
        lines = (headline_line(self.problem, name) for name in names)
        return "; ".join(line.label.lower() for line in lines if line is not None)

    def _change(self, name: str, effect: Effect | None, *, left: bool) -> str:
        line = headline_line(self.problem, name)
        if effect is None or line is None:
            return NONE
        change = effect.residual if left else effect.change
        after = effect.mitigated if left else effect.stressed
        if change is None:
            return f"to {figure(after, line.unit)}"
        return difference(change, line.unit) if round(change, 9) else "0"


def _short(name: str) -> str:
    """The heading of a figure's column."""
    known = {
        RANKED_BY: "NPSV",
        "surplus_steady_state": "Surplus\nsteady\nstate",
        "surplus_worst_year": "Surplus\nworst\nyear",
        "system_revenue_ask_steady_state": "Ask\na year",
        "capital_unfunded": "Capital\nunfunded",
        "over_six_weeks_end": "Over six\nweeks",
    }
    return known.get(name, name.replace("_", " "))
