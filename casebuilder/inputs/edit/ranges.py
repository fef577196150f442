"""The ranges that edited values are to have, so that each holds its value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from casebuilder.inputs.assumed.amounts import takes_range
from casebuilder.inputs.edit.group import Group
from casebuilder.inputs.files.scalars import listed, rounded, shown
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.values import UNVERIFIED, Members

Range = tuple[float, float]


@dataclass
class RangePlan:
    """What is to become of ranges.

    Attributes
    ----------
    wanted
        The ranges to write.
    bare
        The edited values without one in a block that asks for one: something has to be said of them apart.
    notes
        What was done beyond the values.
    """

    wanted: dict[Members, Range] = field(default_factory=dict)
    bare: set[Members] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def plan_ranges(
    group: Group, own: Mapping[Members, Node], state: str | None, others: Collection[Members]
) -> RangePlan:
    """The ranges of a block's edited values.

    Parameters
    ----------
    group
        The edits.
    own
        The node of each combination's range, where the block gives one.
    state
        What the block says of all its values; None where it says nothing.
    others
        The values of the block that are not edited, and of which nothing is said apart.
    """
    plan = RangePlan()
    if not takes_range(group.declared):
        return plan
    # A block that gives ranges and no state has to give one for each of its values.
    exposed = [] if state or own else [each for each in others if group.now(each).low is None]
    for members, edit in group.edits.items():
        new = float(group.amount(members))
        value, node = group.now(members), own.get(members)
        bounds = _pair(node) if node is not None else None
        if bounds is None and node is None and value.low is not None and value.high is not None:
            bounds = value.low, value.high
        low, high = bounds or (new, new)
        if edit.low is not None or edit.high is not None:
            low = rounded(edit.low) if edit.low is not None else min(low, new)
            high = rounded(edit.high) if edit.high is not None else max(high, new)
            if exposed:
                which = listed(",".join(each) for each in exposed)
                plan.notes.append(
                    f"{edit.name}: the range {shown(low)} to {shown(high)} was not written: its block says "
                    f"no state, and gives {which} without a range; write ranges for all of it by hand"
                )
            elif (low, high) != bounds:
                plan.wanted[members] = low, high
        elif bounds is not None and not low <= new <= high:
            said = f"{edit.name}: the range {shown(low)} to {shown(high)} did not hold {shown(new)}"
            if exposed:
                plan.notes.append(f"{said}: the value is taken as certain; give a range if it is not")
            else:
                plan.wanted[members] = min(low, new), max(high, new)
                plan.notes.append(f"{said}: widened to it")
    if state == UNVERIFIED or (not state and (own or plan.wanted)):
        plan.bare = {
            members
            for members in group.edits
            if members not in plan.wanted and members not in own and not _held(group, members)
        }
    return plan


def _held(group: Group, members: Members) -> bool:
    """Whether the range that lies below holds the new value."""
    value, new = group.now(members), float(group.amount(members))
    return value.low is not None and value.high is not None and value.low <= new <= value.high


def _pair(node: Node) -> Range | None:
    """The two ends; None for factors, which hold by themselves."""
    ends = [item.scalar for item in node.items]
    numbers = [float(end) for end in ends if isinstance(end, int | float)]
    return (rounded(numbers[0]), rounded(numbers[1])) if len(numbers) == len(ends) == 2 else None
