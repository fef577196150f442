"""From the shape of a file, as pydantic has it, to a JSON Schema for what an editor reads of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casebuilder.inputs.schema.entries import said_of
from casebuilder.inputs.schema.names import Names
from casebuilder.inputs.schema.scalars import TEXT, YES_OR_NO, Schema, number
from casebuilder.inputs.shape.schema import Shape

# Entries that are what the case itself names.
_NAMED: dict[str, Callable[[Names], Schema]] = {
    "source": Names.source,
    "option": Names.option,
    "baseline": Names.option,
    "put_forward": Names.option,
}
_LISTED: dict[str, Callable[[Names], Schema]] = {"in_workbook": Names.option, "opens": Names.key}
_KEPT = ("enum", "const", "pattern", "minLength", "minItems", "maxItems")


def shape(of: type[Shape], names: Names) -> Schema:
    """The schema of a mapping of that shape.

    Parameters
    ----------
    of
        The shape.
    names
        Takes the definitions that it shares with others.
    """
    given = of.model_json_schema()
    return _mapping(given, given.get("$defs", {}), names)


def _mapping(given: Schema, others: dict[str, Schema], names: Names) -> Schema:
    """A shape or one within it."""
    name = given["title"]
    entries = {
        key: {"description": said_of(name, key), **_entry(key, child, others, names)}
        for key, child in given["properties"].items()
    }
    found: Schema = {"type": "object", "properties": entries, "additionalProperties": False}
    if given.get("required"):
        found["required"] = given["required"]
    return found


def _entry(key: str, given: Schema, others: dict[str, Schema], names: Names) -> Schema:
    """What stands under one key; in a draft-07 schema nothing may stand beside a reference."""
    if key in _NAMED and given.get("type", "string") == "string":
        return {"allOf": [_NAMED[key](names)]}
    if key in _LISTED:
        return {"type": "array", "items": _LISTED[key](names)}
    return _schema(given, others, names)


def _schema(given: Schema, others: dict[str, Schema], names: Names) -> Schema:
    """A value, a list or a mapping as an editor reads it."""
    if "$ref" in given:
        return _mapping(others[given["$ref"].rpartition("/")[2]], others, names)
    if "anyOf" in given:
        return {"anyOf": [_schema(each, others, names) for each in given["anyOf"]]}
    kind = given.get("type")
    kept: dict[str, Any] = {key: given[key] for key in _KEPT if key in given}
    if kind == "array":
        return {"type": "array", "items": _schema(given["items"], others, names), **kept}
    if kind == "object":
        inner = given.get("additionalProperties")
        each = {} if inner in (None, True) else {"additionalProperties": _schema(inner, others, names)}
        return {"type": "object", **each}
    if kind in ("number", "integer"):
        return _bounded(given)
    if kind == "boolean":
        return dict(YES_OR_NO)
    if kind == "string":
        return {**({"type": "string"} if "pattern" in kept or "enum" in kept else TEXT), **kept}
    return {"type": "null"} if kind == "null" else {}


def _bounded(given: Schema) -> Schema:
    """A number with the bounds of its field."""
    low_open, high_open = "exclusiveMinimum" in given, "exclusiveMaximum" in given
    low = given.get("exclusiveMinimum", given.get("minimum", given.get("ge")))
    high = given.get("exclusiveMaximum", given.get("maximum", given.get("le")))
    whole = given["type"] == "integer"
    found = number(low, high, low_open=low_open, high_open=high_open, whole=whole)
    return {key: value for key, value in found.items() if key != "description"}
