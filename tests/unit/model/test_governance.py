"""Governance: who bears a loss by vehicle, and each member's position in base, downside and exit, by hand."""

from __future__ import annotations

import pytest

from casebuilder.case import load_case
from tests.published.support import Answer, work_out
from tests.short import short_case

RISKS = ("cost_overrun", "volume_shortfall", "under_recovery", "asset_failure", "funding_ends")
# Two members: north leads, south does more of the network's work.
NETWORK, LEAD, AGREED = [0.4, 0.6], [1.0, 0.0], [0.25] * 5 + [0.75] * 5
CHANGE = [10.0, 20.0, 30.0, -5.0, -5.0, 5.0]  # of performance: three years of north, three of south


def network(vehicle: str = "service_agreement", **more: object) -> Answer:
    """Three years: charges of 100, payments of 200, running cost of 400; national revenue in the first."""
    wanted = [
        "borne",
        "loss",
        "loss_total",
        "position_base",
        "position_downside",
        "position_exit",
        "base_sum",
        "downside_sum",
        "exit_sum",
        "better_off_out",
        "shares_sum",
    ]
    zero = {"finance.capital_charges": 0.0, "finance.payments": 0.0, "finance.running_without_rent": 0.0}
    return work_out(
        [f"governance.{name}" for name in wanted],
        {
            **zero,
            "governance.vehicle": vehicle,
            "governance.lead": LEAD,
            "governance.bears": AGREED,
            "hosting.network_share": NETWORK,
            "governance.downside": [0.1, 0.2, 0.05, 0.02, 0.5],
            "income.funded_nationally": [1.0, 0.0, 0.0],
            "position.performance_change": 0.0,
            "governance.leaving_year": 1,
            "governance.notice_years": 1,
            "governance.assets_kept": 0.5,
            "governance.exit_charge": 1.0,
            "revenue.network_cost": 50.0,
            "accounts.depreciation": [8.0] * 3 + [2.0] * 3,
            "accounts.donated_depreciation": 1.0,
            "accounts.interest": 2.0,
            "position.dividend": 3.0,
        }
        | more,
        members={"provider": ("north", "south"), "shared_risk": RISKS},
        years=3,
        by_option={
            "preferred": {
                "finance.capital_charges": 100.0,
                "finance.payments": 200.0,
                "finance.running_without_rent": 400.0,
                "position.performance_change": CHANGE,
            }
        },
    )


def test_a_loss_falls_by_the_vehicle() -> None:
    """A lead host bears all; by agreement a quarter and three quarters; a pooled budget 40 and 60 %."""
    for vehicle, north in (("lead_host", 1.0), ("service_agreement", 0.25), ("pooled_budget", 0.4)):
        borne = network(vehicle)("governance.borne", "preferred")
        assert borne[0] == pytest.approx([north] * 5)
        assert borne[1] == pytest.approx([1 - north] * 5)


def test_the_downside() -> None:
    """10 of charges, 40 and 4 of payments, 20 of running cost: 74; then 100 of payments more."""
    found = network()
    assert found("governance.loss_total", "preferred") == pytest.approx([74, 174, 174])
    assert found("governance.loss", "preferred")[0] == pytest.approx([18.5, 43.5, 43.5])
    assert found("governance.position_downside", "preferred")[1] == pytest.approx([-60.5, -135.5, -125.5])
    assert found("governance.downside_sum", "preferred") == pytest.approx([60 - 105.5, -5 - 316.5])


def test_a_pooled_budget_shares_gains_too() -> None:
    """All members together gain 5, 15 and 35; north has 40 % of it."""
    assert network("pooled_budget")("governance.position_base", "preferred")[0] == pytest.approx([2, 6, 14])
    assert network()("governance.position_base", "preferred")[0] == pytest.approx([10, 20, 30])


def test_leaving() -> None:
    """Notice in year 1 and a year of it: north stays two years, pays 40 % of 50 and then half its charges.

    Its charges are 8 - 1 + 2 + 3 = 12 a year, so that it has 10, 20 - 20 and -6: 4 in all, 56 less than 60.
    South would have -5, -5 - 30 and -3 (of 2 - 1 + 2 + 3 = 6): -43, which is 38 less than its -5.
    """
    found = network()
    assert found("governance.position_exit", "preferred")[0] == pytest.approx([10, 0, -6])
    assert found("governance.exit_sum", "preferred") == pytest.approx([4, -43])
    assert found("governance.better_off_out", "preferred") == pytest.approx([-56, -38])


def test_shares_that_do_not_sum_to_one_are_found() -> None:
    """Three quarters of a loss with two members leave a quarter with nobody."""
    assert network()("governance.shares_sum", "preferred") == [0] * 5
    short = network(**{"governance.bears": [0.25] * 5 + [0.5] * 5})
    assert short("governance.shares_sum", "preferred") == [1] * 5
    assert network("lead_host", **{"governance.lead": 0.0})("governance.shares_sum", "preferred") == [1] * 5


def test_what_is_missing_is_told_apart_from_the_decision_of_the_case() -> None:
    """A case that says which option it puts forward may lack decisions given to bodies: that is said."""
    problem = load_case(str(short_case())).problem
    assert problem.inputs.decision is not None
    assert problem.why_absent("governance.bodies") == "the case has no decision given to a body (decision)"
