"""Stresses and scenarios: what each does to the option put forward, what is done about it, and what is left.

The changes are results of the engine, so that all stand side by side; the row of the scenario in force is
live, and every one of them can be chosen on Inputs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.algebra.terms import Line
from casebuilder.analysis.uncertainty.side_by_side import ByScenario
from casebuilder.analysis.uncertainty.why.stressed import Stressed
from casebuilder.evaluate.headlines import OptionResult, headline_line
from casebuilder.inputs.edits import AS_STATED
from casebuilder.workbook.layout.columns import letter
from casebuilder.workbook.layout.scenarios import CHOSEN, SAID
from casebuilder.workbook.sheets.options import FIRST_OPTION, HEADER_ROW, RANK_ROW, cell_of
from casebuilder.workbook.sheets.scenarios import STATED_SAID
from casebuilder.workbook.sheets.sensitivity.block import Block
from casebuilder.workbook.writing.bounds import change_of

TITLE = "Stresses and scenarios"
IN_FORCE, LIVE, LEFT = "in force", "In force now, live: change", "    what is left once mitigated"
_FIRST_HEAD, _FIRST = "Ranks first", 3
Figures = Mapping[str, float | None]


class Stresses:
    """Writes the table of what each does, then what is done about it and by whom.

    Parameters
    ----------
    block
        Where it is written.
    stressed
        The stresses with what they do.
    named
        The named scenarios of the case with what they come to; None where it has none.
    measures
        The headlines that are shown.
    option, found
        The option put forward, and the headlines of all.
    """

    def __init__(
        self,
        block: Block,
        stressed: Sequence[Stressed],
        named: ByScenario | None,
        measures: Sequence[str],
        option: str,
        found: Mapping[str, OptionResult],
    ) -> None:
        """Find the measures that the case has."""
        self.block, self.stressed, self.named = block, stressed, named
        self.option, self.found = option, found
        lines = {name: headline_line(block.layout.problem, name) for name in measures}
        self.lines: Mapping[str, Line] = {name: line for name, line in lines.items() if line is not None}
        self.base: Figures = {name: found[option].value(name) for name in self.lines}
        self.first = _FIRST + len(self.lines)

    def write(self) -> None:
        """Write both tables; nothing where there is neither stress nor scenario."""
        block = self.block
        if not self.lines or not (self.stressed or self.named):
            return
        note = "Changes from the case as stated, by the engine, without draws."
        if block.layout.scenarios.scenarios:
            note += " Choose one by its name on Inputs, and the whole workbook follows it."
        block.title(f"{TITLE}, {block.layout.name_of(self.option)}", note)
        base_year = block.layout.problem.inputs.info.base_year
        lines, words = self.lines.values(), block.styles.in_words
        heads = [f"{line.label}\n{words(line.unit, base_year)}" for line in lines]
        block.header(["Stress or scenario", "Name on Inputs", *heads, _FIRST_HEAD], height=62)
        base = block.row
        block.text(1, AS_STATED)
        for column, (name, line) in enumerate(self.lines.items(), _FIRST):
            block.number(column, self.base[name], line.unit)
        best = [option for option, own in self.found.items() if own.rank == 1]
        block.text(self.first, best[0] if best else "", "engine_word")
        block.row += 1
        self._live(base, best[0] if best else "")
        if self.named is not None:
            for place, scenario in enumerate(self.named.scenarios, 1):
                self._name(scenario.label, scenario.name)
                self._changes({name: self.named.figures[name][place] for name in self.lines})
                block.row += 1
        for each in self.stressed:
            self._stress(each)
        block.row += 1
        self._words()

    def _stress(self, each: Stressed) -> None:
        """A stress, and below it what is left of it once mitigated."""
        block, stress = self.block, each.stress
        own = self.named is not None and any(stress.name == s.name for s in self.named.scenarios)
        self._name(stress.label, "" if own else stress.name)
        if stress.cannot:
            block.text(_FIRST, f"Not in this case: {stress.cannot}", "note")
            block.row += 1
            return
        self._changes({name: effect.stressed for name, effect in each.effects.items()})
        block.text(self.first, each.first, "engine_word")
        block.row += 1
        block.text(1, LEFT, "quiet_text")
        if not each.unmitigated:
            self._changes({name: effect.mitigated for name, effect in each.effects.items()})
        else:
            block.text(_FIRST, f"All of it: {each.unmitigated}", "note")
        block.row += 1

    def _words(self) -> None:
        """What is done about each stress and by whom, and why it is of its size."""
        block = self.block
        if not self.stressed:
            return
        block.title("What is done about each stress, and by whom")
        block.header(["Stress", "Owner", "Mitigation, and why this size"], texts=3)
        for each in self.stressed:
            block.text(1, each.stress.label)
            block.text(2, each.stress.owner, "quiet_text")
            block.text(3, each.stress.mitigation)
            block.row += 1
            block.text(3, f"{each.stress.reason}{self._worse(each)}", "note")
            block.row += 1
        block.row += 1

    def _worse(self, each: Stressed) -> str:
        """The figures that the mitigation makes worse than the stress by itself."""
        worse = [self.lines[name].label.lower() for name in each.worse if name in self.lines]
        return f" The mitigation makes worse: {'; '.join(worse)}." if worse else ""

    def _name(self, label: str, name: str) -> None:
        """What a row is about, with a word that tells when it is chosen."""
        block = self.block
        block.text(1, label)
        if any(name == scenario.name for scenario in block.layout.scenarios.scenarios):
            text = f'IF({CHOSEN}="{name}","{name}: {IN_FORCE}","{name}")'
            block.live_text(2, text, name, "quiet")

    def _live(self, base: int, best: str) -> None:
        """The scenario in force, from the cells of Options: no change where the case stands as stated."""
        block, options = self.block, self.block.layout.problem.frame.option_ids
        if not block.layout.scenarios.scenarios:
            return
        block.text(1, LIVE)
        block.live_text(2, SAID, STATED_SAID, "quiet")
        for column, (name, line) in enumerate(self.lines.items(), _FIRST):
            cell, at = cell_of(block.layout, name, self.option), f"${letter(column)}${base}"
            unit, times = change_of(line.unit)
            shown = f"ROUND({cell}-{at},{_decimals(line)})" + ("" if times == 1 else f"*{times:g}")
            gap = f'IF(COUNT({cell},{at})<2,"",{shown})'
            block.live(column, gap, _change(self.base[name], self.base[name], line), unit, signed=True)
        if best and not block.layout.not_laid_out:  # others would be ranked as they were built
            first, last = letter(FIRST_OPTION), letter(FIRST_OPTION + len(options) - 1)
            keys, ranks = (f"Options!${first}${row}:${last}${row}" for row in (HEADER_ROW, RANK_ROW))
            block.live_text(self.first, f'IFERROR(INDEX({keys},1,MATCH(1,{ranks},0)),"")', best, "word")
        block.row += 1

    def _changes(self, own: Figures) -> None:
        for column, (name, line) in enumerate(self.lines.items(), _FIRST):
            unit, _ = change_of(line.unit)
            self.block.number(column, _change(own[name], self.base[name], line), unit, signed=True)


def _change(value: float | None, base: float | None, line: Line) -> float | None:
    """A change as it is told, of a share in percentage points; None where either has no value."""
    if value is None or base is None:
        return None
    return change_of(line.unit)[1] * round(value - base, _decimals(line))


def _decimals(line: Line) -> int:
    """To the penny, since engines differ in the last digits of hundreds of millions; else to a millionth."""
    return 2 if line.unit.startswith("GBP") else 6
