"""Growth and efficiency by line of running cost, and efficiency planned beside efficiency priced."""

from __future__ import annotations

import pytest

from casebuilder.case import Case, load_case
from tests.published.support import work_out

LINES = ("pay", "energy")


def test_the_factor_of_a_line() -> None:
    """Energy grows 3 % beyond its index and saves 1 %: 1, 1.03 × 0.99, (1.03 × 0.99)²; pay does neither."""
    key = "cost_lines.factor"
    found = work_out(
        [key],
        {"cost_lines.inflation_differential": [0.0, 0.03], "cost_lines.efficiency": [0.0, 0.01]},
        members={"cost_line": LINES},
        years=3,
    )
    pay, energy = found(key)
    assert pay == [1, 1, 1]
    assert energy == pytest.approx([1, 1.0197, 1.0197**2])


def test_premises_grow_with_their_two_lines() -> None:
    """100 m² at £200 and £5,000 of energy: 20,000 + 5,000, then 20,000 × 0.99 + 5,000 × 1.04."""
    key = "revenue.premises"
    found = work_out(
        [key],
        {
            "estate.gross_internal_area": 100.0,
            "revenue.running_rate": 200.0,
            "revenue.energy_full": 5_000.0,
            "programme.open_year": 1.0,
            "cost_lines.inflation_differential": [0.0, 0.04],
            "cost_lines.efficiency": [0.01, 0.0],
        },
        members={"cost_line": ("premises", "energy")},
        years=2,
    )
    assert found(key) == pytest.approx([25_000, 19_800 + 5_200])


def test_efficiency_priced_and_not_planned() -> None:
    """Prices lose 2 % and then 1 %; tests worth £980 and £970.20 would earn 20 and 29.80 more.

    The lines find 5 and 9 of it, so that 15 and 20.80 are left.
    """
    wanted = ["cost_by_line.efficiency_priced", "cost_by_line.efficiency_wedge"]
    found = work_out(
        wanted,
        {
            "income.centre_value": [1_000.0, 980.0, 970.2],
            "income.hospital_value_real": 0.0,
            "timeline.income_index": 1.0,
            "timeline.income_efficiency": [0.0, 0.02, 0.01],
            "cost_by_line.efficiency_planned": [0.0, 5.0, 9.0],
        },
        years=3,
    )
    assert found(wanted[0]) == pytest.approx([0, 20, 29.8])
    assert found(wanted[1]) == pytest.approx([0, 15, 20.8])


def test_efficiency_that_a_line_plans() -> None:
    """At 1 % a year, £9,801 of own staff in the third year would have been £10,000; agency saves nothing."""
    key = "cost_by_line.staff_efficiency"
    found = work_out(
        [key],
        {
            "cost_by_line.cost": [9_801.0, 9_801.0, 9_801.0, 500.0, 500.0, 500.0],
            "cost_by_line.opening_pay": 0.0,
            "cost_by_line.extended_hours": 0.0,
            "cost_lines.efficiency": [0.01, 0.0],
        },
        members={"cost_line": ("pay", "agency")},
        years=3,
    )
    assert found(key)[2] == pytest.approx(199)


@pytest.fixture(scope="module")
def changed() -> Case:
    """Norfolk and Waveney with growth and efficiency on several lines."""
    return load_case(
        "norfolk_waveney",
        [
            "cost_lines.inflation_differential[energy]=0.04",
            "cost_lines.inflation_differential[agency]=0.01",
            "cost_lines.inflation_differential[transition]=0.03",
            "cost_lines.efficiency[pay]=0.01",
            "cost_lines.efficiency[maintenance]=0.02",
            "cost_lines.efficiency[overheads]=0.015",
            "cost_lines.efficiency[bought_tests]=0.01",
        ],
    )


def test_the_two_cases_still_reconcile(changed: Case) -> None:
    """Cash and the economic case grow alike line by line, so that the bridge still closes to the pound."""
    assert changed.checks.failed == []
    for name in ("cash_gap", "expenditure_gap"):
        line = changed.problem.by_key[f"reconcile.{name}"]
        assert abs(changed.results.array(line)).max() < 1


def test_what_growth_and_efficiency_do_to_cost(changed: Case) -> None:
    """A hundredth a year off pay is most of it: the net present cost falls."""
    before = load_case("norfolk_waveney").headlines["preferred"].headlines["net_present_cost"]
    after = changed.headlines["preferred"].headlines["net_present_cost"]
    assert before is not None
    assert after is not None
    assert 0.85 < after / before < 0.97
