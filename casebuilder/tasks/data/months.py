"""Which file holds for a month: of several files the newest, and any of them over what was there before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from casebuilder.inputs.files.scalars import listed
from casebuilder.tasks.data.dm01_files import Returns
from casebuilder.tasks.dm01.long import COUNTS, FILE, LONG


def newest(given: Sequence[Returns]) -> tuple[pd.DataFrame, list[str]]:
    """The rows of all files with the file each came from, a month from one alone, and what was passed over.

    Of two files with the same month that holds which was revised or published later; where one of them does
    not say, the one named later on the command line.

    Parameters
    ----------
    given
        What the files hold, in the order given.
    """
    notes: list[str] = []
    holds: dict[str, int] = {}
    for at, returns in enumerate(given):
        for month in returns.months:
            if month not in holds:
                holds[month] = at
                continue
            first = given[holds[month]]
            later = _later(first.dated, returns.dated)
            winner, loser = (returns, first) if later else (first, returns)
            when = f", of {winner.dated:%d %B %Y}" if winner.dated and loser.dated else ", named last"
            notes.append(f"{month} stands in {_name(loser)} too: {_name(winner)} holds{when}")
            holds[month] = at if later else holds[month]
    parts = []
    for month, at in holds.items():
        rows = given[at].rows
        parts.append(rows[rows.month == month].assign(**{FILE: _name(given[at])}))
    every = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*LONG, FILE])
    return every, notes


def over(before: pd.DataFrame, now: pd.DataFrame, where: str) -> tuple[pd.DataFrame, list[str]]:
    """The months of now, and those of before that now has not; what changed in those that both have.

    Parameters
    ----------
    before, now
        Rows in the long layout with their file.
    where
        What held the rows before, in words.
    """
    both = sorted(set(before.month) & set(now.month))
    notes = []
    for month in both:
        keys = ["provider", "test"]
        old, new = (
            rows[rows.month == month].set_index(keys)[list(COUNTS)].astype(float) for rows in (before, now)
        )
        same = old.index.intersection(new.index)
        moved = int(
            (~(old.loc[same].eq(new.loc[same]) | (old.loc[same].isna() & new.loc[same].isna())))
            .any(axis=1)
            .sum()
        )
        gone, come = old.index.difference(new.index), new.index.difference(old.index)
        parts = [
            f"{moved} of {len(same)} rows differ" if moved else "the same numbers",
            *([f"without {listed(_pairs(gone))}"] if len(gone) else []),
            *([f"with {listed(_pairs(come))} besides"] if len(come) else []),
        ]
        notes.append(f"{month} stood in {where}: the new file holds ({', '.join(parts)})")
    kept = before[~before.month.isin(both)]
    return pd.concat([rows for rows in (kept, now) if not rows.empty], ignore_index=True), notes


def _pairs(index: pd.Index) -> list[str]:
    return [f"{provider} {test}" for provider, test in index.tolist()]


def _later(first: date | None, second: date | None) -> bool:
    """Whether the second file holds over the first."""
    return first is None or second is None or second >= first


def _name(returns: Returns) -> str:
    return Path(returns.file).name
