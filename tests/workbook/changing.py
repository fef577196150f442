"""Choose inputs of every chapter and kind, and give each another value that still makes sense."""

from __future__ import annotations

import math
import random
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.dimensions import time_of
from casebuilder.algebra.terms import Input
from casebuilder.case import Case, load_case
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.headlines import HEADLINES
from casebuilder.inputs.values import InputValues, Members
from casebuilder.workbook.layout.addresses import lay_out, letter
from casebuilder.workbook.proof.engines import IronCalc
from casebuilder.workbook.sheets.options import FITS_ROW, STALE
from tests.workbook.reading import Sheet

TOLERANCE = 1e-9
HANDFUL, AT_ONCE = 20, 7
CALENDAR = (("timeline", "days_in_month"), ("timeline", "first_month_offset"))


@dataclass(frozen=True)
class Change:
    """One input cell with another value; `option` is None for the Base cell."""

    item: Input
    members: Members
    option: str | None
    before: float | str
    after: float | str

    @property
    def key(self) -> str:
        """The key with all members, the period last, as `--set` takes it."""
        return f"{self.item.key}[{','.join(self.members)}]" if self.members else self.item.key

    @property
    def as_set(self) -> str:
        """What `--set` is given."""
        start = f"{self.option}:" if self.option else ""
        value = self.after if isinstance(self.after, str) else repr(self.after)
        return f"{start}{self.key}={value}"


def another(item: Input, amount: float | str, factor: float = 1.07) -> float | str | None:
    """Another value within the bounds; None where there is none."""
    if isinstance(amount, str):
        return next((word for word in item.choices if word != amount), None)
    if item.unit == "flag":
        return 1.0 - amount
    candidates = (
        [amount + 1, amount - 1]
        if item.whole
        else [amount * factor, amount / factor, amount + 0.01, amount - 0.01]
    )
    for value in candidates:
        value = float(f"{value:.15g}")
        above = item.low is None or value >= item.low
        below = item.high is None or value <= item.high
        if value != amount and above and below:
            return value
    return None


def _cells(given: InputValues, frozen: frozenset[str]) -> list[tuple[Members, str | None, float | str]]:
    """The cells that are typed: base cells, and the cells of options that override.

    The first of cells that rise from a number, such as a first tier's, can be nothing else.
    """
    first = given.input.rises_from
    base: list[tuple[Members, str | None, float | str]] = [
        (members, None, value.amount)
        for members, value in given.base.items()
        if any(members not in given.options.get(option, {}) for option in frozen)
    ]
    own: list[tuple[Members, str | None, float | str]] = [
        (members, option, value.amount)
        for option, values in given.options.items()
        for members, value in values.items()
    ]
    along = given.input.never_falls
    if along:  # the last of a curve that never falls may be more; another may not be beyond the next
        at, last = given.input.over.index(along), list(given.base)[-1]
        return [cell for cell in base + own if cell[0][at] == last[at]]
    return [cell for cell in base + own if first is None or cell[2] != first]


def _rarity(change: Change) -> int:
    """Words and option cells are few, so they come last in a list that is taken from its end."""
    return 2 if isinstance(change.after, str) else 1 if change.option is not None else 0


def _all_hubs(case: Case) -> bool:
    """Whether no site of a case is a spoke."""
    return all(value.amount == 1 for value in case.inputs.values["estate.hub"].base.values())


def _hires(case: Case, option: str | None, site: str) -> bool:
    """Whether an option hires a room at a site."""
    rooms = case.inputs.values["estate.hired_rooms"]
    at = option or case.inputs.frame.baseline
    return any(rooms.amount(at, members) for members in rooms.base if members[0] == site)


def choose_changes(case: Case, count: int, seed: int = 20261122) -> list[Change]:
    """Some changes: chapter by chapter in turn, base and option cells, every kind of input."""
    chance = random.Random(seed)
    options = frozenset(case.inputs.frame.option_ids)
    chapters: dict[str, list[Change]] = {}
    for item, given in case.problem.values.items():
        if item.fixed or (item.chapter, item.name) in CALENDAR:
            continue  # settled with the case, not in a workbook
        found = []
        for members, option, amount in _cells(given, options):
            after = another(item, amount)
            # Days and months of hire at a site where an option hires no room move nothing.
            hires = item.key.startswith("estate.hired_") and not _hires(case, option, members[0])
            # What spokes do moves nothing where every site is a hub.
            spokes = item.key == "throughput.done_at_spokes" and _all_hubs(case)
            if after is not None and amount != 0 and not hires and not spokes:
                found.append(Change(item, members, option, amount, after))
        base = [c for c in found if c.option is None]
        own = [c for c in found if c.option is not None]
        picked = [chance.choice(group) for group in (base, own) if group]
        chapters.setdefault(item.chapter, []).extend(picked)
    for changes in chapters.values():
        chance.shuffle(changes)
        changes.sort(key=_rarity)
    chosen: list[Change] = []
    while len(chosen) < count and any(chapters.values()):
        for changes in chapters.values():
            if changes and len(chosen) < count:
                chosen.append(changes.pop())
    return chosen


def choose_one_each(case: Case, count: int, chapters: Collection[str], seed: int = 20261126) -> list[Change]:
    """A change of one cell of as many inputs, chapter by chapter in turn; which cell is left to chance.

    A rate of an edition, a share of a stage or the figure of a method that the case has not chosen is
    passed over: it must move nothing.
    """
    chance = random.Random(seed)
    options = frozenset(case.inputs.frame.option_ids)
    values = case.inputs.values
    chosen_words = {
        "edition": values["timeline.edition"].base[()].amount,
        "stage": values["bias.stage"].base[()].amount,
    }

    own_record = values["bias.method"].base[()].amount == "own_record"
    by_class = values["bias.basis"].base[()].amount != "optimism_bias"

    def is_read(item: Input, members: Members) -> bool:
        if item.key.startswith("bias.class_uplift") and not by_class:
            return False
        return (own_record or item.key != "bias.own_record") and all(
            chosen_words.get(dimension, member) == member
            for dimension, member in zip(item.over, members, strict=True)
        )

    found: dict[str, list[Change]] = {}
    for item, given in case.problem.values.items():
        told = {c.item.key for c in found.get(item.chapter, [])}
        if item.chapter not in chapters or item.fixed or item.key in told:
            continue
        changes = [
            Change(item, members, option, amount, after)
            for members, option, amount in _cells(given, options)
            if amount != 0 and is_read(item, members) and (after := another(item, amount)) is not None
        ]
        if changes:
            found.setdefault(item.chapter, []).append(chance.choice(changes))
    in_turn = sorted(found)
    chance.shuffle(in_turn)
    for changes in found.values():
        chance.shuffle(changes)
    chosen: list[Change] = []
    while len(chosen) < count and any(found.values()):
        for chapter in in_turn:
            if found[chapter] and len(chosen) < count:
                chosen.append(found[chapter].pop())
    return chosen


def kinds(changes: list[Change]) -> dict[str, int]:
    """How many changes are of each kind, for the record."""
    found = {
        "base": sum(c.option is None for c in changes),
        "option": sum(c.option is not None for c in changes),
        "by_period": sum(time_of(c.item.over) is not None for c in changes),
        "word": sum(isinstance(c.after, str) for c in changes),
        "flag": sum(c.item.unit == "flag" for c in changes),
        "whole": sum(c.item.whole for c in changes),
    }
    return found | {"chapters": len({c.item.chapter for c in changes})}


def input_cell(sheets: dict[str, Sheet], change: Change) -> tuple[str, str]:
    """The sheet and the address of an input cell, found by column A and the header."""
    timed = time_of(change.item.over) is not None
    members = change.members[:-1] if timed else change.members
    key = f"{change.item.key}[{','.join(members)}]" if members else change.item.key
    if timed and change.option:
        key = f"{change.option}:{key}"
    header = change.members[-1] if timed else change.option or "Base"
    found = [
        (name, sheet, row)
        for name, sheet in input_sheets(sheets).items()
        for of, row in sheet.keyed()
        if of == key
    ]
    ((name, sheet, row),) = found
    return name, f"{letter(sheet.columns()[header])}{row}"


def input_sheets(sheets: dict[str, Sheet]) -> dict[str, Sheet]:
    """Inputs, and the data sheets with its long tables."""
    return {name: sheet for name, sheet in sheets.items() if name == "Inputs" or name.startswith("Data ")}


def headlines(engine: IronCalc, options: Sheet, case: Case) -> dict[tuple[str, str], object]:
    """Every headline of every option that is laid out, as the engine has it on the Options sheet."""
    columns = options.columns(within=12)
    found = {}
    laid_out = lay_out(case.problem).options
    for key, row in options.keyed():
        if key in HEADLINES:
            for option in laid_out:
                found[key, option] = engine.value("Options", f"{letter(columns[option])}{row}")
    return found


def same(live: object, ours: float | None) -> bool:
    """Whether a live figure is ours to 1e-9; empty where we have none."""
    if ours is None or live in ("", None):
        return ours is None and live in ("", None)
    assert isinstance(live, float)
    return math.isclose(live, ours, rel_tol=TOLERANCE, abs_tol=1e-9)


@dataclass(frozen=True)
class Moved:
    """How many changes move a headline, and how many any line of the case."""

    headline: int
    line: int


def moves_a_line(before: Results, after: Results) -> bool:
    """Whether any line of the case has another value."""
    lines = after.problem.by_key
    return any(
        not np.array_equal(before.array(line), after.array(lines[line.key]), equal_nan=True)
        for line in before.problem.lines
    )


def together(changes: Sequence[Change]) -> list[Sequence[Change]]:
    """The changes as they are typed: one at a time, or, of a handful, a few at once.

    A workbook of a million cells takes long to recalculate. What a few typed together give is what the same
    --set of all of them gives, so that each must be live; what each moves by itself is then the engine's.
    """
    if len(changes) > HANDFUL:
        return [[change] for change in changes]
    return [changes[first : first + AT_ONCE] for first in range(0, len(changes), AT_ONCE)]


def moved_by(
    changes: Sequence[Change], name: str, case: Case, engine: IronCalc, sheets: dict[str, Sheet]
) -> Moved:
    """Type the changes into the workbook's Inputs, and hold the headlines to those of the same --set."""
    moved = moved_a_line = 0
    rest = set(case.inputs.frame.option_ids) - set(lay_out(case.problem).options)
    stale = [sheets["Options"].columns(within=12)[option] for option in rest]
    for batch in together(changes):
        sets = [change.as_set for change in batch]
        for change in batch:
            engine.put(*input_cell(sheets, change), change.after)
        engine.calculate()
        live = headlines(engine, sheets["Options"], case)
        assert engine.value("Inputs", "B3") == 0, sets
        for column in stale:
            assert engine.value("Options", f"{letter(column)}{FITS_ROW}") == STALE, sets
        for change in batch:
            engine.put(*input_cell(sheets, change), change.before)
        again = load_case(name, sets)
        for (key, option), value in live.items():
            ours = again.headlines[option].headlines[key]
            assert same(value, ours), (sets, key, option, value, ours)
    for change in changes:
        again = load_case(name, [change.as_set])
        moved += any(
            again.headlines[o].headlines != case.headlines[o].headlines for o in case.inputs.frame.option_ids
        )
        moved_a_line += moves_a_line(case.results, again.results)
    return Moved(moved, moved_a_line)
