"""What pasted months of DM01 make of lists and tests: the means of twelve months, the list at their end.

The months that were not pasted are those of the DM01 that ships, as with `data dm01`. Only what was pasted is
taken: where a paste has lists alone, tests stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from casebuilder.inputs.dm01.mergers import heirs
from casebuilder.inputs.shape.fitted_tables import Merger
from casebuilder.tasks.dm01.baseline import ACTIVITY, MEASURES, Baseline, baseline
from casebuilder.tasks.intake.months import LIST, OVER, SHARE, Pasted

TOTAL = "total_activity"
# What each column of a case's table of lists is made of.
MADE_OF = {
    "list": LIST,
    "list_change": LIST,
    "mean_list": LIST,
    "over_six_weeks": OVER,
    "young_band": "weeks_00",
    "list_activity": ACTIVITY[0],
    "planned": ACTIVITY[1],
    "unscheduled": ACTIVITY[2],
}
_KEYS = ["month", "provider", "test"]
_PLACES = 4


@dataclass(frozen=True)
class Lists:
    """What a paste comes to.

    Attributes
    ----------
    months
        The twelve months.
    rows
        By trust (the id of a member) and test of DM01 the columns that were pasted, with their numbers.
    totals
        The trusts and tests whose tests came as one number; it stands under `list_activity`.
    notes
        What was left out, and what was taken from where.
    """

    months: tuple[str, ...]
    rows: Mapping[tuple[str, str], Mapping[str, float]]
    totals: frozenset[tuple[str, str]]
    notes: tuple[str, ...]


def lists_of(
    pasted: Pasted,
    shipped: pd.DataFrame,
    codes: Mapping[str, str],
    tests: Sequence[str],
    mergers: Mapping[str, Merger],
) -> Lists:
    """What a paste comes to.

    Parameters
    ----------
    pasted
        The numbers.
    shipped
        The DM01 that ships: the columns of `MEASURES` by month, provider and test.
    codes
        The code of each trust by its id.
    tests
        The tests of DM01 that the case has.
    mergers
        What joined what.
    """
    into = heirs(mergers, codes.values())
    whose = {code: id for id, code in codes.items()}
    given: dict[tuple[str, str], set[str]] = {}
    for point in pasted.counts:
        code = point.provider if point.provider in whose else into.get(point.provider, "")
        if code in whose:
            given.setdefault((whose[code], point.test), set()).add(point.measure)
    if not given:
        return Lists((), {}, frozenset(), ())
    rows = _together(pasted, shipped, {*codes.values(), *into}, tests)
    filled, there = _filled(rows, given, whose, into), {test for _, test in given}
    wanted = [test for test in tests if test in there]
    made = baseline(filled, [codes[id] for id, _ in given], wanted, _last(pasted), mergers)
    return Lists(
        made.months,
        {pair: _taken(made, pair, measures) for pair, measures in given.items() if pair in made.rows},
        frozenset(pair for pair, measures in given.items() if TOTAL in measures and not _by_kind(measures)),
        tuple(note for note in made.notes if any(code in note for code in _codes(pasted))),
    )


def _taken(made: Baseline, pair: tuple[str, str], measures: set[str]) -> dict[str, float]:
    """The columns of what was pasted."""
    there = {OVER if measure == SHARE else measure for measure in measures}
    if TOTAL in there and not _by_kind(there):
        there |= {ACTIVITY[0]}
    row = made.rows[pair]
    return {
        column: round(row[column], _PLACES)
        for column, measure in MADE_OF.items()
        if measure in there and not np.isnan(row[column])
    }


def _by_kind(measures: set[str]) -> bool:
    return not measures.isdisjoint(ACTIVITY)


def _last(pasted: Pasted) -> str:
    return max(point.month for point in pasted.counts)


def _codes(pasted: Pasted) -> set[str]:
    return {point.provider for point in pasted.counts}


def _together(
    pasted: Pasted, shipped: pd.DataFrame, providers: set[str], tests: Sequence[str]
) -> pd.DataFrame:
    """The months that ship, each cell that was pasted over them."""
    columns = [*MEASURES, SHARE, TOTAL]
    cells: dict[tuple[str, str, str], dict[str, float]] = {}
    for point, amount in pasted.counts.items():
        cells.setdefault((point.month, point.provider, point.test), {})[point.measure] = amount
    now = pd.DataFrame(
        [dict(zip(_KEYS, key, strict=True)) | row for key, row in cells.items()], columns=[*_KEYS, *columns]
    ).set_index(_KEYS)
    mine = shipped[shipped.provider.isin(providers) & shipped.test.isin(tests)]
    rows = now.astype(float).combine_first(mine.set_index(_KEYS)[list(MEASURES)].astype(float))
    share = rows[SHARE]
    rows[OVER] = rows[OVER].where(share.isna(), (share * rows[LIST]).round())
    return rows.reset_index()


def _filled(
    rows: pd.DataFrame,
    given: Mapping[tuple[str, str], set[str]],
    whose: Mapping[str, str],
    into: Mapping[str, str],
) -> pd.DataFrame:
    """The rows with something in what was not pasted, so that the rest has a mean; nothing of it is taken."""
    parts = []
    for key, part in rows.groupby(["provider", "test"], sort=False):
        code, test = map(str, key)
        measures = given.get((whose.get(code) or whose.get(into.get(code, ""), ""), test))
        if measures is None:
            continue
        filled = part.copy()
        if TOTAL in measures and not _by_kind(measures):
            filled[ACTIVITY[0]], filled[ACTIVITY[1]], filled[ACTIVITY[2]] = filled[TOTAL], 0.0, 0.0
        elif not _by_kind(measures):
            filled[list(ACTIVITY)] = 1.0
        else:
            for name in ACTIVITY:
                filled[name] = filled[name] if name in measures else filled[name].fillna(0.0)
        if OVER not in measures and SHARE not in measures:
            filled[OVER] = 0.0
        for name in (LIST, "weeks_00"):
            if name not in measures:
                filled[name] = 0.0 if name == "weeks_00" else filled[name].fillna(0.0)
        parts.append(filled)
    return pd.concat(parts, ignore_index=True)
