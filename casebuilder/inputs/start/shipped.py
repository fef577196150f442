"""What a new case is given beside its answers: the blocks and shares of `templates/cases/`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from casebuilder.errors import InputError
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.shape.spread import OTHERS
from casebuilder.resources import resource

FOLDER = "templates/cases"
REFERENCE = "assumptions/reference"


@cache
def shipped(name: str) -> Mapping[str, Any]:
    """A file of the folder, as texts, numbers, lists and mappings; not to be changed.

    Raises
    ------
    InputError
        It cannot be read.
    """
    folder = resource(FOLDER)
    files = Files(folder)
    node = files.load(folder / name)
    if node is None or files.faults:
        raise InputError(files.faults)
    found: Mapping[str, Any] = _plain(node)
    return found


@cache
def price_years() -> tuple[str, ...]:
    """The financial years of the price indices that ship, of which a base year is one."""
    files = Files(resource(REFERENCE))
    node = files.load(files.folder / "members.yaml")
    years = node.get("price_year") if node else None
    if years is None or files.faults:
        raise InputError(files.faults)
    return tuple(item.text or "" for item in years.items)


def _plain(node: Node) -> Any:
    if node.mapping:
        return {key: _plain(child) for key, child in node.mapping.items()}
    if isinstance(node.value, list):
        return [_plain(item) for item in node.items]
    return node.scalar


def cut_to(block: Mapping[str, Any], members: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """A block with nothing said of members that a case has not.

    Parameters
    ----------
    block
        An assumed value, with `over`, and `values` and `range` nested in its order.
    members
        By dimension those of the case; a dimension that is not named keeps all.
    """
    over = list(block.get("over", ()))
    found = dict(block)
    for part in ("values", "range", "to_do"):
        if isinstance(block.get(part), Mapping) and "factor" not in block[part]:
            found[part] = _cut(block[part], over, members)
    return found


def _cut(values: Any, over: list[str], members: Mapping[str, Iterable[str]]) -> Any:
    if not over or not isinstance(values, Mapping):
        return values
    known = members.get(over[0])
    kept = {
        key: _cut(value, over[1:], members)
        for key, value in values.items()
        if known is None or key in known or key == OTHERS
    }
    if known is not None and OTHERS in kept and all(member in kept for member in known):
        del kept[OTHERS]
    return kept
