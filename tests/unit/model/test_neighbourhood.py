"""A neighbourhood health centre by hand: people served, estate options, criteria and place in the pipeline.

Each example is worked out in numpy and written to a workbook, which another engine recalculates.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.published.support import Answer, work_out
from tests.unit.model.proving import differing

Proved = Callable[..., Answer]
FACTORS = [1.0, 0.9, 0.8, 0.7]


@pytest.fixture
def proved(tmp_path: Path) -> Proved:
    """`work_out`, and what a spreadsheet makes of the same formulas is the same."""

    def work(wanted: Sequence[str], values: Mapping[str, Any], **more: Any) -> Answer:
        found = work_out(wanted, values, **more)
        assert differing(found, tmp_path) == []
        return found

    return work


# Population served


def served(proved: Proved, wanted: Sequence[str], **more: Any) -> Answer:
    """Two sites of the bid, of which the first is a proposal; a neighbour in the queue has no site.

    Of four places the first is 10 minutes from the first site, the second 15 but 12 from the other, the third
    25, the fourth 10 from both.
    """
    values = {
        "served.site_of": [1, 0, 0, 0],
        "served.within_minutes": 20.0,
        "served.least_people": 50_000.0,
        "estate.included": [1, 1],
        "access.farthest_minutes": 300.0,
        "access.minutes": [10, 40, 15, 12, 25, 60, 10, 10],
        "access.centre_minutes": [10, 12, 25, 10],
        "access.people_deprived": [6_000, 2_000, 500, 500, 9_000, 9_000, 1_000, 3_000],
        "estate.rooms": [2, 4, 7, 7],
        "activity.cdc_tests_year": [[1_200, 2_400], [1_800, 4_200], [9, 9], [9, 9]],
        "programme.steady_state": [0, 1],
        **more,
    }
    if "activity.cdc_tests_year" in values:
        values["activity.cdc_tests_year"] = [x for of in values["activity.cdc_tests_year"] for x in of]
    return proved(
        [f"served.{name}" for name in wanted],
        values,
        members={
            "proposal": ("ours", "neighbour"),
            "site": ("here", "there"),
            "place": ("a", "b", "c", "d"),
            "quintile": ("q1", "q2"),
            "test": ("phlebotomy", "ecg"),
        },
        years=2,
        unused_allowed=True,
    )


def test_people_are_served_by_the_nearest_site_if_it_is_near_enough(proved: Proved) -> None:
    """The second place is nearer another site, the third too far; one as near to both counts."""
    found = served(proved, ["serves", "people", "people_all", "share_most_deprived", "in_option"])
    assert found("served.serves") == [[1, 0, 0, 1], [0, 0, 0, 0]]
    assert found("served.people") == [[7_000, 5_000], [0, 0]]
    assert found("served.people_all") == [12_000, 0]
    assert found("served.share_most_deprived")[0] == pytest.approx(7 / 12)
    assert math.isnan(found("served.share_most_deprived")[1])
    assert found("served.in_option") == [1, 0]


def test_a_site_that_is_left_out_serves_nobody(proved: Proved) -> None:
    """Though places lie beside it; and nothing is asked of a proposal that the option has not."""
    found = served(proved, ["people_all", "enough_are_served"], **{"estate.included": [0, 1]})
    assert found("served.people_all") == [0, 0]
    assert found("served.enough_are_served") == [0, 0]


def test_a_footprint_below_the_one_planned_for_is_told(proved: Proved) -> None:
    """12,000 of 50,000; as many as are asked for is enough."""
    assert served(proved, ["enough_are_served"])("served.enough_are_served") == [1, 0]
    enough = served(proved, ["enough_are_served"], **{"served.least_people": 12_000.0})
    assert enough("served.enough_are_served") == [0, 0]


def test_rooms_and_tests_a_head(proved: Proved) -> None:
    """6 rooms and 6,600 tests of the first full year for 12,000 people: 5 for 10,000, and 550 for 1,000."""
    names = ["rooms", "tests", "rooms_a_head", "tests_a_head", "tests_a_head_by_test"]
    found = served(proved, names)
    assert found("served.rooms") == [[2, 4], [0, 0]]
    assert found("served.tests") == [[2_400, 4_200], [0, 0]]
    assert found("served.rooms_a_head")[0] == pytest.approx(5)
    assert found("served.tests_a_head")[0] == pytest.approx(550)
    assert found("served.tests_a_head_by_test")[0] == pytest.approx([200, 350])


# Estate options


def estate(proved: Proved, wanted: Sequence[str], **more: Any) -> Answer:
    """1,000 m² refurbished, or 800 m² built anew by the NHS, or by a partner for a charge."""
    values = {
        "estate_options.chosen": [1, 0, 0],
        "estate_options.measured_area": [0, 800, 800],
        "estate_options.kind": [1, 0, 0, 1, 0, 1],
        "estate_options.quoted_rate": 0.0,
        "estate_options.standard_share": [0.0, 1.0, 1.0],
        "estate_options.nhs_share": [1, 1, 0],
        "estate_options.running_factor": [1.5, 1, 1],
        "estate_options.rent_rate": [0, 0, 10],
        "estate_options.charge": [0, 0, 300_000],
        "estate_options.charge_share": 0.0,
        "estate_options.years_until_open": [0, 2, 1],
        "estate_options.meets": [1, 1, 1, 0, 1, 1],
        "estate.included": 1.0,
        "estate.gross_internal_area": 1_000.0,
        "capital.works_rate_base": 1_600.0,
        "capital.departmental_cost": 1_440_000.0,
        "works.kind_rate": [2_000, 3_000],
        "works.kind_on_costs": [0.1, 0.2],
        "works.kind_level": 125.0,
        "works.kind_of_site": [1, 0],
        "capital.base_level": 100.0,
        "capital.location_adjustment_share": -0.05,
        "capital.fees_share": 0.12,
        "capital.non_works_share": 0.03,
        "capital.contingency_share": 0.05,
        "capital.bias_standard": 0.24,
        "capital.bias_non_standard": 0.5,
        "capital.bias_upper_bound": 0.4,
        "capital.bias_rate": 0.2,
        "bias.basis": "optimism_bias",
        "bias.class_uplift_p50": 0.1,
        "bias.class_uplift_p80": 0.3,
        "revenue.running_rate": 100.0,
        "timeline.discount_factor": FACTORS,
        **more,
    }
    return proved(
        [f"estate_options.{name}" for name in wanted],
        values,
        members={
            "site": ("here",),
            "estate_option": ("refurbish", "build", "partner"),
            "building_kind": ("refurbishment", "new_build"),
            "constraint": ("planning", "flood"),
            "fee": ("design",),
            "non_work": ("survey",),
        },
        years=4,
        unused_allowed=True,
    )


# 1,000 m² × £2,000 × 1.1 and 800 m² × £3,000 × 1.2, at 100 ÷ 125, 0.95 for the place, 1.2 with fees etc.
# The site's departments cost 0.9 of the average: £1.44m for 1,000 m² at £1,600.
REFURBISHED = 2_200_000 * 0.8 * 0.9 * 0.95 * 1.2
BUILT = 2_880_000 * 0.8 * 0.9 * 0.95 * 1.2


def test_capital_of_estate_options(proved: Proved) -> None:
    """Half of the bias is left: 0.25 of non-standard works, 0.12 of standard; a partner's is not paid."""
    found = estate(proved, ["area", "built", "paid", "bias_rate"])
    assert found("estate_options.area") == [1_000, 800, 800]
    assert found("estate_options.bias_rate") == pytest.approx([0.25, 0.12, 0.12])
    assert found("estate_options.built") == pytest.approx([REFURBISHED * 1.25, BUILT * 1.12, BUILT * 1.12])
    assert found("estate_options.paid") == pytest.approx([REFURBISHED * 1.25, BUILT * 1.12, 0])


def test_a_quoted_rate_wins_over_the_rate_of_the_kind(proved: Proved) -> None:
    """£4,000 with on-costs at base-year prices, for 800 m²."""
    found = estate(proved, ["works_cost"], **{"estate_options.quoted_rate": [0, 4_000, 0]})
    assert found("estate_options.works_cost")[1] == pytest.approx(800 * 4_000 * 0.9 * 0.95)
    assert found("estate_options.works_cost")[2] == pytest.approx(BUILT / 1.2)


def test_whole_life_cost_of_estate_options(proved: Proved) -> None:
    """Capital evenly until it opens; then £150,000, £80,000, and £80,000 with £8,000 of rent and £300,000."""
    names = ["cost_year", "whole_life", "above_least", "years_of_use", "cost_a_year_of_use"]
    found = estate(proved, names)
    first, build = REFURBISHED * 1.25, BUILT * 1.12
    assert found("estate_options.cost_year") == [
        pytest.approx([first + 150_000, 150_000, 150_000, 150_000]),
        pytest.approx([build / 2, build / 2, 80_000, 80_000]),
        pytest.approx([0, 388_000, 388_000, 388_000]),
    ]
    whole = [first + 150_000 * 3.4, build / 2 * 1.9 + 80_000 * 1.5, 388_000 * 2.4]
    assert found("estate_options.whole_life") == pytest.approx(whole)
    assert found("estate_options.above_least") == pytest.approx([each - min(whole) for each in whole])
    assert found("estate_options.years_of_use") == pytest.approx([3.4, 1.5, 2.4])
    assert found("estate_options.cost_a_year_of_use") == pytest.approx(
        [whole[0] / 3.4, whole[1] / 1.5, whole[2] / 2.4]
    )


def test_what_a_partner_builds_is_paid_for_year_by_year(proved: Proved) -> None:
    """Eight per cent of what it builds beside the charge stated; nothing of what the NHS pays itself."""
    found = estate(proved, ["rent"], **{"estate_options.charge_share": 0.08})
    assert found("estate_options.rent") == pytest.approx([0, 0, 308_000 + 0.08 * BUILT * 1.12])


def test_an_option_of_the_case_without_the_site_has_no_estate_options(proved: Proved) -> None:
    """No area, no charge and nothing to answer for."""
    names = ["whole_life", "one_is_chosen", "chosen_meets_constraints", "chosen_is_what_is_built"]
    none = {"estate.included": 0.0, "estate.gross_internal_area": 0.0, "works.kind_of_site": [0, 1]}
    found = estate(proved, names, **none, **{"estate_options.meets": 0.0})
    assert found("estate_options.whole_life") == [0, 0, 0]
    for name in names[1:]:
        assert (
            sum(
                map(
                    sum,
                    [[each] if isinstance(each, float) else each for each in found(f"estate_options.{name}")],
                )
            )
            == 0
        )


def test_checks_of_estate_options(proved: Proved) -> None:
    """One is chosen, it meets the constraints, it is of the kinds that the site is priced for."""
    names = ["one_is_chosen", "chosen_meets_constraints", "chosen_is_what_is_built", "constraints_open"]
    good = estate(proved, names)
    assert good("estate_options.one_is_chosen") == [0, 0, 0]
    assert good("estate_options.constraints_open") == [0, 1, 0]
    assert good("estate_options.chosen_meets_constraints") == [0, 0, 0]
    assert good("estate_options.chosen_is_what_is_built") == [[0, 0], [0, 0], [0, 0]]
    other = estate(proved, names, **{"estate_options.chosen": [0, 1, 0]})
    assert other("estate_options.one_is_chosen") == [0, 0, 0]
    assert other("estate_options.chosen_meets_constraints") == [0, 1, 0]
    assert other("estate_options.chosen_is_what_is_built") == [[0, 0], [1, 1], [0, 0]]
    for chosen in ([0, 0, 0], [1, 1, 0]):
        wrong = estate(proved, ["one_is_chosen"], **{"estate_options.chosen": chosen})
        assert wrong("estate_options.one_is_chosen") == [1, 1, 1]


# Criteria


def fit(proved: Proved, wanted: Sequence[str], **more: Any) -> Answer:
    """Need weighs 0.75 and readiness 0.25, of four marks each; two are the minimum of both."""
    values = {
        "criteria.weight": [0.75, 0.25],
        "criteria.most": 4.0,
        "criteria.minimum": 2.0,
        "criteria.score": [3, 1, 1, 4],
        "criteria.evidence": [4, 1, 1, 1],
        "served.in_option": [1, 0],
        **more,
    }
    return proved(
        [f"criteria.{name}" for name in wanted],
        values,
        members={"proposal": ("ours", "neighbour"), "criterion": ("need", "readiness")},
        unused_allowed=True,
    )


def test_fit_is_the_weighted_share_of_full_marks(proved: Proved) -> None:
    """3 ÷ 4 × 0.75 + 1 ÷ 4 × 0.25; of it the second rests on judgement."""
    found = fit(proved, ["fit", "judged", "met", "minimums_missed", "minimum_met"])
    assert found("criteria.fit") == pytest.approx([0.625, 0.4375])
    assert found("criteria.judged") == pytest.approx([0.0625, 0.4375])
    assert found("criteria.met") == [[1, 0], [0, 1]]
    assert found("criteria.minimums_missed") == [1, 1]
    assert found("criteria.minimum_met") == [[0, 1], [0, 0]]


def test_marks_and_weights_are_checked(proved: Proved) -> None:
    """A score above full marks, and weights that sum to 1.1."""
    found = fit(
        proved,
        ["score_within_marks", "weights_sum"],
        **{"criteria.most": 3.0, "criteria.weight": [0.75, 0.35]},
    )
    assert found("criteria.score_within_marks") == [[0, 0], [0, 1]]
    assert found("criteria.weights_sum") == [1, 1]


# Place in the pipeline


def queue(proved: Proved, wanted: Sequence[str], **more: Any) -> Answer:
    """Ours is second of three; the first draws £2m from each allocation, ours £1.5m and £0.5m."""
    values = {
        "pipeline.place": [1, 2, 3],
        "pipeline.stated_capital": [4e6, 0, 7e6, 7e6, 9e6, 9e6],
        "pipeline.draws": [0.5, 0.5, 0.75, 0.25, 1, 0],
        "pipeline.allocated": [3e6, 3e6, 2e6, 0],
        "served.site_of": [0, 0, 1, 0, 0, 0],
        "served.in_option": [0, 1, 0],
        "estate.included": [1, 1],
        "capital.outturn": [2e6, 0, 5e6, 5e6],
        **more,
    }
    return proved(
        [f"pipeline.{name}" for name in wanted],
        values,
        members={
            "proposal": ("first", "ours", "last"),
            "allocation": ("public_capital", "partnership"),
            "site": ("here", "there"),
        },
        years=2,
        unused_allowed=True,
    )


def test_capital_of_the_bid_is_built_up_and_of_its_neighbours_as_stated(proved: Proved) -> None:
    """What is stated of ours is not read, and the bid's other site is no proposal."""
    found = queue(proved, ["capital_year", "capital_all"])
    assert found("pipeline.capital_year") == [[4e6, 0], [2e6, 0], [9e6, 9e6]]
    assert found("pipeline.capital_all") == [4e6, 2e6, 18e6]


def test_what_is_left_when_the_bid_is_reached(proved: Proved) -> None:
    """£2m of each is taken ahead; ours then takes £1.5m of the £1m left, and £0.5m of nothing."""
    names = [
        "ahead",
        "taken_ahead",
        "left_when_reached",
        "taken_here",
        "left_after",
        "left_after_all",
        "short",
    ]
    found = queue(proved, [*names, "bid_fits", "exceeded_before"])
    assert found("pipeline.ahead") == [1, 0, 0]
    assert found("pipeline.taken_ahead") == [[2e6, 0], [2e6, 0]]
    assert found("pipeline.left_when_reached") == [[1e6, 3e6], [0, 0]]
    assert found("pipeline.taken_here") == [[1.5e6, 0], [0.5e6, 0]]
    assert found("pipeline.left_after") == [[-0.5e6, 3e6], [-0.5e6, 0]]
    assert found("pipeline.left_after_all") == [2.5e6, -0.5e6]
    assert found("pipeline.short") == [[0.5e6, 0], [0.5e6, 0]]
    assert found("pipeline.bid_fits") == [[1, 0], [1, 0]]
    assert found("pipeline.exceeded_before") == [[0, 0], [0, 0]]


def test_the_allocation_may_be_gone_before_the_bid(proved: Proved) -> None:
    """£1.9m for the £2m of the first; where ours draws nothing of it, that is no matter of ours."""
    short = {"pipeline.allocated": [1.9e6, 0, 1.9e6, 0]}
    assert queue(proved, ["exceeded_before"], **short)("pipeline.exceeded_before") == [[1, 0], [1, 0]]
    public = {"pipeline.draws": [0.5, 0.5, 1, 0, 1, 0]}
    found = queue(proved, ["exceeded_before"], **short, **public)
    assert found("pipeline.exceeded_before") == [[1, 0], [0, 0]]


def test_a_bid_that_is_first_has_nobody_ahead(proved: Proved) -> None:
    """And a proposal cannot draw more than its capital."""
    found = queue(
        proved,
        ["ahead", "drawn_once"],
        **{"pipeline.place": [2, 1, 3], "pipeline.draws": [0.5, 0.5, 0.75, 0.35, 1, 0]},
    )
    assert found("pipeline.ahead") == [0, 0, 0]
    assert found("pipeline.drawn_once") == [0, 1, 0]
