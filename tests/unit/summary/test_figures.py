"""Figures as people read them."""

from __future__ import annotations

import pytest

from casebuilder.summary.figures import difference, figure, unit_words, with_unit


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (52_000_000, "GBP_nominal", "£52.0m"),
        (-1_250_000, "GBP_real", "−£1.2m"),
        (0, "GBP_real", "£0"),
        (999_999.9, "GBP_real", "£1.0m"),
        (1_234_000_000, "GBP_real", "£1.23bn"),
        (45_678.4, "GBP_real", "£45,678"),
        (79.2, "GBP_nominal / test", "£79.20"),
        (0.123, "share", "12.3%"),
        (-0.0, "GBP_real", "£0"),
        (-0.00001, "share", "0.0%"),
        (1234.5, "tests", "1,234"),
        (12, "months", "12"),
        (1.456, "factor", "1.46"),
        (0.8531, "factor", "0.85"),
        (None, "GBP_real", "–"),
    ],
)
def test_figure_is_short(value, unit, shown):
    """Money in £ with m or bn, shares in %, whole numbers with commas, an en dash for none."""
    assert figure(value, unit) == shown


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [(1_500_000, "GBP_real", "+£1.5m"), (-0.04, "share", "−4.0 pp"), (0, "tests", "0"), (None, "tests", "–")],
)
def test_difference_has_a_sign(value, unit, shown):
    """A difference says which way it goes; shares differ by percentage points."""
    assert difference(value, unit) == shown


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("tests / month", " tests per month"),
        ("GBP_nominal / year", " per year (cash)"),
        ("share", ""),
        ("GBP_real / wte / year", " per wte per year (base-year prices)"),
        ("wte", " WTE"),
    ],
)
def test_unit_is_said_in_words(unit, words):
    """A unit follows its figure in words, with what prices the money is in."""
    assert unit_words(unit) == words


def test_plain_numbers_keep_their_digits_in_explanations():
    """A discount factor keeps five digits where a figure is explained."""
    assert with_unit(0.966183574, "factor") == "0.96618"
