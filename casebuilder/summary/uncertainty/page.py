"""What `simulate` shows: ranges of every headline, the chances of the options, and how sure these are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from casebuilder.analysis.uncertainty.chance.figures import ASK, HEADROOM, SURPLUS, UNAGREED
from casebuilder.analysis.uncertainty.chance.odds import ALL
from casebuilder.analysis.uncertainty.chance.possible import DECISION
from casebuilder.analysis.uncertainty.chance.statistics import (
    FEWEST,
    MOST_EMPTY,
    PERCENTILES,
    SETTLED,
    Statistics,
)
from casebuilder.analysis.uncertainty.chance.told import Told
from casebuilder.evaluate.headlines import FURTHER, HEADLINES, RANKED_BY, OptionResult, headline_line
from casebuilder.inputs.shape.in_workbook import put_forward
from casebuilder.summary.case.title import print_title
from casebuilder.summary.figures import NONE, figure
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_TESTS = {
    SURPLUS: "The system loses nothing",
    UNAGREED: "What hosts lose is agreed",
    HEADROOM: "Capital within envelope or award",
    ALL: "All three",
    ASK: "Ask no more than the case's",
}
# So many headlines that may still move are named.
_NAMED = 8
_CAPITAL = "capital_outturn"


def print_simulation(
    console: Console, told: Told, central: Mapping[str, OptionResult], option: str | None = None
) -> None:
    """Print a simulation; columns without room follow in blocks below, figures are never cut.

    Parameters
    ----------
    console
        Where to print.
    told
        What the simulation comes to.
    central
        The headlines of the case as it is.
    option
        The option whose figures are shown; by default the one put forward.
    """
    _Page(console, told, central, option).print()


class _Page:
    """The sections, in order."""

    def __init__(
        self, console: Console, told: Told, central: Mapping[str, OptionResult], option: str | None
    ) -> None:
        self.console, self.told, self.central = console, told, central
        self.simulation = told.simulation
        self.problem = told.simulation.problem
        self.option = option or put_forward(self.problem.frame)
        self.enough = told.bears_shares  # for a share of them to be told as a chance

    def print(self) -> None:
        """Print every section."""
        print_title(self.console, self.problem)
        simulation, how = self.simulation, self.simulation.drawing.sampling
        said = (
            f"{len(simulation.draws):,} draws of {len(simulation.drawing.inputs)} inputs from their ranges, "
            f"{how.kind}, seed {how.seed}, in {simulation.seconds:,.1f} s."
        )
        say(self.console, said, quiet=True)
        self._options()
        self._headlines()
        self._capital()
        self._affordable()
        self._sure()
        self._without()

    def _options(self) -> None:
        best = self.told.best
        if best is None:
            return
        heading(self.console, "Net present social value, by option")
        table = self._table("Option", ("Best",) if self.enough else ())
        for option, figures in self.told.figures.items():
            case = self.central[option].value(RANKED_BY)
            share = (f"{best.shares[option]:.0%}",) if self.enough else ()
            self._row(table, self.central[option].label, RANKED_BY, case, figures[RANKED_BY], share)
        self.console.print(Padding(table, INDENT, expand=False))
        said = "Best: the share of draws in which the option has the highest value of all options."
        if not self.enough:
            said = f"How often each is best is not told of fewer than {FEWEST} draws."
        aside = [o for o, figures in self.told.figures.items() if self._aside(o, figures[RANKED_BY])]
        if aside and self.enough:
            said += (
                f" The case's own value lies outside P10 to P90 for {', '.join(aside)}: its ranges reach "
                "further one way than the other."
            )
        if best.empty and self.enough:
            said += f" In {best.empty:.1%} of draws some option has no value, and none is best."
        say(self.console, said, quiet=True)

    def _aside(self, option: str, one: Statistics) -> bool:
        """Whether the case's own value lies outside P10 to P90 of its draws."""
        case, low, high = self.central[option].value(RANKED_BY), one.percentiles[10], one.percentiles[90]
        return case is not None and low is not None and high is not None and not low <= case <= high

    def _headlines(self) -> None:
        figures = self.told.figures[self.option]
        label = self.problem.frame.label_of_option(self.option)
        heading(self.console, f"Headlines of {self.option}: {label}")
        table = self._table("", ("±", *(("Lower\nthan case",) if self.enough else ())))
        for name in (*HEADLINES, *FURTHER):
            if (one := figures.get(name)) is None:
                continue
            line = headline_line(self.problem, name)
            assert line is not None
            case = self.central[self.option].value(name)
            more = [figure(one.errors[50], line.unit)]
            if self.enough:
                lower = self.told.below_case(self.option, name)
                more.append(NONE if lower is None else _share(lower))
            self._row(table, line.label, name, case, one, more)
        self.console.print(Padding(table, INDENT, expand=False))
        said = "Case: every input as the case has it. P90: the figure is no higher in 90 of 100 draws."
        said += " ±: standard error of P50."
        if self.enough:
            said += (
                " Lower than case: the share of draws in which the figure is lower than in the case; near 0 "
                "or 100 % the case is no middle estimate."
            )
        else:
            said += f" Percentiles of fewer than {FEWEST} draws are little more than the draws themselves."
        empty = [(name, one.empty) for name, one in figures.items() if one.empty > 0]
        if empty:
            shares = "; ".join(f"{self._label(name)} in {_share(share)}" for name, share in empty)
            said += (
                f" Without a value, and left out of the percentiles there: {shares} of draws; none is told "
                f"where more than {MOST_EMPTY:.0%} have no value."
            )
        say(self.console, said, quiet=True)

    def _capital(self) -> None:
        one = self.told.figures[self.option].get(_CAPITAL)
        if one is None or one.percentiles[50] is None:
            return
        column = self.simulation.column(self.option, _CAPITAL)
        case = self.central[self.option].value(_CAPITAL)
        said = (
            f"Capital: P50 {figure(one.percentiles[50], 'GBP_nominal')}, "
            f"P80 {figure(one.percentiles[80], 'GBP_nominal')}"
        )
        if case is not None and self.enough:
            above = f"{(column > case).mean():.0%} of draws"
            said += f"; above the case's {figure(case, 'GBP_nominal')} in {above}"
        self.console.print()
        say(self.console, f"{said}.")

    def _affordable(self) -> None:
        found = self.told.affordable[self.option]
        if found is None:
            return
        heading(self.console, f"Chance that {self.option} can be afforded")
        if not self.enough:
            say(self.console, f"Not told: a chance takes at least {FEWEST} draws.")
            return
        years = list(found.in_each)
        table = plain_table()
        table.add_column("", overflow="fold", vertical="bottom")
        for year in years:
            table.add_column(year, justify="right", no_wrap=True, vertical="bottom")
        table.add_column("Every\nyear", justify="right", no_wrap=True, vertical="bottom")
        rows = {**found.years, ALL: found.in_each}
        for what, by_year in ((what, rows[what]) for what in _TESTS if what in rows):
            cells = [f"{by_year[year]:.0%}" for year in years]
            table.add_row(_TESTS[what], *cells, f"{found.always[what]:.0%}")
        self.console.print(Padding(table, INDENT, expand=False))
        said = "Share of draws, years of the statements, against the baseline; a pound or more counts."
        say(self.console, said, quiet=True)

    def _sure(self) -> None:
        figures = self.told.figures[self.option]
        known = {name: one.settled for name, one in figures.items() if one.settled is not None}
        unsettled = [self._label(name) for name, settled in known.items() if not settled]
        heading(self.console, "Whether there are draws enough")
        if not unsettled:
            said = (
                "Yes: the error of P50 and P80, and how far they moved since half the draws, are within "
                f"{SETTLED:.0%} of what lies between P10 and P90, for every headline."
            )
        else:
            named = ", ".join(unsettled[:_NAMED])
            named += f" and {len(unsettled) - _NAMED} more" if len(unsettled) > _NAMED else ""
            count = len(self.simulation.draws)
            why = "Four times the draws halve the error" if self.enough else f"{count} are too few to tell"
            said = (
                f"Not for all: {named} may still move by more than {SETTLED:.0%} of what lies between P10 "
                f"and P90. {why}: --draws {self.told.advised}."
            )
        say(self.console, said)

    def _without(self) -> None:
        simulation, drawing = self.simulation, self.simulation.drawing
        decisions = [each for each in drawing.without if each.why == DECISION]
        rest = [each for each in drawing.without if each.why != DECISION]
        heading(self.console, "Not drawn")
        if rest:
            said = "; ".join(f"{each.item.key} ({each.why})" for each in rest)
            say(self.console, f"{said}. A range is never invented.")
        if decisions:
            said = f"{len(decisions)} inputs are decisions (state: chosen), and as the case has them: "
            said += ", ".join(each.item.key for each in decisions)
            say(self.console, f"{said}. draw: whole in a block draws one all the same.", quiet=True)
        heading(self.console, "How the draws stand")
        said = f"Of the first {simulation.checked:,} draws {simulation.any_broken:,} break a check that holds"
        if simulation.broken:
            named = sorted(simulation.broken.items(), key=lambda pair: -pair[1])
            said += f" in the case: {', '.join(f'{key} {count:,}' for key, count in named)}"
        say(self.console, f"{said}." if simulation.broken else f"{said} in the case.")
        if drawing.sums:
            named_sums = ", ".join(f"{key} by {each.along}" for key, each in drawing.sums.items())
            say(self.console, f"Shares that add up, and do in every draw: {named_sums}.")
        for key, share in drawing.cut.items():
            said = (
                f"{key}: {share:.0%} of a distribution lies beyond the input's bounds, and is drawn within."
            )
            say(self.console, said)
        for key, count in simulation.raised.items():
            say(
                self.console,
                f"{key}: in {count:,} draws a value that may not fall was raised to that before.",
            )
        self._together()
        for group in drawing.mended:
            keys = ", ".join(drawing.plan.keys[variable] for variable in group.variables)
            said = f"Correlations of {keys} cannot all hold; the nearest that can are used (--json has both)."
            say(self.console, said)
        if simulation.without_value:
            keys = ", ".join(simulation.without_value)
            say(self.console, f"In some draws these have no value where they must have one: {keys}.")

    def _together(self) -> None:
        """Drivers, members drawn each for itself, and correlations, as the case has them."""
        said, drawn = self.problem.inputs.uncertainty, {e.item.key for e in self.simulation.drawing.inputs}
        drivers: dict[str, list[str]] = {}
        for key, (name, sign) in said.drivers.items():
            if key in drawn:
                drivers.setdefault(name, []).append(key if sign > 0 else f"against it {key}")
        parts = [f"{name} moves {', '.join(keys)}" for name, keys in drivers.items()]
        each = [key for key in sorted(said.each) if key in drawn]
        if each:
            parts.append(f"each member for itself: {', '.join(each)}")
        parts += [f"{one.a} with {one.b} at a rank correlation of {one.rank:g}" for one in said.correlations]
        if parts:
            say(self.console, f"Drawn together: {'; '.join(parts)}.")

    def _label(self, name: str) -> str:
        line = headline_line(self.problem, name)
        return name if line is None else line.label

    def _table(self, first: str, more: Sequence[str]) -> Table:
        table = plain_table()
        table.add_column(first, overflow="fold", vertical="bottom", min_width=18)
        for title in ("Case", "Mean", *(f"P{number}" for number in PERCENTILES), *more):
            table.add_column(title, justify="right", no_wrap=True, vertical="bottom")
        return table

    def _row(
        self, table: Table, label: str, name: str, case: float | None, one: Statistics, more: Sequence[str]
    ) -> None:
        line = headline_line(self.problem, name)
        assert line is not None
        values = [case, one.mean, *(one.percentiles[number] for number in PERCENTILES)]
        cells = [NONE if value is None else figure(value, line.unit) for value in values]
        table.add_row(label, *cells, *more)


def _share(share: float) -> str:
    """A share of draws; not as all of them unless it is."""
    return f"{share:.1%}" if 0.995 <= share < 1 or share < 0.005 else f"{share:.0%}"
