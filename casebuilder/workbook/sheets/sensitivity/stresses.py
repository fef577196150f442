"""Stresses and scenarios: what each does to the option put forward, what is done about it, and what is left.

The changes are results of the engine, so that all stand side by side; the row of the scenario in force is
live, and every one of them can be chosen on Inputs.
"""

from __future__ import annotations

from collections.abc import Mapping

from casebuilder.algebra.terms import Line
from casebuilder.analysis.uncertainty.why.outcomes import MEASURES, Outcome, Outcomes, Standing
from casebuilder.evaluate.headlines import RANKED_BY, OptionResult, headline_line
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.scenarios import AS_STATED, CHOSEN, SAID
from casebuilder.workbook.sheets.options import FIRST_OPTION, RANK_ROW, cell_of
from casebuilder.workbook.sheets.scenarios import STATED_SAID
from casebuilder.workbook.sheets.sensitivity.block import Block

TITLE = "Stresses and scenarios"
IN_FORCE, LIVE, LEFT = "in force", "In force now, live: change", "    what is left once mitigated"
_PLACE, _FIRST, _DECIMALS = "Place by value", 3, 6


class Stresses:
    """Writes the table of what each does, then what is done about it and by whom.

    Parameters
    ----------
    block
        Where it is written.
    told
        What each comes to.
    found
        The headlines of the option put forward.
    """

    def __init__(self, block: Block, told: Outcomes, found: OptionResult) -> None:
        """Find the measures that the case has."""
        self.block, self.told, self.found = block, told, found
        lines = {name: headline_line(block.layout.problem, name) for name in MEASURES}
        self.lines: Mapping[str, Line] = {name: line for name, line in lines.items() if line is not None}
        self.place = _FIRST + len(self.lines)

    def write(self) -> None:
        """Write both tables; nothing where there is neither stress nor scenario."""
        block, told = self.block, self.told
        if not told.each:
            return
        note = "Changes from the case as stated, by the engine, without draws."
        if block.layout.scenarios.scenarios:
            note += " Choose one by its name on Inputs, and the whole workbook follows it."
        block.title(f"{TITLE}, {block.layout.name_of(told.option)}", note)
        base_year = block.layout.problem.inputs.info.base_year
        lines, words = self.lines.values(), block.styles.in_words
        heads = [f"{line.label}\n{words(line.unit, base_year)}" for line in lines]
        block.header(["Stress or scenario", "Name on Inputs", *heads, _PLACE], height=62)
        base = block.row
        block.text(1, AS_STATED)
        self._figures(told.as_stated)
        block.row += 1
        self._live(base)
        for each in told.each:
            self._outcome(each)
        block.row += 1
        self._words()

    def _outcome(self, each: Outcome) -> None:
        """A stress, and below it what is left of it once mitigated."""
        block, scenarios = self.block, self.block.layout.scenarios.scenarios
        block.text(1, each.label)
        if any(each.name == scenario.name for scenario in scenarios):
            text = f'IF({CHOSEN}="{each.name}","{each.name}: {IN_FORCE}","{each.name}")'
            block.live_text(2, text, each.name, "quiet")
        if each.under is None:
            block.text(_FIRST, f"Not in this case: {each.cannot}", "note")
            block.row += 1
            return
        self._changes(each.under)
        block.row += 1
        if each.mitigated is not None:
            block.text(1, LEFT, "quiet_text")
            self._changes(each.mitigated)
            block.row += 1
        elif each.mitigation:
            block.text(1, LEFT, "quiet_text")
            block.text(_FIRST, f"All of it: {each.unmitigated}", "note")
            block.row += 1

    def _words(self) -> None:
        """What is done about each stress and by whom, and why it is of its size."""
        block = self.block
        rows = [each for each in self.told.each if each.mitigation]
        if not rows:
            return
        block.title("What is done about each stress, and by whom")
        block.header(["Stress", "Owner", "Mitigation, and why this size"], texts=3)
        for each in rows:
            block.text(1, each.label)
            block.text(2, each.owner, "quiet_text")
            block.text(3, each.mitigation)
            block.row += 1
            block.text(3, each.note, "note")
            block.row += 1
        block.row += 1

    def _live(self, base: int) -> None:
        """The scenario in force, from the cells of Options: no change where the case stands as stated."""
        block, option = self.block, self.told.option
        if not block.layout.scenarios.scenarios:
            return
        block.text(1, LIVE)
        block.live_text(2, SAID, STATED_SAID, "quiet")
        for column, (name, line) in enumerate(self.lines.items(), _FIRST):
            cell, at = cell_of(block.layout, name, option), f"${letter(column)}${base}"
            gap = f'IF(COUNT({cell},{at})<2,"",ROUND({cell}-{at},{_DECIMALS}))'
            value = _change(self.found.value(name), self.told.as_stated.figures[name])
            block.live(column, gap, value, line.unit, signed=True)
        if RANKED_BY in self.lines:
            own = letter(FIRST_OPTION + block.layout.problem.frame.option_ids.index(option))
            rank = self.found.rank
            block.live(self.place, f"Options!${own}${RANK_ROW}", None if rank is None else rank, "item")
        block.row += 1

    def _figures(self, own: Standing) -> None:
        for column, (name, line) in enumerate(self.lines.items(), _FIRST):
            self.block.number(column, own.figures[name], line.unit)
        self.block.number(self.place, own.place, "item")

    def _changes(self, own: Standing) -> None:
        base = self.told.as_stated
        for column, (name, line) in enumerate(self.lines.items(), _FIRST):
            change = _change(own.figures[name], base.figures[name])
            self.block.number(column, change, line.unit, signed=True)
        self.block.number(self.place, own.place, "item")


def _change(value: float | None, base: float | None) -> float | None:
    """A change to a millionth; None where either has no value."""
    return None if value is None or base is None else round(value - base, _DECIMALS)
