"""Slip: spend that crosses 31 March, national money at risk, and what a month costs otherwise, by hand."""

from __future__ import annotations

import pytest

from tests.published.support import Answer, work_out

NATIONAL, LOCAL = 1.0, 0.0


def slip(
    months: float,
    *,
    counted: float = 0,
    carried: float = 0,
    late: float = 0,
    spend: tuple[float, ...] = (1200, 600, 0),
    award: tuple[float, ...] = (1200, 600, 0),
) -> Answer:
    """One site, three years; the national fund awards `award`, a local one nothing that counts."""
    wanted = ["national_at_risk", "national_at_risk_a_month", "spend_moved"]
    return work_out(
        [f"slip.{name}" for name in wanted],
        {
            "programme.slip_months": months,
            "programme.late_kit": late,
            "slip.slip_in_phasing": counted,
            "funding.carried_forward": [carried, 0.0],
            "funding.is_pdc": [NATIONAL, LOCAL],
            "funding.movable": 0.0,
            "funding.crumb": 0.001,
            "funding.network_award": 0.0,
            "capital.hospital_outturn": 0.0,
            "funding.award": [*map(float, award), 5000.0, 5000.0, 5000.0],
            "estate.included": 1.0,
            "capital.outturn": list(map(float, spend)),
            "capital.outturn_site": float(sum(spend)),
        },
        members={"fund": ("national", "local")},
        years=3,
    )


def test_a_month_of_a_programme_on_time() -> None:
    """Of 1,200 a year 100 cross 31 March, of 600 that year gains 100 and loses 50: 100 of the first are lost.

    Year 1 spends 1,100 of 1,200; year 2 spends 600 - 50 + 100 = 650 of 600. Year 3 has no award. So 100.
    """
    found = slip(0)
    assert found("slip.national_at_risk") == 0
    assert found("slip.national_at_risk_a_month") == pytest.approx(100)
    assert found("slip.spend_moved") == 0


def test_three_months() -> None:
    """A quarter of each year's spend moves: 450 of 1,800. Year 1 leaves 300, the fourth month 100 more."""
    found = slip(3)
    assert found("slip.spend_moved") == pytest.approx(450)
    assert found("slip.national_at_risk") == pytest.approx(300)
    assert found("slip.national_at_risk_a_month") == pytest.approx(100)


def test_eighteen_months() -> None:
    """A year and a half: 0, 600 and 900 are spent of 1,200, 600 and 0. All of the first year's award is lost.

    A month more: 0, 500, 950: 100 of the second year's are lost too.
    """
    found = slip(18)
    assert found("slip.spend_moved") == pytest.approx(1800)
    assert found("slip.national_at_risk") == pytest.approx(1200)
    assert found("slip.national_at_risk_a_month") == pytest.approx(100)


def test_kit_that_comes_late_is_slip_that_no_phasing_counts() -> None:
    """Three months for the route are three months, whether or not the phasing counts the slip."""
    for counted in (0, 1):
        assert slip(0, late=3, counted=counted)("slip.spend_moved") == pytest.approx(450)
    assert slip(2, late=1)("slip.national_at_risk") == pytest.approx(300)


def test_slip_that_the_phasing_counts_moves_nothing() -> None:
    """Where capital was phased after the slip, it puts no money at risk; half of six months leaves three."""
    assert slip(3, counted=1)("slip.national_at_risk") == 0
    assert slip(6, counted=0.5)("slip.national_at_risk") == pytest.approx(300)


def test_what_may_be_carried_forward_is_not_at_risk() -> None:
    """Where all is carried forward nothing lapses."""
    assert slip(3, carried=1)("slip.national_at_risk") == 0


def test_what_is_carried_forward_is_drawn_a_year_later() -> None:
    """1,200, 600 and 600 awarded, half carried; six months of slip move half of each year's spend.

    On time nothing is left. With slip 600 of 1,200 are spent: 600 left, 300 lapse, 300 are carried.
    Year 2 spends 900 of 900, year 3 600 of 600. So 300 lapse because of the slip.
    """
    found = slip(6, carried=0.5, spend=(1200, 600, 600), award=(1200, 600, 600))
    assert found("slip.national_at_risk") == pytest.approx(300)


def test_money_left_anyway_is_not_slip() -> None:
    """An award of 1,500 against 1,200 leaves 300 unspent without slip; three months add 300 more."""
    assert slip(3, award=(1500, 600, 0))("slip.national_at_risk") == pytest.approx(300)


def test_staff_rent_and_tests_of_a_month() -> None:
    """10 WTE at 48,000 a year, 30 % of them waiting: 12,000 a month; 600 m2 at 100 a year: 5,000.

    12,000 tests in the steady year are 1,000 a month; two months of slip cost 34,000 and 2,000 tests.
    """
    found = work_out(
        ["slip.cost_a_month", "slip.cost_of_slip", "slip.tests_lost"],
        {
            "programme.slip_months": 2.0,
            "programme.late_kit": 0.0,
            "workforce.wte_required": 10.0,
            "slip.staff_waiting": 0.3,
            "pay.employer_cost_financial": 48_000.0,
            "estate.gross_internal_area": 600.0,
            "leases.rent_rate": 100.0,
            "activity.cdc_tests_year": [6_000.0, 12_000.0],
            "programme.steady_state": [0.0, 1.0],
        },
        years=2,
    )
    assert found("slip.cost_a_month") == pytest.approx(17_000)
    assert found("slip.cost_of_slip") == pytest.approx(34_000)
    assert found("slip.tests_lost") == pytest.approx(2_000)
