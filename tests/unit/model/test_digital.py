"""Digital systems: nothing before the start, steps to full use, and effects that only ever lower demand."""

from __future__ import annotations

import pytest

from tests.published.support import work_out

MONTHS = 12
SYSTEMS = {"digital": ("image_sharing", "decision_support")}


def test_use_is_reached_in_equal_steps() -> None:
    """Start in the fourth month, four months to full use; a system not taken is never used."""
    found = work_out(
        ["digital.reached"],
        {"digital.taken": [1.0, 0.0], "digital.start_month": 4.0, "digital.ramp_months": 4.0},
        members=SYSTEMS,
    )
    assert found("digital.reached")[0] == pytest.approx([0, 0, 0, 0.25, 0.5, 0.75, *[1] * 6])
    assert found("digital.reached")[1] == [0] * MONTHS


def test_requests_kept_are_those_that_neither_vetting_nor_systems_avoid() -> None:
    """A tenth vetted away; systems in half use avoid half of 2 and of 4 %: 0.9 × 0.97."""
    found = work_out(
        ["demand.requests_kept"],
        {"demand.requests_avoided": 0.1, "digital.reached": 0.5, "digital.requests_avoided": [0.02, 0.04]},
        members=SYSTEMS,
    )
    assert found("demand.requests_kept") == pytest.approx([0.873] * MONTHS)


def test_reports_gain_by_rate_and_by_hours() -> None:
    """Half in use: half of 2 % and of 10 + 4 %."""
    found = work_out(
        ["digital.reports_factor"],
        {
            "digital.reached": 0.5,
            "digital.reports_gained": [0.02, 0.1],
            "digital.reporting_hours_gained": [0.0, 0.04],
        },
        members=SYSTEMS,
    )
    assert found("digital.reports_factor") == pytest.approx([1.08] * MONTHS)


def test_joining_systems_is_shown_where_nobody_funds_it() -> None:
    """£20m and £5m of joining up, a fifth of it funded: £16m and £4m come on top of capital."""
    found = work_out(
        ["digital.unfunded_interoperability", "digital.capital_year"],
        {
            "digital.taken": 1.0,
            "digital.capital_cost": [140e6, 30e6],
            "digital.interoperability": [20e6, 5e6],
            "digital.interoperability_funded": 0.2,
        },
        members=SYSTEMS,
    )
    assert found("digital.unfunded_interoperability") == pytest.approx(20e6)
    assert found("digital.capital_year") == pytest.approx(190e6)


def test_running_cost_begins_with_the_year_of_the_start() -> None:
    """Start in month 13: nothing in the first year, then the full price of what is taken."""
    found = work_out(
        ["digital.running_year"],
        {"digital.taken": [1.0, 0.0], "digital.start_month": 13.0, "digital.running_cost": [12e6, 4e6]},
        members=SYSTEMS,
        years=3,
    )
    assert found("digital.running_year") == pytest.approx([0, 12e6, 12e6])
