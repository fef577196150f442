"""Whether a value makes sense for its input: number or word, bounds, range."""

from __future__ import annotations

from math import isfinite

from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault
from casebuilder.inputs.files.habits import why_no_number
from casebuilder.inputs.files.scalars import Scalar, Word, listed, nearest, rounded, shown
from casebuilder.inputs.files.typed import Typed, read_typed
from casebuilder.inputs.files.yaml import Node
from casebuilder.units import CHOICE, parse_unit

FLAG = "flag"
# No value of a case is beyond this, either way: what is larger was typed wrong, and overflows in the end.
LARGEST = 1e15
# Units in which 35 % is 0.35.
_RATES = ("share", "factor", "1")
# What `m` may stand for besides a million.
_M_TOO = ("minute", "month", "m2")


def takes_range(declared: Input) -> bool:
    """Whether values of this input can be uncertain: a word and a yes or no cannot."""
    return not declared.choices and declared.unit not in (CHOICE, FLAG)


def wanted(declared: Input, value: Scalar) -> Scalar:
    """A value as its input wants it: the text as typed where it is one of some words, else what it means."""
    if not isinstance(value, Word):
        return value
    return str(value) if declared.choices else value.scalar


def wrong_with(declared: Input, value: Scalar, usual: float | str | None = None) -> str:
    """What is wrong with a value; nothing where it will do.

    Parameters
    ----------
    declared
        The input it is for.
    value
        As typed, or as a number.
    usual
        What holds so far: it tells a share in per cent from one that is too large.
    """
    quoted = isinstance(value, Word) and value.quoted
    value = wanted(declared, value)
    if declared.choices:
        word = shown(value) if value is not None else "nothing"
        if word in declared.choices:
            return ""
        return f"'{word}' is not one of {listed(declared.choices, 12)}{nearest(word, declared.choices)}"
    if declared.unit == FLAG and isinstance(value, bool):
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        if value is None:
            return "nothing is not a number: write the value"
        given = f"'{shown(value)}'"
        if declared.unit == FLAG:
            return f"a flag is 0 or 1, not {given}{_as_flag(value)}"
        clash = clash_of(declared, read_typed(str(value)))
        return f"{given} is not a number{clash or why_no_number(str(value), quoted=quoted)}"
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
        share = _as_share(declared, value, usual)
        return f"{shown(value)} is above {shown(declared.high)}, the most allowed{share}"
    if abs(value) > LARGEST:
        return f"{shown(value)} is beyond {LARGEST:.0E}, more than anything a case counts: is it typed wrong?"
    if declared.whole and value != int(value):
        return f"{shown(value)} is not a whole number"
    return ""


def clash_of(declared: Input, typed: Typed | None) -> str:
    """What in an amount as people type it does not go with the unit; nothing where all does.

    A per cent goes with shares and factors, pounds with money, and `m` is no million where it may be minutes,
    months or metres.
    """
    if typed is None:
        return ""
    unit = declared.unit
    if typed.per_cent and not unit.startswith(_RATES):
        return f": it is in {unit}, of which there is no per cent; write the number in {unit}"
    powers = dict(parse_unit(unit).powers) if unit != CHOICE else {}
    if (
        typed.pounds
        and unit != "1"
        and not any(atom.startswith("GBP") and power > 0 for atom, power in powers.items())
    ):
        return f": it is in {unit}, not in pounds; write the number in {unit}"
    if typed.after == "m" and any(powers.get(atom, 0) > 0 for atom in _M_TOO):
        short = shown(rounded(typed.number / 1e6))
        return f": it is in {unit}, so that m may be no million; write {short}, or {shown(typed.number)}"
    return ""


def amount_of(declared: Input, value: Scalar) -> float | str:
    """The value as the model takes it; it must be one that nothing is wrong with."""
    value = wanted(declared, value)
    if declared.choices:
        return shown(value)
    return rounded(float(value)) if isinstance(value, bool | int | float) else shown(value)


def read_amount(
    declared: Input, node: Node, name: str, faults: list[Fault], usual: float | str | None = None
) -> float | str | None:
    """The amount of a leaf; None, with a fault, where it will not do."""
    if isinstance(node.value, list | dict):
        one = node.items[0].text if len(node.items) == 1 else None
        cure = f"; write {one} without the brackets" if one else ""
        message = f"{name}: one value is expected here, not a list or a mapping{cure}"
        faults.append(node.place.fault(message))
        return None
    wrong = wrong_with(declared, node.word, usual)
    if wrong and node.value is None and node.comment:
        wrong = f"no value is given: {node.comment} is a comment to YAML{why_no_number(node.comment)}"
    if wrong:
        faults.append(node.place.fault(f"{name}: {wrong}"))
        return None
    return amount_of(declared, node.word)


# A range that is no pair: shares of the value, values with their chances, or the column of a file.
RANGE_FORMS = ({"factor"}, {"values", "chances"}, {"file", "column"})


def is_range(node: Node) -> bool:
    """Whether a node is a range: a pair, or a mapping of one of the forms of a range."""
    return not isinstance(node.value, dict) or any(
        node.value and set(node.value) <= form for form in RANGE_FORMS
    )


def _as_flag(value: Scalar) -> str:
    """What a word for yes or no is written as."""
    meant = flag_of(str(value))
    return "" if meant is None else f"; write {shown(meant)}"


def flag_of(text: str) -> float | None:
    """1 for yes and 0 for no, in the words that people use; None for any other."""
    low = text.strip().lower()
    if low in ("yes", "y", "on", "in", "included", "true"):
        return 1.0
    return 0.0 if low in ("no", "n", "off", "out", "excluded", "false") else None


def _as_share(declared: Input, value: float, usual: float | str | None) -> str:
    """A share written in per cent; or one that is simply too large, where that is likelier.

    An uptime of 1.5 is 150 %, not 1.5 %; a rate of growth of 1.5 is. What holds so far tells them apart where
    it is known: the hint is given where the value read as per cent lies nearer to it than the value itself.
    """
    if not (declared.unit.startswith("share") or declared.high == 1) or value <= 1:
        return ""
    whole = f": {shown(rounded(value * 100))} %, where 1 is 100 %"
    if value > 100:
        return whole
    hint = f"; write {shown(rounded(value / 100))} for {shown(value)} %"
    if isinstance(usual, int | float) and usual > 0:
        return hint if usual < value / 10 else whole
    rate = declared.low is None or declared.low < 0
    return hint if rate or value >= 2 else whole
