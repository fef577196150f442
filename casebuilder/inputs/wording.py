"""What is said of an entry that is not as it should be, and what to write instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from casebuilder.inputs.files.dates import FINANCIAL_YEAR, MONTH, month_cure, year_cure
from casebuilder.inputs.files.habits import why_no_number
from casebuilder.inputs.files.scalars import Word, bare, nearest, shown
from casebuilder.inputs.files.yaml import Node

_MEANT = {
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "bool_type": "must be true or false",
    "dict_type": "must be a mapping of keys to values",
    "list_type": "must be a list in [brackets]",
    "model_type": "must be a mapping of keys to values",
}
_PATTERNS = {
    f"^{FINANCIAL_YEAR}$": "must be a financial year, as 2021/22",
    f"^{MONTH}$": "must be a month, as 2021-04",
}
# What people call an entry that has another name here.
_CALLED = {
    "note": ("comment", "comments", "notes", "remark", "remarks", "rationale", "why", "basis"),
    "source": ("ref", "reference", "evidence", "citation", "sources"),
    "unit": ("units", "uom"),
    "value": ("amount", "number", "val", "figure"),
    "state": ("status", "confidence", "quality"),
    "range": ("low", "high", "min", "max", "bounds", "limits", "low_high"),
    "label": ("name", "title"),
    "over": ("by", "dimensions", "dimension", "per"),
    "table": ("csv", "file"),
    "prices_of": ("price_base", "price_year", "prices"),
}


def unknown_entry(name: str, entries: Iterable[str], *, flow: bool) -> str:
    """What is said of a key that is none: the one meant, where that can be told.

    Parameters
    ----------
    name
        The key.
    entries
        Those there are.
    flow
        Whether it stands in brackets, where a comma may have cut a text.
    """
    known = list(entries)
    called = next((right for right, names in _CALLED.items() if bare(name) in names and right in known), "")
    if called and bare(name) not in known:
        return f"unknown key '{name}'; did you mean '{called}'?"
    near = nearest(name, known) or (_cut_short(name) if flow else "")
    return f"unknown key '{name}'{near}"


def _cut_short(name: str) -> str:
    """What an unknown key in brackets may be: text that a comma has cut, or a colon without its blank."""
    key, colon, value = name.partition(":")
    if colon and value.strip():
        return f": a colon needs a blank after it: write {key}: {value.strip()}"
    return "; if it belongs to the text before it, put that text in quotes: a comma inside { } ends it"


def cure(kind: str, name: str, node: Node, value: object, pattern: str) -> str:
    """What to write instead, where a habit of Excel or YAML is seen."""
    if value is None and node.comment:
        return f": {node.comment} is a comment to YAML: put text that starts with # in quotes"
    if not isinstance(value, str):
        return ""
    if kind in ("int_type", "float_type", "int_parsing", "float_parsing"):
        return why_no_number(value, quoted=not isinstance(value, Word) or value.quoted)
    if kind == "list_type":
        return f"; write [{value}]"
    if kind == "dict_type" and name == "values":
        return f"; write value: {value} where one value holds for all"
    if kind == "string_pattern_mismatch":
        return month_cure(value) if pattern == f"^{MONTH}$" else year_cure(value)
    return ""


def subject(loc: tuple[int | str, ...]) -> str:
    """The entry that a fault is about, by the last name on the way to it."""
    names = [step for step in loc if isinstance(step, str)]
    return f"'{names[-1]}'" if names else "this"


def meaning(detail: ErrorDetails) -> str:
    """What would be right."""
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _MEANT:
        return _MEANT[kind]
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(str(context.get("pattern")), "is not written as it should be")
    if kind == "less_than_equal":
        return f"must be {shown(context['le'])} at most"
    if kind == "greater_than_equal":
        return f"must be {shown(context['ge'])} at least"
    if kind == "greater_than":
        return f"must be more than {shown(context['gt'])}"
    if kind == "less_than":
        return f"must be less than {shown(context['lt'])}"
    if kind in ("too_short", "too_long"):
        return f"must have {_many(context, 'item')}"
    if kind in ("string_too_short", "string_too_long"):
        return (
            "must be filled in" if context.get("min_length") == 1 else f"must have {_many(context, 'letter')}"
        )
    if kind == "literal_error":
        return f"must be {context.get('expected', '')}"
    return detail["msg"]


def _many(context: Mapping[str, Any], what: str) -> str:
    """How many there must be: at least, or at most."""
    least = context.get("min_length")
    number = context["max_length"] if least is None else least
    return f"{number} {what}{'s' if number != 1 else ''} {'at most' if least is None else 'at least'}"


def as_given(value: object) -> str:
    """What was given instead, where that is short enough to repeat."""
    if (
        isinstance(value, Word)
        and isinstance(value.scalar, int | float)
        and not isinstance(value.scalar, bool)
    ):
        value = value.scalar
    if isinstance(value, str | int | float) and len(str(value)) <= 40:
        return f", not {shown(value)!r}" if isinstance(value, str) else f", not {shown(value)}"
    return ", not empty" if value is None else ""
