"""What was fitted to DM01, and when it was known: rules of the share over six weeks, bands of a hindcast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.tables import numbers, read_table

KNOWN = "share_rules_known.csv"
BANDS = "hindcast_bands.csv"
# The columns of a rule, which are the inputs of the chapter of waits.
RULE = ("calm_log_odds", "calm_cover", "cover_slope", "gap_kept_a_month", "excess_kept_a_year")
FADE = "excess_kept_a_year"


@dataclass(frozen=True)
class ShareRule:
    """A rule for the share over six weeks, with the last month that it was fitted to.

    Attributes
    ----------
    known_to
        The month.
    values
        By input of `waits` and test.
    """

    known_to: str
    values: Mapping[str, Mapping[str, float]]


def share_rule_at(folder: Path, start: str) -> ShareRule:
    """The last rule that was known at a month; before the first of them that one, without its fade.

    Parameters
    ----------
    folder
        The reference set's data.
    start
        The month.

    Raises
    ------
    InputError
        A table is missing or at fault.
    """
    faults: list[Fault] = []
    table = read_table(folder / KNOWN, str(folder / KNOWN), ("known_to", "file"), faults)
    if table is None or not table.rows:
        raise InputError(faults or [Fault(str(folder / KNOWN), 1, 1, "the table has no row")])
    rules = sorted((row.cells[0], row.cells[1]) for row in table.rows)
    known_to, file = next(((month, f) for month, f in reversed(rules) if month <= start), rules[0])
    rows = numbers(folder / file, ("test",), RULE)
    values = {name: {key[0]: row[i] for key, row in rows.items()} for i, name in enumerate(RULE)}
    if known_to > start:
        values[FADE] = dict.fromkeys(values[FADE], 1.0)
    return ShareRule(known_to, values)


def read_bands(folder: Path) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """The two ends of the band by what is summed and measure, a row a month ahead, from the first on.

    Raises
    ------
    InputError
        The table is missing or at fault.
    """
    rows = numbers(folder / BANDS, ("tests", "measure", "months"), ("p10", "p90"))
    found: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for (tests, measure, month), (low, high) in rows.items():
        ends = found.setdefault((tests, measure), [])
        if int(month) != len(ends) + 1:
            at = f"{tests}, {measure}: month {month} stands where {len(ends) + 1} is expected"
            raise InputError([Fault(str(folder / BANDS), 1, 1, at)])
        ends.append((low, high))
    return found
