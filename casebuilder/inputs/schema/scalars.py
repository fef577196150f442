"""Numbers, words and texts as an editor's reader of YAML 1.2 hands them to a JSON Schema."""

from __future__ import annotations

from typing import Any

from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.amounts import FLAG, LARGEST
from casebuilder.inputs.files.scalars import shown

Schema = dict[str, Any]

# `title: 2030` is a number to an editor, and a text to us.
TEXT: Schema = {"type": ["string", "number", "boolean"]}
# true, false, yes and no, in any capitals: to an editor `yes` is a text.
YES_OR_NO: Schema = {
    "anyOf": [
        {"type": "boolean"},
        {"pattern": "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"},
    ]
}
_GROUPS = "[0-9]+(_[0-9]+)*"


def number(
    low: float | None = None,
    high: float | None = None,
    *,
    low_open: bool = False,
    high_open: bool = False,
    whole: bool = False,
) -> Schema:
    """A number, or digits with `_` between them, which YAML 1.2 reads as text; bounds hold for both.

    Parameters
    ----------
    low, high, low_open, high_open, whole
        As an input has them.
    """
    words = bounds_in_words(low, high, low_open=low_open, high_open=high_open, whole=whole)
    plain: Schema = {"type": "integer" if whole else "number"}
    plain["exclusiveMinimum" if low_open else "minimum"] = _tidy(-LARGEST if low is None else low)
    plain["exclusiveMaximum" if high_open else "maximum"] = _tidy(LARGEST if high is None else high)
    said = f"a number, {words}" if words else "a number"
    return {
        "description": f"{said[0].upper()}{said[1:]}. 600000 may be written 600_000.",
        "anyOf": [plain, {"type": "string", "pattern": _spaced(low, high, whole)}],
        "patternErrorMessage": f"Not a number: write plain digits, as 600000 or 0.25 ({said}).",
    }


def _spaced(low: float | None, high: float | None, whole: bool) -> str:
    """The pattern of digits with `_` between them; few of its bounds can be told of a text."""
    sign = "[-+]?" if low is None or low < 0 else "[+]?"
    if high is not None and high < 1000:
        # With a group before the point it would be a thousand or more.
        return "^$" if whole else rf"^{sign}[0-9]{{0,3}}\.{_GROUPS}$"
    return rf"^{sign}{_GROUPS}$" if whole else rf"^{sign}{_GROUPS}(\.({_GROUPS})?)?([eE][-+]?[0-9]+)?$"


def bounds_in_words(
    low: float | None,
    high: float | None,
    *,
    low_open: bool = False,
    high_open: bool = False,
    whole: bool = False,
) -> str:
    """`a whole number, 0 at least`; empty where any number will do."""
    parts = ["whole"] if whole else []
    if low is not None:
        parts.append(f"more than {shown(low)}" if low_open else f"{shown(low)} at least")
    if high is not None:
        parts.append(f"less than {shown(high)}" if high_open else f"{shown(high)} at most")
    return ", ".join(parts)


def value_of(declared: Input) -> tuple[str, Schema]:
    """The schema of one value of an input, and a name that all with the same bounds share."""
    if declared.choices:
        words = list(declared.choices)
        return "one_of_" + "_".join(words), {"description": f"One of {', '.join(words)}.", "enum": words}
    if declared.unit == FLAG:
        return "flag", {"description": "1 for yes, 0 for no.", "enum": [0, 1, True, False]}
    bounds = {
        "low": declared.low,
        "high": declared.high,
        "low_open": declared.low_open,
        "high_open": declared.high_open,
        "whole": declared.whole,
    }
    name = bounds_in_words(**bounds) or "any"  # type: ignore[arg-type]
    for mark, word in ((" ", "_"), (",", ""), ("-", "minus_"), (".", "_point_")):
        name = name.replace(mark, word)
    return f"number_{name}", number(**bounds)  # type: ignore[arg-type]


def _tidy(bound: float) -> float | int:
    return int(bound) if float(bound).is_integer() else bound
