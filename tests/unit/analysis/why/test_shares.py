"""Shares of variance of a case: what is drawn anew and what is not, and what is drawn together."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import hypot

import pytest

from casebuilder.analysis.uncertainty.chance.dependence import together
from casebuilder.analysis.uncertainty.chance.simulation import Simulation, simulate
from casebuilder.analysis.uncertainty.why.shares import _Again, bundles, shares_of
from tests.starter import starter_case

DRAWS = 96
PAIR = ("preferred", "npsv")
RATIO = ("preferred", "list_end")


@cache
def _simulation() -> Simulation:
    return simulate(starter_case().problem, range(DRAWS), 3, ["npsv", "list_end"])


def test_nothing_drawn_anew_moves_nothing() -> None:
    """The runs that total indices rest on begin from the simulation's own draws."""
    simulation = _simulation()
    again = _Again(simulation, [PAIR], 48)
    samples = simulation.drawing.samples(range(48))
    figures = again._figures(samples, 48)[PAIR]
    assert figures == pytest.approx(simulation.column(*PAIR)[:48], rel=1e-12)


def test_shares_of_a_case() -> None:
    """All inputs of a group together make what both groups leave: unverified and the rest make the whole."""
    found = {(each.option, each.figure): each for each in shares_of(_simulation(), [PAIR, RATIO], 48, 2)}
    for each in found.values():
        values = [share.first.value for share in each.inputs]
        assert values == sorted(values, reverse=True)
        assert sum(share.total is not None for share in each.inputs) >= 2
        assert each.unverified is not None and each.unverified_alone is not None
        # Both are estimates of few draws: four standard errors of their difference.
        apart = 4 * hypot(each.unverified.error, each.unverified_alone.error)
        assert each.unverified.value >= each.unverified_alone.value - apart
        assert each.draws == DRAWS and each.again == 48 and each.deviation > 0
    keys = {share.varied.item.key for share in found[RATIO].inputs}
    assert "capital.vat_rate" not in keys and "benefits.qaly_value" not in keys


def test_what_is_drawn_together_is_one() -> None:
    """Inputs bound by a correlation are drawn anew together, each of the others by itself."""
    drawing = _simulation().drawing
    alone = bundles(drawing)
    assert all(place in own for place, own in enumerate(alone))
    singles = [place for place, own in enumerate(alone) if len(own) == 1]
    first, second = singles[0], singles[3]
    plan = drawing.plan
    variables = [plan.placings[drawing.inputs[place].item.key].variables[0] for place in (first, second)]
    bound = together(len(plan.keys), {(variables[0], variables[1]): 0.5}, list(plan.keys))
    tied = bundles(replace(drawing, plan=replace(plan, groups=(*plan.groups, *bound))))
    assert tied[first] == tied[second] == tuple(sorted((first, second)))
    assert [own for place, own in enumerate(tied) if place not in (first, second)] == [
        own for place, own in enumerate(alone) if place not in (first, second)
    ]


@pytest.mark.full
def test_the_same_seed_gives_the_same_shares() -> None:
    """Shares are the same to the last bit when they are worked out again."""
    one, other = (shares_of(_simulation(), [PAIR], 48, 2) for _ in range(2))
    assert one == other
