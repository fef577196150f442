"""Two change logs that began alike: what each side wrote since, both joined, and whose a value is."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.inputs.edit.change_log import Logged, with_rows
from casebuilder.inputs.edits import Amount
from casebuilder.tasks.diff.explained import by_name, same_amount
from casebuilder.tasks.merge.slots import Slot, Table, slot_name


def since(mine: Sequence[Logged], theirs: Sequence[Logged]) -> tuple[list[Logged], list[Logged]]:
    """The rows of each log after their shared beginning."""
    shared = 0
    for one, other in zip(mine, theirs, strict=False):
        if one != other:
            break
        shared += 1
    return list(mine[shared:]), list(theirs[shared:])


def joined_log(text: str, mine: Sequence[Logged], theirs: Sequence[Logged]) -> str:
    """The text of A's log with the rows of B that it has not, each once."""
    new = [row for row in dict.fromkeys(theirs) if row not in mine]
    return with_rows(text, new) if new else text


def said(rows: Sequence[Logged]) -> str:
    """Who changed a value last, when and why."""
    return f"{rows[-1].who}, {rows[-1].date}: {rows[-1].why}" if rows else ""


def by_logs(
    mine: Table, theirs: Table, rows_a: Sequence[Logged], rows_b: Sequence[Logged]
) -> tuple[dict[Slot, Amount], set[Slot], dict[Slot, str]]:
    """Whose each value is that differs: the values of A with those that B's rows explain, and the rest.

    Parameters
    ----------
    mine, theirs
        The values of A and of B.
    rows_a, rows_b
        What each wrote since their logs were one.

    Returns
    -------
    tuple
        The values expected, those taken from B, and those that clash with the reason.
    """
    logged_a, logged_b = by_name(rows_a), by_name(rows_b)
    expected = dict(mine)
    taken: set[Slot] = set()
    clashing: dict[Slot, str] = {}
    for slot in dict.fromkeys((*mine, *theirs)):
        one, other = mine.get(slot), theirs.get(slot)
        if one == other:
            continue
        name = slot_name(slot)
        of_a, of_b = logged_a.get(name, []), logged_b.get(name, [])
        if of_a and of_b:
            clashing[slot] = "both changed it"
        elif (
            of_b and other is not None and same_amount(of_b[-1].after, other) and _began(of_b[0], slot, mine)
        ):
            expected[slot] = other
            taken.add(slot)
        elif of_a and one is not None and same_amount(of_a[-1].after, one) and _began(of_a[0], slot, theirs):
            continue
        else:
            clashing[slot] = "changed outside the log"
    return expected, taken, clashing


def _began(row: Logged, slot: Slot, other: Table) -> bool:
    """Whether the first row of a value began with what the other side still has."""
    _, key, members = slot
    stands = other.get(slot, other.get((None, key, members)))
    return stands is not None and (not row.before or same_amount(row.before, stands))
