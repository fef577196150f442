"""The calibrated rule on the shipped DM01 data: what it must reach, and how far it is off."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from casebuilder.calibrate.replay import england, replay
from casebuilder.calibrate.waits_curve import POINTS, TESTS, Curve, calm_years, read_months
from casebuilder.calibrate.waits_error import calibrate_waits, curves, errors
from casebuilder.resources import resource

DATA = resource("assumptions/reference/data")
LANCASHIRE = ("RXL", "RXR", "RXN", "RTX")


@cache
def months() -> pd.DataFrame:
    return read_months(DATA)


@cache
def fitted() -> dict[str, Curve]:
    return curves(months())


@cache
def off() -> pd.DataFrame:
    return errors(months())


@pytest.mark.parametrize("test", TESTS.values())
def test_error_is_at_most_half_the_exponential_rules(test: str) -> None:
    """On trusts that the fit has not seen, the months of 2020 among them."""
    row = off().loc[test]
    assert row.months > 900
    assert row.calibrated <= row.exponential / 2


@pytest.mark.parametrize("test", TESTS.values())
def test_long_waits_are_told_better_than_by_a_constant(test: str) -> None:
    """In months with more than a tenth over six weeks, against the test's own median."""
    row = off().loc[test]
    assert row.calibrated_long < row.constant_long


@pytest.mark.parametrize("test", TESTS.values())
def test_curve_rises(test: str) -> None:
    """Monotone in cover, from nothing, and never over 1."""
    shares = fitted()[test].shares
    assert shares[0] == 0 and shares[-1] <= 1
    assert (np.diff(shares) >= 0).all() and shares[-1] > 0.1


def test_network_is_not_understated() -> None:
    """All months together a network's total is off by at most 2 points in every test."""
    assert off().bias.abs().max() < 0.02


def test_command_writes_the_tables_that_ship(tmp_path) -> None:
    """Running the calibration again gives the shipped tables to the last digit."""
    calibrate_waits(DATA, tmp_path)
    for name in ("waits_curve.csv", "waits_fit.csv", "calm_years.csv"):
        assert (tmp_path / name).read_text() == (DATA / name).read_text(), name


def test_points_of_the_reference_set_are_those_of_the_fit() -> None:
    """The multiples in waits.yaml are where the fit was read."""
    import yaml

    found = yaml.safe_load(resource("assumptions/reference/waits.yaml").read_text(encoding="utf-8"))
    assert tuple(found["cover_multiple"]["values"].values()) == POINTS


def test_lancashire_and_south_cumbria_starts_at_46_6_per_cent() -> None:
    """CT and MRI together, four trusts, end of April 2020: 46.6 % over six weeks (47 % in public)."""
    found = pd.read_csv(DATA / "dm01_three_systems_2016_20.csv.gz")
    april = found[
        (found.period == "2020-04") & found.provider_code.isin(LANCASHIRE) & found.test.isin(["CT", "MRI"])
    ]
    assert april.provider_code.nunique() == 4
    assert april.wl_6plus.sum() / april.total_wl.sum() == pytest.approx(0.466, abs=5e-4)


def test_replay_of_2020_follows_dm01() -> None:
    """England from the end of 2019/20, the activity given: the errors that docs/calibration.md states."""
    found = replay(england(DATA), fitted(), calm_years(months(), ["test"]))
    assert found.groupby("test").size().eq(6).all() and found.test.nunique() == 13
    by_month = found.groupby("period")[["list", "over", "list_replayed", "over_replayed"]].sum()
    of_list = by_month.list_replayed / by_month["list"] - 1
    assert of_list.tolist() == pytest.approx([0.049, -0.030, -0.117, -0.129, -0.120, -0.116], abs=0.001)
    share = by_month.over_replayed / by_month.list_replayed - by_month.over / by_month["list"]
    assert share.tolist() == pytest.approx([-0.092, -0.172, -0.137, -0.117, -0.120, -0.143], abs=0.001)
