"""Tests of a trust that no return of lists counts: as the imaging dataset has them, or by people served."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.inputs.start.asked import imaging_a_month, read_rates
from casebuilder.inputs.start.shipped import shipped
from casebuilder.tasks.england.trusts import Trust, trusts

_SHARES = "shares.yaml"


def people_served(trust: Trust) -> float:
    """The trust's share of England's people, by its share of England's tests from lists."""
    every = sum(each.list_tests for each in trusts().values())
    return float(shipped(_SHARES)["england"]["people"]) * trust.list_tests / every


def uncounted(trust: Trust, tests: Sequence[str]) -> dict[str, tuple[float, float]]:
    """By test that the trust has any of: tests a month by the imaging dataset, or by the people served.

    Of the two the other is 0. Tests of trusts that joined it are its own.
    """
    imaging, rates = imaging_a_month(), read_rates()
    codes, people = (trust.code, *trust.merged), people_served(trust)
    found: dict[str, tuple[float, float]] = {}
    for test in tests:
        returned = sum(imaging.get((code, test), 0.0) for code in codes)
        if returned:
            found[test] = round(returned, 1), 0.0
        elif people > 0 and test in rates:
            found[test] = 0.0, round(rates[test].per_1000 * people / 1000 / 12, 1)
    return found
