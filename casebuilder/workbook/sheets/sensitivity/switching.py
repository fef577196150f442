"""Switching values: how far each of the inputs that matter most must move, alone, for a figure to turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casebuilder.analysis.uncertainty.why.switching import Switch
from casebuilder.analysis.uncertainty.why.targets import RANKING, Target
from casebuilder.evaluate.headlines import headline_line
from casebuilder.workbook.sheets.sensitivity.block import Block

TITLE = "Switching values of the inputs that matter most"
_RANKS_FIRST = "To rank first, or no longer"
_ACROSS = 3  # columns that the words of one target take


def write_switching(block: Block, found: Mapping[Target, Sequence[Switch]]) -> None:
    """Write a row for each input and, side by side, what it would have to be for each target.

    Parameters
    ----------
    block
        Where it is written.
    found
        By target, the switch of each input.
    """
    rows = list(dict.fromkeys(each.path.item.key for switches in found.values() for each in switches))
    if not rows:
        return
    option = next(iter(found)).option
    note = "One input at a time, all its values together, up to its bounds; by the engine, without draws."
    block.title(f"{TITLE}, {block.layout.name_of(option)}", note)
    heads = ["Input", "State"]
    for target in found:
        heads += [_words(block, target), *[""] * (_ACROSS - 1)]
    block.header(heads, texts=len(heads))
    by_input = {target: {each.path.item.key: each for each in switches} for target, switches in found.items()}
    for key in rows:
        item = block.layout.problem.inputs_by_key[key]
        block.text(1, item.label)
        known = [own[key] for own in by_input.values() if key in own]
        block.text(2, "unverified" if any(each.path.unverified for each in known) else "", "quiet")
        for place, own in enumerate(by_input.values()):
            switch = own.get(key)
            told = "does not move it" if switch is None else switch.told
            role = "cell_text" if switch is not None and switch.found else "quiet_text"
            block.text(3 + _ACROSS * place, told, role)
        block.row += 1
    block.row += 1


def _words(block: Block, target: Target) -> str:
    """What a target asks."""
    if target.name == RANKING:
        return _RANKS_FIRST
    line = headline_line(block.layout.problem, target.figure)
    assert line is not None
    return f"{line.label}: {target.limit:g}"
