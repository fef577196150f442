"""What a reviewer asks of an option, on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.analysis.uncertainty.why.answers import Answer, Challenge
from casebuilder.analysis.uncertainty.why.questions import Question
from casebuilder.analysis.uncertainty.why.stressed import Effect, Stressed
from casebuilder.analysis.uncertainty.why.together import Together
from casebuilder.evaluate.headlines import RANKED_BY, headline_line
from casebuilder.summary.case.title import print_title
from casebuilder.summary.figures import NONE, difference, figure
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_ROOM = 118
_FIRST, _FIRST_WIDE = 5, 8
_NAMED = 6
# So many figures have room beside the name of a stress.
_FIGURES = 5
_PARTS = {
    "capital": "capital",
    "running_cost": "running cost",
    "relief": "relief",
    "risks": "risks",
    "exit_less_residual": "exit less residual value",
    "cash_released": "cash released",
    "other_nhs_benefits": "other NHS benefits",
    "societal_benefits": "societal benefits",
    "health": "health",
}


def print_challenge(console: Console, found: Challenge) -> None:
    """Print the questions in order, where the assumptions stand, and the stresses.

    Parameters
    ----------
    console
        Where to print.
    found
        The answers.
    """
    _Page(console, found).print()


class _Page:
    """The sections, in order."""

    def __init__(self, console: Console, found: Challenge) -> None:
        self.console, self.found, self.problem = console, found, found.problem
        self.wide = console.width >= _ROOM

    def print(self) -> None:
        """Print every section."""
        print_title(self.console, self.problem)
        option = self.problem.frame.label_of_option(self.found.option)
        say(self.console, f"What a reviewer asks of {self.found.option}: {option}", quiet=True)
        for question, answers in self.found.answers.items():
            self._question(question, answers)
        self._standings()
        self._published()
        self._stresses()

    def _question(self, question: Question, answers: tuple[Answer, ...]) -> None:
        heading(self.console, question.asks)
        if not answers:
            say(self.console, self._unanswered(question))
        for answer in answers:
            say(self.console, self._said(answer))
            if question.name == "ranking":
                self._parts(answer)
            if answer.holds is not None:
                self._switches(answer)
            if answer.together is not None:
                say(self.console, self._together(answer.together))
        if question.note:
            say(self.console, f"{question.note} ({question.source})", quiet=True)

    def _unanswered(self, question: Question) -> str:
        if question.name == "ranking":
            return "The case has one option, or no net present social value."
        if question.name == "ratio" and self.found.option == self.problem.frame.baseline:
            return "The baseline has no ratio of its own: it is what the others are held against."
        return "The case has no figure for it."

    def _said(self, answer: Answer) -> str:
        target = answer.target
        line = headline_line(self.problem, target.figure)
        assert line is not None
        value = figure(answer.value, line.unit)
        if target.name == "ranking":
            told = {None: "It cannot be ranked.", True: "It ranks first.", False: "It does not rank first."}
            return f"{told[answer.holds]} {line.label}: {value}."
        side = "at least" if target.more else "at most"
        limit = figure(target.limit, line.unit)
        if answer.holds is None:
            return f"{line.label}: no value, so that nothing can be held to {side} {limit}."
        return f"{line.label}: {value}; {'within' if answer.holds else 'outside'} {side} {limit}."

    def _parts(self, answer: Answer) -> None:
        """What a whole part of the value would have to change by, where the option is not first."""
        parts = self.found.parts
        if parts is None or answer.holds is not False:
            return
        shares = sorted(
            ((name, share) for name, share in parts.items() if share is not None),
            key=lambda each: abs(each[1]),
        )
        if shares:
            told = "; ".join(f"{_PARTS.get(name, name)} {share:+.0%}" for name, share in shares[:4])
            say(self.console, f"A part of the value by itself, in all options alike: {told}.")
        else:
            say(self.console, "No part of the value by itself, in all options alike, would make it first.")

    def _switches(self, answer: Answer) -> None:
        found = answer.found
        moving = len(answer.switches)
        does = "break that" if answer.holds else "bring that about"
        if not answer.switches:
            say(self.console, "No input moves it.")
            return
        if not found:
            said = f"None of the {moving:,} inputs that move it would {does} by itself, within its bounds."
            say(self.console, said)
            return
        inside = sum(switch.within_range for switch in found)
        said = f"By itself, {len(found):,} of {moving:,} inputs that move it would {does}, "
        said += f"{inside:,} of them within the range given. The nearest:"
        say(self.console, said)
        table = plain_table()
        table.add_column("Input", overflow="fold", min_width=20)
        table.add_column("Switches it", overflow="fold", min_width=16)
        table.add_column("In range", no_wrap=True)
        if self.wide:
            table.add_column("Key", overflow="fold", style="dim")
        for switch in found[: _FIRST_WIDE if self.wide else _FIRST]:
            where = "yes" if switch.within_range else "no" if switch.path.how == "along its range" else NONE
            cells = [switch.path.item.label, switch.told, where]
            table.add_row(*cells, *([switch.path.item.key] if self.wide else []))
        self.console.print(Padding(table, INDENT, expand=False))

    def _together(self, laid: Together) -> str:
        if not laid.steps:
            return "No range, at either end, brings it nearer."
        count = len(laid.steps) if laid.enough is None else laid.enough
        named = ", ".join(step.varied.item.label.lower() for step in laid.steps[: min(count, _NAMED)])
        more = f" and {count - _NAMED} more" if count > _NAMED else ""
        if laid.enough is None:
            return f"Not even with the {count} ranges that help most all at their better ends: {named}{more}."
        if count == 1:
            return f"One range at its better end suffices: {named}."
        return f"The better ends of {count} ranges together suffice: {named}{more}."

    def _standings(self) -> None:
        if not self.found.standings:
            return
        heading(self.console, "Where these assumptions stand among other cases")
        known = [each for each in self.found.standings if each.percentile is not None]
        if known:
            table = plain_table()
            table.add_column("Assumption", overflow="fold", min_width=20)
            for title in ("Here", "Lowest", "Highest", "Above", "Of"):
                table.add_column(title, justify="right", no_wrap=True)
            for each in known:
                assert each.percentile is not None
                cells = [figure(value, each.unit) for value in (each.value, each.lowest, each.highest)]
                table.add_row(each.label, *cells, f"{each.percentile:.0%}", f"{each.others:,}")
            self.console.print(Padding(table, INDENT, expand=False))
            said = "Above: the share of values that other cases give for the same thing and that are lower; "
            said += "of many values the middle one. Money as quoted, each in its own prices."
            say(self.console, said, quiet=True)
        few = [each.label.lower() for each in self.found.standings if each.percentile is None]
        if few:
            named = ", ".join(few[:_NAMED]) + (f" and {len(few) - _NAMED} more" if len(few) > _NAMED else "")
            say(self.console, f"Too few other cases give a value of their own to compare with: {named}.")

    def _published(self) -> None:
        if not self.found.published:
            return
        heading(self.console, "Where its capital stands among published centres")
        table = plain_table()
        table.add_column("A unit, prices of the base year", overflow="fold", min_width=20)
        for title in ("Here", "Lowest", "Highest", "Dearer than", "Of"):
            table.add_column(title, justify="right", no_wrap=True)
        for each in self.found.published:
            cells = [figure(value, "GBP_real") for value in (each.value, each.lowest, each.highest)]
            share = NONE if each.percentile is None else f"{each.percentile:.0%}"
            table.add_row(each.label, *cells, share, f"{each.centres}")
        self.console.print(Padding(table, INDENT, expand=False))

    def _stresses(self) -> None:
        heading(self.console, "Stresses: what each does, and what is left of it once mitigated")
        told = [each for each in self.found.stressed if not each.stress.cannot]
        names = [name for name in self.found.figures if headline_line(self.problem, name) is not None]
        shown = names if self.wide else names[:_FIGURES]
        moving = [each for each in told if each.moves]
        table = plain_table()
        table.add_column("", overflow="fold", min_width=14)
        for name in shown:
            table.add_column(_short(name), justify="right", no_wrap=True, vertical="bottom")
        first = self.wide and any(each.first for each in told)
        if first:
            table.add_column("Ranks first", overflow="fold", vertical="bottom")
        for each in moving:
            cells = [self._change(name, each.effects.get(name), left=False) for name in shown]
            table.add_row(each.stress.label, *cells, *([each.first or NONE] if first else []))
            left = [self._change(name, each.effects.get(name), left=True) for name in shown]
            if each.stress.mitigated:
                table.add_row(Text("  mitigated", style="dim"), *left)
        self.console.print(Padding(table, INDENT, expand=False))
        said = "Changes from the case, each by itself. --json has the values as --set takes them."
        say(self.console, said, quiet=True)
        self._mitigations(moving)
        still = [each.stress.label.lower() for each in told if not each.moves]
        if still:
            say(self.console, f"None of these figures moves in this case with: {'; '.join(still)}.")
        for each in self.found.stressed:
            if each.stress.cannot:
                say(self.console, f"{each.stress.label}: not in this case; {each.stress.cannot}.")

    def _mitigations(self, told: list[Stressed]) -> None:
        table = Table.grid(padding=(0, 2))
        table.add_column(overflow="fold", min_width=20)
        table.add_column(overflow="fold")
        for each in told:
            stress = each.stress
            does = stress.mitigation
            if stress.unmitigated:
                does = f"{does} No edit: {stress.unmitigated}."
            table.add_row(Text(stress.owner, style="dim"), f"{stress.label}: {does}")
        self.console.print()
        self.console.print(Padding(table, INDENT))

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
        "surplus_worst_year": "Worst\nyear",
        "system_revenue_ask_steady_state": "Ask\na year",
        "capital_unfunded": "Capital\nunfunded",
        "over_six_weeks_end": "Over six\nweeks",
    }
    return known.get(name, name.replace("_", " "))
