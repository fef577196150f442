"""Two cases side by side, as readers are handed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.bridge.changes import Change
from casebuilder.analysis.bridge.groups import Group
from casebuilder.analysis.bridge.steps import Bridge
from casebuilder.evaluate.problem import Problem


@dataclass(frozen=True)
class Side:
    """One of the two.

    Attributes
    ----------
    given
        As it was typed.
    problem
        The case, bound.
    revision
        The git commit that it was read from; empty where it was read from the disk.
    """

    given: str
    problem: Problem
    revision: str = ""


@dataclass(frozen=True)
class Other:
    """Something that differs and is no value: a kind in one word, what it is, and how each side has it."""

    kind: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Difference:
    """All that differs.

    Attributes
    ----------
    first, second
        The two sides.
    changes
        The values, in the order of the model.
    others
        What is no value.
    parts
        The groups of the bridges, in the order of the steps.
    bridges
        By option and headline.
    """

    first: Side
    second: Side
    changes: tuple[Change, ...]
    others: tuple[Other, ...]
    parts: tuple[Group, ...]
    bridges: Mapping[str, Mapping[str, Bridge]]
