"""Figures far from the months around them: what the rule tells, and what it leaves alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from casebuilder.inputs.files.tables import numbers
from casebuilder.tasks.data.dm01 import MEASURES
from casebuilder.tasks.data.unusual import Rules, far, unusual
from tests.unit.tasks.data.conftest import DATA

RULES = Rules(usual_least=10, months_around=3, deviations=3, least_share=0.15)
TRUSTS = ["RBL", "RBN", "RBQ", "RBS", "RBT", "REM", "REN", "REP", "RET", "RJN", "RJR", "RWW"]
FIVE = ["mri", "ct", "ultrasound", "dexa", "echocardiography"]


def told(*series: float) -> list[tuple[int, float]]:
    return list(far(np.array(series, float), RULES))


def test_a_spike_and_a_gap_are_told_with_what_lies_around() -> None:
    """Fifteen in the hundred is the least deviation, three of them 45: 144 is not told, 146 is."""
    assert told(100, 100, 100, 144, 100, 100, 100) == []
    assert told(100, 100, 100, 146, 100, 100, 100) == [(3, 100.0)]
    assert told(100, 100, 100, 54, 100, 100, 100) == [(3, 100.0)]


def test_a_series_that_swings_has_a_wider_band() -> None:
    """Around 100 by 40 either way, a scaled deviation is 59.3: three of them hide 250."""
    assert told(60, 140, 60, 250, 140, 60, 140) == []
    assert told(60, 140, 60, 280, 140, 60, 140) == [(3, 100.0)]


def test_small_counts_and_short_series_are_left_alone() -> None:
    """Fewer than ten at the middle, or fewer than three months around."""
    assert told(3, 2, 4, 9, 3, 2, 4) == []
    assert told(100, 900, 100) == []


def test_chance_of_counts_is_allowed_for() -> None:
    """Of 16 the square root is 4: three of them let 27 pass and tell 29."""
    assert told(16, 16, 16, 27, 16, 16, 16) == []
    assert told(16, 16, 16, 29, 16, 16, 16) == [(3, 16.0)]


def test_missing_months_are_passed_over() -> None:
    assert told(100, np.nan, 100, 300, np.nan, 100, 100) == [(3, 100.0)]


def test_shipped_rules_are_those_tried_here() -> None:
    table = numbers(DATA / "dm01_rules.csv", ("what",), ("value",))
    assert Rules(**{what: value for (what,), (value,) in table.items()}) == RULES


@pytest.mark.parametrize(("least_share", "count"), [(0.15, 16), (0.1, 35)])
def test_how_many_the_shipped_months_have(shipped: pd.DataFrame, least_share: float, count: int) -> None:
    """Lists and tests done of twelve trusts and five tests over 24 months, as decision 182 counts them."""
    rows = shipped[shipped.provider.isin(TRUSTS) & shipped.test.isin(FIVE)]
    rules = Rules(10, 3, 3, least_share)
    found = list(unusual(rows, sorted(rows.month.unique()), MEASURES, rules))
    assert len(found) == count
    assert 2 * len(rows) == 2296
