"""Which options a workbook holds in full: the baseline, the one put forward, and those the case names."""

from __future__ import annotations

from collections.abc import Iterable

from casebuilder.algebra.dimensions import Frame
from casebuilder.errors import Fault
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.files.yaml import Node

# Beside the baseline and the option put forward.
MOST_MORE = 2


def put_forward(frame: Frame) -> str:
    """The option that the case puts forward: the last of its list."""
    return frame.option_ids[-1]


def beside(options: Iterable[str], frame: Frame) -> list[str]:
    """Of some options those that a workbook does not hold anyhow, each once."""
    always = (frame.baseline, put_forward(frame))
    return [option for option in dict.fromkeys(options) if option not in always]


def check_in_workbook(node: Node | None, frame: Frame, faults: list[Fault]) -> None:
    """Each entry of `in_workbook` is an option of the case, once."""
    if node is None:
        return
    named: set[str] = set()
    for item in node.items:
        id = item.text or ""
        if id not in frame.option_ids:
            faults.append(item.place.fault(f"'{id}' is no option{nearest(id, frame.option_ids)}"))
        elif id in named:
            faults.append(item.place.fault(f"option '{id}' is listed twice"))
        named.add(id)
    more = beside(named, frame)
    if len(more) > MOST_MORE:
        what = (
            f"{len(more)} options beside the baseline and the last, which is put forward: {MOST_MORE} at most"
        )
        faults.append(node.place.fault(what))
