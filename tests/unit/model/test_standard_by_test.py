"""The month in which each test meets the standard: by the lines of the model, on shares given by hand."""

from __future__ import annotations

from tests.published.support import work_out

LINES = ["performance.share_by_test", "performance.months_to_standard_by_test"]


def solve(over: list[float], first_opening: float = 2.0, listed: float = 1.0):
    """Twelve months of one list of 100 with so many over six weeks; the first centre opens in a month."""
    return work_out(
        LINES,
        {
            "waits.list_by_test": 100.0,
            "waits.over_six_weeks_by_test": over,
            "waits.standard_share": 0.01,
            "waits.months_held": 3.0,
            "programme.first_opening_month": first_opening,
            "lists.has_list": listed,
        },
    )


def test_share_is_long_waits_over_the_list() -> None:
    """7 of 100 are 7 %."""
    assert solve([7.0] * 12)("performance.share_by_test") == [0.07] * 12


def test_standard_counts_from_the_opening_once_held_three_months() -> None:
    """Opening in month 2, at or below 1 of 100 in months 5, 7, 8 and 9: held from month 7, 5 months on."""
    over = [9, 9, 9, 9, 1, 9, 1, 0, 1, 9, 9, 9]
    assert solve(over)("performance.months_to_standard_by_test") == 5


def test_months_before_the_opening_do_not_count() -> None:
    """Within the standard from month 1 and opening in month 4: reached in the month of opening."""
    assert solve([0.0] * 12, first_opening=4.0)("performance.months_to_standard_by_test") == 0


def test_standard_that_is_never_held_is_empty() -> None:
    """Two months in a row are not three; a test without a list has no standard to meet."""
    over = [9, 9, 1, 1, 9, 9, 1, 1, 9, 9, 1, 1]
    never = solve(over)("performance.months_to_standard_by_test")
    without = solve([0.0] * 12, listed=0.0)("performance.months_to_standard_by_test")
    assert never != never and without != without  # NaN
