"""What `prioritise` shows: the sites in order, their capital by year, what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.analysis.sites.prioritise import Outcome
from casebuilder.analysis.sites.programme import OUT, Array
from casebuilder.evaluate.problem import Problem
from casebuilder.summary.case.title import print_title
from casebuilder.summary.figures import NONE, figure
from casebuilder.summary.priorities.beside import MOST_SHOWN, beside, front_rows, spread
from casebuilder.summary.priorities.data import opening
from casebuilder.summary.priorities.words import PEOPLE, TESTS, Words, millions, years
from casebuilder.summary.sections import plain_table

_GAP = 2
_WIDE = 100


def print_priorities(console: Console, problem: Problem, outcome: Outcome) -> None:
    """Print the best plan of sites.

    Parameters
    ----------
    console
        Where to print; figures are never cut short at its width.
    problem
        The case.
    outcome
        What was found.
    """
    print_title(console, problem)
    console.print()
    _Printer(console, problem, outcome).print()


class _Printer:
    """The sections of one outcome, in order."""

    def __init__(self, console: Console, problem: Problem, outcome: Outcome) -> None:
        self.console, self.problem, self.outcome = console, problem, outcome
        self.search, self.report, self.ask = outcome.search, outcome.report, outcome.ask
        self.values, self.words = outcome.search.values, Words(outcome)

    def print(self) -> None:
        """Print every section."""
        self._asked()
        self._verdict()
        self._chosen()
        self._capital()
        self._measures()
        self._left_out()
        self._beside()
        self._front()

    def _asked(self) -> None:
        limits = " and ".join(
            f"{millions(limit.amount)} in {name}" for name, limit in self.search.limits.items()
        )
        self._say(f"Sites of {self.ask.option}: the {self.words.aim} for {limits}", "bold")
        possible = self.search.possible
        if self.search.every:
            how = (
                f"All {possible:,} plans that keep to the rules were worked out by the engine: the best "
                "is proved."
            )
        else:
            how = (
                f"{len(self.values.evaluated):,} of {possible:,} plans were worked out by the engine: the "
                f"best found, not proved. --plans {possible} works out every one."
            )
        late = f" Sites may start up to {years(self.ask.delay)} late." if self.ask.delay else ""
        self._say(how + late, "dim")

    def _verdict(self) -> None:
        """Say plainly where the best is to build nothing, or where sites cost more than they bring."""
        if not self.words.sites(self.report.plan):
            self.console.print()
            self._say("The best is to build none of the sites.", "bold yellow")
            self._say(self._why_none())
        elif self.report.score < self.report.none:
            self.console.print()
            less = self.words.score(self.report.none - self.report.score)
            self._say(
                f"Worth {less} less than no site: of all that keep to the rules, these lose least.",
                "bold yellow",
            )

    def _why_none(self) -> str:
        if any(each.reason == "limit" for each in self.report.left_out):
            return "Each that would bring something costs more than the limit; see 'Left out'."
        if list(self.ask.aims) == ["npsv"]:
            return (
                "At this case's assumptions each site costs society more than it brings; see 'Left out'. "
                "--at-least 1 gives the best set with a site, and --value tests or people another aim."
            )
        return "No site brings anything by what is counted; see 'Left out'."

    def _chosen(self) -> None:
        if not self.report.chosen:
            return
        self._heading("Chosen, in the order of opening")
        running = "Running total" if self.console.width >= _WIDE else "Total"
        rows: list[tuple[str, ...]] = []
        total, has_kit = 0.0, False
        for each in self.report.chosen:
            candidate = self.search.candidates[each.number]
            capital = float(each.capital.sum())
            worth = (self.words.change(each.alone), self.words.change(each.last))
            if candidate.parent is not None:
                has_kit = True
                rows.append((f"  {candidate.label}", "", "", f"({millions(capital)})", "", *worth))
                continue
            total += capital
            when = f"{years(each.start)} late" if each.start else "on time"
            month = opening(self.problem, each.opening) or "later"
            rows.append((candidate.label, when, month, millions(capital), millions(total), *worth))
        self._table("Site", ["Start", "Opens", "Capital", running, "Alone", "As last"], rows)
        kit = " Kit, in brackets, is part of its site." if has_kit else ""
        self._say(
            "Alone: what a site adds to none. As last: what the plan loses without it and without what needs "
            f"it. They differ where sites share lists, staff or people.{kit}",
            "dim",
            indent=_GAP,
        )
        for each in self.report.chosen:
            if each.kept_for:
                label = self.search.candidates[each.number].label
                self._say(f"{label} lowers the value and stays: {each.kept_for} must be built.", indent=_GAP)

    def _capital(self) -> None:
        worth, labels = self.outcome.worth(self.report.plan), self.problem.frame.ids("year")
        limits = {limit.years: limit.amount for limit in self.search.limits.values()}
        shown = [n for n in range(len(labels)) if abs(worth.by_year[n]) >= 1 or (n,) in limits]
        if not self.report.chosen and not shown:
            return
        self._heading("Capital by year, cash with VAT")

        def row(label: str, amounts: Array) -> tuple[str, ...]:
            cells = (millions(amount) if abs(amount) >= 1 else NONE for amount in amounts[shown])
            return (label, *cells, millions(float(amounts.sum())))

        rows = [
            row(self.search.candidates[each.number].label, each.capital)
            for each in self.report.chosen
            if self.search.candidates[each.number].parent is None
        ]
        if abs(worth.beside).sum() >= 1:
            rows.append(row("Beside the sites", worth.beside))
        rows.append(row("All", worth.by_year))
        bounds = [limits.get((n,)) for n in shown] + [limits.get(tuple(range(len(labels))))]
        rows.append(("Limit", *(NONE if bound is None else millions(bound) for bound in bounds)))
        self._table("Site", [*(labels[n] for n in shown), "All years"], rows, bold=len(rows) - 2)

    def _measures(self) -> None:
        """The plan beside no site and all sites."""
        self._heading("Value")
        plans = [self.report.plan, self.search.none, self.search.all]
        worths = [self.outcome.worth(plan) for plan in plans]

        def counts(numbers: Sequence[float], unit: str) -> tuple[str, ...]:
            return tuple(figure(float(round(number)), unit) for number in numbers)

        rows = [
            ("Sites", *(str(self.words.sites(plan)) for plan in plans)),
            ("Net present social value", *(millions(worth.npsv) for worth in worths)),
            ("Tests a year, mean of all years", *counts([worth.tests for worth in worths], TESTS)),
            ("Additional tests a year", *counts([worth.additional for worth in worths], TESTS)),
        ]
        if self.values.has_people:
            brought = counts([worth.people.sum() for worth in worths], PEOPLE)
            rows.append((f"People brought {self.words.near}", *brought))
            if self.ask.deprivation:
                weighted = counts([worth.weighted for worth in worths], PEOPLE)
                rows.append(("  weighted for deprivation", *weighted))
            deprived = counts([worth.people[0] for worth in worths], PEOPLE)
            rows.append(("  of the most deprived fifth", *deprived))
        rows.append(("Capital, cash with VAT", *(millions(float(w.by_year.sum())) for w in worths)))
        if not self.words.unit:
            rows.append(("Weighted score", *(self.words.score(self.words.value(plan)) for plan in plans)))
        self._table("", ["This plan", "No site", "All sites"], rows)

    def _left_out(self) -> None:
        if not self.report.left_out:
            return
        self._heading("Left out")
        rows = [
            (
                self.search.candidates[each.number].label,
                millions(each.capital),
                self.words.change(each.gain),
                self.words.why(each),
            )
            for each in self.report.left_out
        ]
        self._table("Site", ["Capital", "Would add", "Why"], rows, words=True)

    def _beside(self) -> None:
        self._heading("Other plans, and more capital")
        for sentence in beside(self.outcome, self.words):
            self._say(sentence, indent=_GAP)

    def _front(self) -> None:
        if not self.ask.pareto:
            return
        every = self.outcome.front
        shown = spread(every, MOST_SHOWN)
        rows = front_rows(self.outcome, self.words, shown)
        best = shown.index(self.report.plan) if self.report.plan in shown else None
        self._heading("Plans that none beats in value, tests and people at once")
        self._table("Sites", ["Value", "Tests", "People", "Capital", "Which"], rows, best, words=True)
        proved = "" if self.search.every else " Of the plans worked out; others may beat them."
        more = f"{len(rows)} of {len(every)} are shown; --json has all." if len(rows) < len(every) else ""
        if text := (more + proved).strip():
            self._say(text, "dim", indent=_GAP)
        if any(start not in (OUT, 0) for plan in every for start in plan):
            self._say("+1: starts a year late.", "dim", indent=_GAP)

    def _heading(self, text: str) -> None:
        self.console.print()
        self.console.print(Text(text, style="bold cyan"))

    def _say(self, text: str, style: str = "", indent: int = 0) -> None:
        self.console.print(Padding(Text(text, style=style), (0, 0, 0, indent), expand=False))

    def _table(
        self,
        first: str,
        headings: Sequence[str],
        rows: Sequence[tuple[str, ...]],
        bold: int | None = None,
        words: bool = False,
    ) -> None:
        """A table, figures to the right and never cut; with `words`, the last column is text that folds."""
        table = plain_table()
        table.add_column(first, overflow="fold")
        for place, heading in enumerate(headings):
            if words and place == len(headings) - 1:
                table.add_column(heading, overflow="fold", min_width=18)
            else:
                table.add_column(heading, justify="right", no_wrap=True)
        for number, row in enumerate(rows):
            table.add_row(*(Text(cell, style="bold" if number == bold else "") for cell in row))
        self.console.print(Padding(table, (0, 0, 0, _GAP), expand=False))
