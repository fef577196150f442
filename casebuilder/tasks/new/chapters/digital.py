"""A programme of digital measures: what only this kind of new case has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebuilder.inputs.shape.calendar import financial_year
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.new.bid import Bid

KIND, FILE = "digital", "digital.yaml"
_PREFERRED = "preferred"


def hospital_tests(kind: str) -> frozenset[str]:
    """Tests that a case has though no site of it does them: what digital measures act on."""
    return frozenset(shipped(FILE)["hospital_tests"]) if kind == KIND else frozenset()


def with_measures(bid: Bid, options: Mapping[str, Any]) -> dict[str, Any]:
    """The options of a case, with one that takes the measures alone, and the measures in the last."""
    if bid.kind != KIND:
        return dict(options)
    file, inputs = shipped(FILE), _inputs(bid)
    alone = {part: value for part, value in file["option"].items() if part != "id"}
    last = options[_PREFERRED]
    return {
        **{option: spec for option, spec in options.items() if option != _PREFERRED},
        file["option"]["id"]: {**alone, "inputs": {**inputs, **alone["inputs"]}},
        _PREFERRED: {**last, **file[_PREFERRED], "inputs": {**last["inputs"], **inputs}},
    }


def _inputs(bid: Bid) -> dict[str, Any]:
    """The systems taken, and what they cost all trusts together; capital in the base year."""
    file = shipped(FILE)
    values: dict[str, Any] = {"digital.taken": dict.fromkeys(file["taken"], 1)}
    held, after = set(), financial_year(int(bid.base_year[:4]) + 1)
    for name, of in file["a_trust"].items():
        pounds = {system: len(bid.trusts) * amount for system, amount in of.items()}
        values[f"digital.{name}"] = pounds
        if name in file["in_the_base_year"]:
            values[f"digital.{name}"] = {
                system: {bid.base_year: amount, after: 0} for system, amount in pounds.items()
            }
            held.add(f"digital.{name}")
    hold = {"hold": True}
    return {
        name: {"values": values[name], **(hold if name in held else {}), **of}
        for name, of in file["inputs"].items()
    }
