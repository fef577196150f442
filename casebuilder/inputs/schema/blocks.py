"""The schema of one input's block: its values by member, unit, bounds, and what must stand beside them."""

from __future__ import annotations

import re
from itertools import permutations

from casebuilder.algebra.terms import Input
from casebuilder.inputs.assumed.amounts import takes_range
from casebuilder.inputs.assumed.apart import APART, ApartGiven
from casebuilder.inputs.schema.names import Names
from casebuilder.inputs.schema.scalars import Schema, bounds_in_words, value_of
from casebuilder.inputs.schema.shapes import shape
from casebuilder.inputs.shape.schema import Assumed
from casebuilder.inputs.values import UNVERIFIED
from casebuilder.units import ATOMS, parse_unit

_WAYS = ("value", "values", "table")
# What each input says for itself.
_OWN = ("unit", "over", "value", "values", "range", "to_do")


def block(declared: Input, names: Names) -> Schema:
    """The block of an input wherever it stands; what a chapter must give besides is `required_of`.

    Parameters
    ----------
    declared
        The input.
    names
        Takes the definitions that it shares with others.
    """
    return {
        "title": declared.label,
        "description": described(declared),
        "type": "object",
        "allOf": [_common(names), _in_unit(declared, names), _given(declared, names)],
    }


def required_of(declared: Input, vouched: bool) -> list[Schema]:
    """What a chapter's block must give where no reference set gives the rest.

    Parameters
    ----------
    declared
        The input.
    vouched
        Whether the reference set gives it, so that a case may give less.
    """
    if vouched:
        return []
    needs = ["unit", "over"] if declared.over else ["unit"]
    vouching = [{"required": ["source", "state"]}, {"required": [APART]}]
    parts: list[Schema] = [{"required": needs}, {"anyOf": vouching}]
    if takes_range(declared):
        unverified = {"properties": {"state": {"const": UNVERIFIED}}, "required": ["state"]}
        parts.append({"if": unverified, "then": {"required": ["range"]}})
    return parts


def described(declared: Input) -> str:
    """What is meant, the unit, the bounds and the dimensions, as an editor shows it."""
    bounds = bounds_in_words(
        declared.low,
        declared.high,
        low_open=declared.low_open,
        high_open=declared.high_open,
        whole=declared.whole,
    )
    if declared.choices:
        bounds = f"one of {', '.join(declared.choices)}"
    elif declared.unit == "flag":
        bounds = "0 or 1"
    elif declared.unit.startswith("share") and declared.high == 1:
        bounds += " (35 % is 0.35)"
    over = f"over: [{', '.join(declared.over)}]" if declared.over else "A single value"
    values = f" Values: {bounds}." if bounds else ""
    default = "" if declared.optional is None else f" {declared.optional:g} where it is not given."
    return f"{declared.basis.rstrip('.')}. unit: {declared.unit}.{values} {over}.{default}".lstrip(". ")


def _common(names: Names) -> Schema:
    """What all blocks have: their entries, and values given in one of three ways."""
    if "block" in names.definitions:
        return names.refer("block")
    given = shape(Assumed, names)
    entries = {key: schema for key, schema in given["properties"].items() if key not in _OWN}
    entries[APART] = {**entries[APART], "type": "object", "additionalProperties": shape(ApartGiven, names)}
    one = [{"required": [way]} for way in _WAYS]
    return names.refer(
        "block",
        {
            "properties": entries,
            "propertyNames": {"enum": list(Assumed.model_fields)},
            "oneOf": one,
        },
    )


def _in_unit(declared: Input, names: Names) -> Schema:
    """The unit as declared, where blanks and plurals may differ; prices of a year go with pounds alone."""
    unit = declared.unit
    words = [_atom(word.strip()) for word in re.split(r"([/*])", unit)]
    given: Schema = {
        "description": unit,
        "pattern": f"^ *{' *'.join(words)} *$",
        "patternErrorMessage": f"The unit is {unit}.",
        "default": unit,
        "type": ["string", "number"] if unit == "1" else "string",
    }
    own: Schema = {"unit": given}
    if not parse_unit(unit).of("GBP_real"):
        own["prices_of"] = False
    name = "in_" + "_per_".join("_".join(part.split(" * ")) for part in unit.split(" / "))
    return names.refer(name, {"properties": own})


def _atom(word: str) -> str:
    """A word of a unit in all its spellings."""
    name, power, exponent = word.partition("^")
    for atom, plurals in ATOMS.items():
        if name in (atom, *plurals) and plurals:
            return f"({'|'.join((atom, *plurals))}){re.escape(power + exponent)}"
    return re.escape(word)


def _given(declared: Input, names: Names) -> Schema:
    """Values, range and what is to be done, the same for all inputs of these bounds and dimensions."""
    leaf, schema = value_of(declared)
    own: Schema = {"over": _over(declared), "value": names.own(leaf, schema)}
    own["range"] = names.range_of(declared.over) if takes_range(declared) else False
    own["to_do"] = names.to_do(declared.over)
    if not declared.over:
        return names.refer(f"{leaf}_alone", {"properties": {**own, "values": False}})
    form: Schema = {
        "properties": {**own, "values": {"type": "object"}},
        "allOf": [_values(declared, leaf, names)],
    }
    return names.refer(f"{leaf}_over_{'_'.join(declared.over)}", form)


def _over(declared: Input) -> Schema:
    """The dimensions, in any order."""
    if not declared.over:
        return {"type": "array", "maxItems": 0}
    return {
        "description": f"[{', '.join(declared.over)}], in the order in which the values are nested.",
        "enum": [list(order) for order in permutations(declared.over)],
        "default": list(declared.over),
    }


def _values(declared: Input, leaf: str, names: Names) -> Schema:
    """The values nested as `over` says, with periods off the axis where they are held."""
    given: Schema = {"properties": {"values": names.own(names.values(declared.over, leaf))}}
    if names.period(declared.over):
        held = {"properties": {"values": names.own(names.values(declared.over, leaf, held=True))}}
        says = {"properties": {"hold": {"enum": [True, "yes"]}}, "required": ["hold"]}
        given = {"if": says, "then": held, "else": given}
    if len(declared.over) == 1:
        return given
    other = {"properties": {"values": names.in_any_order(declared.over, leaf)}}
    as_declared = {"properties": {"over": {"const": list(declared.over)}}}
    return {"if": as_declared, "then": given, "else": other}
