"""The centres of England in the order in which they opened, dealt out to the systems."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casebuilder.inputs.files.tables import numbers
from casebuilder.inputs.shape.calendar import month_label, month_number
from casebuilder.tasks.england.shipped import data_folder

OPEN, BUILT = "centres_open.csv", "built_centres.csv"
KINDS = ("refurbishment", "modular", "new_build", "retail")


@dataclass(frozen=True)
class Centre:
    """One centre.

    Attributes
    ----------
    system
        The code of its system.
    opens
        The month from which it is open.
    building
        A kind of building of the model.
    beside_hospital
        Whether a hospital or health centre stands beside it.
    """

    system: str
    opens: str
    building: str
    beside_hospital: bool


def centres(tests: Mapping[str, float], beside_hospital: float) -> list[Centre]:
    """Every centre of England, in the order of opening.

    Parameters
    ----------
    tests
        By system its tests, by which centres are shared out.
    beside_hospital
        The share of centres beside a hospital or health centre.
    """
    months = opening_months()
    systems = dealt(tests, len(months))
    buildings = dealt(kinds_built(), len(months))
    beside = dealt({"1": beside_hospital, "0": 1 - beside_hospital}, len(months))
    return [
        Centre(system, month, building, lent == "1")
        for system, month, building, lent in zip(systems, months, buildings, beside, strict=True)
    ]


def open_at() -> dict[str, float]:
    """How many centres were open at the end of each month that is known."""
    found = numbers(data_folder() / OPEN, ("month",), ("open",))
    return {month: count for (month,), (count,) in found.items()}


def opening_months() -> list[str]:
    """By centre the month in which it opened, on a straight line between the months that are known."""
    known = sorted((month_number(month), count) for month, count in open_at().items())
    found: list[str] = []
    for (before, low), (after, high) in pairwise(known):
        for month in range(before + 1, after + 1):
            count = round(low + (high - low) * (month - before) / (after - before))
            found += [month_label(month)] * (count - len(found))
    return found


def kinds_built() -> dict[str, float]:
    """How many of the published centres are of each kind of building."""
    with (data_folder() / BUILT).open(encoding="utf-8", newline="") as stream:
        counted = Counter(row["kind"] for row in csv.DictReader(stream) if row["counts"] == "1")
    return {kind: float(counted[kind]) for kind in KINDS if counted[kind]}


def dealt(shares: Mapping[str, float], count: int) -> Sequence[str]:
    """Names dealt out one after the other, each to whoever is furthest below its share so far."""
    total = sum(shares.values())
    had = dict.fromkeys(shares, 0)
    found: list[str] = []
    for number in range(1, count + 1):
        name = max(shares, key=lambda each: shares[each] / total * number - had[each])
        had[name] += 1
        found.append(name)
    return found
