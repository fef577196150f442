"""Moving the base year: random streams of cost and benefit, put off by some years within a band of rates.

A base year k years earlier leaves every stream k years later. Within years 0 to 30 of the Green Book each
year is one factor, so that present values fall by that factor to the power k: 1.035 for cost and benefits,
1.015 for health. Benefits other than health and cost keep their ratio and options their order; with
health the ratio rises with k by (1.035 ÷ 1.015)^k on the part that is health, because QALYs keep
their worth longer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebuilder.algebra.terms import Line, Named
from casebuilder.model.setting import timeline
from casebuilder.model.value import economics
from tests.planted import misread, planted
from tests.published.support import Answer, work_out
from tests.published.test_green_book import bands

QUICK, FULL = 15, 300
STANDARD, HEALTH = 1.035, 1.015  # Green Book, years 0 to 30
LAST = 30  # the last year of the first band
CLOSE = 1e-9
OPTIONS = ("preferred", "other")
SUMS = [
    "economics.net_present_cost",
    "economics.incremental_cost",
    "economics.incremental_benefits",
    "economics.npsv",
]
KEYS = [*SUMS, "economics.bcr", "economics.present_health", "economics.present_value_benefits"]


@dataclass(frozen=True)
class Streams:
    """By option (the baseline first) and year: cost, benefits, health; and the years they are put off."""

    seed: int
    years: int
    later: int

    def rows(self, kind: int) -> np.ndarray[Any, Any]:
        """The amounts of one kind: whole pounds, of which some years have none."""
        chance = np.random.default_rng([self.seed, kind])
        amounts = chance.integers(1, 20_000_000, (3, self.years)) * (chance.random((3, self.years)) < 0.8)
        return amounts.astype(float)


@st.composite
def streams(draw: Any) -> Streams:
    """Streams that end within the first band, also once they are put off."""
    years = draw(st.integers(1, LAST + 1))
    return Streams(draw(st.integers(0, 2**32 - 1)), years, draw(st.integers(0, LAST + 1 - years)))


def appraise(of: Streams, later: int, *, health: bool, length: int = LAST + 1) -> Answer:
    """Three options' streams, put off by some years, by the economic case's own lines."""
    cost, benefits, qalys = (of.rows(kind) for kind in range(3))
    if not health:
        qalys = 0 * qalys

    def timed(row: np.ndarray[Any, Any]) -> list[float]:
        return [0.0] * later + row.tolist() + [0.0] * (length - later - of.years)

    named = [("economics.cost", cost), ("economics.other_benefits", benefits), ("benefits.health", qalys)]
    values, members = bands("discount_rate_standard", "discount_rate_health")
    values |= {key: timed(rows[0]) for key, rows in named}
    by_option = {
        option: {key: timed(rows[place]) for key, rows in named} for place, option in enumerate(OPTIONS, 1)
    }
    return work_out(KEYS, values, members=members, years=length, by_option=by_option, unused_allowed=True)


def order(answer: Answer) -> list[str]:
    """The options by net present social value, the baseline among them."""
    return sorted(("bau", *OPTIONS), key=lambda option: float(answer("economics.npsv", option)))


def same(a: float, b: float, scale: float) -> bool:
    """Whether two present values agree to 1e-9 of the cost they come from, or are both empty."""
    return bool(np.isnan(a) and np.isnan(b)) or abs(a - b) <= CLOSE * max(scale, abs(a), 1.0)


def the_base_year_moves(of: Streams) -> None:
    """Without health: every present value by one factor, the same ratio, the same order."""
    now, then = (appraise(of, later, health=False) for later in (0, of.later))
    factor = STANDARD**-of.later
    for option in OPTIONS:
        scale = float(now("economics.net_present_cost", option) + now("economics.net_present_cost"))
        for key in SUMS:
            assert same(then(key, option), now(key, option) * factor, scale), key
        cost = abs(float(now("economics.incremental_cost", option)))
        ratio = now("economics.bcr", option), then("economics.bcr", option)
        # The less the options differ, the more of the ratio is rounding.
        assert same(*ratio, scale / max(cost, 1e-3) * max(1.0, abs(np.nan_to_num(ratio[0])))), ratio
    assert order(now) == order(then)


def health_keeps_its_worth(of: Streams) -> None:
    """With health: it falls by its own factor, and what is not health by the standard one."""
    now, then = (appraise(of, later, health=True) for later in (0, of.later))
    for option in ("bau", *OPTIONS):
        health = [float(np.sum(answer("economics.present_health", option))) for answer in (now, then)]
        assert same(health[1], health[0] * HEALTH**-of.later, health[0])
        rest = [
            float(answer("economics.present_value_benefits", option)) - part
            for answer, part in zip((now, then), health, strict=True)
        ]
        assert same(rest[1], rest[0] * STANDARD**-of.later, rest[0] + health[0])


PROPERTIES = [the_base_year_moves, health_keeps_its_worth]


@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_streams_put_off(holds: Any) -> None:
    """Some random streams; `test_300_streams_put_off` tries three hundred."""
    settings(max_examples=QUICK, deadline=None, derandomize=True)(given(streams())(holds))()


@pytest.mark.full
@pytest.mark.parametrize("holds", PROPERTIES, ids=lambda holds: holds.__name__)
def test_300_streams_put_off(holds: Any) -> None:
    """Three hundred random streams."""
    settings(max_examples=FULL, deadline=None)(given(streams())(holds))()


def test_across_the_border_of_a_band_the_factor_is_another() -> None:
    """Ten years of cost from year 0, put off to years 26 to 35: five of them in the band at 3 %."""
    of = Streams(1, 10, 26)
    now, then = (appraise(of, later, health=False, length=40) for later in (0, 26))
    cost = of.rows(0)[1]
    factors = [STANDARD ** -min(year, LAST) * 1.03 ** -max(year - LAST, 0) for year in range(26, 36)]
    expected = float(cost @ np.array(factors))
    assert then("economics.net_present_cost", "preferred") == pytest.approx(expected, rel=CLOSE)
    in_one_band = now("economics.net_present_cost", "preferred") * STANDARD**-26
    assert then("economics.net_present_cost", "preferred") > in_one_band * 1.0001


FAULTS: dict[str, tuple[Any, Line, Named, Named]] = {
    "cost at the rate of health": (
        the_base_year_moves,
        economics.present_cost,
        timeline.discount_factor,
        timeline.discount_factor_health,
    ),
    "health at the standard rate": (
        health_keeps_its_worth,
        economics.present_health,
        timeline.discount_factor_health,
        timeline.discount_factor,
    ),
    "benefits at the rate of health": (
        the_base_year_moves,
        economics.present_other_benefits,
        timeline.discount_factor,
        timeline.discount_factor_health,
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str) -> None:
    """A stream at the wrong rate breaks the property it belongs to."""
    holds, line, right, wrong = FAULTS[fault]
    of = Streams(2, 10, 15)
    holds(of)
    with planted(line, misread(line.definition, {right: wrong})), pytest.raises(AssertionError):
        holds(of)
