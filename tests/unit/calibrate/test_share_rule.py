"""The fit of the share over six weeks on made months whose answer is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from casebuilder.calibrate.share_error import bias, exponential, fifo, fold_of
from casebuilder.calibrate.share_months import log_odds, mean_of_last, share_of
from casebuilder.calibrate.share_rule import (
    ShareRule,
    excess,
    fit,
    fit_one_slope,
    kept_a_year,
    pairs,
)

RULE = ShareRule(calm_log_odds=-3.0, calm_cover=3.0, slope=1.5, kept=0.9)


def made(providers: int = 40, months: int = 24) -> pd.DataFrame:
    """Months of one test that follow RULE without noise beside an England whose level moves."""
    draw = np.random.default_rng(5)
    rows = []
    england_cover = np.log(3) + 0.2 * np.sin(np.arange(months))
    england = RULE.log_odds(england_cover) + np.linspace(1.5, 0.5, months)
    for provider in range(providers):
        gap, level = draw.normal(0, 1), draw.normal(0, 0.3)
        for month in range(months):
            cover = england_cover[month] + level + 0.2 * draw.normal()
            odds = england[month] + RULE.slope * (cover - england_cover[month]) + gap * RULE.kept**month
            rows.append((f"p{provider:02d}", month, cover, odds, england_cover[month], england[month]))
    names = ["provider", "number", "log_cover", "log_odds", "england_log_cover", "england_log_odds"]
    found = pd.DataFrame(rows, columns=names).assign(test="mri", period="2018-01")
    return found.assign(share=share_of(found.log_odds.to_numpy()))


def test_the_fit_finds_slope_and_kept_whatever_england_did() -> None:
    """Months made with a slope of 1.5 and 0.9 kept give them back."""
    found = fit(pairs(made()), RULE.calm_log_odds, RULE.calm_cover)
    assert found.slope == pytest.approx(1.5, rel=0.01)
    assert found.kept == pytest.approx(0.9, abs=0.005)


def test_a_month_is_paired_with_the_twelve_before_it() -> None:
    """24 months of one provider: 23 + 22 + … + 12 pairs; months of the pandemic have none."""
    months = made(providers=1)
    found = pairs(months)
    assert len(found) == sum(range(12, 24)) and found.ahead.max() == 12
    assert len(pairs(months.assign(period="2020-04"))) == 0


def test_one_slope_shifts_the_share_at_the_start() -> None:
    """Without England and gaps the simple rule finds the slope too."""
    months = made()
    odds = RULE.log_odds(months.log_cover.to_numpy())
    months = months.assign(log_odds=odds, share=share_of(odds))
    assert fit_one_slope(pairs(months)) == pytest.approx(1.5, rel=0.01)


def test_the_rule_at_calm_cover_gives_the_calm_share_and_rises_with_cover() -> None:
    """4.7 % at calm cover; an excess of 1 and a gap of 1 raise it to 26.9 %."""
    at = np.log(np.array([3.0, 4.0, 6.0]))
    shares = RULE.share(at, 0.0, 0.0)
    assert shares[0] == pytest.approx(0.0474, abs=1e-4)
    assert (np.diff(shares) > 0).all()
    assert RULE.share(at[:1], 1.0, 1.0)[0] == pytest.approx(0.2689, abs=1e-4)


def test_half_a_patient_keeps_log_odds_finite() -> None:
    """None of ten: 0.5 to 10.5; all of ten the other way round."""
    found = log_odds(pd.Series([0.0, 10.0]), pd.Series([10.0, 10.0]))
    assert found.tolist() == pytest.approx([np.log(0.5 / 10.5), np.log(10.5 / 0.5)])


def test_a_mean_of_last_months_takes_those_that_there_are() -> None:
    """Months 1, 2 and 4: the mean of three is of one, two and two of them."""
    months = pd.DataFrame({"test": "mri", "provider": "a", "number": [1, 2, 4], "list": [10.0, 20.0, 60.0]})
    assert mean_of_last(months, "list", 3).tolist() == [10, 15, 40]


def test_excess_is_what_england_has_above_the_rule_and_its_fade_is_found() -> None:
    """An excess of 2 that falls by a fifth a year."""
    months = [f"2023-{month:02d}" for month in range(4, 13)] + [f"2024-{month:02d}" for month in (1, 2, 3)]
    above = 2 * 0.8 ** (np.arange(12) / 12)
    cover = np.full(12, np.log(4.0))
    england = pd.DataFrame({"test": "mri", "period": months, "log_cover": cover})
    england["log_odds"] = RULE.log_odds(cover) + above
    found = excess(england, {"mri": RULE})
    assert found.mri.to_numpy() == pytest.approx(above)
    assert kept_a_year(found) == pytest.approx(0.8, abs=1e-3)


def test_folds_part_providers_not_months() -> None:
    """Each provider is in one of five, in the order of codes."""
    months = pd.DataFrame({"provider": ["c", "a", "b", "a", "f", "e", "d"]})
    assert fold_of(months).to_dict() == {"a": 0, "b": 1, "c": 2, "d": 3, "e": 4, "f": 0}


def test_bias_is_weighted_by_lists() -> None:
    """+10 points on 100 and −10 points on 300: −5."""
    told = pd.DataFrame({"rule": [0.2, 0.1], "share": [0.1, 0.2], "list": [100.0, 300.0]})
    assert bias(told) == pytest.approx(-0.05)


def test_the_other_rules() -> None:
    """England 2018/19: MRI at 3.46 weeks of cover gives 17.7 % by the exponential rule."""
    assert exponential(np.array([3.46]))[0] == pytest.approx(0.177, abs=5e-4)
    assert fifo(np.array([3.46, 12.0])).tolist() == [0, 0.5]
