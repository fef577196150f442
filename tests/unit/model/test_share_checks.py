"""Shares, curves and bands that are not whole are told: each fault is planted in a shipped case."""

from __future__ import annotations

import pytest

from casebuilder.case import load_case
from casebuilder.errors import InputError
from casebuilder.inputs.assumed.amounts import LARGEST

CASE = "norfolk_waveney"
# What is set, and the check that must fail for it; in one case, since none hides another.
PLANTED = {
    "longlist.factor_weight[strategic_fit]=0.3": "longlist.weights_sum",
    "assets.component_share[structure]=0.5": "share_checks.components_sum",
    "assets.lifecycle_share[structure]=0.2": "share_checks.lifecycle_sums",
    "plans.dividend_by[mar]=0.9": "share_checks.year_ends_paid",
    "demand.season[2022-05]=1.9": "share_checks.season_is_even",
    "timeline.band_end[b0_30]=28": "share_checks.each_year_in_one_band",
    "reporting.sent_out[across_trusts,mri]=0.9": "share_checks.reports_go_once",
    "demand.baseline_over_six_weeks[rm1,mri]=100_000": "share_checks.long_waits_are_of_the_list",
}


def test_what_is_not_whole_fails() -> None:
    """Gaps between bands of rates, weights, components, seasons, cash of the year, reports and long waits."""
    failed = {check.key for check in load_case(CASE, list(PLANTED)).checks.failed}
    assert set(PLANTED.values()) <= failed
    assert not set(PLANTED.values()) & {check.key for check in load_case(CASE).checks.failed}


def test_bands_that_overlap_fail() -> None:
    """A year in two bands would be discounted by both rates."""
    checks = load_case("digital_diagnostics", ["timeline.band_start[b31_75]=3"]).checks
    assert "share_checks.each_year_in_one_band" in {check.key for check in checks.failed}


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("plans.running_by[apr]=0.77", "may not fall"),
        ("waits.cover_slope[mri]=-0.1", "0.01 is the least allowed"),
        ("demand.baseline_list_change[england,mri]=1E+99", "is beyond 1E+15"),
        ("demand.baseline_list_change[england,mri]=-1E+99", "is beyond 1E+15"),
        ("timeline.working_days=0", "15 is the least allowed"),
    ],
)
def test_values_that_make_no_sense_are_refused(setting: str, said: str) -> None:
    """A curve that falls, a number beyond all counting, a month without working days."""
    with pytest.raises(InputError) as caught:
        load_case("digital_diagnostics", [setting])
    assert any(said in fault.message for fault in caught.value.faults), caught.value.faults


def test_the_largest_value_itself_is_taken() -> None:
    """The bound is one of typing, not of the model."""
    load_case("digital_diagnostics", [f"demand.baseline_list_change[england,mri]={LARGEST!r}"])
