"""Dated standards: when reached and held, and whether met when due, on a year of shares written out."""

from __future__ import annotations

import math

import pytest

from tests.published.support import Answer, work_out

#         April, then May to March; the first centre opens in June (month 3).
SHARES = [0.04, 0.04, 0.08, 0.05, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01, 0.01, 0.01]
STANDARDS = ("interim", "full", "later", "before")
ALLOWED = [0.05, 0.01, 0.01, 0.05]
PAST = [0.0] * 10 + [1.0] * 2 + [0.0] * 5 + [1.0] * 7 + [0.0] * 12 + [1.0] * 12
LINES = ["due_month", "months_to", "month_reached", "falls_in_case", "share_when_due", "missed"]


def standards(shares: list[float]) -> Answer:
    """Due in month 10, month 5, beyond the year, and before it."""
    return work_out(
        [f"standards.{name}" for name in LINES],
        {
            "waits.over_six_weeks_share": shares,
            "waits.share_allowed": ALLOWED,
            "waits.months_held": 3.0,
            "programme.first_opening_month": 3.0,
            "standards.is_past": PAST,
        },
        members={"standard": STANDARDS},
    )


def test_reached_and_held() -> None:
    """5 % is kept from month 6 (month 4 alone does not count, nor the months before the opening).

    That is three months after the opening in month 3; 1 % is kept from month 10, seven months after.
    """
    found = standards(SHARES)
    assert found("standards.month_reached") == [6, 10, 10, 6]
    assert found("standards.months_to") == [3, 7, 7, 3]


def test_due_dates() -> None:
    """Month 10 at 1 % meets 5 %; month 5 at 6 % misses 1 %; dates outside the year are not judged."""
    found = standards(SHARES)
    assert found("standards.due_month") == [10, 5, 12, 0]
    assert found("standards.falls_in_case") == [1, 1, 0, 0]
    assert found("standards.share_when_due") == pytest.approx([0.01, 0.06, 0, 0])
    assert found("standards.missed") == [0, 1, 0, 0]


def test_never() -> None:
    """A share that stays at 20 % reaches nothing: empty, not 0."""
    assert all(math.isnan(month) for month in standards([0.2] * 12)("standards.months_to"))


def test_a_test_may_miss_what_the_network_meets() -> None:
    """In month 2: 30 of 300 for CT (10 %), 10 of 900 for MRI (1.1 %); X-ray has no list. 5 % is allowed.

    CT has 30 - 15 = 15 patients too many.
    """
    found = work_out(
        ["standards.test_share_when_due", "standards.test_missed", "standards.tests_to_bring_within"],
        {
            "standards.is_due": [0.0, 1.0, *[0.0] * 10],
            "standards.falls_in_case": 1.0,
            "lists.has_list": [1.0, 1.0, 0.0],
            "waits.share_allowed": 0.05,
            "waits.list_by_test": [300.0] * 12 + [900.0] * 12 + [0.0] * 12,
            "waits.over_six_weeks_by_test": [30.0] * 12 + [10.0] * 12 + [0.0] * 12,
        },
        members={"standard": ("interim",), "test": ("ct", "mri", "xray")},
    )
    assert found("standards.test_share_when_due") == pytest.approx([0.1, 1 / 90, 0])
    assert found("standards.test_missed") == [1, 0, 0]
    assert found("standards.tests_to_bring_within") == pytest.approx([15, 0, 0])
