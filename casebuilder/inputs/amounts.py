"""Whether a value makes sense for its input: number or word, bounds, range."""

from __future__ import annotations

from math import isfinite

from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.scalars import Scalar, listed, nearest, rounded, shown
from casebuilder.inputs.yaml import Node
from casebuilder.units import CHOICE

FLAG = "flag"


def takes_range(declared: Input) -> bool:
    """Whether values of this input can be uncertain: a word and a yes or no cannot."""
    return not declared.choices and declared.unit not in (CHOICE, FLAG)


def wrong_with(declared: Input, value: Scalar) -> str:
    """What is wrong with a value; nothing where it will do."""
    if declared.choices:
        word = shown(value) if value is not None else "nothing"
        if word in declared.choices:
            return ""
        return f"'{word}' is not one of {listed(declared.choices, 12)}{nearest(word, declared.choices)}"
    if declared.unit == FLAG and isinstance(value, bool):
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        given = "nothing" if value is None else f"'{shown(value)}'"
        if declared.unit == FLAG:
            return f"a flag is 0 or 1, not {given}"
        return f"{given} is not a number{_as_number(value)}"
    if not isfinite(value):
        return f"{value} is not a finite number"
    if declared.unit == FLAG and value not in (0, 1):
        return f"a flag is 0 or 1, not {shown(value)}"
    if declared.low_open and value == declared.low:
        return f"{shown(value)} is not allowed: it must be more than {shown(value)}"
    if declared.high_open and value == declared.high:
        return f"{shown(value)} is not allowed: it must be less than {shown(value)}"
    if declared.low is not None and value < declared.low:
        what = "negative" if declared.low == 0 else f"below {shown(declared.low)}"
        return f"{shown(value)} is {what}: {shown(declared.low)} is the least allowed"
    if declared.high is not None and value > declared.high:
        return f"{shown(value)} is above {shown(declared.high)}, the most allowed{_as_share(declared, value)}"
    if declared.whole and value != int(value):
        return f"{shown(value)} is not a whole number"
    return ""


def amount_of(declared: Input, value: Scalar) -> float | str:
    """The value as the model takes it; it must be one that nothing is wrong with."""
    if declared.choices:
        return shown(value)
    return rounded(float(value)) if isinstance(value, bool | int | float) else shown(value)


def read_amount(declared: Input, node: Node, name: str, faults: list[Fault]) -> float | str | None:
    """The amount of a leaf; None, with a fault, where it will not do."""
    if isinstance(node.value, list | dict):
        faults.append(node.place.fault(f"{name}: one value is expected here, not a list or a mapping"))
        return None
    wrong = wrong_with(declared, node.value)
    if wrong:
        faults.append(node.place.fault(f"{name}: {wrong}"))
        return None
    return amount_of(declared, node.value)


def is_range(node: Node) -> bool:
    """Whether a node is a range: a pair, or a mapping with nothing but a factor."""
    return not isinstance(node.value, dict) or set(node.value) == {"factor"}


def read_range(
    declared: Input, node: Node, amount: float | str, name: str, faults: list[Fault]
) -> tuple[float, float] | None:
    """The low and high of a value; None, with a fault, where they make no sense."""
    factor = node.get("factor")
    pair = factor if factor is not None else node
    bounds = [item.scalar for item in pair.items]
    numbers = [b for b in bounds if isinstance(b, int | float) and not isinstance(b, bool) and isfinite(b)]
    if len(bounds) != 2 or len(numbers) != 2 or isinstance(amount, str):
        faults.append(pair.place.fault(f"{name}: a range is a pair of numbers, as [0.8, 1.2]"))
        return None
    low, high = numbers
    if factor is not None:
        low, high = sorted((amount * low, amount * high))
        if declared.low is not None:
            low = max(low, declared.low)
        if declared.high is not None:
            high = min(high, declared.high)
    low, high = rounded(low), rounded(high)
    if not low <= amount <= high:
        message = f"{name}: the range {shown(low)} to {shown(high)} does not hold the value {shown(amount)}"
        faults.append(pair.place.fault(message))
        return None
    for bound in (low, high):
        out = (declared.low is not None and bound < declared.low) or (
            declared.high is not None and bound > declared.high
        )
        if out:
            faults.append(pair.place.fault(f"{name}: the range {wrong_with(declared, bound)}"))
            return None
    return low, high


def _as_number(value: Scalar) -> str:
    """How a number with commas or a sign would be written."""
    if not isinstance(value, str):
        return ""
    bare = value.replace(",", "").replace("£", "").replace(" ", "")
    percent = bare.endswith("%")
    bare = bare.rstrip("%")
    try:
        number = float(bare)
    except ValueError:
        return ""
    if not isfinite(number):
        return ""
    return f"; write {shown(rounded(number / 100))}" if percent else f"; write {shown(number)}"


def _as_share(declared: Input, value: float) -> str:
    """A share written in per cent."""
    percent = declared.unit == "share" and 1 < value <= 100
    return f"; write {shown(rounded(value / 100))} for {shown(value)} %" if percent else ""
