"""Text that readers see: which entries hold it, what a comment cuts off, and how long it may be."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from casebuilder.errors import Fault

if TYPE_CHECKING:
    from casebuilder.inputs.files.yaml import Node

# Entries whose text is shown as it was typed.
PROSE = frozenset(
    (
        "title",
        "description",
        "host",
        "label",
        "note",
        "figure",
        "why",
        "licence",
        "address",
        "date",
        "reference",
        "reason",
        "short",
        "to_do",
    )
)
# What a cell of Excel holds.
LONGEST = 32_767
# What fits a row, a heading or the name of a series in a chart.
LONGEST_NAME = 255
_NAMES = frozenset(("title", "host", "label", "short"))
# Names that a reader cannot do without.
_FILLED = frozenset(("title", "host", "label"))


def prose_faults(node: Node, key: str = "") -> tuple[list[Fault], list[Fault]]:
    """What is wrong with the texts of a file, and what may be: faults and warnings.

    Parameters
    ----------
    node
        A file's tree, or part of one.
    key
        The key it stands under.
    """
    faults: list[Fault] = []
    warnings: list[Fault] = []
    ahead = [(key, node)]
    while ahead:
        name, here = ahead.pop()
        ahead += [(name, item) for item in here.items]
        ahead += list(here.mapping.items())
        if name in _FILLED and here.text is not None and not visible(here.text):
            faults.append(here.place.fault(f"'{name}' is empty: write what it is called"))
        if name in PROSE and here.text is not None:
            faults += long_text(here, name)
            cut = cut_text(here, name)
            (faults if cut and cut[1] else warnings).extend([cut[0]] if cut else [])
    return faults, warnings


def visible(text: str) -> bool:
    """Whether a reader sees anything of a text."""
    return any(unicodedata.category(mark) not in ("Zs", "Cf") and not mark.isspace() for mark in text)


def long_text(node: Node, name: str) -> list[Fault]:
    """A fault where a text is longer than the cell it goes to."""
    most = LONGEST_NAME if name in _NAMES else LONGEST
    length = len(node.text or "")
    if length <= most:
        return []
    holds = "a cell of Excel holds" if most == LONGEST else "a name may have"
    return [node.place.fault(f"'{name}' has {length:,} characters: {holds} {most:,} at most; shorten it")]


def cut_text(node: Node, name: str) -> tuple[Fault, bool] | None:
    """What is said of a text that a comment follows, and whether it is surely cut.

    A blank and # start a comment. Where a word stands close after the #, as in `case #2`, text was meant;
    where a blank does, a comment may be.
    """
    if not node.comment or not node.text:
        return None
    sure = bool(re.match(r"#[^\s#]", node.comment))
    seen = node.comment if len(node.comment) <= 40 else node.comment[:40].rstrip() + "..."
    right = f'"{node.text} {seen}"' if len(node.text) <= 60 else "the whole text in quotes"
    ends = f"'{name}' ends before {seen}: a blank and # start a comment"
    return node.place.fault(f"{ends}; if it is part of the text, write {right}"), sure
