"""Affordability: mitigation, approval route and bridge, and income by payer and mechanism, by hand."""

from __future__ import annotations

import pytest

from tests.published.support import Answer, work_out


def mitigation(agreed: float) -> Answer:
    """North loses £60, middle £20, south gains £30; steps of £40 (agreed or not) and £10."""
    wanted = [
        "mitigated",
        "mitigated_all",
        "gap_left",
        "gap_without_agreement",
        "gain_all",
        "mitigation_is_agreed",
    ]
    return work_out(
        [f"plans.{name}" for name in wanted],
        {
            "position.performance_change": [-60.0, -20.0, 30.0],
            "plans.mitigation": [40.0, 10.0],
            "plans.mitigation_agreed": [agreed, 0.0],
        },
        members={"provider": ("north", "middle", "south"), "mitigation": ("price", "efficiency")},
    )


def test_mitigation_goes_to_those_that_lose() -> None:
    """£40 agreed falls 3 to 1: £30 and £10. With all £50: £37.50 and £12.50. £30 of £80 stays open."""
    found = mitigation(1)
    assert found("plans.mitigated") == pytest.approx([-30, -10, 30])
    assert found("plans.mitigated_all") == pytest.approx([-22.5, -7.5, 30])
    assert found("plans.gap_left") == pytest.approx(30)
    assert found("plans.gap_without_agreement") == pytest.approx(40)
    assert found("plans.gain_all") == pytest.approx(30)


def test_what_nobody_has_agreed_to_does_not_count() -> None:
    """Nothing is agreed: hosts stay where they are, and the check says so."""
    found = mitigation(0)
    assert found("plans.mitigated") == [-60, -20, 30]
    assert found("plans.mitigation_is_agreed") == 1


def test_the_bridge_from_the_last_approval() -> None:
    """£100 became £130; half was to be let and rose by 20 %, £5 was added: £15 is unexplained."""
    found = work_out(
        ["approval.by_prices", "approval.not_explained", "approval.change_share"],
        {
            "approval.last_amount": 100.0,
            "approval.new_amount": 130.0,
            "approval.price_share": 0.5,
            "approval.price_rise": 0.2,
            "approval.scope_change": 5.0,
        },
        members={"scheme": ("programme",)},
    )
    assert found("approval.by_prices") == pytest.approx(10)
    assert found("approval.not_explained") == pytest.approx(15)
    assert found("approval.change_share") == pytest.approx(0.3)


def income(tests: float, minimum: float = 0.0) -> Answer:
    """Tests at £10: up to £700 from NHS England in year 1, £500 from commissioners, £100 fixed."""
    wanted = ["national_income", "paid_by_test", "commissioner_income", "income_lost", "income", "clawback"]
    return work_out(
        [f"income.{name}" for name in wanted],
        {
            "income.payment": 10.0,
            "revenue.option_tests": tests,
            "activity.extended_hours_tests_year": 0.0,
            "activity.displaced_tests_year": 20.0,
            "income.funded_nationally": [1.0, 0.0],
            "income.national_allocation": 700.0,
            "income.commissioner_cap": 500.0,
            "income.fixed_payment": 100.0,
            "income.allocation_minimum": minimum,
            "income.allocation_clawback": 0.5,
            "income.lost_share": 0.25,
            "timeline.income_index": 1.0,
        },
        years=2,
    )


def test_income_by_payer() -> None:
    """100 tests: £700 and £300 while national revenue runs, £500 at most after it; £50 is lost."""
    found = income(100)
    assert found("income.national_income") == pytest.approx([700, 0])
    assert found("income.paid_by_test") == pytest.approx([300, 500])
    assert found("income.commissioner_income") == pytest.approx([400, 600])
    assert found("income.income_lost") == pytest.approx([50, 50])
    assert found("income.income") == pytest.approx([1050, 550])


def test_clawback_of_national_revenue() -> None:
    """50 tests of at least 200: three quarters are missed, half of that share of £500 goes back."""
    found = income(50, minimum=200)
    assert found("income.clawback") == pytest.approx([187.5, 0])
    assert found("income.national_income") == pytest.approx([312.5, 0])
    assert found("income.paid_by_test") == pytest.approx([0, 500])


def test_no_fixed_payment_without_centres() -> None:
    """A block is paid once centres work; until then commissioners pay nothing."""
    assert income(0)("income.commissioner_income") == [0, 0]
