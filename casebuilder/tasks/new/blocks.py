"""Blocks of assumptions as a new case has them: words from `templates/cases/`, values from the bid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any

from casebuilder.algebra.terms import Input
from casebuilder.case import load_model
from casebuilder.inputs.start.shipped import cut_to, shipped
from casebuilder.tasks.new.bid import Bid

BLOCKS = "blocks.yaml"
FILLED = "filled"
# The order in which a block says things.
_ORDER = (
    "unit", "over", "prices_of", "value", "values", "table", "column", "hold", "range", "source", "state",
    "note", "to_do",
)  # fmt: skip


@dataclass(frozen=True)
class Given:
    """What a bid gives for one input.

    Attributes
    ----------
    value
        One value for all, values nested by member in the order of the input's dimensions, or a table.
    range, to_do, state, note
        Where they are the bid's own; else the block's.
    """

    value: Any
    range: Any = None
    to_do: Any = None
    state: str | None = None
    note: str | None = None


@cache
def _inputs() -> Mapping[str, Input]:
    return {item.key: item for item in load_model().inputs}


def most_allowed(key: str) -> float:
    """The most that an input may be; no bound is infinite."""
    high = _inputs()[key].high
    return inf if high is None else float(high)


def chapters(bid: Bid, given: Mapping[str, Given], more: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Every chapter's blocks: those filled from the bid, and those of every case cut to its members.

    Parameters
    ----------
    bid, given
        The bid, and what it gives by input.
    more
        Chapters that only its kind has, with their blocks.
    """
    known = set(given)
    made: dict[str, dict[str, Any]] = {}
    for chapter, blocks in {**shipped(BLOCKS), **more}.items():
        for name, spec in blocks.items():
            key = f"{chapter}.{name}"
            known.discard(key)
            if FILLED in spec and key not in given:
                continue
            made.setdefault(chapter, {})[name] = _block(key, spec, bid, given.get(key))
    if known:
        raise AssertionError(f"{BLOCKS} has no block for {sorted(known)}")
    return made


def _block(key: str, spec: Mapping[str, Any], bid: Bid, given: Given | None) -> dict[str, Any]:
    """One block, with the model's unit and dimensions."""
    item = _inputs()[key]
    words = {"last": bid.last_month, "region": bid.region, "error": f"{bid.fit.error:.1f}"}
    found: dict[str, Any] = {"unit": str(item.unit), **({"over": list(item.over)} if item.over else {})}
    found |= {part: value for part, value in spec.items() if part != FILLED}
    found["note"] = str(spec["note"]).format(**words)
    if given is not None:
        found |= _values(given)
    if "values" not in found:
        found.pop("hold", None)
    found = cut_to(found, bid.members)
    return {part: found[part] for part in _ORDER if part in found}


def _values(given: Given) -> dict[str, Any]:
    value = given.value
    if isinstance(value, Mapping) and set(value) == {"table", "column"}:
        found: dict[str, Any] = dict(value)
    else:
        found = {"values" if isinstance(value, Mapping) else "value": value}
    own = {"range": given.range, "to_do": given.to_do, "state": given.state, "note": given.note}
    return {**found, **{part: value for part, value in own.items() if value is not None}}
