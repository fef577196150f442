"""The edits of one input, in the base case or in one option, and what holds there so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.amounts import amount_of, takes_range, wrong_with
from casebuilder.inputs.edits import Amount, Edit, name_of
from casebuilder.inputs.files.scalars import nearest, rounded, shown
from casebuilder.inputs.values import UNVERIFIED, CaseInputs, InputValues, Members, Origin, Value


@dataclass
class Group:
    """Edits that go into one block.

    Attributes
    ----------
    option
        The option whose own values they are; None for the base case.
    given
        The input's values as they are.
    frame
        The members of the case.
    edits
        By the members of each, in the input's order of dimensions.
    below
        For an option, the edits of the base case that go in with these.
    unplaced
        The combinations of edits that the block gives no value yet, whatever lies below.
    """

    option: str | None
    given: InputValues
    frame: Frame
    edits: dict[Members, Edit] = field(default_factory=dict)
    below: Group | None = None
    unplaced: set[Members] = field(default_factory=set)

    @property
    def declared(self) -> Input:
        """The input."""
        return self.given.input

    @property
    def key(self) -> str:
        """The input's key."""
        return self.declared.key

    @property
    def name(self) -> str:
        """The key, with the option before it."""
        return name_of(self.option, self.key, ())

    def named(self, members: Members) -> str:
        """One of its values as `--set` takes it."""
        return name_of(self.option, self.key, members)

    def now(self, members: Members) -> Value:
        """The value that holds without these edits."""
        own = self.given.options.get(self.option or "", {}).get(members)
        value = own or self.given.base[members]
        if own is not None or self.below is None or members not in self.below.edits:
            return value
        edit, amount = self.below.edits[members], self.below.amount(members)
        if isinstance(amount, str) or value.low is None or value.high is None:
            return Value(amount, edit.low, edit.high)
        low = value.low if edit.low is None else edit.low
        high = value.high if edit.high is None else edit.high
        return Value(amount, min(low, amount), max(high, amount))

    def origin(self, members: Members) -> Origin:
        """What vouches for the value that holds without these edits."""
        origin = self.given.origin(self.option, members)
        own = self.given.options.get(self.option or "", {})
        if members in own or self.below is None or members not in self.below.edits:
            return origin
        edit = self.below.edits[members]
        return replace(origin, source=edit.source, state=vouched_state(edit), note=edit.note)

    def amount(self, members: Members) -> Amount:
        """The amount of an edit, as the model takes it."""
        return amount_of(self.declared, self.edits[members].new)

    @property
    def changes(self) -> dict[Members, Amount]:
        """The amounts to write: those that differ, and those that an option does not give itself yet."""
        own = self.given.base if self.option is None else self.given.options.get(self.option, {})
        amounts = {members: self.amount(members) for members in self.edits}
        return {
            members: amount
            for members, amount in amounts.items()
            if members not in own or own[members].amount != amount or members in self.unplaced
        }

    def leave_out_idle(self) -> None:
        """Drop the edits that say nothing but what holds already."""
        changed = self.changes
        self.edits = {
            members: edit
            for members, edit in self.edits.items()
            if members in changed or edit.source or edit.note or edit.low is not None or edit.high is not None
        }


def vouched_state(edit: Edit) -> str:
    """The state that an edit has: without a source it is unverified, unless somebody chose it."""
    return edit.state if edit.state and (edit.source or edit.state == "chosen") else UNVERIFIED


def combinations(edit: Edit, given: InputValues, frame: Frame) -> list[Members]:
    """What an edit is of: one combination, or all that its members name, as `--set` reads them."""
    if edit.members in given.base:
        return [edit.members]
    fixed: dict[int, str] = {}
    start = 0
    over = given.input.over
    for member in edit.members:
        known = (at for at in range(start, len(over)) if member in frame.positions.get(over[at], {}))
        at = next(known, None)
        if at is None:
            return []
        fixed[at] = member
        start = at + 1
    return [members for members in given.base if all(members[at] == member for at, member in fixed.items())]


def wrong_edit(edit: Edit, inputs: CaseInputs, options: Sequence[str]) -> str:
    """Why an edit cannot stand in the case; empty where it can."""
    given = inputs.values.get(edit.key)
    if given is None:
        return f"there is no input '{edit.key}'{nearest(edit.key, inputs.values)}"
    declared = given.input
    if edit.option is not None and edit.option not in options:
        return f"'{edit.option}' is no option{nearest(edit.option, options)}"
    if edit.option is not None and declared.fixed:
        return f"{edit.key} settles which rows the case has, and is the same in every option: edit the base"
    if not combinations(edit, given, inputs.frame):
        return f"{edit.key} has no value for {', '.join(edit.members) or 'it'} in this case"
    wrong = wrong_with(declared, edit.new)
    if wrong:
        return wrong
    # A source of the case's own may be put into its register together with the edit.
    if edit.source and edit.source not in inputs.sources and not re.fullmatch("L[0-9]+", edit.source):
        hint = nearest(edit.source, inputs.sources)
        return f"source '{edit.source}' is in no register{hint}: give it an id in sources.yaml first"
    return _wrong_range(edit, declared)


def _wrong_range(edit: Edit, declared: Input) -> str:
    if edit.low is None and edit.high is None:
        return ""
    if not takes_range(declared) or isinstance(edit.new, str):
        return f"{edit.key} takes no range"
    least, most = declared.low, declared.high
    for end in (edit.low, edit.high):
        if end is None:
            continue
        if (least is not None and end < least) or (most is not None and end > most):
            return f"the range: {shown(rounded(end))} is beyond what {edit.key} may be"
    new = rounded(float(edit.new))
    low, high = (rounded(end) if end is not None else new for end in (edit.low, edit.high))
    if not low <= new <= high:
        return f"the range {shown(low)} to {shown(high)} does not hold {shown(new)}"
    return ""
