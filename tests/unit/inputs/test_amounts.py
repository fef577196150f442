"""Whether values and ranges make sense."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.assumed.amounts import amount_of, wrong_with
from casebuilder.inputs.assumed.uncertain.ranges import read_range
from casebuilder.inputs.files.yaml import parse_yaml


@pytest.mark.parametrize(
    ("unit", "more", "value", "words"),
    [
        ("years", {}, "ten", "'ten' is not a number"),
        ("years", {}, True, "'true' is not a number"),
        ("years", {}, None, "nothing is not a number"),
        ("GBP_real", {}, "£1,200", "write 1200"),
        ("share", {}, "5%", "write 0.05"),
        ("years", {}, float("inf"), "not a finite number"),
        ("years", {}, -1, "negative"),
        ("1", {"low": 2}, 1, "below 2"),
        ("share", {}, 5, "write 0.05 for 5 %"),
        ("items", {"whole": True}, 1.5, "not a whole number"),
        ("flag", {}, 2, "a flag is 0 or 1"),
        ("choice", {"choices": ("ct", "mri")}, 1, "not one of ct, mri"),
    ],
)
def test_a_wrong_value_is_said_to_be_so(
    declare: Callable[..., Input], unit: str, more: dict[str, Any], value: Any, words: str
) -> None:
    """With what would be right, where that can be known."""
    assert words in wrong_with(declare("a.b", unit, **more), value)


def test_right_values_are_taken(declare: Callable[..., Input]) -> None:
    """Numbers rounded, yes and no as 1 and 0, words as they are; without a low bound below zero."""
    assert wrong_with(declare("a.b", "flag"), True) == ""
    assert amount_of(declare("a.b", "flag"), True) == 1.0
    assert wrong_with(declare("a.b", "share", low=None), -0.5) == ""
    assert amount_of(declare("a.b", "share"), 0.1 + 0.2) == 0.3
    assert amount_of(declare("a.b", "choice", choices=("ct",)), "ct") == "ct"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[0.2, 0.9]", (0.2, 0.9)),
        ("{factor: [0.5, 1.1]}", (0.4, 0.88)),
        ("{factor: [0.5, 2]}", (0.4, 1.0)),
        ("[0.9, 1]", None),
        ("[0.2, 1.5]", None),
        ("[0.2]", None),
        ("[low, high]", None),
        ("0.8", None),
    ],
)
def test_a_range_holds_its_value(
    declare: Callable[..., Input], text: str, expected: tuple[float, float] | None
) -> None:
    """A pair around the value and within the bounds; a factor stops at the bounds."""
    faults: list[Fault] = []
    node = parse_yaml(f"r: {text}", "f.yaml", [])
    assert node is not None
    assert read_range(declare("a.b", "share"), node.mapping["r"], 0.8, "a.b", faults) == expected
    assert len(faults) == (expected is None)


def test_a_factor_of_a_negative_value_is_turned_round(declare: Callable[..., Input]) -> None:
    """Low stays below high."""
    node = parse_yaml("factor: [0.5, 2]", "f.yaml", [])
    assert node is not None
    assert read_range(declare("a.b", "1", low=None), node, -1.0, "a.b", []) == (-2.0, -0.5)
