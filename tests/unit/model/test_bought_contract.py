"""Contracts for bought tests.

When one runs, what follows it, what it guarantees and what leaving costs. By hand.

Months are those of the first year; bought tests start in its seventh unless a test says otherwise.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.published.support import Answer, work_out

MONTHS, YEARS = 12, 6


def contract(wanted: list[str], years: int = YEARS, **more: Any) -> Answer:
    """Contracts of two years, from the seventh month, each a tenth dearer than the one before."""
    values = {
        "programme.relief_start_month": 7.0,
        "bought_contract.contract_years": 2.0,
        "bought_contract.bought_again": 1.0,
        "bought_contract.left_after": 0.0,
        "bought_contract.price_change": 0.1,
        "bought_contract.volume_guarantee": 0.8,
        "bought_contract.termination_share": 0.5,
        "bought_contract.tender_cost": 200_000.0,
        "bought_contract.exit_cost": 100_000.0,
        "timeline.days_in_month": 30.0,
        **more,
    }
    return work_out(wanted, values, years=years, unused_allowed=True)


def test_one_contract_follows_another() -> None:
    """Six months in the first year, then twelve: 6, 18, 30, 42, 54 and 66 months of contracts of 24."""
    keys = ["run", "begun", "begins", "in_force_year", "ends"]
    found = contract([f"bought_contract.{key}" for key in keys])
    assert found("bought_contract.run") == [6, 18, 30, 42, 54, 66]
    assert found("bought_contract.begun") == [1, 1, 2, 2, 3, 3]
    assert found("bought_contract.begins") == [1, 0, 1, 0, 1, 0]
    assert found("bought_contract.in_force_year") == pytest.approx([0.5, 1, 1, 1, 1, 1])
    assert found("bought_contract.ends") == [0] * YEARS


def test_price_changes_once_with_each_contract() -> None:
    """Contracts change in the middle of the third and of the fifth year.

    Half at the old price, half a tenth dearer.
    """
    found = contract(["bought_contract.price_factor"])
    assert found("bought_contract.price_factor") == pytest.approx([1, 1, 1.05, 1.1, (1.1 + 1.21) / 2, 1.21])


def test_a_contract_that_ends_with_the_year_leaves_the_year_its_price() -> None:
    """From the first month, 24 months are two whole years: 1, 1, then 1.1, 1.1, then 1.21, 1.21."""
    found = contract(
        ["bought_contract.price_factor", "bought_contract.begins"], **{"programme.relief_start_month": 1.0}
    )
    assert found("bought_contract.price_factor") == pytest.approx([1, 1, 1.1, 1.1, 1.21, 1.21])
    assert found("bought_contract.begins") == [1, 0, 1, 0, 1, 0]


def test_a_year_with_less_than_a_month_of_contract_has_its_price() -> None:
    """Half a month in the year, of it a quarter month of the first contract: half at 1 and half at 1.1."""
    of = {"bought_contract.run": [12.0, 12.5], "bought_contract.contract_months": 12.25}
    found = contract(["bought_contract.price_factor"], years=2, **of)
    assert found("bought_contract.price_factor") == pytest.approx([1, 1.05])


def test_a_contract_is_of_whole_months() -> None:
    """2.55 years are 30.6 months, so 31: in the third year seven months at 1 and five at 1.1."""
    of = {"bought_contract.contract_years": 2.55, "programme.relief_start_month": 1.0}
    found = contract(["bought_contract.contract_months", "bought_contract.price_factor"], years=4, **of)
    assert found("bought_contract.contract_months") == 31
    assert found("bought_contract.price_factor") == pytest.approx([1, 1, (7 + 5 * 1.1) / 12, 1.1])


def test_bought_tests_end_with_the_contract_where_none_follows() -> None:
    """Two years from the seventh month end in the middle of the third year."""
    keys = ["run", "in_force_year", "ends", "begins", "price_factor"]
    found = contract([f"bought_contract.{key}" for key in keys], **{"bought_contract.bought_again": 0.0})
    assert found("bought_contract.run") == [6, 18, 24, 24, 24, 24]
    assert found("bought_contract.in_force_year") == pytest.approx([0.5, 1, 0.5, 0, 0, 0])
    assert found("bought_contract.ends") == [0, 0, 1, 0, 0, 0]
    assert found("bought_contract.begins") == [1, 0, 0, 0, 0, 0]
    assert found("bought_contract.price_factor") == pytest.approx([1] * YEARS)


def test_a_contract_may_end_within_the_months() -> None:
    """One year from the first month, left after a quarter: three months in force, and nine still to run."""
    of = {
        "programme.relief_start_month": 1.0,
        "bought_contract.contract_years": 1.0,
        "bought_contract.left_after": 0.25,
    }
    keys = ["in_force", "in_force_year", "months_left", "ends"]
    found = contract([f"bought_contract.{key}" for key in keys], years=2, **of)
    assert found("bought_contract.in_force") == [1] * 3 + [0] * 9
    assert found("bought_contract.in_force_year") == pytest.approx([0.25, 0])
    assert found("bought_contract.months_left") == 9
    assert found("bought_contract.ends") == [1, 0]


@pytest.mark.parametrize(
    ("again", "left_after", "months_left"),
    [
        (1.0, 0.0, 0),  # never left
        (1.0, 1.5, 6),  # six months before the first of 24 ends
        (1.0, 3.0, 12),  # the second had a year to run
        (1.0, 4.0, 0),  # left as the second ends
        (0.0, 1.5, 6),
        (0.0, 3.0, 0),  # had ended a year before
    ],
)
def test_what_a_contract_left_early_had_to_run(again: float, left_after: float, months_left: float) -> None:
    """The rest of the contract that runs when bought tests are left."""
    of = {"bought_contract.bought_again": again, "bought_contract.left_after": left_after}
    found = contract(["bought_contract.months_left"], **of)
    assert found("bought_contract.months_left") == months_left


def test_leaving_costs_a_share_of_the_guaranteed_volume_still_to_run() -> None:
    """Left after 36 months, with 12 to run.

    12 × 0.8 × a half are 4.8 months of full volume, in the fourth year.
    """
    found = contract(["contracts.ended_months"], **{"bought_contract.left_after": 3.0})
    assert found("contracts.ended_months") == pytest.approx([0, 0, 0, 4.8, 0, 0])


def test_guaranteed_volume_is_paid_for_done_or_not() -> None:
    """Of 1,000 contracted 800 are guaranteed: at 600 done 800 are paid for, at 900 the 900."""
    of = {
        "capacity.bought_capacity_year": 1_000.0,
        "activity.bought_tests_year": [600.0, 900.0],
        "bought_contract.volume_guarantee": 0.8,
    }
    found = work_out(["contracts.paid_tests"], of, years=2)
    assert found("contracts.paid_tests") == pytest.approx([800, 900])


def test_every_contract_has_a_tender_and_the_last_an_exit() -> None:
    """£200,000 in the first, third and fifth year; left after three years, £100,000 in the fourth."""
    key, bought = "contracts.terms_real", {"capacity.bought_tests": 100.0}
    assert contract([key], **bought)(key) == pytest.approx([200_000, 0, 200_000, 0, 200_000, 0])
    left = contract([key], **bought, **{"bought_contract.left_after": 3.0})
    assert left(key) == pytest.approx([200_000, 0, 200_000, 100_000, 0, 0])
    none = contract([key], **{"capacity.bought_tests": 0.0})
    assert none(key) == [0] * YEARS


def test_bought_tests_cost_the_price_of_the_contract_in_force() -> None:
    """800 paid for at £50, then 5 % dearer, then with 4.8 months of 100 on leaving as well."""
    of = {
        "contracts.paid_tests": 800.0,
        "capacity.bought_tests": 100.0,
        "contracts.ended_months": [0.0, 0.0, 4.8],
        "bought_contract.price_factor": [1.0, 1.05, 1.05],
        "revenue.bought_test_price": 50.0,
        "revenue.price_to_cost": 1.0,
        "cost_lines.factor": 1.0,
    }
    found = work_out(["revenue.bought_tests_real"], of, years=3, members={"cost_line": ("bought_tests",)})
    assert found("revenue.bought_tests_real") == pytest.approx([40_000, 42_000, (800 + 480) * 50 * 1.05])


def test_what_can_be_bought_after_the_months_is_the_volume_while_a_contract_is_in_force() -> None:
    """100 a month, full from the seventh month: 600, 1,200, 600 to the end of two years, and none."""
    of = {
        "bought_contract.bought_again": 0.0,
        "capacity.bought_tests": 100.0,
        "programme.relief_ramp_months": 1.0,
    }
    found = contract(["capacity.bought_capacity_year"], years=4, **of)
    assert found("capacity.bought_capacity_year") == pytest.approx([600, 1_200, 600, 0])


def test_a_contract_that_ends_gives_its_market_back() -> None:
    """Of 1,000 tests a month 100 are bought, a tenth; in the year in which none are it draws on nothing."""
    of = {
        "capacity.longer_hours": 0.0,
        "capacity.bought_slots": 100.0,
        "capacity.bought_capacity_year": [1_200.0, 600.0, 0.0],
        "capacity.list_capacity_baseline": 1_000.0,
        "capacity.capacity_index": 1.0,
        "timeline.days_in_month": 30.0,
    }
    found = work_out(["list_years.market_drawn"], of, years=3)
    assert found("list_years.market_drawn") == pytest.approx([0.1, 0.05, 0])
