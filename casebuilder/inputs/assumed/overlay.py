"""Precedence: reference, case, `--set KEY=V`, option, `--set OPTION:KEY=V`; every override remembered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from casebuilder.algebra.terms import Input
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.values import (
    DEFAULT,
    UNVERIFIED,
    CaseInputs,
    InputValues,
    Members,
    Origin,
    Override,
    Value,
)

SET = "--set"


@dataclass
class Overlay:
    """One input's values while layer after layer is laid over them.

    Attributes
    ----------
    declared
        The input.
    base, origin, prices_of
        What holds so far, and where it came from.
    options, option_origins
        What each option gives of its own. A value that an option repeats is its own too: it
        stays when the base changes.
    others, option_others
        Where values of the base, and of each option, came from that its own origin does not speak for.
    opened
        The options that open the input.
    log
        The overrides so far, in order.
    """

    declared: Input
    base: dict[Members, Value] = field(default_factory=dict)
    origin: Origin = DEFAULT
    prices_of: str = ""
    options: dict[str, dict[Members, Value]] = field(default_factory=dict)
    option_origins: dict[str, Origin] = field(default_factory=dict)
    log: list[Override] = field(default_factory=list)
    others: dict[Members, Origin] = field(default_factory=dict)
    option_others: dict[str, dict[Members, Origin]] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)

    def lay(
        self,
        upper: Mapping[Members, Value],
        origin: Origin,
        prices_of: str,
        apart: Mapping[Members, Origin] = MappingProxyType({}),
    ) -> None:
        """Lay a file's values over what holds so far; `apart` is for what `origin` does not speak of."""
        self._note(self.base, upper, None, origin.file)
        kept = {members: self.others.get(members, self.origin) for members in self.base}
        # A value that is only repeated, without a source of its own, keeps what vouches for it.
        repeated = {
            members
            for members, value in upper.items()
            if not origin.source and members in self.base and value.amount == self.base[members].amount
        }
        self.others = {
            members: lower for members, lower in kept.items() if members not in upper or members in repeated
        }
        self.others.update(apart)
        self.base = {**self.base, **upper}
        self.origin = origin
        self.prices_of = prices_of

    def fill(self, members: Iterable[Members], amount: float) -> None:
        """Give the input's default to every combination that has no value."""
        for each in members:
            if each not in self.base:
                self.base[each] = Value(amount)
                if self.origin is not DEFAULT:
                    self.others[each] = DEFAULT

    def lay_option(
        self,
        option: str,
        upper: Mapping[Members, Value],
        origin: Origin,
        apart: Mapping[Members, Origin] = MappingProxyType({}),
    ) -> None:
        """Lay an option's values over the base; `apart` is for what `origin` does not speak of."""
        own = self.options.get(option, {})
        before = {**self.base, **own}
        self._note(before, upper, option, origin.file)
        others = self.option_others.setdefault(option, {})
        for members, value in upper.items():
            repeated = members in before and value.amount == before[members].amount
            if members in apart:
                others[members] = apart[members]
            elif not origin.source and repeated:
                others[members] = self._vouching(option, members)
            elif option in self.option_origins:
                others[members] = origin
        self.options[option] = {**own, **upper}
        self.option_origins.setdefault(option, origin)

    def _vouching(self, option: str | None, members: Members) -> Origin:
        """What vouches for the value that holds so far."""
        base = self.others.get(members, self.origin)
        if option is None or members not in self.options.get(option, {}):
            return base
        return self.option_others.get(option, {}).get(members, self.option_origins[option])

    def set(
        self, option: str | None, members: Mapping[Members, float | str], place: Place | None = None
    ) -> None:
        """Lay what `--set` says: the amount alone; a range stays where it still holds the amount."""
        now = {**self.base, **self.options.get(option or "", {})}
        upper = {key: within(now[key], amount, place) for key, amount in members.items()}
        if option is None:
            self._note(self.base, upper, None, SET)
            changed = [key for key, value in upper.items() if value.amount != self.base[key].amount]
            self.others.update((key, typed(self._vouching(None, key))) for key in changed)
            self.base = {**self.base, **upper}
        else:
            self.lay_option(option, upper, typed(self.origin))

    def result(self) -> InputValues:
        """The values as the rest of the program takes them."""
        return InputValues(
            input=self.declared,
            base=self.base,
            base_origin=self.origin,
            options=self.options,
            option_origins=self.option_origins,
            prices_of=self.prices_of,
            other_origins=self.others,
            option_others=self.option_others,
            opened=frozenset(self.opened),
        )

    def _note(
        self, before: Mapping[Members, Value], after: Mapping[Members, Value], option: str | None, by: str
    ) -> None:
        """Remember each value that becomes another."""
        for members, value in after.items():
            old = before.get(members)
            if old is not None and old.amount != value.amount:
                change = Override(self.declared.key, members, option, old.amount, value.amount, by)
                self.log.append(change)


def typed(lower: Origin) -> Origin:
    """The origin of a value typed on the command line: nothing vouches for it."""
    return replace(lower, file=SET, line=1, column=1, source="", state=UNVERIFIED, note="")


def within(lower: Value | None, amount: float | str, place: Place | None = None) -> Value:
    """Another amount with the range it had, where that still holds it; else taken as certain."""
    low, high = (lower.low, lower.high) if lower else (None, None)
    if isinstance(amount, str) or low is None or high is None or not low <= amount <= high:
        return Value(amount, place=place)
    assert lower is not None
    return Value(amount, low, high, place, shape=lower.shape, outcomes=lower.outcomes)


def with_edits(given: InputValues, edits: Iterable[Edit]) -> InputValues:
    """An input's values with some edits laid on them, as `--set` would.

    A range stays where it still holds the new value. An option's own value stays under an edit of the base.

    Parameters
    ----------
    given
        The values of one input.
    edits
        Edits of that input alone.
    """
    base, others = dict(given.base), dict(given.other_origins)
    options = {option: dict(own) for option, own in given.options.items()}
    origins = dict(given.option_origins)
    apart = {option: dict(own) for option, own in given.option_others.items()}
    for edit in edits:
        if edit.option is None:
            base[edit.members] = _edited(base[edit.members], edit)
            others[edit.members] = typed(given.base_origin)
            continue
        own = options.setdefault(edit.option, {})
        own[edit.members] = _edited(own.get(edit.members, base[edit.members]), edit)
        origins.setdefault(edit.option, typed(given.base_origin))
        apart.setdefault(edit.option, {})[edit.members] = typed(given.base_origin)
    return replace(
        given,
        base=base,
        options=options,
        option_origins=origins,
        other_origins=others,
        option_others=apart,
    )


def _edited(before: Value, edit: Edit) -> Value:
    if edit.low is not None and edit.high is not None:
        return Value(edit.new, edit.low, edit.high)
    return within(before, edit.new)


def edited_inputs(inputs: CaseInputs, edits: Iterable[Edit]) -> dict[str, InputValues]:
    """The values of every input that some edits touch, with the edits laid on them, by key."""
    by_key: dict[str, list[Edit]] = {}
    for edit in edits:
        by_key.setdefault(edit.key, []).append(edit)
    return {key: with_edits(inputs.values[key], own) for key, own in by_key.items()}
