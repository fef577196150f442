"""One slip, one message: faults that say the same of many places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from casebuilder.errors import Fault

_MANY = 10
_OWN_SOURCE = re.compile(r"source 'L[0-9]+' is in no register of sources.*")


def of_many(count: int, what: str) -> str:
    """That so many rows, cells or lines are alike, said after the first of them; empty for one."""
    return f" ({count} {what}, of which this is the first)" if count > 1 else ""


def told_once(faults: Iterable[Fault], unregistered: Fault | None) -> list[Fault]:
    """The faults, with those that say the same of many places told at the first of them.

    Parameters
    ----------
    faults
        All that was found.
    unregistered
        That the case has no register of sources, where it has none: what its sources lack.
    """
    every = sorted(set(faults))
    if unregistered is not None and any(_OWN_SOURCE.fullmatch(fault.message) for fault in every):
        every = [fault for fault in every if not _OWN_SOURCE.fullmatch(fault.message)] + [unregistered]
    alike: dict[str, list[Fault]] = {}
    for fault in every:
        alike.setdefault(fault.message, []).append(fault)
    told: list[Fault] = []
    for message, same in alike.items():
        if len(same) < _MANY:
            told += same
            continue
        first, places = same[0], same[1:]
        where = ", ".join(f"{fault.file.rpartition('/')[2]}:{fault.line}" for fault in places[:3])
        more = f" and {len(places) - 3} more places" if len(places) > 3 else ""
        told.append(replace(first, message=f"{message} (also in {where}{more})"))
    return told


def once_a_kind(faults: list[Fault]) -> list[Fault]:
    """Faults of a table's cells, those of one kind told once, at the first."""
    kinds: dict[str, list[Fault]] = {}
    for fault in faults:
        said = fault.message.partition(": ")[2]
        kinds.setdefault(re.sub(r"'[^']*'|[-\d.,e+]+", "", said), []).append(fault)
    return [
        replace(same[0], message=f"{same[0].message}{of_many(len(same), 'cells')}") for same in kinds.values()
    ]
