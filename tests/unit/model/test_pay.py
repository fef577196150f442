"""Pay: a role as a mix of bands at a place on their scales, and what a post costs, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.published.support import Answer, work_out

BANDS = ("band_6", "band_7")
MEMBERS = {"pay_band": BANDS}
# Two scales of 2025/26: 38,682 to 46,580 and 47,810 to 54,710.
SCALES = {"pay.scale_lowest": [38_682.0, 47_810.0], "pay.scale_highest": [46_580.0, 54_710.0]}
ON_COSTS = {
    "pay.unsocial_hours": 0.0,
    "pay.national_insurance_rate": 0.15,
    "pay.national_insurance_threshold": 5_000.0,
    "pay.pension_financial": 0.1438,
    "pay.pension_economic": 0.2378,
    "pay.levy_rate": 0.005,
}


def post(wanted: list[str], mix: list[float], place: float, **more: Any) -> Answer:
    """A role of two bands."""
    values = {**SCALES, "pay.band_mix": mix, "pay.place_on_scale": place, **more}
    return work_out(wanted, values, members=MEMBERS)


def test_the_middle_of_one_band() -> None:
    """(38,682 + 46,580) ÷ 2."""
    assert post(["pay.basic_pay"], [1.0, 0.0], 0.5)("pay.basic_pay") == pytest.approx(42_631)


def test_a_mix_of_bands_at_a_quarter_of_the_scale() -> None:
    """Three quarters at 38,682 + 7,898 ÷ 4 = 40,656.50, a quarter at 47,810 + 6,900 ÷ 4 = 49,535."""
    found = post(["pay.basic_pay"], [0.75, 0.25], 0.25)("pay.basic_pay")
    assert found == pytest.approx(0.75 * 40_656.5 + 0.25 * 49_535)
    assert found == pytest.approx(42_876.125)


def test_the_top_of_band_6_costs_what_is_published() -> None:
    """£59,748.10 to the trust and £64,126.62 in full, by the scale itself (costs.md 1.3)."""
    wanted = ["pay.employer_cost_financial", "pay.employer_cost_economic"]
    found = post(wanted, [1.0, 0.0], 1.0, **ON_COSTS)
    assert found("pay.employer_cost_financial") == pytest.approx(59_748.10, abs=0.005)
    assert found("pay.employer_cost_economic") == pytest.approx(64_126.62, abs=0.005)


def test_the_parts_of_a_post_add_up_to_its_cost() -> None:
    """Basic pay, enhancement, insurance, pension and levy, and the pension that is paid centrally."""
    parts = [
        "pay.basic_pay",
        "pay.enhancements",
        "pay.national_insurance",
        "pay.pension_paid",
        "pay.apprenticeship_levy",
    ]
    whole = ["pay.employer_cost_financial", "pay.pension_central", "pay.employer_cost_economic"]
    found = post([*parts, *whole], [0.5, 0.5], 0.5, **{**ON_COSTS, "pay.unsocial_hours": 0.1})
    assert sum(found(key) for key in parts) == pytest.approx(found("pay.employer_cost_financial"))
    assert found("pay.enhancements") == pytest.approx((42_631 + 51_260) / 2 * 0.1)
    gap = found("pay.employer_cost_economic") - found("pay.employer_cost_financial")
    assert found("pay.pension_central") == pytest.approx(gap)
    assert gap == pytest.approx((42_631 + 51_260) / 2 * 1.1 * 0.094)


@pytest.mark.parametrize(("mix", "breach"), [([0.6, 0.4], 0), ([0.6, 0.3], 1), ([0.6, 0.5], 1)])
def test_bands_that_do_not_sum_to_one_are_a_breach(mix: list[float], breach: int) -> None:
    """Posts that lie in no band, or in two, would be paid too little or twice."""
    key = "staff_cost.bands_sum_to_one"
    found = work_out([key], {"pay.band_mix": mix, "checks.tolerance": 0.001}, members=MEMBERS)
    assert found(key) == breach


def test_pay_by_band_at_steady_state() -> None:
    """Ten WTE, six in band 6 at 42,631 and four in band 7 at 51,260."""
    wanted = ["staff_cost.band_wte", "staff_cost.band_basic_pay", "staff_cost.basic_pay_total"]
    found = post(wanted, [0.6, 0.4], 0.5, **{"headlines.wte_by_role_steady": 10.0})
    assert found("staff_cost.band_wte") == pytest.approx([6, 4])
    assert found("staff_cost.band_basic_pay") == pytest.approx([6 * 42_631, 4 * 51_260])
    assert found("staff_cost.basic_pay_total") == pytest.approx(255_786 + 205_040)
