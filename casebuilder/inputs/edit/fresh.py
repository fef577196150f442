"""A block for edits of an input that a case, or an option, gives nothing for yet."""

from __future__ import annotations

from casebuilder.inputs.assumed.apart import APART
from casebuilder.inputs.edit.block import combinations
from casebuilder.inputs.edit.group import Group
from casebuilder.inputs.edit.nested import Nested, Shape
from casebuilder.inputs.edit.ranges import Range, plan_ranges
from casebuilder.inputs.edit.spelling import range_text, spelt
from casebuilder.inputs.edit.text import quoted
from casebuilder.inputs.edit.tree import Entries, TreeEdit
from casebuilder.inputs.edit.vouch import lines_of, said_apart
from casebuilder.inputs.edits import Amount
from casebuilder.inputs.files.includes import REFERENCE
from casebuilder.inputs.shape.sources import CALENDAR
from casebuilder.inputs.values import UNVERIFIED, Origin


def fresh_block(group: Group) -> tuple[Entries, list[str]]:
    """The entries of a new block, and what there is to say of it.

    Over values of the reference set, or of the base case, it holds nothing but what is edited; over a default
    or the calendar it stands by itself.
    """
    given = group.given
    origins = {members: given.origin(group.option, members) for members in given.base}
    layered = group.option is not None or any(
        origin.file.startswith(f"{REFERENCE}/") for origin in origins.values()
    )
    changes = group.changes
    kept: dict[tuple[str, ...], Origin] = {}
    if not layered:
        kept = {
            members: origin
            for members, origin in origins.items()
            if origin.source == CALENDAR.id and members not in group.edits
        }
    amounts = {members: group.now(members).amount for members in kept} | {
        members: group.amount(members) for members in group.edits
    }
    none = Origin("", 1, 1, "", UNVERIFIED)
    plan = plan_ranges(group, {}, None, ())
    forced = plan.bare if layered else set(group.edits)
    apart = said_apart(group, changes, kept, lambda members: none, forced)
    entries: list[tuple[str, str | Entries]] = []
    if not layered:
        entries.append(("unit", quoted(group.declared.unit)))
        if group.declared.over:
            entries.append(("over", f"[{', '.join(group.declared.over)}]"))
    values = _made(group, amounts)
    entries.append(("values" if values.startswith("{") else "value", values))
    if plan.wanted:
        entries.append(("range", _ranges(group, plan.wanted)))
    if apart:
        entries.append((APART, lines_of(apart)))
    return entries, [*plan.notes, *_said(group, layered)]


def _said(group: Group, layered: bool) -> list[str]:
    """What a new block is laid over."""
    if group.option is not None:
        return [f"{group.name}: a new block of the option"]
    what = "over the reference set's" if layered else "in place of the calendar's or a default"
    return [f"{group.name}: a new block of the case, {what}"]


def _made(group: Group, amounts: dict[tuple[str, ...], Amount]) -> str:
    def spell(amount: Amount, like: str) -> str:
        return spelt(group.declared, amount)

    nested: Nested[Amount] = Nested(TreeEdit(""), _shape(group), lambda part: True, spell)
    return nested.made(combinations(group.declared.over, group.frame), amounts)


def _ranges(group: Group, ranges: dict[tuple[str, ...], Range]) -> str:
    def spell(ends: Range, like: str) -> str:
        return range_text(*ends)

    nested: Nested[Range] = Nested(TreeEdit(""), _shape(group), lambda part: True, spell)
    return nested.made(combinations(group.declared.over, group.frame), ranges)


def _shape(group: Group) -> Shape:
    over = group.declared.over
    return Shape(over, False, {name: group.frame.ids(name) for name in over})
