"""The long list and the benefits that nobody put in pounds, by hand."""

from __future__ import annotations

import math

import pytest

from tests.published.support import Answer, work_out

CHOICES, PARTS, FACTORS = ("centres", "hours", "alone"), ("scope", "solution"), ("fit", "value")


def long_list(carried: list[float]) -> Answer:
    """Centres and hours are choices of scope; going alone is the only solution, and does not fit."""
    wanted = [
        "score",
        "failed",
        "best_left_behind",
        "choices_of_part",
        "carried_of_part",
        "failed_not_carried",
        "each_part_has_choices",
        "each_in_one_part",
    ]
    return work_out(
        [f"longlist.{name}" for name in wanted],
        {
            "longlist.part": [1, 0, 1, 0, 0, 1],
            "longlist.meets": [2, 1, 1, 1, 0, 2],
            "longlist.factor_weight": [0.75, 0.25],
            "longlist.carried": carried,
        },
        members={"long_option": CHOICES, "framework": PARTS, "success_factor": FACTORS},
    )


def test_scores() -> None:
    """2 and 1 of two, weighed 3 to 1: (1.5 + 0.25) ÷ 2; one factor that is not met fails a choice."""
    found = long_list([1, 0, 0])
    assert found("longlist.score") == pytest.approx([0.875, 0.5, 0.25])
    assert found("longlist.failed") == [0, 0, 1]
    assert found("longlist.best_left_behind") == pytest.approx([0, 0.5, 0])


def test_what_goes_forward() -> None:
    """A failed choice that is carried is a breach; so is a part with one choice only, or none carried."""
    found = long_list([1, 0, 1])
    assert found("longlist.failed_not_carried") == [0, 0, 1]
    assert found("longlist.choices_of_part") == [2, 1]
    assert found("longlist.carried_of_part") == [1, 1]
    assert found("longlist.each_part_has_choices") == [0, 1]
    assert found("longlist.each_in_one_part") == [0, 0, 0]
    assert long_list([0, 0, 0])("longlist.each_part_has_choices") == [1, 1]


def test_what_a_point_must_be_worth() -> None:
    """Weighed 0.6 and 0.4, 4 and 4 become 9 and 4: 3 points gained; £60 short, a point must be worth £20."""
    keys = ["unmonetised.points_gained", "unmonetised.value_a_point", "unmonetised.weights_sum"]
    found = work_out(
        keys,
        {"unmonetised.score": 4.0, "unmonetised.importance": [0.6, 0.4], "economics.npsv": 0.0},
        members={"unmonetised": ("resilience", "learning")},
        by_option={"preferred": {"unmonetised.score": [9.0, 4.0], "economics.npsv": -60.0}},
    )
    assert found("unmonetised.points_gained", "preferred") == pytest.approx(3)
    assert found("unmonetised.value_a_point", "preferred") == pytest.approx(20)
    assert math.isnan(found("unmonetised.value_a_point"))
    assert found("unmonetised.weights_sum") == 0
