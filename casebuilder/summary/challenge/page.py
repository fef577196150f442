"""What a reviewer asks of an option, on the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding

from casebuilder.analysis.uncertainty.ends import Varied
from casebuilder.analysis.uncertainty.why.answers import Answer, Challenge
from casebuilder.analysis.uncertainty.why.questions import Question
from casebuilder.analysis.uncertainty.why.together import Together
from casebuilder.evaluate.headlines import headline_line
from casebuilder.summary.case.title import print_title
from casebuilder.summary.challenge.stresses import print_stresses
from casebuilder.summary.figures import NONE, figure
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_ROOM = 118
_FIRST, _FIRST_WIDE = 5, 8
_NAMED = 6
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
        self.defined = False  # whether it has been said what a decision is

    def print(self) -> None:
        """Print every section."""
        print_title(self.console, self.problem)
        option = self.problem.frame.label_of_option(self.found.option)
        say(self.console, f"What a reviewer asks of {self.found.option}: {option}", quiet=True)
        for question, answers in self.found.answers.items():
            self._question(question, answers)
        self._standings()
        self._published()
        print_stresses(self.console, self.found)

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
            told = ", or ".join(f"{_PARTS.get(name, name)} {share:+.0%}" for name, share in shares[:4])
            said = "It would rank first if a part of the value by itself changed, in all options alike, by:"
            say(self.console, f"{said} {told}.")
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
        inside = sum(switch.within_range and not switch.path.decided for switch in found)
        said = f"By itself, {len(found):,} of {moving:,} inputs that move it would {does}, "
        said += f"{inside:,} of them within the range of what is uncertain. The nearest:"
        say(self.console, said)
        table = plain_table()
        table.add_column("Input", overflow="fold", min_width=20)
        table.add_column("Switches it", overflow="fold", min_width=16)
        table.add_column("In range", no_wrap=True)
        table.add_column("Key", overflow="fold", style="dim", min_width=20)
        shown = found[: _FIRST_WIDE if self.wide else _FIRST]
        for switch in shown:
            where = "yes" if switch.within_range else "no" if switch.path.how == "along its range" else NONE
            where = "decision" if switch.path.decided else where
            table.add_row(switch.path.item.label, switch.told, where, switch.path.item.key)
        self.console.print(Padding(table, INDENT, expand=False))
        if any(switch.path.decided for switch in shown) and not self.defined:
            self.defined = True
            said = "decision: somebody would have to decide otherwise; nothing brings it about by chance."
            say(self.console, said, quiet=True)

    def _together(self, laid: Together) -> str:
        """What must turn out well of what is uncertain, and which decisions would help, told apart."""
        return " ".join(filter(None, (self._uncertain(laid), self._decisions(laid))))

    def _uncertain(self, laid: Together) -> str:
        if not laid.steps:
            return "No uncertain value, at either end of its range, brings it nearer."
        count = len(laid.steps) if laid.enough is None else laid.enough
        named = _named([step.varied for step in laid.steps[:count]])
        if laid.enough is None:
            return (
                f"Not even if the {count} uncertain values that help most all came out at the better ends of "
                f"their ranges: {named}."
            )
        if count == 1:
            return f"It takes one uncertain value at the better end of its range: {named}."
        return f"It takes {count} uncertain values, all at the better ends of their ranges: {named}."

    def _decisions(self, laid: Together) -> str:
        """The decisions that would bring it nearer; none of them is counted on."""
        if not laid.decisions:
            return ""
        return f"Decisions that would bring it nearer, not counted on here: {_named(laid.decisions)}."

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


def _named(inputs: Sequence[Varied]) -> str:
    """The first of some inputs by their labels, and how many more there are."""
    more = f"; and {len(inputs) - _NAMED} more" if len(inputs) > _NAMED else ""
    return "; ".join(each.item.label.lower() for each in inputs[:_NAMED]) + more
