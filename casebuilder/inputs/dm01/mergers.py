"""Providers that joined another: those that the fits join, and others that returns of past years name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from casebuilder.errors import Fault, InputError
from casebuilder.inputs.files.tables import read_table
from casebuilder.inputs.shape.fitted_tables import Merger, read_fitted_tables

MERGERS = "dm01_mergers.csv"


def read_mergers(folder: Path) -> dict[str, Merger]:
    """By code that is gone, which provider it joined and in which month.

    Parameters
    ----------
    folder
        The reference set's data.

    Raises
    ------
    InputError
        A table is missing or at fault, or has a code twice.
    """
    found = dict(read_fitted_tables(folder).merged)
    path = folder / MERGERS
    faults: list[Fault] = []
    table = read_table(path, str(path), ("code", "into", "first_month", "source"), faults)
    for row in table.rows if table is not None else ():
        code, into, first_month, source = row.cells
        if code in found:
            faults.append(
                row.place(0).fault(f"{code} stands in another row or in tables.yaml: once is right")
            )
        found[code] = Merger(into=into, first_month=first_month, source=source)
    if faults:
        raise InputError(faults)
    return found


def heirs(mergers: Mapping[str, Merger], kept: Iterable[str] = ()) -> dict[str, str]:
    """By code that is gone, the provider that holds its tests now, through every merger since.

    Parameters
    ----------
    mergers
        What joined what.
    kept
        Codes that stand for themselves, though they are gone.
    """
    own = set(kept)
    found: dict[str, str] = {}
    for code in mergers:
        at, seen = code, {code}
        while at in mergers and at not in own and mergers[at].into not in seen:
            at = mergers[at].into
            seen.add(at)
        if at != code:
            found[code] = at
    return found
