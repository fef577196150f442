"""What a block says is still to be done about its values: `to_do:` for all of them, or by member."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from casebuilder.algebra.dimensions import Frame
from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.assumed.blocks import Block
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.values import Members, Value

_FORMS = "write one text for all its values, or a mapping from members to texts"


def read_marks(
    block: Block,
    declared: Input,
    over: Sequence[str],
    given: Collection[Members],
    frame: Frame,
    faults: list[Fault],
) -> dict[Members, str]:
    """What is to be done about each combination, those without left out.

    A key of a mapping is a member, or a period, of the first dimension that has it. Members that a case has
    not are passed over in the reference set.

    Parameters
    ----------
    block, declared
        The block, and the input it is for.
    over
        The dimensions in the block's own order.
    given
        The combinations that the block gives, in the input's order.
    frame
        The members of the case.
    faults
        Takes what is wrong.
    """
    node = block.node.get(TO_DO)
    if node is None:
        return {}
    if node.text is not None:
        said = _said(node, block.key, faults)
        return dict.fromkeys(given, said) if said else {}
    if not node.mapping:
        faults.append(block.at(TO_DO).fault(f"{block.key}: to_do says nothing: {_FORMS}"))
        return {}
    if not over:
        what = f"{block.key} is a single value: write to_do: and what is to be done"
        faults.append(block.at(TO_DO).fault(what))
        return {}
    found: dict[Members, str] = {}
    for member, entry in node.mapping.items():
        said = _said(entry, block.key, faults)
        dimension = next((name for name in over if member in frame.positions.get(name, {})), None)
        at = declared.over.index(dimension) if dimension else -1
        mine = [members for members in given if dimension and members[at] == member]
        if not mine and not block.lenient:
            known = [id for name in over for id in frame.ids(name)]
            what = "no value is given for it here" if dimension else f"it is no member{_near(member, known)}"
            faults.append(node.key_place(member).fault(f"{block.key}: to_do names '{member}': {what}"))
        for members in mine:
            found[members] = "; ".join(filter(None, [found.get(members, ""), said]))
    return found


def marked(
    values: Mapping[Members, Value], block: Mapping[Members, str], rows: Mapping[Members, str]
) -> dict[Members, Value]:
    """The values with what is to be done: what the row of a table says goes before what its block says."""
    if not block and not rows:
        return dict(values)
    return {
        members: replace(value, to_do=rows.get(members) or block.get(members, ""))
        for members, value in values.items()
    }


def _near(member: str, known: Sequence[str]) -> str:
    return nearest(member, known) or f" of {', '.join(known[:6])}"


def _said(node: Node, key: str, faults: list[Fault]) -> str:
    """The text, in one line; a fault where there is none."""
    said = " ".join((node.text or "").split())
    if not said:
        faults.append(node.place.fault(f"{key}: to_do says nothing: {_FORMS}"))
    return said
