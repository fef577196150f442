"""Who changed a value and why, from the change logs of both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from casebuilder.analysis.bridge.changes import FROM, TO, Change, Given
from casebuilder.inputs.edit.change_log import Logged
from casebuilder.inputs.edits import Amount, name_of
from casebuilder.inputs.shape.renamed import renamed

_NAME = re.compile(r"(?:(?P<option>[^:\[\]]*):)?(?P<key>[^:\[\]]+?)(?:\[(?P<members>[^\[\]]*)\])?")
_RELATIVE = 1e-12


def explained(found: Iterable[Change], first: Sequence[Logged], second: Sequence[Logged]) -> list[Change]:
    """The changes, each with the last row that brought it, where a log tells.

    A row that only the second side's log has explains what its value became; one that only the first's has,
    why the value is another there; last, one that both have, as where a value was taken back.

    Parameters
    ----------
    found
        The changes.
    first, second
        The logs of the two sides.
    """
    rows = [
        (TO, by_name(row for row in second if row not in first)),
        (FROM, by_name(row for row in first if row not in second)),
        (TO, by_name(second)),
    ]
    return [_with_row(change, rows) for change in found]


def _with_row(change: Change, rows: Sequence[tuple[str, dict[str, list[Logged]]]]) -> Change:
    names = [change.name, name_of(change.option, change.key, ())]
    for side, by_name in rows:
        given = change.after if side == TO else change.before
        for name in names:
            for row in reversed(by_name.get(name, [])):
                if brought(row, given):
                    return replace(change, logged=row, logged_by=side)
    return change


def brought(row: Logged, given: Given) -> bool:
    """Whether a row of a log brought the value that a side gives."""
    return same_amount(row.after, given.value.amount)


def same_amount(text: str, amount: Amount) -> bool:
    """Whether a text of a log is an amount."""
    if isinstance(amount, str):
        return text.strip() == amount
    try:
        number = float(text.replace("_", "").replace(",", "").strip())
    except ValueError:
        return False
    return abs(number - amount) <= _RELATIVE * max(abs(amount), abs(number))


def by_name(rows: Iterable[Logged]) -> dict[str, list[Logged]]:
    """The rows of each value, by its name as it is called now."""
    found: dict[str, list[Logged]] = {}
    for row in rows:
        found.setdefault(name_now(row.input), []).append(row)
    return found


def name_now(name: str) -> str:
    """A value's name with its key as it is called now, its members without blanks."""
    match = _NAME.fullmatch(name.strip())
    if match is None:
        return name
    became = renamed(match["key"])
    key = became.now[0] if became is not None and len(became.now) == 1 else match["key"].strip()
    members = tuple(part.strip() for part in (match["members"] or "").split(",") if part.strip())
    return name_of((match["option"] or "").strip() or None, key, members)
