"""Choose inputs of every chapter and kind, and give each another value that still makes sense."""

from __future__ import annotations

import random
from dataclasses import dataclass

from casebuilder.algebra.dimensions import time_of
from casebuilder.algebra.terms import Input
from casebuilder.case import Case
from casebuilder.inputs.values import InputValues, Members


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
    """The cells that are typed: base cells, and the cells of options that override."""
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
    return base + own


def _rarity(change: Change) -> int:
    """Words and option cells are few, so they come last in a list that is taken from its end."""
    return 2 if isinstance(change.after, str) else 1 if change.option is not None else 0


def choose_changes(case: Case, count: int, seed: int = 20261122) -> list[Change]:
    """Some changes: chapter by chapter in turn, base and option cells, every kind of input."""
    chance = random.Random(seed)
    options = frozenset(case.inputs.frame.option_ids)
    chapters: dict[str, list[Change]] = {}
    for item, given in case.problem.values.items():
        if item.chapter == "timeline" and item.name in ("days_in_month", "first_month_offset"):
            continue  # the calendar belongs to case.yaml
        found = []
        for members, option, amount in _cells(given, options):
            after = another(item, amount)
            if after is not None and amount != 0:
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
