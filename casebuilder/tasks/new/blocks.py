"""Blocks of assumptions as a new case gives them: unit and dimensions are the model's, the rest is given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from casebuilder.algebra.terms import Input
from casebuilder.case import load_model

Block = dict[str, Any]
# The register of a new case: its author's answers, and DM01 as it was when the case was made.
ANSWERED, LISTS = "L1", "L2"
JUDGED = "S58"


@cache
def _inputs() -> Mapping[str, Input]:
    return {item.key: item for item in load_model().inputs}


def block(
    key: str,
    given: Any,
    source: str,
    state: str,
    note: str,
    *,
    range: Any = None,  # noqa: A002 - the word of the file
    to_do: Any = None,
    **more: Any,
) -> Block:
    """One assumed value.

    Parameters
    ----------
    key
        The input, chapter and name.
    given
        One value for all, or values nested by member in the order of the input's dimensions.
    source, state, note, range, to_do
        As a file has them.
    more
        `hold`, `table`, `column`, `prices_of`.
    """
    item = _inputs()[key]
    found: Block = {"unit": str(item.unit)}
    if item.over:
        found["over"] = list(item.over)
    found |= {name: value for name, value in more.items() if name != "hold"}
    if isinstance(given, Mapping):
        found["values"] = given
    elif given is not None:
        found["value"] = given
    found |= {name: value for name, value in more.items() if name == "hold"}
    found |= {} if range is None else {"range": range}
    found |= {"source": source, "state": state, "note": note}
    return found


def change(
    given: Any, source: str, state: str, note: str, *, range: Any = None, to_do: Any = None  # noqa: A002
) -> Block:
    """One value of an option's file, which says nothing of unit and dimensions."""
    found: Block = {"values" if isinstance(given, Mapping) else "value": given}
    found |= {} if range is None else {"range": range}
    found |= {"source": source, "state": state, "note": note}
    return found
