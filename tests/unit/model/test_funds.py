"""Funds: how firm each is, what falls with it, clawback and the capital limit, by hand."""

from __future__ import annotations

import pytest

from tests.published.support import Answer, work_out

FUNDS, CONDITIONS = ("national", "system"), ("activity", "national_agreed")


def firmness(national: float, met: float = 1.0) -> Answer:
    """£90 of national money on an activity condition; £10 of the system's if the national bid is agreed."""
    return work_out(
        [f"funds.{name}" for name in ("firm", "conditions_open", "falls_with", "left_without", "not_firm")],
        {
            "funds.total_by_fund": [90.0, 10.0],
            "funds.status": [national, 3.0],
            "funds.requires": [1, 0, 0, 1],
            "funds.met": [met, 1.0],
            "funds.rests_on": [0, 1, 0, 0],
        },
        members={"fund": FUNDS, "condition": CONDITIONS},
    )


def test_a_fund_that_is_offered_holds_up_the_one_that_rests_on_it() -> None:
    """The system's money is agreed on condition of a national bid that is only offered."""
    found = firmness(2)
    assert found("funds.firm") == [0, 0]
    assert found("funds.conditions_open") == [0, 1]
    assert found("funds.falls_with") == [10, 0]
    assert found("funds.left_without") == [0, 90]
    assert found("funds.not_firm") == 100


def test_agreed_funds_are_firm_once_their_conditions_are_met() -> None:
    """With the national bid agreed both are firm; a condition that is not met keeps back what hangs on it."""
    assert firmness(3)("funds.firm") == [90, 10]
    assert firmness(3, met=0)("funds.firm") == [0, 10]


def test_an_award_after_the_fund_ends() -> None:
    """£5, £6 and £7 in three years from a fund whose last year is the second: £7 cannot be drawn."""
    found = work_out(
        ["funds.after_expiry", "funds.drawn_before_expiry"],
        {
            "funding.award_by_fund": [5.0, 6.0, 7.0],
            "funding.drawn_by_fund": [5.0, 4.0, 0.0],
            "funds.last_year": 2,
        },
        members={"fund": ("national",)},
        years=3,
    )
    assert found("funds.after_expiry") == 7
    assert found("funds.drawn_before_expiry") == 1


@pytest.mark.parametrize(("missed", "back"), [(0, 0), (250, 10), (5000, 40)])
def test_clawback_in_proportion(missed: float, back: float) -> None:
    """Half of the £80 drawn may be reclaimed; of 1,000 tests a quarter missed, or all and more."""
    found = work_out(
        ["funds.clawback_at_risk"],
        {
            "performance.below_minimum": [0.0, float(missed)],
            "performance.minimum_activity": 1000.0,
            "funding.drawn": [30.0, 50.0],
            "funds.clawback": 0.5,
        },
        members={"fund": ("national",)},
        years=2,
    )
    assert found("funds.clawback_at_risk") == pytest.approx(back)


def test_what_uses_the_system_s_limit() -> None:
    """Of £100 the national fund covers £60; £25 of replacement and a lease of £30 are bare: 95 of 80."""
    zero = {
        "capital.outturn_year": 0.0,
        "renewal.replacement_outturn": 0.0,
        "leases.addition": 0.0,
        "leases.remeasured": 0.0,
        "leases.provision_addition": 0.0,
        "leases.landlord_in_group": 0,
        "equipment_leases.addition": 0.0,
        "funding.drawn_by_fund": 0.0,
    }
    scheme = {
        "capital.outturn_year": 100.0,
        "renewal.replacement_outturn": 25.0,
        "leases.addition": 28.0,
        "leases.provision_addition": 2.0,
        "funding.drawn_by_fund": [60.0, 40.0],
    }
    found = work_out(
        ["funds.limit_headroom", "funds.limit_broken", "funds.limit_holds"],
        {**zero, "funds.brings_cover": [1, 0], "funds.limit": 80.0, "funds.held_by_system": 1},
        members={"fund": FUNDS},
        by_option={"preferred": scheme},
    )
    assert found("funds.limit_headroom", "preferred") == pytest.approx(-15)
    assert found("funds.limit_broken", "preferred") == pytest.approx(15)
    assert (found("funds.limit_holds"), found("funds.limit_holds", "preferred")) == (0, 1)
    by_provider = work_out(
        ["funds.limit_broken", "funds.limit_holds"],
        {**zero, "funds.brings_cover": [1, 0], "funds.limit": 80.0, "funds.held_by_system": 0},
        members={"fund": FUNDS},
        by_option={"preferred": scheme},
    )
    assert (
        by_provider("funds.limit_broken", "preferred"),
        by_provider("funds.limit_holds", "preferred"),
    ) == (0, 0)
