"""Edits put into a block that a case has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casebuilder.algebra.dimensions import TIME, Frame
from casebuilder.inputs.assumed.amounts import is_range
from casebuilder.inputs.assumed.apart import read_apart
from casebuilder.inputs.assumed.blocks import Block
from casebuilder.inputs.edit.group import Group
from casebuilder.inputs.edit.nested import Nested, Shape
from casebuilder.inputs.edit.ranges import Range, plan_ranges
from casebuilder.inputs.edit.spelling import range_text, spelt
from casebuilder.inputs.edit.text import Part
from casebuilder.inputs.edit.tree import TreeEdit
from casebuilder.inputs.edit.vouch import put_apart, said_apart, take_marks
from casebuilder.inputs.edits import Amount
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.spread import Spread
from casebuilder.inputs.values import UNVERIFIED, Members, Origin, Source


class RefusedError(Exception):
    """An edit cannot be placed; says what to write by hand."""


@dataclass(frozen=True)
class Turned:
    """A block's order of dimensions beside its input's."""

    over: tuple[str, ...]
    declared: tuple[str, ...]

    def inward(self, members: Members) -> Members:
        """From the input's order to the block's."""
        return tuple(members[self.declared.index(name)] for name in self.over)

    def outward(self, members: Members) -> Members:
        """From the block's order to the input's."""
        return tuple(members[self.over.index(name)] for name in self.declared)


class BlockEdit:
    """Puts the edits of one input into the block of a file."""

    def __init__(self, group: Group, block: Block, register: Mapping[str, Source]) -> None:
        """Read what the block gives."""
        self.group = group
        self.block = block
        self.register = dict(register)
        self.over = tuple(block.given.over or group.declared.over)
        self.turned = Turned(self.over, group.declared.over)
        self.notes: list[str] = []

    def put(
        self,
        edit: TreeEdit,
        part: Part,
        served: Iterable[Members],
        rows: Iterable[Members] | None = None,
    ) -> None:
        """Change the block.

        Parameters
        ----------
        edit, part
            The file, and the block in it.
        served
            The combinations that the block gives, in the input's order.
        rows
            Where the values stand in a table, which is changed elsewhere, those that it gives now as a lower
            layer gave them before.
        """
        group = self.group
        given = set(served)
        changes = group.changes
        edit.touch(part)
        way = next(key for key in ("value", "values", "table") if key in part.mapping)
        if rows is None:
            kept = self._restated(changes, given)
            amounts = {each: group.now(each).amount for each in kept} | changes
            self._put_values(edit, part, way, amounts)
        else:
            kept = {members: group.origin(members) for members in rows}
        after = "values" if way == "value" and "values" in part.keys else way
        self._put_ranges_and_rest(edit, part, after, given, kept)

    def _put_values(self, edit: TreeEdit, part: Part, way: str, amounts: Mapping[Members, Amount]) -> None:
        """Put amounts where they are given."""
        if not amounts:
            return
        around = edit.text[part.span[0] : part.span[1]]

        def spell(amount: Amount, like: str) -> str:
            return spelt(self.group.declared, amount, like, around)

        nested: Nested[Amount] = Nested(edit, self._shape(), lambda each: not _is_mapping(each), spell)
        wanted = {self.turned.inward(members): amount for members, amount in amounts.items()}
        exists = combinations(self.over, self.group.frame)
        if way == "values":
            nested.alter(part, way, exists, wanted)
            return
        text = nested.made(exists, wanted, part.mapping[way])
        edit.set_value(part, way, text)
        if text.startswith("{"):
            edit.rename_key(part, way, "values")

    def _put_ranges_and_rest(
        self, edit: TreeEdit, part: Part, way: str, given: set[Members], kept: Mapping[Members, Origin]
    ) -> None:
        """Put ranges and what vouches for the values; take out what is done."""
        group, block = self.group, self.block
        origin, apart = self._vouched(given)
        own = self._own_ranges()
        others = [m for m in given if m not in group.edits and m not in apart]
        plan = plan_ranges(group, own, block.given.state, others)
        self.notes += plan.notes
        self._put_ranges(edit, part, way, own, plan.wanted)
        gone, notes = take_marks(edit, part, group, self.over, given)
        self.notes += notes
        if self._lacks_year(given):
            edit.put_entry(part, "unit", "prices_of", group.given.prices_of)
        entries = said_apart(group, group.changes, kept, lambda m: apart.get(m, origin), plan.bare)
        rest = [key for key in part.keys if not (gone and key == TO_DO)]
        put_apart(edit, part, max(rest, key=lambda key: part.keys[key]), entries)
        if gone:
            edit.remove_entries(part, [TO_DO])

    def _put_ranges(
        self,
        edit: TreeEdit,
        part: Part,
        way: str,
        own: Mapping[Members, Node],
        ranges: Mapping[Members, Range],
    ) -> None:
        if not ranges:
            return
        around = edit.text[part.span[0] : part.span[1]]

        def spell(ends: Range, like: str) -> str:
            return range_text(*ends, like, around)

        nested: Nested[Range] = Nested(edit, self._shape(), _is_range, spell)
        changed = self.group.changes
        wanted = dict(ranges)
        for members in self._later(ranges, set(own)):
            value = self.group.now(members)
            amount = changed.get(members, value.amount)
            if isinstance(amount, str):
                continue
            ends = amount, amount
            if value.low is not None and value.high is not None and value.low <= amount <= value.high:
                ends = value.low, value.high
            wanted[members] = ends
        inward = {self.turned.inward(members): ends for members, ends in wanted.items()}
        exists = combinations(self.over, self.group.frame)
        if "range" in part.mapping:
            nested.alter(part, "range", exists, inward)
        else:
            edit.put_entry(part, way, "range", nested.made(exists, inward))

    def _restated(self, changes: Iterable[Members], given: set[Members]) -> dict[Members, Origin]:
        """Later periods that a held period would now serve, and a lower layer serves so far."""
        kept = {}
        for members in self._later([each for each in changes if each not in given], given):
            if members not in self.group.changes:
                kept[members] = self.group.origin(members)
        if kept:
            self.notes.append(
                f"{self.group.name}: the periods that follow are restated as they were, as the block holds "
                "a value until the next"
            )
        return kept

    def _later(self, first: Iterable[Members], given: set[Members]) -> list[Members]:
        """The periods after some that a held series gives nothing for, up to the first that it gives."""
        axis = next((name for name in self.group.declared.over if name in TIME), None)
        if axis is None or not self.block.given.hold:
            return []
        at = self.group.declared.over.index(axis)
        ids = self.group.frame.ids(axis)
        found: dict[Members, None] = {}
        for members in first:
            if members in given:
                continue
            for period in ids[ids.index(members[at]) + 1 :]:
                later = (*members[:at], period, *members[at + 1 :])
                if later in given:
                    break
                found[later] = None
        return list(found)

    def _vouched(self, given: set[Members]) -> tuple[Origin, dict[Members, Origin]]:
        """What the block says of all its values, and of some apart."""
        block = self.block
        origin = Origin("", 1, 1, block.given.source or "", block.given.state or UNVERIFIED, block.given.note)
        apart = read_apart(block, self.group.declared, given, origin, self.group.frame, self.register, [], [])
        return origin, apart

    def _own_ranges(self) -> dict[Members, Node]:
        node = self.block.node.get("range")
        if node is None or node.value is None:
            return {}
        spread = Spread(self.group.frame, self.over, self.block.given.hold, True, [])
        found = spread.nested(node, self.block.at("range"), is_range)
        return {self.turned.outward(members): each for members, each in found.items()}

    def _lacks_year(self, given: set[Members]) -> bool:
        """Whether the block would become one of its own, in prices of the base year, by being completed."""
        block, group = self.block, self.group
        more = any(members not in given for members in group.changes)
        return bool(
            more
            and group.option is None
            and group.given.prices_of
            and block.given.unit is not None
            and block.given.prices_of is None
        )

    def _shape(self) -> Shape:
        ids = {name: self.group.frame.ids(name) for name in self.over}
        return Shape(self.over, self.block.given.hold, ids)


def combinations(over: tuple[str, ...], frame: Frame) -> list[Members]:
    """Every combination that exists, in some order of dimensions."""
    return Spread(frame, over, False, True, []).combinations()


def served(block: Block, over: tuple[str, ...], frame: Frame) -> list[Members]:
    """The combinations that a block gives in YAML, in its own order of dimensions."""
    values = block.node.get("values")
    if values is None:
        return combinations(over, frame)
    spread = Spread(frame, over, block.given.hold, True, [])
    return list(spread.nested(values, block.at("values"), lambda node: not isinstance(node.value, dict)))


def _is_mapping(part: Part) -> bool:
    return isinstance(part.value, dict)


def _is_range(part: Part) -> bool:
    return not _is_mapping(part) or set(part.mapping) == {"factor"}
