"""What rooms that follow from a plan of tests do, beside the plan."""

from __future__ import annotations

from collections.abc import Mapping

from casebuilder.inputs.files.scalars import listed
from casebuilder.tasks.built_centres import shares_of_tests
from casebuilder.tasks.new.bid import Bid, Filled, Worked

# Tests that are named, those farthest from the plan first.
_NAMED = 4


def told_beside_plans(bid: Bid, worked: Worked) -> tuple[Filled, ...]:
    """By site with a plan of tests, how many its rooms do once full, and why that is another number."""
    labels = {test.id: test.label for test in bid.tests}
    return tuple(
        Filled(f"{site.name}, tests", _beside(site.planned_tests, worked.site_tests[site.id], labels))
        for site in bid.sites
        if site.planned_tests and site.id in worked.site_tests
    )


def _beside(planned: float, done: Mapping[str, float], labels: Mapping[str, str]) -> str:
    """Tests done beside those planned, and the tests that differ most from their share of the plan."""
    shares = shares_of_tests()
    off = {test: done.get(test, 0.0) - planned * shares.get(test, 0.0) for test in labels}
    far = sorted((test for test in off if round(off[test])), key=lambda test: -abs(off[test]))[:_NAMED]
    tests = [
        f"{labels[test]} {done.get(test, 0.0):,.0f}"
        + (f" (plan {planned * shares[test]:,.0f})" if test in shares else " (no share in the plan)")
        for test in far
    ]
    return (
        f"{sum(done.values()):,.0f} a year once full, beside {planned:,.0f} planned. The plan sets rooms,"
        " which are whole and of no kind fewer than the site starts with; tests follow from patients, hours"
        f" and staff. Farthest from the plan's shares: {listed(tests, _NAMED)}. Answer rooms without"
        " planned_tests to have others"
    )
