"""The market forces factor of a case: that of its trusts in the payment scheme, by tests from their lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casebuilder.inputs.files.tables import numbers
from casebuilder.tasks.england.shipped import data_folder, tables
from casebuilder.tasks.england.trusts import Trust

YEAR = "2024/25"
SOURCE = "S277"


@dataclass(frozen=True)
class MarketForces:
    """What the prices of the payment scheme are multiplied by.

    Attributes
    ----------
    factor
        Of the case: the mean of its trusts, weighed by the tests from their lists. None where none has one.
    low, high
        The least and the most of its trusts.
    by_trust
        By code, of those that have one.
    notes
        Of which year, and who has none.
    """

    factor: float | None
    low: float | None
    high: float | None
    by_trust: Mapping[str, float]
    notes: tuple[str, ...]


def market_forces(chosen: Sequence[Trust]) -> MarketForces:
    """The factor of some trusts.

    Parameters
    ----------
    chosen
        The trusts of a case.
    """
    found = {trust.code: _factors()[trust.code] for trust in chosen if trust.code in _factors()}
    without = [trust.name for trust in chosen if trust.code not in found]
    notes = [f"Market forces factors of the payment scheme {YEAR}, by tests from the lists of the trusts"]
    if without:
        notes.append(f"No market forces factor is in the table for {', '.join(without)}")
    if not found:
        return MarketForces(None, None, None, {}, tuple(notes[1:]))
    tests = {trust.code: trust.list_tests for trust in chosen if trust.code in found}
    every = sum(tests.values())
    weights = {code: n / every if every > 0 else 1 / len(tests) for code, n in tests.items()}
    factor = sum(found[code] * weight for code, weight in weights.items())
    return MarketForces(round(factor, 4), min(found.values()), max(found.values()), found, tuple(notes))


@cache
def _factors() -> Mapping[str, float]:
    rows = numbers(data_folder() / tables().tables.market_forces.file, ("provider",), ("factor",))
    return {code: factor for (code,), (factor,) in rows.items()}
